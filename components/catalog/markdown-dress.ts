import type { Element, ElementContent, Properties, Root, RootContent } from "hast";
import { buttonClass } from "@/components/ui/button-class";
import { codeBlockClass } from "@/components/ui/code-block-class";
import { scrollable } from "@/components/ui/scrollable";

export type CourseFiles = {
  /** `/learn/<course>/files/` */
  readonly base: string;
  readonly pictures: readonly {
    readonly name: string;
    readonly width: number | null;
    readonly height: number | null;
  }[];
};

export type MarkdownDress = {
  /** In the head of each block of code: a button that copies it, once `CopyCode` is on the page. */
  readonly copy?: boolean;
  /** A link beside each heading that is its address. */
  readonly anchors?: boolean;
  /** Where the course's files are, and how large its pictures; without it pictures are left out. */
  readonly files?: CourseFiles | undefined;
};

/** The text's elements as the design shows them, in a new tree. The tree is a cleaned one, and nothing of a text becomes an attribute here that was none. */
export function dressMarkdown(tree: Root, dress: MarkdownDress): Root {
  return { type: "root", children: dressAll(tree.children, dress) };
}

function dressAll<Node extends RootContent | ElementContent>(
  nodes: readonly Node[],
  dress: MarkdownDress,
): Exclude<Node, Element>[] | ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type !== "element") return node.type === "doctype" ? [] : [node];
    const children = dressAll(node.children, dress) as ElementContent[];
    return dressElement({ ...node, children }, dress);
  });
}

function dressElement(node: Element, dress: MarkdownDress): ElementContent[] {
  switch (node.tagName) {
    case "pre":
      return [codeBlock(node, dress)];
    case "a":
      return textLink(node, dress);
    case "img":
      return picture(node, dress);
    case "table":
      return [box(node, "Table", "overflow-x-auto", [{ ...node, properties: { className: ["table"] } }])];
    case "div":
      return [box(node, "Formula", "maths-block", node.children)];
    case "th":
    case "td":
      return [cell(node)];
    case "aside":
      return [callout(node)];
    case "h2":
    case "h3":
    case "h4":
      return [dress.anchors ? heading(node) : node];
    default:
      return [node];
  }
}

function h(tagName: string, properties: Properties, children: readonly ElementContent[] = []): Element {
  return { type: "element", tagName, properties, children: [...children] };
}

const words = (value: string): ElementContent => ({ type: "text", value });
const textOf = (value: unknown, otherwise: string) => (typeof value === "string" ? value : otherwise);

/** What scrolls must be reachable by keyboard, and have a name (WCAG 2.1.1). */
function scrolls(label: string): Properties {
  const { tabIndex, role, "aria-label": ariaLabel } = scrollable(label);
  return { tabIndex, role, ariaLabel };
}

/** A wide table, or a formula on a line of its own, scrolls inside itself. */
function box(
  { properties }: Element,
  kind: string,
  className: string,
  children: readonly ElementContent[],
): Element {
  return h("div", { ...scrolls(textOf(properties.dataLabel, kind)), className: [className] }, children);
}

const LANGUAGES: Readonly<Record<string, string>> = {
  python: "Python",
  sql: "SQL",
  bash: "Terminal",
  console: "Terminal",
  text: "Output",
  csv: "CSV",
  json: "JSON",
};

/** With a button the head always says something: the file's name, or the language. */
function codeBlock({ properties, children }: Element, { copy = false }: MarkdownDress): Element {
  const language = LANGUAGES[textOf(properties.dataLanguage, "")] ?? "";
  const name = textOf(properties.dataTitle, copy ? language : "");
  const head = h("div", { className: [codeBlockClass.head] }, [
    h("span", {}, name ? [words(name)] : []),
    ...(copy ? [copyButton()] : []),
  ]);
  const pre = h(
    "pre",
    { ...scrolls(textOf(properties.dataLabel, "Code")), className: [codeBlockClass.code] },
    [h("code", {}, children)],
  );
  return h("div", { className: [codeBlockClass.frame] }, name || copy ? [head, pre] : [pre]);
}

function copyButton(): Element {
  const className = [buttonClass({ variant: "quiet", size: "small" })];
  return h("button", { type: "button", className, dataCopy: "", dataNeedsScript: "" }, [
    h("span", { ariaLive: "polite" }, [words("Copy")]),
  ]);
}

/** The link stands beside the heading, not in it: a heading's name is its words. */
function heading(node: Element): Element {
  const { id } = node.properties;
  const link = h("a", { href: `#${id}`, ariaLabel: "Link to this section" });
  return h("div", { className: ["heading-line"] }, id ? [node, link] : [node]);
}

const CALLOUT_NAMES: Readonly<Record<string, string>> = {
  note: "Note",
  tip: "Tip",
  important: "Important",
  warning: "Warning",
  caution: "Caution",
};

function callout({ properties, children }: Element): Element {
  const dataCallout = textOf(properties.dataCallout, "note");
  const name = CALLOUT_NAMES[dataCallout] ?? "Note";
  return h("aside", { dataCallout, ariaLabel: name }, [
    h("p", { className: ["callout-title"] }, [words(name)]),
    ...children,
  ]);
}

/** A file of the course is downloaded; a page of ours is turned to softly, as by `Link`; other links lead on. */
function textLink({ properties, children }: Element, { files }: MarkdownDress): ElementContent[] {
  const href = textOf(properties.href, "");
  if (href.startsWith("files/")) {
    if (!files) return children;
    return [h("a", { href: files.base + href.slice("files/".length), download: "" }, children)];
  }
  return [h("a", href.startsWith("/") ? { href, dataSoft: "ahead" } : { href }, children)];
}

/** With its size, so that the text below stays where it is while the picture comes. */
function picture({ properties }: Element, { files }: MarkdownDress): ElementContent[] {
  if (!files) return [];
  const name = textOf(properties.src, "").slice("files/".length);
  const size = files.pictures.find((one) => one.name === name);
  return [
    h("img", {
      src: files.base + name,
      alt: textOf(properties.alt, ""),
      width: size?.width ?? undefined,
      height: size?.height ?? undefined,
      loading: "lazy",
      decoding: "async",
    }),
  ];
}

const alignment: Readonly<Record<string, string>> = {
  right: "text-right tabular-nums",
  center: "text-center",
};

/** A column without a name is no header: an empty one says nothing to a screen reader. */
function cell({ tagName, properties, children }: Element): Element {
  const className = alignment[textOf(properties.align, "")];
  const dressed = className ? { className: [className] } : {};
  if (tagName === "td" || children.length === 0) return h("td", dressed, children);
  return h("th", { scope: "col", ...dressed }, children);
}
