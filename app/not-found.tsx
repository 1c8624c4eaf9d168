import type { Metadata } from "next";
import { LazyNotFound } from "@/components/layout/lazy-not-found";
import { env } from "@/lib/env";

export const metadata: Metadata = { title: "Page not found", robots: { index: false } };

/** For addresses that no route answers, and pages without one of their own for what is missing. */
export default function NotFound() {
  return <LazyNotFound storeName={env().STORE_NAME} />;
}
