import type { Route } from "next";
import type { ComponentProps, ReactNode } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { Link } from "@/components/ui/link";
import { renderMarkdown } from "@/lib/catalog/render-markdown";

type MarkdownProps = {
  readonly source: string;
  /** Before the ids of headings; needed when two texts share a page. */
  readonly idPrefix?: string;
};

/** A course's Markdown in the design's clothes. Put it into `Prose`. */
export function Markdown({ source, idPrefix }: MarkdownProps) {
  return renderMarkdown(source, {
    idPrefix,
    components: { pre: Code, a: Anchor, table: Table, th: Th, td: Td },
  });
}

type CodeProps = {
  readonly children?: ReactNode;
  readonly "data-label"?: string;
  readonly "data-title"?: string;
};

function Code({ children, "data-label": label = "Code", "data-title": title }: CodeProps) {
  return (
    <CodeBlock label={label} name={title}>
      {children}
    </CodeBlock>
  );
}

function Anchor({ href = "", children }: ComponentProps<"a">) {
  if (href.startsWith("/")) return <Link href={href as Route}>{children}</Link>;
  return <a href={href}>{children}</a>;
}

/** A wide table scrolls inside itself; what scrolls must be reachable by keyboard (WCAG 2.1.1). */
function Table({
  children,
  "data-label": label = "Table",
}: ComponentProps<"table"> & { readonly "data-label"?: string }) {
  return (
    <div {...scrollable(label)} className="overflow-x-auto">
      <table className="table">{children}</table>
    </div>
  );
}

const scrollable = (label: string) => ({ tabIndex: 0, role: "region", "aria-label": label }) as const;

const alignment = {
  right: "text-right tabular-nums",
  center: "text-center",
  left: "",
  justify: "",
  char: "",
};

/** A column without a name is no header: an empty one says nothing to a screen reader. */
function Th({ align = "left", children }: ComponentProps<"th">) {
  if (children === undefined || children === null) return <Td align={align} />;
  return (
    <th scope="col" className={alignment[align]}>
      {children}
    </th>
  );
}

function Td({ align = "left", children }: ComponentProps<"td">) {
  return <td className={alignment[align]}>{children}</td>;
}
