import type { Metadata } from "next";
import { LazyNotFound } from "@/components/layout/lazy-not-found";
import { env } from "@/lib/env";

/** Its title comes with what is drawn, so that a page without `generateMetadata` has one when something is missing. */
export const metadata: Metadata = { title: { absolute: "" }, robots: { index: false } };

/** For addresses that no route answers, and pages without one of their own for what is missing. */
export default function NotFound() {
  return <LazyNotFound storeName={env().STORE_NAME} />;
}
