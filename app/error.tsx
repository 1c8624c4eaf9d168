"use client";

import { ErrorView } from "@/components/layout/error-view";
import { PlainHeader } from "@/components/layout/plain-header";

/** Stands in for a page that threw. A plain header, since the page's layout may be what broke. */
export default function ErrorPage({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  return (
    <>
      <PlainHeader />
      <main id="main" className="flex-1">
        <ErrorView error={error} retry={retry} />
      </main>
    </>
  );
}
