import type { ReactNode } from "react";
import { Logo } from "./logo";

/**
 * The header of pages that come along with every other page, for a fault or an address that leads nowhere: no script, and
 * plain links, since a full load is the safer way on.
 */
export function PlainHeader({ children }: { readonly children?: ReactNode }) {
  return (
    <header className="border-b border-hairline print:hidden">
      <div className="mx-auto flex h-16 w-full max-w-[calc(var(--container-page)+2*var(--spacing-gutter))] items-center px-gutter lg:h-18">
        <a href="/" className="-ml-[3px] inline-flex min-h-target items-center">
          <Logo />
        </a>
        {children}
      </div>
    </header>
  );
}
