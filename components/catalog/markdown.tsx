import { renderMarkdown } from "@/lib/catalog/render-markdown";
import { dressMarkdown, type MarkdownDress } from "./markdown-dress";

type MarkdownProps = MarkdownDress & {
  readonly source: string;
  /** Before the ids of headings; needed when two texts share a page. */
  readonly idPrefix?: string;
};

/** A course's Markdown in the design's clothes. Put it into `Prose`. */
export function Markdown({ source, idPrefix, ...dress }: MarkdownProps) {
  return renderMarkdown(source, { idPrefix, components: dressMarkdown(dress) });
}
