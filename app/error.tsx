"use client";

import { lazy, Suspense } from "react";

/** Fetched when something broke: this file comes with every page. Where nothing can be fetched either, the last resort stands in. */
const ErrorView = lazy(() => import("@/components/layout/error-view"));

/** Stands in for a page that threw. */
export default function ErrorPage({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  return (
    <Suspense>
      <ErrorView error={error} retry={retry} />
    </Suspense>
  );
}
