import type { Route } from "next";
import { ButtonLink } from "@/components/ui/button";

type SpentLinkProps<T extends string> = { readonly href: Route<T>; readonly label: string };

/** In place of a form whose link was used or is too old. */
export function SpentLink<T extends string>({ href, label }: SpentLinkProps<T>) {
  return (
    <>
      <h1>This link no longer works</h1>
      <p className="mt-2 mb-6 text-ink-soft">Each link works once and only for a while. Ask for a new one.</p>
      <ButtonLink href={href} variant="primary" size="large" block>
        {label}
      </ButtonLink>
    </>
  );
}
