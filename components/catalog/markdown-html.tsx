import { clsx } from "clsx";
import type { SafeHtml } from "@/lib/catalog/render-markdown";

type MarkdownHtmlProps = { readonly html: SafeHtml; readonly id?: string; readonly className?: string };

/** Rendered Markdown in the design's measure: what `Prose` is for elements. The one place where a text's HTML is set. */
export function MarkdownHtml({ html, id, className }: MarkdownHtmlProps) {
  return (
    <div
      id={id}
      className={clsx("prose max-w-prose", className)}
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}
