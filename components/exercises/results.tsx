"use client";

import { Keyboard } from "lucide-react";
import { type FormEvent, type ReactNode, type RefObject, useEffect, useId, useRef } from "react";
import { Button } from "@/components/ui/button";
import { scrollable } from "@/components/ui/scrollable";
import { ErrorBox } from "./error-box";
import { ResultGrid } from "./result-grid";
import type { Ended, Language } from "./runtime";
import { TestList } from "./test-list";
import type { Shown } from "./use-runs";

type ResultsProps = {
  readonly shown: Shown;
  readonly language: Language;
  /** What stands there before anything was run. */
  readonly children: ReactNode;
  /** Runs again with one more line of input. */
  readonly onAnswer: (lines: readonly string[]) => void;
};

/** The right (on phones: lower) half of the workbench. */
export function Results({ shown, language, children, onAnswer }: ResultsProps) {
  return (
    <>
      <p role="status" className="sr-only">
        {summaryOf(shown)}
      </p>
      <ResultsTitle shown={shown} />
      {shown.kind === "nothing" ? children : null}
      {shown.kind === "tests" ? <TestList shown={shown} /> : null}
      {shown.kind === "python" ? <PythonResult shown={shown} onAnswer={onAnswer} /> : null}
      {shown.kind === "sql" ? <SqlResult shown={shown} /> : null}
      {shown.kind !== "nothing" && shown.ended ? <EndedBox why={shown.ended} language={language} /> : null}
    </>
  );
}

/** One line for the heading and for screen readers alike. */
export function summaryOf(shown: Shown): string {
  if (shown.kind === "nothing") return "";
  if (shown.ended === "stopped" || shown.ended === "withdrawn") return "Stopped";
  if (shown.ended === "broken") return "Could not start";
  if (shown.ended === "too_long") return "Stopped after 5 seconds";
  if (shown.kind !== "tests") {
    if (shown.run === null) return "Running";
    if (shown.run.error) return "It ended with an error";
    if (shown.kind === "python" && shown.run.asks !== null) return "It waits for your input";
    if (shown.kind === "python" && shown.run.missing !== null) return "Your program ran";
    return "Output";
  }
  if (!shown.isDone) return "Testing";
  if (shown.obstacle) return "An error came before the tests";
  const failed = shown.reports.filter((report) => !report.passed).length;
  const of = `${shown.total} ${shown.total === 1 ? "test" : "tests"}`;
  if (failed > 0) return `${failed} of ${of} failed`;
  return shown.total === 1 ? "The test passed" : `All ${of} passed`;
}

function ResultsTitle({ shown }: { readonly shown: Shown }) {
  if (shown.kind === "nothing") return null;
  const isTests = shown.kind === "tests" && shown.isDone && !shown.ended;
  const failed = isTests && (shown.obstacle !== null || shown.reports.some((report) => !report.passed));
  const hasError = shown.kind !== "tests" && shown.run?.error;
  const tone = failed || hasError || shown.ended ? "text-danger" : isTests ? "text-success" : "";
  return (
    <div className="mb-3 flex items-baseline justify-between gap-3">
      <h3 className={`font-sans text-base font-semibold tracking-normal ${tone}`}>{summaryOf(shown)}</h3>
      {isTests ? (
        <span className="text-xs text-ink-muted tabular-nums">{(shown.ms / 1000).toFixed(2)} s</span>
      ) : null}
    </div>
  );
}

const screen =
  "max-h-72 overflow-auto rounded-sm border border-hairline bg-sunken p-3 font-mono text-xs leading-relaxed wrap-anywhere whitespace-pre-wrap focus-visible:-outline-offset-2";
type PythonShown = Extract<Shown, { kind: "python" }>;

function PythonResult({
  shown: { output, run, lines, ended },
  onAnswer,
}: {
  readonly shown: PythonShown;
  readonly onAnswer: ResultsProps["onAnswer"];
}) {
  const left = useRef<Element | null>(null);
  const isOver = ended !== null || (run !== null && run.asks === null);
  useEffect(() => {
    if (!isOver) return;
    const isNowhere = document.activeElement === document.body;
    if (isNowhere && left.current instanceof HTMLElement) left.current.focus({ preventScroll: true });
    left.current = null;
  }, [isOver]);
  return (
    <div className="grid gap-3 text-sm">
      {output ? (
        <pre {...scrollable("Output")} className={screen}>
          {output}
        </pre>
      ) : null}
      {run?.error ? <ErrorBox error={run.error} /> : null}
      {run && run.asks !== null ? (
        <InputForm key={lines.length} asks={run.asks} lines={lines} left={left} onAnswer={onAnswer} />
      ) : null}
      {run && run.missing !== null ? <Missing name={run.missing} call={run.call ?? ""} /> : null}
      {run && run.value !== null ? (
        <p className="font-mono text-xs leading-relaxed wrap-anywhere">
          {run.call ? (
            <span className="text-ink-soft">{run.call} → </span>
          ) : (
            <span className="text-ink-soft">→ </span>
          )}
          {run.value}
        </p>
      ) : null}
      {run && !output && !run.error && run.value === null && run.missing === null && run.asks === null ? (
        <p className="text-ink-soft">It ran and printed nothing.</p>
      ) : null}
    </div>
  );
}

/** The exercise's own example needs a name that the program has not made. */
function Missing({ name, call }: { readonly name: string; readonly call: string }) {
  return (
    <p className="text-ink-soft">
      <code>{name}</code> {call.includes(`${name}(`) ? "is not defined yet." : "has no value yet."}
    </p>
  );
}

/** `input()` cannot wait inside a browser's worker: the program runs again from its start with one more answer. */
function InputForm({
  asks,
  lines,
  left,
  onAnswer,
}: {
  readonly asks: string;
  readonly lines: readonly string[];
  /** Keeps what had the focus when the first question took it; it gets it back once the program is over. */
  readonly left: RefObject<Element | null>;
  readonly onAnswer: ResultsProps["onAnswer"];
}) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    left.current ??= document.activeElement;
    field.current?.focus();
  }, [left]);
  const answer = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get("line");
    onAnswer([...lines, String(typed ?? "")]);
  };
  return (
    <form onSubmit={answer}>
      <label htmlFor={id} className="flex items-center gap-2 text-sm font-medium">
        <Keyboard className="size-4!" />
        {asks.trim() || "The program asks for a line"}
      </label>
      <div className="mt-1 flex gap-2">
        <input
          ref={field}
          id={id}
          name="line"
          autoComplete="off"
          className="min-h-target min-w-0 flex-1 rounded-md border border-field-line bg-surface px-3 font-mono text-base"
        />
        <Button type="submit">Enter</Button>
      </div>
      <p className="mt-1 text-xs text-ink-muted">It runs again from the start with all your answers.</p>
    </form>
  );
}

function SqlResult({ shown: { run } }: { readonly shown: Extract<Shown, { kind: "sql" }> }) {
  if (!run) return null;
  return (
    <div className="grid gap-3 text-sm">
      {run.error ? <ErrorBox error={run.error} /> : null}
      {run.tables.map((table, place) => (
        <ResultGrid
          key={`${place}-${table.columns.join()}`}
          table={table}
          label={run.tables.length === 1 ? "Result" : `Result ${place + 1}`}
        />
      ))}
      {run.changedRows === null ? null : (
        <p className="text-ink-soft">
          {run.changedRows} {run.changedRows === 1 ? "row" : "rows"} changed.
        </p>
      )}
      {run.plans.map(({ label, plan }) => (
        <div key={label} className="text-xs">
          <p className="text-ink-muted">Plan of {label}</p>
          <p className="mt-1 rounded-sm bg-sunken p-3 font-mono leading-relaxed wrap-anywhere">{plan}</p>
        </div>
      ))}
      {!run.error && run.tables.length + run.plans.length === 0 && run.changedRows === null ? (
        <p className="text-ink-soft">Done. No rows came back.</p>
      ) : null}
    </div>
  );
}

function EndedBox({ why, language }: { readonly why: Ended; readonly language: Language }) {
  const name = language === "python" ? "Python" : "SQLite";
  const text = {
    too_long:
      language === "python"
        ? "The program was still running after 5 seconds. Is there a loop that never ends? Python starts afresh."
        : "The query was still running after 5 seconds. Does a join or a recursion never end? SQLite starts afresh.",
    stopped: `You stopped it. ${name} starts afresh.`,
    withdrawn: "You stopped it before it began.",
    broken: `${name} could not be loaded. Check the network, then try again; your text is kept.`,
  }[why];
  return <p className="mt-3 text-sm text-ink-soft">{text}</p>;
}
