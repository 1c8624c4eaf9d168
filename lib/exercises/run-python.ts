import type { PyodideInterface } from "pyodide";
import type { PythonTask } from "./grader-task";
import { PYTHON_HARNESS } from "./python-harness";
import type { CodeError, Finding, PythonRun, TestReport } from "./reports";

type Harness = (spec: string, emit: (text: string) => void) => Promise<string>;

type HarnessReport = {
  readonly passed: boolean;
  readonly began: boolean;
  readonly input: string;
  readonly expected: string;
  readonly got: string;
  readonly message: string | null;
  readonly output: string;
  readonly error: CodeError | null;
};

export type Python = {
  /**
   * Runs a program as a learner would. A task's first test says what a script is given, and which call shows a function
   * at work; a suite runs against the right version. `lines` answers `input()`.
   */
  run(
    task: PythonTask,
    code: string,
    lines: readonly string[],
    emit: (text: string) => void,
  ): Promise<PythonRun>;
  /** Grades by the test of that number, from 1. It may never return: whoever calls it holds the clock. */
  test(task: PythonTask, code: string, number: number): Promise<TestReport>;
};

/** A Python that can grade. `pyodide` is ready; the same code serves the browser's worker and the tests under Node. */
export function preparePython(pyodide: PyodideInterface): Python {
  const names = pyodide.globals.get("dict")();
  pyodide.runPython(PYTHON_HARNESS, { globals: names, filename: "harness.py" });
  const [run, test]: Harness[] = [names.get("run"), names.get("test")];
  if (!run || !test) throw new Error("The harness did not load.");
  return {
    run: async (task, code, lines, emit) =>
      JSON.parse(await run(JSON.stringify({ ...sceneOf(task), code, lines }), emit)),
    test: async (task, code, number) => {
      const report: HarnessReport = JSON.parse(
        await test(JSON.stringify({ ...specOf(task, number), code }), () => {}),
      );
      return {
        number,
        title: testTitle(task, number),
        passed: report.passed,
        began: report.began,
        finding: findingOf(report),
        output: report.output,
        error: report.error,
      };
    },
  };
}

function sceneOf(task: PythonTask): { readonly setup: string; readonly call: string | null } {
  if (task.kind === "tests") return { setup: task.good, call: null };
  const [first] = task.tests;
  if (task.kind === "script") return { setup: first?.setup ?? "", call: first?.call ?? null };
  return { setup: task.fixture, call: first?.call ?? null };
}

function specOf(task: PythonTask, number: number): object {
  if (task.kind === "tests") {
    const broken = task.broken[number - 3];
    return {
      kind: task.kind,
      version: broken?.code ?? task.good,
      backwards: number === 2,
      broken: broken !== undefined,
    };
  }
  return { kind: task.kind, fixture: task.fixture, ...task.tests[number - 1] };
}

/** What a test is called on the page. */
export function testTitle(task: PythonTask, number: number): string {
  if (task.kind === "tests") {
    if (number === 1) return "Passes on the right version";
    if (number === 2) return "Passes on it in reverse order";
    return `Fails on broken version ${number - 2}`;
  }
  const test = task.tests[number - 1];
  const given = (task.kind === "script" ? test?.setup : test?.call)?.trim() ?? "";
  return test?.edge ? `${given} (edge case)` : given;
}

function findingOf({ passed, message, input, expected, got }: HarnessReport): Finding | null {
  if (message !== null) return { kind: "message", text: message };
  if (passed || input === "") return null;
  return { kind: "value", input, expected, got };
}
