import { clsx } from "clsx";
import type { ReactNode } from "react";
import { scrollable } from "./scrollable";

type CodeBlockProps = {
  /** What the code is, for screen readers: the block can be focused and scrolled. */
  readonly label: string;
  /** A file name in the head. */
  readonly name?: string;
  /** One quiet action in the head: `<CopyButton text={…} />`. */
  readonly action?: ReactNode;
  readonly className?: string;
  /** Text, or spans with highlight.js classes. */
  readonly children: ReactNode;
};

/** A block of code that scrolls inside itself. */
export function CodeBlock({ label, name, action, className, children }: CodeBlockProps) {
  return (
    <div
      className={clsx("code-block overflow-hidden rounded-md border border-hairline bg-sunken", className)}
    >
      {name || action ? (
        <div className="flex min-h-target items-center justify-between gap-3 border-b border-hairline pr-2 pl-4 font-mono text-xs font-medium text-ink-soft">
          <span>{name}</span>
          {action}
        </div>
      ) : null}
      <pre
        {...scrollable(label)}
        className="overflow-x-auto p-4 text-xs leading-[1.7] tab-4 focus-visible:-outline-offset-3"
      >
        <code>{children}</code>
      </pre>
    </div>
  );
}
