"use client";

import { CloudOff, Play, RotateCcw, Square, Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useCallback, useRef, useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { type GraderTask, isSqlTask } from "@/lib/exercises/grader-task";
import { CodeEditor, type EditorHandle } from "./code-editor";
import "./code-editor.css";
import { isKept } from "@/components/offline/outbox";
import { DraftNotice, DraftStatusLine } from "./draft-notice";
import type { ExerciseProps } from "./exercise";
import { Hints, Solution } from "./help";
import type { LessonPackage, WirePackage } from "./lesson-package";
import { Results } from "./results";
import { type RuntimeState, runtimeOf } from "./runtime";
import { SchemaBrowser } from "./schema-browser";
import { useDraft } from "./use-draft";
import { type Shown, useRuns } from "./use-runs";
import { useSubmissions } from "./use-submissions";

type WorkbenchProps = ExerciseProps & {
  readonly lessonPackage: LessonPackage;
  readonly own: WirePackage & { readonly task: GraderTask };
  /** What stands in the results before anything was run. */
  readonly children: ReactNode;
};

/** Editor and results of one exercise. */
export function Workbench({
  course,
  lesson,
  slug,
  starter,
  hints,
  lessonPackage,
  own,
  children,
}: WorkbenchProps) {
  const { account, saves } = lessonPackage;
  const editor = useRef<EditorHandle>(null);
  const runs = useRuns(`${course}/${slug}`, own.task);
  const draft = useDraft({ account, saves, course, exercise: slug, starter, stored: own.draft, editor });
  const router = useRouter();
  const showProgress = useCallback(() => router.refresh(), [router]);
  const submissions = useSubmissions({
    account: saves ? account : null,
    course,
    exercise: slug,
    own,
    onPassed: showProgress,
  });
  const [wasReset, setWasReset] = useState(false);
  const { shown, busy, language } = runs;
  const runtime = runtimeOf(language);
  const state = useSyncExternalStore(runtime.subscribe, runtime.read, runtime.read);

  const code = () => editor.current?.read() ?? draft.initial;
  const run = useCallback(() => void runs.run(editor.current?.read() ?? ""), [runs.run]);
  const submit = async () => {
    const text = code();
    const verdict = await runs.submit(text);
    if (verdict) await submissions.record(text, verdict);
  };
  const reset = () => {
    editor.current?.write(starter);
    setWasReset(true);
  };
  const undoReset = () => {
    editor.current?.undo();
    editor.current?.focus();
    setWasReset(false);
  };

  return (
    <div
      data-runtime={state.phase}
      className="grid overflow-hidden rounded-lg border border-hairline-strong bg-surface lg:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)] print:hidden"
    >
      {/* As high as the code: Run and Submit stay where they were pressed, however long the results are. */}
      <div className="flex min-w-0 flex-col self-start bg-sunken">
        <div className="flex min-h-target items-center justify-between gap-2 border-b border-hairline pl-4">
          <span className="truncate font-mono text-xs font-medium text-ink-soft">
            {fileName(slug, language)}
          </span>
          <span className="flex flex-none items-center">
            <DraftStatusLine status={draft.status} />
            {wasReset ? (
              <Button variant="quiet" onClick={undoReset}>
                <Undo2 />
                Undo
              </Button>
            ) : (
              <Button variant="quiet" onClick={reset} aria-label="Reset to the starter">
                <RotateCcw />
                Reset
              </Button>
            )}
          </span>
        </div>
        <DraftNotice aside={draft.aside} onRestore={draft.restore} onDismiss={draft.dismiss} />
        <CodeEditor
          ref={editor}
          language={language}
          initial={draft.initial}
          label="Your code. Press Escape, then Tab, to leave."
          markedLine={markedLine(shown)}
          onChange={(text) => {
            draft.change(text);
            if (text !== starter) setWasReset(false);
          }}
          onFocus={runs.open}
          onRun={run}
        />
        {isSqlTask(own.task) ? (
          <SchemaBrowser tables={runs.schema} state={runs.dataState} onOpen={runs.open} />
        ) : null}
        <div className="flex flex-wrap items-center gap-2 border-t border-hairline bg-surface px-4 py-3">
          {busy ? (
            <Button onClick={runs.stop}>
              <Square />
              Stop
            </Button>
          ) : (
            <Button onClick={run}>
              <Play />
              Run
            </Button>
          )}
          <Button variant="primary" onClick={submit} busy={busy === "submit"} busyLabel="Testing">
            Submit
          </Button>
          {isSqlTask(own.task) && own.task.kind !== "query" ? (
            <Button variant="quiet" onClick={runs.restoreData}>
              <RotateCcw />
              Restore the data
            </Button>
          ) : null}
          <Keys />
          <LoadingBar state={state} />
        </div>
      </div>
      <div className="min-w-0 border-t border-hairline-strong p-5 lg:border-t-0 lg:border-l">
        <Results shown={shown} language={language} onAnswer={(lines) => void runs.run(code(), lines)}>
          {children}
        </Results>
        <DeliveryLine
          submissions={submissions}
          saves={saves}
          isGuest={account === null}
          showsPass={hasPassed(shown)}
        />
        <div className="mt-3">
          <Hints hints={hints} />
          <Solution
            address={`/learn/${course}/${lesson}/exercises/${slug}`}
            tries={submissions.tries}
            passed={submissions.passed}
            onShown={submissions.noteSolution}
          />
        </div>
      </div>
    </div>
  );
}

function fileName(slug: string, language: "python" | "sql"): string {
  return language === "python" ? `${slug.replaceAll("-", "_")}.py` : `${slug}.sql`;
}

/** The line of the error that is shown, of a run or of the first failing test. */
function markedLine(shown: Shown): number | null {
  if (shown.kind === "python" || shown.kind === "sql") return shown.run?.error?.line ?? null;
  if (shown.kind !== "tests") return null;
  const error = shown.obstacle?.error ?? shown.reports.find((report) => report.error !== null)?.error;
  return error?.line ?? null;
}

const hasPassed = (shown: Shown): boolean =>
  shown.kind === "tests" &&
  shown.isDone &&
  shown.reports.length === shown.total &&
  shown.reports.every((report) => report.passed);

function Keys() {
  return (
    <span className="ml-auto hidden text-xs text-ink-muted xl:pointer-fine:inline [&_kbd]:rounded-xs [&_kbd]:border [&_kbd]:border-hairline-strong [&_kbd]:px-1">
      <kbd>Ctrl</kbd> <kbd>↵</kbd> run, <kbd>Esc</kbd> <kbd>Tab</kbd> leave
    </span>
  );
}

/** How far the language is on its way; nothing when it is there, or was not asked for. */
function LoadingBar({ state }: { readonly state: RuntimeState }) {
  if (state.phase !== "loading") return null;
  return (
    <div className="w-full pt-1">
      <p className="text-xs text-ink-muted">{state.what}, once for all lessons</p>
      <Progress value={state.fraction * 100} label={state.what} />
    </div>
  );
}

type DeliveryProps = {
  readonly submissions: ReturnType<typeof useSubmissions>;
  readonly saves: boolean;
  readonly isGuest: boolean;
  /** Whether what stands above it is the pass itself. */
  readonly showsPass: boolean;
};

/** Where the result went, and who graded it. */
function DeliveryLine({ submissions: { delivery, passed }, saves, isGuest, showsPass }: DeliveryProps) {
  const words = !saves
    ? `You are reading a preview: what you do here runs, and is not saved${isGuest ? "" : " to your account"}.`
    : delivery === "waiting"
      ? "The result is kept in this browser and sent once there is a network."
      : delivery === "signed_out"
        ? "You are signed out. The result is kept in this browser and sent once you have signed in again."
        : delivery === "refused"
          ? "The result could not be saved: you are not enrolled in this course any more."
          : delivery === "invalid"
            ? "The result could not be saved. Code may be up to 64 kB long; if yours is shorter, reload the page."
            : delivery === "outdated"
              ? "This exercise has new tests: reload the page and submit again."
              : passed
                ? `${showsPass ? "Passed and saved." : "You have passed this exercise; that is saved."} Graded by tests in your browser.`
                : "Graded by tests in your browser.";
  return (
    <p className="mt-3 flex gap-2 text-xs text-ink-muted">
      {isKept(delivery) ? <CloudOff className="size-4! flex-none" /> : null}
      {words}
    </p>
  );
}
