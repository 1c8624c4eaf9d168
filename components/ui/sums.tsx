import { clsx } from "clsx";
import type { ReactNode } from "react";

/** Label … amount; the total always last and largest. */
export function Sums({ className, children }: { readonly className?: string; readonly children: ReactNode }) {
  return <dl className={clsx("grid gap-2 text-sm", className)}>{children}</dl>;
}

type SumRowProps = {
  readonly label: ReactNode;
  /** A `Money`. A discount is passed as a negative amount and shows `−`. */
  readonly children: ReactNode;
  /** `saving`: green; `total`: under a rule, large; `strong`: bold ("Paid after the refund"). */
  readonly kind?: "saving" | "total" | "strong";
};

export function SumRow({ label, kind, children }: SumRowProps) {
  return (
    <div
      className={clsx(
        "flex items-baseline justify-between gap-4 tabular-nums",
        kind === "saving" && "font-medium text-accent",
        kind === "strong" && "font-semibold",
        kind === "total" && "mt-1 border-t border-hairline-strong pt-3 text-base font-semibold",
      )}
    >
      <dt className={clsx(kind === undefined && "text-ink-soft")}>{label}</dt>
      <dd className={clsx("whitespace-nowrap", kind === "total" && "text-lg")}>{children}</dd>
    </div>
  );
}
