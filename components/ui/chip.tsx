import { clsx } from "clsx";
import { X } from "lucide-react";
import type { Route } from "next";
import type { ReactNode } from "react";
import { Link } from "./link";

type ChipProps = {
  /** `coupon`: tinted, with its icon; `filter`: outlined. */
  readonly kind?: "coupon" | "filter";
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  /** The removing control: `<ChipButton label="Remove SPRING10" />` in its form, or `<ChipLink … />`. */
  readonly action?: ReactNode;
};

/** Something set that can be taken away again. */
export function Chip({ kind = "filter", icon, children, action }: ChipProps) {
  return (
    <span
      className={clsx(
        "inline-flex min-h-target items-center gap-0.5 rounded-md border pl-3 text-sm font-medium text-ink lg:min-h-dense [&_svg]:size-4",
        kind === "coupon"
          ? "border-accent-line bg-accent-tint [&_svg]:text-accent"
          : "border-hairline-strong bg-surface [&_svg]:text-ink-muted",
        action ? null : "pr-3",
      )}
    >
      {icon ? <span className="mr-1.5">{icon}</span> : null}
      {children}
      {action}
    </span>
  );
}

const cross = "grid size-target place-items-center rounded-md hover:bg-accent-line/60 lg:size-dense";

/** The × of a chip inside a form: a submit button unless `onClick` is given. */
export function ChipButton({ label, onClick }: { readonly label: string; readonly onClick?: () => void }) {
  return (
    <button type={onClick ? "button" : "submit"} onClick={onClick} aria-label={label} className={cross}>
      <X />
    </button>
  );
}

/** The × of a filter: the same search without it. */
export function ChipLink<T extends string>({
  label,
  href,
}: {
  readonly label: string;
  readonly href: Route<T>;
}) {
  return (
    <Link href={href} aria-label={label} className={clsx(cross, "no-underline")}>
      <X />
    </Link>
  );
}
