"use client";

import { useEffect, useRef } from "react";
import { Notice } from "./notice";

export type FieldProblem = {
  /** The id of the field; the summary links to it. */
  readonly field: string;
  readonly message: string;
};

type ErrorSummaryProps = {
  /** What did not work: "We could not sign you in". */
  readonly title: string;
  readonly problems?: readonly FieldProblem[];
  /** When no single field is to blame. */
  readonly children?: React.ReactNode;
  readonly className?: string;
};

/** The list of errors above a form. It takes the focus when it appears, so that screen readers begin there. */
export function ErrorSummary({ title, problems = [], children, className }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <Notice ref={box} tone="danger" role="alert" tabIndex={-1} title={title} className={className}>
      {children}
      {problems.length > 0 ? (
        <ul className="space-y-1.5">
          {problems.map(({ field, message }) => (
            <li key={field}>
              <a href={`#${field}`}>{message}</a>
            </li>
          ))}
        </ul>
      ) : null}
    </Notice>
  );
}
