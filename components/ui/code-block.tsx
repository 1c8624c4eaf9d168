import { clsx } from "clsx";
import type { ReactNode } from "react";
import { codeBlockClass } from "./code-block-class";
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
    <div className={clsx(codeBlockClass.frame, className)}>
      {name || action ? (
        <div className={codeBlockClass.head}>
          <span>{name}</span>
          {action}
        </div>
      ) : null}
      <pre {...scrollable(label)} className={codeBlockClass.code}>
        <code>{children}</code>
      </pre>
    </div>
  );
}
