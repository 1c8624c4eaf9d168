import { clsx } from "clsx";
import type { ReactNode } from "react";

export type BadgeTone = "neutral" | "accent" | "success" | "warning" | "danger";

const tones: Readonly<Record<BadgeTone, string>> = {
  neutral: "bg-surface border-hairline-strong text-ink-soft",
  accent: "bg-accent-tint border-accent-line text-accent",
  success: "bg-success-tint border-success-line text-success",
  warning: "bg-warning-tint border-warning-line text-warning",
  danger: "bg-danger-tint border-danger-line text-danger",
};

type BadgeProps = {
  readonly tone?: BadgeTone;
  /** A lucide icon before the word: `<Check />`. */
  readonly icon?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
};

/** A status in words; icon and colour only support it. */
export function Badge({ tone = "neutral", icon, className, children }: BadgeProps) {
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-[5px] rounded-sm border px-2 py-0.5 text-xs leading-snug font-medium whitespace-nowrap tabular-nums [&_svg]:size-3.5",
        tones[tone],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}
