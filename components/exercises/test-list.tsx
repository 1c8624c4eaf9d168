"use client";

import { Check, LoaderCircle, Minus, X } from "lucide-react";
import type { ReactNode } from "react";
import { scrollable } from "@/components/ui/scrollable";
import { type Marked, markDifference } from "@/lib/exercises/mark-difference";
import type { Finding, TestReport } from "@/lib/exercises/reports";
import { ErrorBox } from "./error-box";
import { ResultGrid } from "./result-grid";
import type { Obstacle, Shown } from "./use-runs";

/** The tests of a submission, one after another; a failed one explains itself. */
export function TestList({ shown }: { readonly shown: Extract<Shown, { kind: "tests" }> }) {
  const { reports, obstacle, total, isDone } = shown;
  if (obstacle) return <NotRun {...obstacle} />;
  return (
    <ul className="text-sm">
      {reports.map((report) => (
        <li
          key={report.number}
          className="grid grid-cols-[1.125rem_minmax(0,1fr)] gap-2 border-t border-hairline py-2"
        >
          {report.passed ? (
            <Check className="mt-0.5 size-4! text-success" />
          ) : (
            <X className="mt-0.5 size-4! text-danger" />
          )}
          <div className="min-w-0">
            <p className={report.passed ? "wrap-anywhere" : "font-semibold wrap-anywhere text-danger"}>
              <TestTitle title={report.title} isCode={report.finding?.kind === "value" || undefined} />
              <span className="sr-only">{report.passed ? ", passed" : ", failed"}</span>
            </p>
            {report.passed ? null : <Explanation report={report} />}
          </div>
        </li>
      ))}
      {isDone || reports.length === total ? null : (
        <li className="grid grid-cols-[1.125rem_minmax(0,1fr)] items-center gap-2 border-t border-hairline py-2 text-ink-muted">
          <LoaderCircle className="size-4! animate-spin motion-reduce:animate-none" />
          Test {reports.length + 1} of {total}
        </li>
      )}
    </ul>
  );
}

/** One error for all of them, and what would have been asked. */
function NotRun({ error, tests }: Obstacle) {
  return (
    <>
      <ErrorBox error={error} />
      <ul className="mt-3 text-sm">
        {tests.map((title, place) => (
          <li
            key={`${place}-${title}`}
            className="grid grid-cols-[1.125rem_minmax(0,1fr)] gap-2 border-t border-hairline py-2 text-ink-muted"
          >
            <Minus className="mt-0.5 size-4!" />
            <p className="wrap-anywhere">
              <TestTitle title={title} />
              {", not run"}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

function TestTitle({
  title,
  isCode = /[()=]/.test(title),
}: {
  readonly title: string;
  readonly isCode?: boolean;
}) {
  return isCode ? <code className="text-xs">{title}</code> : title;
}

function Explanation({ report }: { readonly report: TestReport }) {
  return (
    <div className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-2">
      {report.finding ? <FindingBox finding={report.finding} /> : null}
      {report.error ? <ErrorBox error={report.error} /> : null}
      {report.output ? (
        <details className="text-xs text-ink-soft">
          <summary className="flex min-h-target items-center lg:min-h-8">What it printed</summary>
          <pre
            {...scrollable("Output of this test")}
            className="max-h-40 overflow-auto rounded-sm bg-sunken p-3 whitespace-pre-wrap"
          >
            {report.output}
          </pre>
        </details>
      ) : null}
    </div>
  );
}

function FindingBox({ finding }: { readonly finding: Finding }) {
  switch (finding.kind) {
    case "message":
      return <p className="text-ink-soft">{finding.text}</p>;
    case "value":
      return <ValueFinding {...finding} />;
    case "rows":
      return (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
          <p className="text-ink-soft">{finding.reason}</p>
          <ResultGrid table={finding.expected} label="Expected" />
          <ResultGrid table={finding.got} label="Got" />
        </div>
      );
    case "plan":
      return <PlanFinding {...finding} />;
  }
}

function ValueFinding({ input, expected, got }: Extract<Finding, { kind: "value" }>) {
  const [wanted, came] = markDifference(expected, got);
  return (
    <dl className="grid grid-cols-[4.25rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 rounded-sm bg-danger-tint p-3 text-xs [&_dd]:font-mono [&_dd]:leading-relaxed [&_dd]:wrap-anywhere [&_dd]:whitespace-pre-wrap [&_dt]:text-ink-soft">
      <dt>input</dt>
      <dd>{input}</dd>
      <dt>expected</dt>
      <dd>
        <Difference {...wanted} />
      </dd>
      <dt>got</dt>
      <dd>
        <Difference {...came} />
      </dd>
    </dl>
  );
}

function Difference({ before, changed, after }: Marked): ReactNode {
  if (changed === "") return before + after;
  return (
    <>
      {before}
      <mark className="bg-transparent font-bold text-danger underline underline-offset-3">{changed}</mark>
      {after}
    </>
  );
}

function PlanFinding({ plan, missing, unwanted }: Extract<Finding, { kind: "plan" }>) {
  return (
    <dl className="grid grid-cols-[4.25rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 rounded-sm bg-danger-tint p-3 text-xs [&_dd]:font-mono [&_dd]:leading-relaxed [&_dd]:wrap-anywhere [&_dt]:text-ink-soft">
      <dt>plan</dt>
      <dd>{plan}</dd>
      {missing.length > 0 ? (
        <>
          <dt>must have</dt>
          <dd>{missing.join("; ")}</dd>
        </>
      ) : null}
      {unwanted.length > 0 ? (
        <>
          <dt>must not</dt>
          <dd>{unwanted.join("; ")}</dd>
        </>
      ) : null}
    </dl>
  );
}
