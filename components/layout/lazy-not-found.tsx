"use client";

import { lazy } from "react";

const NotFoundPage = lazy(() => import("./not-found-page"));

/**
 * Next sends what stands for a missing page with every page of the site. This is a name in its place: the server draws it, and a
 * browser fetches it, only where a page is missing. A component around the lazy one, since React refuses that one itself here.
 */
export function LazyNotFound({ storeName }: { readonly storeName: string }) {
  return <NotFoundPage storeName={storeName} />;
}
