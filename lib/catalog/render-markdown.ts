import "server-only";
import type { Element, Root as HtmlRoot, RootContent } from "hast";
import { toHtml } from "hast-util-to-html";
import type { Blockquote, Nodes, Root } from "mdast";
import rehypeHighlight from "rehype-highlight";
import rehypeKatex from "rehype-katex";
import rehypeSanitize, { type Options as Schema } from "rehype-sanitize";
import rehypeSlug from "rehype-slug";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { CALLOUTS } from "./schema";

/**
 * All that a course's Markdown may become. No HTML passes through (remark-rehype drops it), no style, no handler; no
 * picture but the course's own files; links go to this site or to https. Ids, highlighting, formulas and code labels are added by
 * us afterwards.
 */
const SCHEMA: Schema = {
  tagNames: [
    ..."p h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong del a br hr".split(" "),
    ..."table thead tbody tr th td img aside".split(" "),
  ],
  attributes: {
    a: ["href"],
    aside: [["dataCallout", ...CALLOUTS]],
    code: [["className", /^language-[\w-]+$/, "math-inline", "math-display"], "dataTitle"],
    img: ["src", "alt"],
    ol: ["start"],
    th: ["align"],
    td: ["align"],
  },
  protocols: { href: ["https"] },
  ancestors: {
    thead: ["table"],
    tbody: ["table"],
    tr: ["table"],
    th: ["table"],
    td: ["table"],
    li: ["ol", "ul"],
  },
  strip: ["script", "style"],
};

/** Files that lie beside a course; anything else is no picture. */
const COURSE_FILE = /^files\/[a-z0-9][a-z0-9_-]*\.[a-z0-9]{2,5}$/;

/** Languages that are shown as they are. */
const PLAIN = ["text", "csv"];

const processors = new Map<string, ReturnType<typeof createProcessor>>();

function createProcessor(idPrefix: string) {
  return (
    unified()
      .use(remarkParse)
      .use(remarkGfm)
      // A single dollar is a price here.
      .use(remarkMath, { singleDollarTextMath: false })
      .use(() => prepareMarkdown)
      .use(remarkRehype)
      .use(rehypeSanitize, SCHEMA)
      .use(rehypeSlug, { prefix: idPrefix })
      .use(rehypeKatex, { output: "mathml", trust: false, strict: "ignore", maxExpand: 200 })
      .use(() => plainMaths)
      .use(rehypeHighlight, { plainText: PLAIN })
      .use(() => labelScrollers)
      .freeze()
  );
}

/** HTML that may be set as it is: only `renderMarkdown` makes it. */
export type SafeHtml = string & { readonly [safe]: true };
declare const safe: unique symbol;

type RenderOptions = {
  /** Before the ids of headings. */
  readonly idPrefix?: string;
  /** Gives the cleaned tree the clothes it is shown in, without changing it. */
  readonly dress?: (tree: HtmlRoot) => HtmlRoot;
  /** Tells one dress from another: two of the same name dress alike. */
  readonly dressName?: string;
};

/** The texts rendered last, since parsing and colouring one takes longer than all the rest of its page. */
const rendered = new Map<string, SafeHtml>();
const MOST_RENDERED = 200;

/**
 * Markdown as HTML; the only place where Markdown is rendered. It is cleaned as a tree (`SCHEMA`) and written out by a
 * serializer, which escapes every text and attribute. A text that was shown before is not rendered again. A block of code is a `pre` with `data-label`
 * (unique in the text), `data-title` and `data-language`; a table and a formula on a line of its own (a `div`) have a `data-label` too. Never throws on any text.
 */
export function renderMarkdown(
  markdown: string,
  { idPrefix = "", dress = (tree) => tree, dressName = "" }: RenderOptions = {},
): SafeHtml {
  const key = JSON.stringify([idPrefix, dressName, markdown]);
  const known = rendered.get(key);
  rendered.delete(key);
  const html = known ?? (toHtml(dress(process(markdown, idPrefix))) as SafeHtml);
  rendered.set(key, html);
  const [oldest] = rendered.keys();
  if (rendered.size > MOST_RENDERED && oldest !== undefined) rendered.delete(oldest);
  return html;
}

/** The same text as a tree that can be sent, for a page that dresses it in the browser: cleaned and coloured already. */
export function readMarkdown(markdown: string): HtmlRoot {
  return JSON.parse(
    JSON.stringify(process(markdown, "preview-"), (key, value: unknown) =>
      key === "position" ? undefined : value,
    ),
  );
}

function process(markdown: string, idPrefix: string): HtmlRoot {
  const processor = processors.get(idPrefix) ?? createProcessor(idPrefix);
  processors.set(idPrefix, processor);
  return processor.runSync(processor.parse(markdown));
}

/** Keeps the title of a code block; makes callouts; lets an e-mail address, or a picture from elsewhere, be text. */
function prepareMarkdown(tree: Root): void {
  visitMarkdown(tree, (node) => {
    if (node.type === "blockquote") makeCallout(node);
    if (node.type === "code") {
      const title = /(?:^|\s)title="([^"]{1,80})"/.exec(node.meta ?? "")?.[1];
      if (title) node.data = { ...node.data, hProperties: { dataTitle: title } };
    }
    if ("children" in node) {
      const children: Nodes[] = node.children;
      children.forEach((child, index) => {
        if (child.type === "link" && child.url.startsWith("mailto:"))
          children.splice(index, 1, ...child.children);
        if (child.type === "image" && !COURSE_FILE.test(child.url))
          children.splice(index, 1, { type: "text", value: child.alt ?? "" });
      });
    }
  });
}

/** `> [!NOTE]` and its kin, as on GitHub: the first line names the kind. */
function makeCallout(quote: Blockquote): void {
  const [first] = quote.children;
  const text = first?.type === "paragraph" ? first.children[0] : undefined;
  if (first?.type !== "paragraph" || text?.type !== "text") return;
  const [mark, kind] = /^\[!([A-Z]+)\](?:\n|$)/.exec(text.value) ?? [];
  const callout = CALLOUTS.find((known) => known.toUpperCase() === kind);
  if (!mark || !callout) return;
  text.value = text.value.slice(mark.length);
  if (text.value === "" && first.children.length === 1) quote.children.shift();
  quote.data = { hName: "aside", hProperties: { dataCallout: callout } };
}

/**
 * What a formula needs no more: inline styles, which the policy of personal pages would drop with a complaint. One on a line
 * of its own becomes a block, which can scroll.
 */
function plainMaths(tree: HtmlRoot): void {
  const visit = (nodes: readonly RootContent[]): void => {
    for (const node of nodes) {
      if (node.type !== "element") continue;
      delete node.properties.style;
      if (node.tagName === "span" && node.children.some(isMathsBlock)) {
        node.tagName = "div";
        node.properties = {};
      }
      visit(node.children);
    }
  };
  visit(tree.children);
}

function visitMarkdown(node: Nodes, visit: (node: Nodes) => void): void {
  visit(node);
  if ("children" in node) for (const child of node.children) visitMarkdown(child, visit);
}

/** Numbers blocks of code, tables and formulas, so that each has a name of its own: they scroll, and what scrolls has a name. */
function labelScrollers(tree: HtmlRoot): void {
  const numbers = { Code: 0, Text: 0, Table: 0, Formula: 0 };
  const visit = (nodes: readonly RootContent[]): void => {
    for (const node of nodes) {
      if (node.type !== "element") continue;
      const code = node.tagName === "pre" ? node.children.find(isCode) : undefined;
      const kind = code ? kindOf(code) : SCROLLERS[node.tagName];
      if (kind) {
        numbers[kind] += 1;
        node.properties.dataLabel = `${kind} ${numbers[kind]}`;
      }
      if (code) unwrapCode(node, code);
      else if (kind !== "Formula") visit(node.children);
    }
  };
  visit(tree.children);
}

/** The only `div` is ours, around a formula. */
const SCROLLERS: Readonly<Record<string, "Table" | "Formula">> = { table: "Table", div: "Formula" };

function isMathsBlock(node: RootContent): boolean {
  return node.type === "element" && node.tagName === "math" && node.properties.display === "block";
}

function kindOf(code: Element): "Code" | "Text" {
  const language = languageOf(code);
  return !language || PLAIN.includes(language) ? "Text" : "Code";
}

function languageOf(code: Element): string | undefined {
  const { className } = code.properties;
  const names = Array.isArray(className) ? className.map(String) : [];
  return names.find((name) => name.startsWith("language-"))?.slice("language-".length);
}

function unwrapCode(pre: Element, code: Element): void {
  const { dataTitle: title } = code.properties;
  const language = languageOf(code);
  pre.children = code.children;
  if (language) pre.properties.dataLanguage = language;
  if (typeof title === "string") {
    pre.properties.dataTitle = title;
    pre.properties.dataLabel = `${pre.properties.dataLabel}: ${title}`;
  }
}

function isCode(node: RootContent): node is Element {
  return node.type === "element" && node.tagName === "code";
}
