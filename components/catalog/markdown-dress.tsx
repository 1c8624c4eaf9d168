import type { Components } from "hast-util-to-jsx-runtime";
import { Link as LinkIcon } from "lucide-react";
import type { Route } from "next";
import type { ComponentProps, ReactNode } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { Link } from "@/components/ui/link";
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
  /** In the head of each block of code: a button that copies it. */
  readonly codeAction?: ReactNode;
  /** A link beside each heading that is its address. */
  readonly anchors?: boolean;
  /** Where the course's files are, and how large its pictures; without it pictures are left out. */
  readonly files?: CourseFiles | undefined;
};

/** What the elements of a text are shown as. */
export function dressMarkdown({ codeAction, anchors = false, files }: MarkdownDress): Partial<Components> {
  const Code = (props: CodeProps) => <CodeWithHead {...props} action={codeAction} />;
  const Picture = ({ src = "", alt }: ComponentProps<"img">) =>
    files ? <CoursePicture files={files} name={String(src).slice("files/".length)} alt={alt} /> : null;
  const Anchor = ({ href = "", children }: ComponentProps<"a">) => (
    <TextLink href={href} files={files}>
      {children}
    </TextLink>
  );
  return {
    pre: Code,
    a: Anchor,
    img: Picture,
    table: Table,
    div: Formula,
    th: Th,
    td: Td,
    aside: Aside,
    ...(anchors ? linked : {}),
  };
}

type CodeProps = {
  readonly children?: ReactNode;
  readonly "data-label"?: string;
  readonly "data-title"?: string;
  readonly "data-language"?: string;
};

const LANGUAGES: Readonly<Record<string, string>> = {
  python: "Python",
  sql: "SQL",
  bash: "Terminal",
  console: "Terminal",
  text: "Output",
  csv: "CSV",
  json: "JSON",
};

/** With an action the head always says something: the file's name, or the language. */
function CodeWithHead({
  children,
  action,
  "data-label": label = "Code",
  "data-title": title,
  "data-language": language = "",
}: CodeProps & { readonly action: ReactNode }) {
  return (
    <CodeBlock label={label} name={title ?? (action ? LANGUAGES[language] : undefined)} action={action}>
      {children}
    </CodeBlock>
  );
}

/** The link stands beside the heading, not in it: a heading's name is its words. */
function linkedHeading(Tag: "h2" | "h3" | "h4") {
  return function LinkedHeading({ id, children }: { readonly id?: string; readonly children?: ReactNode }) {
    return (
      <div className="heading-line">
        <Tag id={id}>{children}</Tag>
        {id ? (
          <a href={`#${id}`} aria-label="Link to this section">
            <LinkIcon className="size-4!" />
          </a>
        ) : null}
      </div>
    );
  };
}

const linked = { h2: linkedHeading("h2"), h3: linkedHeading("h3"), h4: linkedHeading("h4") };

const CALLOUT_NAMES: Readonly<Record<string, string>> = {
  note: "Note",
  tip: "Tip",
  important: "Important",
  warning: "Warning",
  caution: "Caution",
};

function Aside({ children, ...rest }: ComponentProps<"aside"> & { readonly "data-callout"?: string }) {
  const kind = rest["data-callout"] ?? "note";
  return (
    <aside data-callout={kind} aria-label={CALLOUT_NAMES[kind]}>
      <p className="callout-title">{CALLOUT_NAMES[kind]}</p>
      {children}
    </aside>
  );
}

type TextLinkProps = {
  readonly href: string;
  readonly files: CourseFiles | undefined;
  readonly children: ReactNode;
};

/** A file of the course is downloaded; other links lead on. */
function TextLink({ href, files, children }: TextLinkProps) {
  if (href.startsWith("files/")) {
    if (!files) return children;
    return (
      <a href={files.base + href.slice("files/".length)} download>
        {children}
      </a>
    );
  }
  if (href.startsWith("/")) return <Link href={href as Route}>{children}</Link>;
  return <a href={href}>{children}</a>;
}

type PictureProps = { readonly files: CourseFiles; readonly name: string; readonly alt: string | undefined };

/** With its size, so that the text below stays where it is while the picture comes. */
function CoursePicture({ files, name, alt }: PictureProps) {
  const size = files.pictures.find((picture) => picture.name === name);
  return (
    <img
      src={files.base + name}
      alt={alt}
      width={size?.width ?? undefined}
      height={size?.height ?? undefined}
      loading="lazy"
      decoding="async"
    />
  );
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

/** A formula on a line of its own; a long one scrolls inside itself. */
function Formula({
  children,
  "data-label": label = "Formula",
}: ComponentProps<"div"> & { readonly "data-label"?: string }) {
  return (
    <div {...scrollable(label)} className="maths-block">
      {children}
    </div>
  );
}

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
