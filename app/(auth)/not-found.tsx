import type { Metadata } from "next";
import { NotFoundView } from "@/components/layout/not-found-view";

export const metadata: Metadata = { title: "Page not found", robots: { index: false } };

/** Inside the layout's own header and footer: the one for the whole site brings its own. */
export default function NotFound() {
  return <NotFoundView />;
}
