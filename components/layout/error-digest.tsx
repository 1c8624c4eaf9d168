/** The short number under which the server logged what happened, when it happened there. */
export function ErrorDigest({ error }: { readonly error: unknown }) {
  if (typeof error !== "object" || error === null || !("digest" in error)) return null;
  return typeof error.digest === "string" ? (
    <p className="mt-8 text-xs text-ink-muted">
      If you write to us about this, name it: <code>{error.digest}</code>
    </p>
  ) : null;
}
