import { ChevronDown } from "lucide-react";
import type { ReactNode, ToggleEvent } from "react";

/** Chapters of an outline. Works without scripts: each is a `details`. */
export function Accordion({ children }: { readonly children: ReactNode }) {
  return (
    <div className="border-y border-hairline-strong [&>*+*]:border-t [&>*+*]:border-hairline">{children}</div>
  );
}

type AccordionItemProps = {
  /** Chapter number, in serif italic. */
  readonly number?: number;
  readonly title: ReactNode;
  readonly level?: "h2" | "h3";
  /** "8 lessons · 1 h 50 min" */
  readonly meta?: ReactNode;
  readonly open?: boolean;
  readonly children: ReactNode;
};

export function AccordionItem({
  number,
  title,
  level: Heading = "h3",
  meta,
  open = false,
  children,
}: AccordionItemProps) {
  return (
    <details open={open} className="group/item">
      <summary className="grid min-h-14 grid-cols-[1.75rem_1fr_auto] items-baseline gap-x-2 gap-y-0.5 py-4 md:grid-cols-[2.25rem_1fr_auto_auto] md:gap-3 hover:[&_h3]:text-accent hover:[&_h2]:text-accent">
        <span className="font-serif leading-[1.3] text-ink-muted italic">{number}</span>
        <Heading className="text-line transition-colors">{title}</Heading>
        <span className="text-sm text-ink-muted tabular-nums max-md:col-start-2 max-md:row-start-2">
          {meta}
        </span>
        <ChevronDown className="self-center text-ink-muted transition-transform duration-base group-open/item:rotate-180 max-md:col-start-3 max-md:row-start-1" />
      </summary>
      <div className="pb-4 md:pl-12">{children}</div>
    </details>
  );
}

type OutlineRowProps = {
  /** A lucide icon naming the kind: `<Text />`, `<SquareTerminal />`. */
  readonly icon?: ReactNode;
  /** Text for a locked lesson; a `Link` (and a `Badge`) for what can be opened. */
  readonly children: ReactNode;
  /** "9 min" */
  readonly end?: ReactNode;
};

/** One lesson in a chapter's list; put the rows into a `ul`. */
export function OutlineRow({ icon, children, end }: OutlineRowProps) {
  return (
    <li className="grid min-h-target grid-cols-[1.25rem_1fr_auto] items-center gap-3 border-t border-hairline text-sm [&_a]:inline-flex [&_a]:min-h-target [&_a]:items-center">
      <span className="text-ink-muted [&_svg]:size-4">{icon}</span>
      <span className="flex flex-wrap items-center gap-x-2">{children}</span>
      <span className="text-ink-muted tabular-nums">{end}</span>
    </li>
  );
}

/** A quiet line that opens a small part: "Have a coupon?". */
export function Disclosure({
  summary,
  open = false,
  onToggle,
  children,
}: {
  readonly summary: ReactNode;
  readonly open?: boolean;
  readonly onToggle?: (event: ToggleEvent<HTMLDetailsElement>) => void;
  readonly children: ReactNode;
}) {
  return (
    <details open={open} onToggle={onToggle} className="group/disclosure">
      <summary className="inline-flex min-h-target items-center gap-2 text-sm font-medium text-accent hover:underline">
        <ChevronDown className="transition-transform duration-base group-open/disclosure:rotate-180" />
        {summary}
      </summary>
      {children}
    </details>
  );
}
