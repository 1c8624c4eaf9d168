import type { Blockquote, Image, Nodes, Root } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { isPicture } from "./course-file";
import { CALLOUTS, type ContentProblem } from "./schema";

/** A lesson shorter than this is a note, not a lesson. */
export const LEAST_WORDS = 500;

/** Languages that a code block may name; `text` is for output. */
const FENCE_LANGUAGES = new Set(["python", "sql", "bash", "console", "text", "csv", "json"]);

export type ProseLink = { readonly url: string; readonly line: number };

export type ProseReport = {
  readonly words: number;
  readonly links: readonly ProseLink[];
  readonly problems: readonly ContentProblem[];
};

const parser = unified().use(remarkParse).use(remarkGfm);

/** Looks at Markdown that begins on line `firstLine` of `file`: code blocks, headings, HTML, images; counts its words. */
export function checkProse(file: string, markdown: string, firstLine: number): ProseReport {
  const problems: ContentProblem[] = [];
  const links: ProseLink[] = [];
  let words = 0;
  let depth = 1;
  walk(parser.parse(markdown), (node) => {
    const line = (node.position?.start.line ?? 1) + firstLine - 1;
    const complain = (reason: string) => problems.push({ file, line, reason });
    if (node.type === "text" || node.type === "inlineCode") words += countWords(node.value);
    if (node.type === "code") checkFence(node.lang, complain);
    if (node.type === "html") complain("HTML is not shown; write Markdown");
    if (node.type === "image") checkImage(node, complain);
    if (node.type === "blockquote") checkCallout(node, complain);
    if (node.type === "link" || node.type === "definition" || isOwnImage(node))
      links.push({ url: node.url, line });
    if (node.type === "heading") {
      if (node.depth === 1) complain("the title is the only first-level heading; begin with ##");
      else if (node.depth > depth + 1)
        complain(`heading level ${node.depth} comes directly after level ${depth}`);
      depth = node.depth;
    }
  });
  return { words, links, problems };
}

/** A picture from elsewhere is a mistake already, whether it leads somewhere or not. */
function isOwnImage(node: Nodes): node is Image {
  return node.type === "image" && node.url.startsWith("files/");
}

function checkImage({ url, alt }: Image, complain: (reason: string) => void): void {
  if (!alt?.trim()) complain("the image has no alternative text");
  const name = url.startsWith("files/") ? url.slice("files/".length) : null;
  if (name === null || !isPicture(name))
    complain(`the image ${url} is not shown; pictures lie in the course's files/ folder`);
}

function checkCallout(quote: Blockquote, complain: (reason: string) => void): void {
  const [first] = quote.children;
  const text = first?.type === "paragraph" ? first.children[0] : undefined;
  const kind = text?.type === "text" ? /^\[!([^\]]*)\]/.exec(text.value)?.[1] : undefined;
  if (kind !== undefined && !CALLOUTS.some((known) => known.toUpperCase() === kind))
    complain(`there is no callout ${kind}; known are ${CALLOUTS.join(", ").toUpperCase()}`);
}

function checkFence(language: string | null | undefined, complain: (reason: string) => void): void {
  if (!language) complain("the code block names no language; use text for output");
  else if (!FENCE_LANGUAGES.has(language))
    complain(`unknown code language ${language}; known are ${[...FENCE_LANGUAGES].join(", ")}`);
}

function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}'’_-]*/gu)?.length ?? 0;
}

function walk(node: Root | Nodes, visit: (node: Nodes) => void): void {
  visit(node);
  if ("children" in node) for (const child of node.children) walk(child, visit);
}
