import { clsx } from "clsx";
import type { SafeHtml } from "@/lib/catalog/render-markdown";

/** Rendered Markdown in the design's measure: what `Prose` is for elements. The one place where a text's HTML is set. */
export function MarkdownHtml({ html, className }: { readonly html: SafeHtml; readonly className?: string }) {
  return <div className={clsx("prose max-w-prose", className)} dangerouslySetInnerHTML={{ __html: html }} />;
}
