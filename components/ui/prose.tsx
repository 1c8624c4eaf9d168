import { clsx } from "clsx";
import type { ReactNode } from "react";

/** Rendered Markdown: 17 px, at most 648 px wide, code in the five token colours. */
export function Prose({
  className,
  children,
}: {
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return <div className={clsx("prose max-w-prose", className)}>{children}</div>;
}
