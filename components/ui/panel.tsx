import { clsx } from "clsx";
import type { ReactNode } from "react";

type BoxProps = { readonly className?: string; readonly children: ReactNode };

/**
 * A surface with a hairline. Panels never nest, and where a hairline list does the work there is no panel.
 * `raised` only for what floats (the buy box); `dashed` for an empty state.
 */
export function Panel({
  as: Tag = "div",
  raised = false,
  dashed = false,
  className,
  children,
  ...rest
}: BoxProps & {
  readonly as?: "div" | "section" | "aside" | "li" | "article";
  readonly raised?: boolean;
  readonly dashed?: boolean;
  readonly id?: string;
  readonly "aria-label"?: string;
  readonly "aria-labelledby"?: string;
}) {
  return (
    <Tag
      {...rest}
      className={clsx(
        "rounded-lg border break-inside-avoid",
        dashed ? "border-dashed border-hairline-strong" : "border-hairline bg-surface",
        raised && "shadow-raised",
        className,
      )}
    >
      {children}
    </Tag>
  );
}

/** Title row of a panel; `aside` (a badge, a quiet button) stands right. */
export function PanelHead({
  title,
  aside,
  level: Heading = "h2",
  id,
}: {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly level?: "h2" | "h3";
  readonly id?: string;
}) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-4 border-b border-hairline px-5 py-4 lg:px-6">
      <Heading id={id} className="text-lg">
        {title}
      </Heading>
      {aside}
    </div>
  );
}

export function PanelBody({ className, children }: BoxProps) {
  return <div className={clsx("p-5 lg:p-6", className)}>{children}</div>;
}

/** Links or quiet buttons under a hairline. */
export function PanelFoot({ className, children }: BoxProps) {
  return (
    <div className={clsx("flex flex-wrap gap-x-6 border-t border-hairline px-5 py-2 lg:px-6", className)}>
      {children}
    </div>
  );
}

/**
 * The card of the course lists: cover, text, foot under a hairline. Put the title's link into `CardTitle`: it covers
 * the whole card, while buttons in the foot lie above it.
 */
export function Card({
  as: Tag = "article",
  className,
  children,
}: BoxProps & { readonly as?: "article" | "li" | "div" }) {
  return (
    <Tag
      className={clsx(
        "group/card relative flex flex-col rounded-lg border border-hairline bg-surface p-3 transition-colors hover:border-hairline-strong",
        "has-[[data-card-title]_a:focus-visible]:outline-2 has-[[data-card-title]_a:focus-visible]:outline-offset-2 has-[[data-card-title]_a:focus-visible]:outline-accent",
        className,
      )}
    >
      {children}
    </Tag>
  );
}

/** Holds exactly one link. */
export function CardTitle({
  level: Heading = "h3",
  children,
}: {
  readonly level?: "h2" | "h3";
  readonly children: ReactNode;
}) {
  return (
    <Heading
      data-card-title
      className="mt-0.5 text-lg [&_a]:text-inherit [&_a]:no-underline [&_a]:after:absolute [&_a]:after:inset-0 [&_a]:after:rounded-lg [&_a:focus-visible]:outline-none group-hover/card:[&_a]:underline group-hover/card:[&_a]:decoration-hairline-strong"
    >
      {children}
    </Heading>
  );
}

/** Price left, button right. */
export function CardFoot({ children }: { readonly children: ReactNode }) {
  return (
    <div className="mt-4 flex items-center justify-between gap-2 border-t border-hairline pt-3 [&_button]:relative [&_button]:z-1 [&_a]:relative [&_a]:z-1">
      {children}
    </div>
  );
}
