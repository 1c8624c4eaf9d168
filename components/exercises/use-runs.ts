"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { countTests, type GraderTask, isSqlTask, type PythonTask } from "@/lib/exercises/grader-task";
import type { CodeError, PythonRun, SchemaTable, SqlRun, TestReport } from "@/lib/exercises/reports";
import { stoppedReport } from "@/lib/exercises/reports";
import { testTitle } from "@/lib/exercises/run-python";
import { sqlTestTitle } from "@/lib/exercises/run-sql";
import {
  type Ended,
  type Language,
  openData,
  RuntimeEnded,
  runPython,
  runSqlOn,
  runtimeOf,
  testPython,
  testSqlOn,
} from "./runtime";

/** What the results side shows. */
export type Shown =
  | { readonly kind: "nothing" }
  | {
      readonly kind: "python";
      readonly output: string;
      readonly run: PythonRun | null;
      readonly lines: readonly string[];
      readonly ended: Ended | null;
    }
  | { readonly kind: "sql"; readonly run: SqlRun | null; readonly ended: Ended | null }
  | {
      readonly kind: "tests";
      readonly reports: readonly TestReport[];
      /** What ended the program before any of them; they have not been run then. */
      readonly obstacle: Obstacle | null;
      readonly total: number;
      readonly isDone: boolean;
      readonly ms: number;
      readonly ended: Ended | null;
    };

export type Obstacle = { readonly error: CodeError; readonly tests: readonly string[] };

/** On its way, not to be had, or asked for once more. */
export type DataState = "loading" | "missing" | "retrying";

export type Verdict = { readonly testsPassed: number; readonly testsTotal: number };

/** Runs and grades one exercise. `name` tells it from the others that share the worker. */
export function useRuns(name: string, task: GraderTask) {
  const [shown, setShown] = useState<Shown>({ kind: "nothing" });
  const [busy, setBusy] = useState<"run" | "submit" | null>(null);
  const [schema, setSchema] = useState<readonly SchemaTable[] | null>(null);
  const [dataState, setDataState] = useState<DataState>("loading");
  const isOpening = useRef(false);
  const language: Language = isSqlTask(task) ? "sql" : "python";
  /** Of what this exercise does now: the others have their own. */
  const working = useRef<AbortController | null>(null);

  const during = useCallback(async (what: "run" | "submit", work: (signal: AbortSignal) => Promise<void>) => {
    if (working.current) return;
    working.current = new AbortController();
    setBusy(what);
    try {
      await work(working.current.signal);
    } finally {
      working.current = null;
      setBusy(null);
    }
  }, []);

  const run = useCallback(
    (code: string, lines: readonly string[] = []) =>
      during("run", (signal) =>
        isSqlTask(task)
          ? showSql(() => runSqlOn(name, task, code, signal), setShown, setSchema)
          : showPython(task, code, lines, setShown, signal),
      ),
    [during, name, task],
  );

  /** Null when it was stopped: then nothing was graded. */
  const submit = useCallback(
    async (code: string): Promise<Verdict | null> => {
      let verdict: Verdict | null = null;
      await during("submit", async (signal) => {
        verdict = await grade(name, task, code, setShown, signal);
      });
      return verdict;
    },
    [during, name, task],
  );

  const open = useCallback(() => {
    runtimeOf(language).wake();
    if (!isSqlTask(task) || schema !== null || isOpening.current) return;
    isOpening.current = true;
    setDataState((now) => (now === "missing" ? "retrying" : now));
    openData(name, task)
      .then(
        (answer) => setSchema(answer.schema),
        () => setDataState("missing"),
      )
      .finally(() => {
        isOpening.current = false;
      });
  }, [language, name, task, schema]);

  useEffect(() => {
    if (schema !== null || dataState !== "missing") return;
    addEventListener("online", open);
    return () => removeEventListener("online", open);
  }, [schema, dataState, open]);

  /** The data as it was at first. */
  const restoreData = useCallback(
    () =>
      during("run", async (signal) => {
        if (!isSqlTask(task)) return;
        try {
          setSchema((await openData(name, task, signal)).schema);
          setShown({ kind: "nothing" });
        } catch (error) {
          setShown({ kind: "sql", run: null, ended: whyEnded(error) });
        }
      }),
    [during, name, task],
  );

  const stop = useCallback(() => working.current?.abort(), []);
  return { shown, busy, schema, dataState, language, run, submit, open, restoreData, stop };
}

const whyEnded = (error: unknown): Ended => (error instanceof RuntimeEnded ? error.why : "broken");

async function showPython(
  task: PythonTask,
  code: string,
  lines: readonly string[],
  show: (shown: Shown) => void,
  signal: AbortSignal,
): Promise<void> {
  let output = "";
  const shape = { kind: "python", lines } as const;
  show({ ...shape, output, run: null, ended: null });
  try {
    const tell = (text: string) => {
      output += text;
      show({ ...shape, output, run: null, ended: null });
    };
    const run = await runPython(task, code, lines, tell, signal);
    show({ ...shape, output, run, ended: null });
  } catch (error) {
    show({ ...shape, output, run: null, ended: whyEnded(error) });
  }
}

async function showSql(
  ask: () => ReturnType<typeof runSqlOn>,
  show: (shown: Shown) => void,
  setSchema: (schema: readonly SchemaTable[]) => void,
): Promise<void> {
  show({ kind: "sql", run: null, ended: null });
  try {
    const { run, schema } = await ask();
    show({ kind: "sql", run, ended: null });
    setSchema(schema);
  } catch (error) {
    show({ kind: "sql", run: null, ended: whyEnded(error) });
  }
}

async function grade(
  name: string,
  task: GraderTask,
  code: string,
  show: (shown: Shown) => void,
  signal: AbortSignal,
): Promise<Verdict | null> {
  const total = countTests(task);
  const reports: TestReport[] = [];
  let obstacle: Obstacle | null = null;
  let started = performance.now();
  // Loading the language is none of the program's time.
  const runtime = runtimeOf(isSqlTask(task) ? "sql" : "python");
  const leave = runtime.subscribe(() => {
    if (reports.length === 0 && runtime.read().phase === "ready") started = performance.now();
  });
  const tell = (isDone: boolean, ended: Ended | null = null) =>
    show({
      kind: "tests",
      reports: [...reports],
      obstacle,
      total,
      isDone,
      ms: performance.now() - started,
      ended,
    });
  tell(false);
  const title = (number: number) => (isSqlTask(task) ? sqlTestTitle(task, number) : testTitle(task, number));
  for (let number = 1; number <= total; number += 1) {
    try {
      const report = isSqlTask(task)
        ? await testSqlOn(name, task, code, number, signal)
        : await testPython(task, code, number, signal);
      if (number === 1 && !report.began && report.error !== null) {
        obstacle = { error: report.error, tests: Array.from({ length: total }, (_, at) => title(at + 1)) };
        break;
      }
      reports.push(report);
    } catch (error) {
      const ended = whyEnded(error);
      if (ended !== "too_long") {
        leave();
        tell(true, ended);
        return null;
      }
      const why = isSqlTask(task)
        ? "The query ran for 5 seconds and was stopped. Does a join or a recursion never end?"
        : "It ran for 5 seconds and was stopped. Is there a loop that never ends?";
      reports.push(stoppedReport(number, title(number), why));
      for (let rest = number + 1; rest <= total; rest += 1)
        reports.push(stoppedReport(rest, title(rest), "Not run, because the one before did not end."));
      break;
    }
    tell(false);
  }
  leave();
  tell(true);
  return { testsPassed: reports.filter((report) => report.passed).length, testsTotal: total };
}
