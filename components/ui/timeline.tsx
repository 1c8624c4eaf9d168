import type { ReactNode } from "react";
import { DateTime } from "./date-time";

/** What happened, newest first. */
export function Timeline({ children }: { readonly children: ReactNode }) {
  return <ol className="grid">{children}</ol>;
}

type TimelineEventProps = {
  /** A lucide icon. */
  readonly icon: ReactNode;
  readonly title: ReactNode;
  /** One sentence. */
  readonly children?: ReactNode;
  readonly at: Date | string;
};

export function TimelineEvent({ icon, title, children, at }: TimelineEventProps) {
  return (
    <li className="relative grid grid-cols-[1.5rem_1fr] gap-x-3 pb-5 text-sm before:absolute before:top-6 before:bottom-0 before:left-[11.5px] before:w-px before:bg-hairline-strong last:pb-0 last:before:hidden">
      <span className="grid size-6 place-items-center rounded-full border border-hairline-strong bg-surface text-ink-muted [&_svg]:size-3.5">
        {icon}
      </span>
      <div className="min-w-0">
        <p className="font-semibold">{title}</p>
        {children ? <div className="text-ink-soft">{children}</div> : null}
        <DateTime at={at} className="text-xs text-ink-muted" />
      </div>
    </li>
  );
}
