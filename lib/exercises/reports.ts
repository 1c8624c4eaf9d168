/** What grading and running tell the page; the same for Python and SQL where it can be. */

/** What went wrong in the learner's own text. */
export type CodeError = {
  /** One line: `NameError: name 'totl' is not defined`. */
  readonly message: string;
  /** With the lines that led there; empty when the message says it all. */
  readonly trace: string;
  /** From 1; null when it has no place in the learner's text. */
  readonly line: number | null;
  /** From 1. */
  readonly column: number | null;
};

export type SqlValue = number | string | Uint8Array | null;

export type ResultTable = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlValue[])[];
};

export type Finding =
  | { readonly kind: "value"; readonly input: string; readonly expected: string; readonly got: string }
  | {
      readonly kind: "rows";
      readonly reason: string;
      readonly expected: ResultTable;
      readonly got: ResultTable;
    }
  | {
      readonly kind: "plan";
      readonly plan: string;
      readonly missing: readonly string[];
      readonly unwanted: readonly string[];
    }
  | { readonly kind: "message"; readonly text: string };

export type TestReport = {
  /** From 1. */
  readonly number: number;
  readonly title: string;
  readonly passed: boolean;
  /** False when `error` came before what this test asks, and would come before every other one too. */
  readonly began: boolean;
  /** Null when there is nothing to explain. */
  readonly finding: Finding | null;
  /** What the learner's code printed meanwhile. */
  readonly output: string;
  readonly error: CodeError | null;
};

export type PythonRun = {
  /** The expression that `value` is of; null for the last line of the learner's own code. */
  readonly call: string | null;
  /** As Python writes it; null when there is none. */
  readonly value: string | null;
  /** The name in `call` that the program has not made yet: it ran, and there is no value to show. */
  readonly missing: string | null;
  readonly error: CodeError | null;
  /** The program waits for a line of input: its question, perhaps empty. */
  readonly asks: string | null;
};

export type SqlRun = {
  readonly tables: readonly ResultTable[];
  /** How many rows the last INSERT, UPDATE or DELETE touched. */
  readonly changedRows: number | null;
  readonly plans: readonly { readonly label: string; readonly plan: string }[];
  readonly error: CodeError | null;
};

export type SchemaTable = {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly notes: string }[];
};

/** A report for a test that could not be finished. */
export function stoppedReport(number: number, title: string, text: string): TestReport {
  return {
    number,
    title,
    passed: false,
    began: true,
    finding: { kind: "message", text },
    output: "",
    error: null,
  };
}
