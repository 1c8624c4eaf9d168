"use client";

import { ErrorView } from "@/components/layout/error-view";
import { Logo } from "@/components/layout/logo";

/** Stands in for a page that threw. Its own small header, since the page's layout may be what broke. */
export default function ErrorPage({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  return (
    <>
      <header className="border-b border-hairline">
        <div className="mx-auto flex h-16 w-full max-w-[calc(var(--container-page)+2*var(--spacing-gutter))] items-center px-gutter lg:h-18">
          <a href="/" className="-ml-[3px] inline-flex min-h-target items-center">
            <Logo />
          </a>
        </div>
      </header>
      <main id="main" className="flex-1">
        <ErrorView error={error} retry={retry} />
      </main>
    </>
  );
}
