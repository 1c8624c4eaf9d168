"use client";

import { lazy, Suspense } from "react";
import { PlainHeader } from "@/components/layout/plain-header";

/** Fetched when something broke: this file comes with every page. Where nothing can be fetched either, the last resort stands in. */
const ErrorView = lazy(() => import("@/components/layout/error-view"));

/** Stands in for a page that threw. A plain header, since the page's layout may be what broke. */
export default function ErrorPage({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  return (
    <>
      <PlainHeader />
      <main id="main" className="flex-1">
        <Suspense>
          <ErrorView error={error} retry={retry} />
        </Suspense>
      </main>
    </>
  );
}
