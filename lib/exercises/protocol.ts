import type { PythonTask, SqlTask } from "./grader-task";
import type { PythonRun, SchemaTable, SqlRun, TestReport } from "./reports";

/** What the page asks of the worker that runs a language. One request at a time. */
export type PythonRequest =
  | {
      readonly type: "run";
      readonly task: PythonTask;
      readonly code: string;
      readonly lines: readonly string[];
    }
  | { readonly type: "test"; readonly task: PythonTask; readonly code: string; readonly number: number };

export type SqlRequest =
  | { readonly type: "open"; readonly key: string; readonly task: SqlTask; readonly statements: string }
  | { readonly type: "run"; readonly key: string; readonly task: SqlTask; readonly code: string }
  | {
      readonly type: "test";
      readonly key: string;
      readonly task: SqlTask;
      readonly code: string;
      readonly number: number;
    };

export type SqlAnswer = { readonly run: SqlRun; readonly schema: readonly SchemaTable[] };

export type WorkerAnswer = PythonRun | SqlAnswer | TestReport | null;

/** What the worker says. `done` ends a request; the others come meanwhile. */
export type WorkerMessage =
  | { readonly type: "progress"; readonly fraction: number; readonly what: string }
  | { readonly type: "ready" }
  | { readonly type: "broken"; readonly reason: string }
  | { readonly type: "output"; readonly text: string }
  | { readonly type: "done"; readonly answer: WorkerAnswer };
