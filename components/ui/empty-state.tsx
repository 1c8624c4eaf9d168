import type { ReactNode } from "react";

type EmptyStateProps = {
  /** What is empty. */
  readonly title: ReactNode;
  readonly level?: "h1" | "h2" | "h3";
  /** What to do next. */
  readonly children?: ReactNode;
  /** One primary action. */
  readonly action?: ReactNode;
  /** A line drawing, or none. `OpenBook` is one. */
  readonly figure?: ReactNode;
};

/** What is empty and what to do next, in the middle of its box. */
export function EmptyState({ title, level: Heading = "h2", children, action, figure }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-3 px-5 py-12 text-center">
      {figure}
      <Heading className={Heading === "h1" ? undefined : "text-lg"}>{title}</Heading>
      {children ? <div className="max-w-[26rem] text-ink-soft">{children}</div> : null}
      {action ? <div className="mt-2 flex flex-wrap justify-center gap-3">{action}</div> : null}
    </div>
  );
}

/** An open book with blank pages. */
export function OpenBook() {
  return (
    <svg
      viewBox="0 0 144 104"
      aria-hidden="true"
      className="mb-2 h-[6.5rem] w-36 fill-none stroke-current text-accent"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d="M72 26C58 15 38 11 14 13v68c24-2 44 2 58 13 14-11 34-15 58-13V13C106 11 86 15 72 26Z" />
      <path d="M72 26v68" />
      <path d="M26 27c12 0 23 2 33 7M26 41c12 0 23 2 33 7M26 55c8 0 15 1 22 3" opacity=".45" />
      <path d="M118 27c-12 0-23 2-33 7M118 41c-12 0-23 2-33 7" opacity=".45" />
    </svg>
  );
}
