import { clsx } from "clsx";
import type { ReactNode } from "react";

/** Holds the place of something on its way; give it that thing's size: `<Skeleton className="h-4 w-3/5" />`. */
export function Skeleton({ className }: { readonly className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        "block animate-sheen rounded-sm bg-hairline/65 bg-[linear-gradient(90deg,transparent,color-mix(in_srgb,var(--color-hairline-strong)_35%,transparent),transparent)] bg-size-[200%_100%] motion-reduce:bg-none",
        className,
      )}
    />
  );
}

/** Around the skeletons of one part of a page: says "Loading" once. */
export function Loading({
  label = "Loading",
  children,
}: {
  readonly label?: string;
  readonly children: ReactNode;
}) {
  return (
    <div role="status">
      <span className="sr-only">{label}</span>
      {children}
    </div>
  );
}

/** The size of one course card. */
export function CardSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col rounded-lg border border-hairline bg-surface p-3">
      <Skeleton className="aspect-8/5 rounded-xs" />
      <div className="px-2 pt-4 pb-1">
        <Skeleton className="h-3.5 w-3/5" />
        <Skeleton className="mt-2 h-5.5 w-3/4" />
        <Skeleton className="mt-3 h-3.5" />
        <Skeleton className="mt-2 h-3.5 w-4/5" />
        <div className="mt-4 flex items-center justify-between border-t border-hairline pt-3">
          <Skeleton className="h-4 w-16" />
          <Skeleton className="h-target w-28 rounded-md" />
        </div>
      </div>
    </div>
  );
}

/** The size of `rows` lines of a cart or a library. */
export function LinesSkeleton({ rows = 3 }: { readonly rows?: number }) {
  return (
    <ul aria-hidden="true" className="border-t border-hairline-strong">
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((key) => (
        <li
          key={key}
          className="grid grid-cols-[6rem_1fr] gap-x-4 border-b border-hairline py-5 md:grid-cols-[8.5rem_1fr] md:gap-x-6"
        >
          <Skeleton className="aspect-8/5 rounded-xs" />
          <div>
            <Skeleton className="h-5 w-3/5" />
            <Skeleton className="mt-2 h-3.5 w-2/5" />
            <Skeleton className="mt-5 h-3.5 w-1/4" />
          </div>
        </li>
      ))}
    </ul>
  );
}
