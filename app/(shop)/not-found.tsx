import type { Metadata } from "next";
import { NotFoundView } from "@/components/layout/not-found-view";

export const metadata: Metadata = { title: "Page not found", robots: { index: false } };

/** For a course that is not there: the shop's own header and footer stay. */
export default function NotFound() {
  return <NotFoundView />;
}
