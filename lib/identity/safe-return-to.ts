/** Where signing in leads when nothing else was wanted. */
export const AFTER_SIGN_IN = "/account/courses";

/** Only ever compared with, never asked for. */
const HERE = "http://here.invalid";

/** Backslashes count as slashes in browsers; tabs, line breaks and other control characters vanish from addresses. */
const TREACHEROUS = /[\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * The path to go to after signing in: `wanted` when it surely stays on this site, else `fallback`. A path must begin
 * with one slash, also after its percent-encoding is undone, and must not lead back to the pages of signing in.
 * Source: OWASP, Unvalidated Redirects and Forwards Cheat Sheet; WHATWG URL parsing.
 */
export function safeReturnTo(wanted: unknown, fallback = "/"): string {
  if (typeof wanted !== "string" || wanted.length > 2_000) return fallback;
  if (!everyDecoding(wanted).every(staysHere)) return fallback;
  const url = new URL(wanted, HERE);
  if (/^\/(sign-in|sign-up|reset-password|verify-email|api)(\/|$)/i.test(url.pathname)) return fallback;
  return `${url.pathname}${url.search}${url.hash}`;
}

function staysHere(path: string): boolean {
  if (!path.startsWith("/") || path.startsWith("//") || TREACHEROUS.test(path)) return false;
  if (!URL.canParse(path, HERE)) return false;
  const url = new URL(path, HERE);
  return url.origin === HERE && !url.pathname.startsWith("//");
}

/** The text and what it becomes each time a proxy or a browser decodes it once more. */
function everyDecoding(text: string): readonly string[] {
  const forms = [text];
  for (let current = text; forms.length <= 5; ) {
    let next: string;
    try {
      next = decodeURIComponent(current);
    } catch {
      return forms;
    }
    if (next === current) return forms;
    forms.push(next);
    current = next;
  }
  return ["//too-deep"];
}
