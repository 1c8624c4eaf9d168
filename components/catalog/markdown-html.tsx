import { clsx } from "clsx";
import type { SafeHtml } from "@/lib/catalog/render-markdown";

/** Rendered Markdown in the design's measure: what `Prose` is for elements. A lesson's own text is set by `SentText`. */
export function MarkdownHtml({ html, className }: { readonly html: SafeHtml; readonly className?: string }) {
  return <div className={clsx("prose max-w-prose", className)} dangerouslySetInnerHTML={{ __html: html }} />;
}
