import { renderMarkdown, type SafeHtml } from "@/lib/catalog/render-markdown";
import { dressMarkdown, type MarkdownDress } from "./markdown-dress";
import { MarkdownHtml } from "./markdown-html";

type MarkdownProps = MarkdownDress & {
  readonly source: string;
  /** Before the ids of headings; needed when two texts share a page. */
  readonly idPrefix?: string;
  readonly className?: string;
};

/** A course's Markdown in the design's clothes. It is HTML when it gets here, made once for as long as the text stays as it is. */
export function Markdown({ source, idPrefix = "", className, ...dress }: MarkdownProps) {
  const html = renderDressed(source, dress, idPrefix);
  return <MarkdownHtml html={html} {...(className ? { className } : {})} />;
}

/** The same as HTML. */
export function renderDressed(source: string, dress: MarkdownDress, idPrefix = ""): SafeHtml {
  return renderMarkdown(source, {
    idPrefix,
    dress: (tree) => dressMarkdown(tree, dress),
    dressName: JSON.stringify(dress),
  });
}
