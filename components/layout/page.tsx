import { clsx } from "clsx";
import type { ReactNode } from "react";

type BoxProps = { readonly className?: string; readonly children: ReactNode };

const widths = {
  page: "max-w-[calc(var(--container-page)+2*var(--spacing-gutter))]",
  admin: "max-w-[calc(var(--container-admin)+2*var(--spacing-gutter))]",
  narrow: "max-w-[calc(var(--container-narrow)+2*var(--spacing-gutter))]",
  form: "max-w-[calc(var(--container-form)+2*var(--spacing-gutter))]",
} as const;

/** The page's width with its gutters: 1200, admin 1280, narrow 736, form 400. */
export function Container({
  width = "page",
  className,
  children,
}: BoxProps & { readonly width?: keyof typeof widths }) {
  return <div className={clsx("mx-auto w-full px-gutter", widths[width], className)}>{children}</div>;
}

/** A part of a public page, 64 (phone) and 80 px from its neighbours. */
export function Section({
  id,
  labelledBy,
  className,
  children,
}: BoxProps & { readonly id?: string; readonly labelledBy?: string }) {
  return (
    <section
      id={id}
      aria-labelledby={labelledBy}
      className={clsx("py-16 lg:py-20 [section+&]:pt-0 lg:[section+&]:pt-4", className)}
    >
      {children}
    </section>
  );
}

type HeadingProps = {
  readonly title: ReactNode;
  /** For `aria-labelledby` of the section. */
  readonly id?: string;
  /** Right: `<MoreLink>`, or a muted count. */
  readonly aside?: ReactNode;
  /** `large` on public pages (31 px), `small` in panels' company (20 px). */
  readonly size?: "large" | "medium" | "small";
  readonly className?: string;
};

/** Heading of a section with something at its right. */
export function SectionHead({ title, id, aside, size = "medium", className }: HeadingProps) {
  return (
    <div
      className={clsx(
        "flex flex-wrap items-baseline justify-between gap-x-4",
        size === "small" ? "mb-3 min-h-target items-center" : "mb-4 sm:mb-6",
        className,
      )}
    >
      <h2
        id={id}
        className={clsx(
          size === "large" && "text-2xl tracking-display",
          size === "small" && "text-lg leading-[1.3]",
        )}
      >
        {title}
      </h2>
      {aside}
    </div>
  );
}

type TitleProps = {
  readonly title: ReactNode;
  /** One sentence beneath. */
  readonly lead?: ReactNode;
};

/** The h1 of a public page ("Courses", "Pricing", "Cart"). */
export function PageTitle({ title, lead }: TitleProps) {
  return (
    <div className="pt-8 pb-6 lg:pt-12 lg:pb-8">
      <h1 className="lg:text-3xl">{title}</h1>
      {lead ? <p className="mt-2 max-w-[36rem] text-lg leading-normal text-ink-soft">{lead}</p> : null}
    </div>
  );
}

/** The h1 of an inner page (account, admin), with a badge or a button at its right. */
export function PageHead({
  title,
  lead,
  aside,
  back,
}: TitleProps & { readonly aside?: ReactNode; readonly back?: ReactNode }) {
  return (
    <div className="mb-6">
      {back ? <div className="-mt-2 mb-1">{back}</div> : null}
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="min-w-0">
          <h1 className="wrap-anywhere lining-nums">{title}</h1>
          {lead ? <p className="mt-1 text-ink-soft">{lead}</p> : null}
        </div>
        {aside}
      </div>
    </div>
  );
}

/** Side navigation and content; the navigation is a closed menu above the content on phones. */
export function Shell({
  nav,
  width = "page",
  children,
}: {
  readonly nav: ReactNode;
  readonly width?: "page" | "admin";
  readonly children: ReactNode;
}) {
  return (
    <Container
      width={width}
      className={clsx(
        "pt-4 lg:grid lg:pt-10 print:block!",
        width === "admin"
          ? "lg:grid-cols-[12rem_minmax(0,1fr)] lg:gap-8"
          : "lg:grid-cols-[13rem_minmax(0,1fr)] lg:gap-12",
      )}
    >
      {nav}
      <div className="min-w-0">{children}</div>
    </Container>
  );
}

/** Content and a column of 352 px that stays in view: cart and summary, course and buy box. */
export function TwoColumns({ aside, children }: { readonly aside: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8 lg:grid-cols-[minmax(0,1fr)_22rem] lg:items-start lg:gap-x-16 lg:gap-y-12 print:block!">
      <div className="min-w-0">{children}</div>
      <div className="min-w-0 lg:sticky lg:top-24">{aside}</div>
    </div>
  );
}

/** Cards: one column, two from 640 px, three from 1024 px. Its children are `li`. */
export function CardGrid({ className, children }: BoxProps) {
  return (
    <ul
      className={clsx(
        "grid grid-cols-[minmax(0,1fr)] gap-6 sm:grid-cols-2 lg:grid-cols-3 lg:gap-y-8",
        className,
      )}
    >
      {children}
    </ul>
  );
}
