import { clsx } from "clsx";
import { ChevronLeft, ChevronRight } from "lucide-react";
import type { Route } from "next";
import type { ReactNode } from "react";
import { ButtonLink } from "./button";
import { Link } from "./link";

type Tab<T extends string> = {
  readonly href: Route<T>;
  readonly label: string;
  readonly count?: number;
  readonly current?: boolean;
};

/** Tabs are links: the state lives in the address. */
export function Tabs<T extends string>({
  label,
  tabs,
}: {
  readonly label: string;
  readonly tabs: readonly Tab<T>[];
}) {
  return (
    <nav
      aria-label={label}
      className="flex gap-6 overflow-x-auto border-b border-hairline-strong [scrollbar-width:none] print:hidden"
    >
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.current ? "page" : undefined}
          className={clsx(
            "-mb-px inline-flex min-h-12 items-center gap-2 border-b-2 text-sm font-medium whitespace-nowrap no-underline focus-visible:-outline-offset-3",
            tab.current
              ? "border-accent text-ink hover:text-ink"
              : "border-transparent text-ink-soft hover:text-ink",
          )}
        >
          {tab.label}
          {tab.count === undefined ? null : (
            <span className="font-normal text-ink-muted tabular-nums">{tab.count}</span>
          )}
        </Link>
      ))}
    </nav>
  );
}

type PaginationProps<T extends string> = {
  /** "10 of 226 orders" */
  readonly children: ReactNode;
  /** Null on the first page. */
  readonly newer: Route<T> | null;
  /** Null on the last page. */
  readonly older: Route<T> | null;
  readonly label?: string;
  /** Said instead of "Newer" and "Older" where the list is sorted by something else. */
  readonly words?: readonly [newer: string, older: string];
};

/** Keyset pages: no page numbers, only newer and older. */
export function Pagination<T extends string>({
  children,
  newer,
  older,
  label = "Pages",
  words = ["Newer", "Older"],
}: PaginationProps<T>) {
  const here = "#" as Route<T>;
  return (
    <nav aria-label={label} className="flex items-center justify-between gap-3 pt-4 text-sm text-ink-muted">
      <span>{children}</span>
      <span className="flex gap-3">
        <ButtonLink href={newer ?? here} disabled={newer === null} rel="prev">
          <ChevronLeft />
          {words[0]}
        </ButtonLink>
        <ButtonLink href={older ?? here} disabled={older === null} rel="next">
          {words[1]}
          <ChevronRight />
        </ButtonLink>
      </span>
    </nav>
  );
}
