import { clsx } from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { Route } from "next";
import type { ComponentProps, ReactNode } from "react";
import { Link } from "./link";

type TableProps = {
  /** What the table holds, for screen readers; `showCaption` to show it. */
  readonly caption: string;
  readonly showCaption?: boolean;
  /** Under 768 px every row becomes a card (default). Off for small tables of two or three columns. */
  readonly cards?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
};

/** A table of records; usually the only child of a `Panel className="overflow-hidden"`. Children: `thead`, `tbody`. */
export function Table({ caption, showCaption = false, cards = true, className, children }: TableProps) {
  return (
    <table className={clsx("data-table", cards && "data-table-cards", className)}>
      <caption className={showCaption ? "px-5 py-3 text-left text-xs text-ink-muted" : "sr-only"}>
        {caption}
      </caption>
      {children}
    </table>
  );
}

type ThProps<T extends string> = {
  readonly align?: "right";
  /** How this column is sorted now; the link sorts by it, or turns the order round. */
  readonly sort?: "ascending" | "descending";
  readonly href?: Route<T>;
  readonly children: ReactNode;
};

/** A column head, with a sort link when `href` is given. */
export function Th<T extends string>({ align, sort, href, children }: ThProps<T>) {
  const Arrow = sort === "ascending" ? ArrowUp : ArrowDown;
  return (
    <th scope="col" aria-sort={sort} className={align === "right" ? "cell-right" : undefined}>
      {href ? (
        <Link href={href} className="inline-flex items-center gap-1 text-inherit no-underline hover:text-ink">
          {children}
          {sort ? <Arrow className="size-3.5!" /> : null}
        </Link>
      ) : (
        children
      )}
    </th>
  );
}

type TdProps = ComponentProps<"td"> & {
  /** The word before the value on phones; the column's head. Leave out where the value speaks for itself. */
  readonly label?: string;
  readonly align?: "right";
  /** The cell that names the row: its card's title on phones. */
  readonly lead?: boolean;
  /** For sentences: on phones they stand under their label, as wide as the card. */
  readonly stacked?: boolean;
};

export function Td({ label, align, lead = false, stacked = false, className, ...rest }: TdProps) {
  return (
    <td
      {...rest}
      data-label={label}
      className={clsx(
        align === "right" && "cell-right",
        lead && "cell-lead",
        stacked && "cell-stacked",
        className,
      )}
    />
  );
}

/** Two lines in one cell: the value and something small beneath. */
export function TwoLines({ children, small }: { readonly children: ReactNode; readonly small: ReactNode }) {
  return (
    <span className="block min-w-0 wrap-anywhere">
      {children}
      <small className="block text-xs font-normal text-ink-muted">{small}</small>
    </span>
  );
}
