import "server-only";
import type { Element, Root as HtmlRoot, RootContent } from "hast";
import { type Components, toJsxRuntime } from "hast-util-to-jsx-runtime";
import type { Nodes, Root } from "mdast";
import type { ReactElement } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import rehypeHighlight from "rehype-highlight";
import rehypeSanitize, { type Options as Schema } from "rehype-sanitize";
import rehypeSlug from "rehype-slug";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";

/**
 * All that a course's Markdown may become. No HTML passes through (remark-rehype drops it), no picture, no style, no
 * handler; links go to this site or to https. Ids, highlighting and code labels are added by us afterwards.
 */
const SCHEMA: Schema = {
  tagNames: [
    ..."p h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong del a br hr".split(" "),
    ..."table thead tbody tr th td".split(" "),
  ],
  attributes: {
    a: ["href"],
    code: [["className", /^language-[\w-]+$/], "dataTitle"],
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

/** Languages that are shown as they are. */
const PLAIN = ["text", "csv"];

const processors = new Map<string, ReturnType<typeof createProcessor>>();

function createProcessor(idPrefix: string) {
  return unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(() => prepareMarkdown)
    .use(remarkRehype)
    .use(rehypeSanitize, SCHEMA)
    .use(rehypeSlug, { prefix: idPrefix })
    .use(rehypeHighlight, { plainText: PLAIN })
    .use(() => labelScrollers)
    .freeze();
}

/**
 * Markdown as React elements; the only place where Markdown is rendered. A block of code is a `pre` with `data-label`
 * (unique in the text), `data-title` and `data-language`; a table has a `data-label` too. `components` dress them. Never throws on any text.
 */
export function renderMarkdown(
  markdown: string,
  {
    idPrefix = "",
    components = {},
  }: { readonly idPrefix?: string; readonly components?: Partial<Components> } = {},
): ReactElement {
  const processor = processors.get(idPrefix) ?? createProcessor(idPrefix);
  processors.set(idPrefix, processor);
  const tree = processor.runSync(processor.parse(markdown));
  return toJsxRuntime(tree, { Fragment, jsx, jsxs, components, tableCellAlignToStyle: false });
}

/** Keeps the title of a code block; lets an e-mail address in the text be text. */
function prepareMarkdown(tree: Root): void {
  visitMarkdown(tree, (node) => {
    if (node.type === "code") {
      const title = /(?:^|\s)title="([^"]{1,80})"/.exec(node.meta ?? "")?.[1];
      if (title) node.data = { ...node.data, hProperties: { dataTitle: title } };
    }
    if ("children" in node) {
      const children: Nodes[] = node.children;
      children.forEach((child, index) => {
        if (child.type === "link" && child.url.startsWith("mailto:"))
          children.splice(index, 1, ...child.children);
      });
    }
  });
}

function visitMarkdown(node: Nodes, visit: (node: Nodes) => void): void {
  visit(node);
  if ("children" in node) for (const child of node.children) visitMarkdown(child, visit);
}

/** Numbers blocks of code and tables, so that each has a name of its own: both scroll, and what scrolls has a name. */
function labelScrollers(tree: HtmlRoot): void {
  const numbers = { Code: 0, Text: 0, Table: 0 };
  const visit = (nodes: readonly RootContent[]): void => {
    for (const node of nodes) {
      if (node.type !== "element") continue;
      const code = node.tagName === "pre" ? node.children.find(isCode) : undefined;
      const kind = code ? kindOf(code) : node.tagName === "table" ? "Table" : undefined;
      if (kind) {
        numbers[kind] += 1;
        node.properties.dataLabel = `${kind} ${numbers[kind]}`;
      }
      if (code) unwrapCode(node, code);
      else visit(node.children);
    }
  };
  visit(tree.children);
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
