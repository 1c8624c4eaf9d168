import type { ExerciseDefinition } from "../catalog/exercise-schema";

type Outcome = { readonly expect: string | null; readonly raises: string | null };

export type PythonTest = Outcome & {
  /** Runs before the learner's code; the names that a script is given. */
  readonly setup: string;
  /** The expression whose value is compared. */
  readonly call: string;
  readonly edge: boolean;
};

export type ValueTask = {
  readonly kind: "script" | "function";
  readonly fixture: string;
  readonly tests: readonly PythonTest[];
};

/** The learner's test suite must pass on `good`, and fail on each of the broken versions. */
export type SuiteTask = {
  readonly kind: "tests";
  readonly good: string;
  readonly broken: readonly { readonly reason: string; readonly code: string }[];
};

export type QueryTask = {
  readonly kind: "query" | "change";
  readonly dataset: string;
  /** Statements whose outcome is right. */
  readonly reference: string;
  /** For `change`: what is compared afterwards. */
  readonly check: string | null;
  readonly ordered: boolean;
  /** Changes the data before the second comparison. */
  readonly secondRun: string;
};

export type PlanCheck = {
  readonly label: string;
  /** Null: the learner's own query. */
  readonly query: string | null;
  readonly must: readonly string[];
  readonly mustNot: readonly string[];
  readonly sameResultAs: string | null;
  readonly result: readonly (readonly (string | number | null)[])[] | null;
};

export type PlanTask = {
  readonly kind: "plan";
  readonly dataset: string;
  /** Runs before the learner's statements. */
  readonly given: string;
  readonly checks: readonly PlanCheck[];
};

export type PythonTask = ValueTask | SuiteTask;
export type SqlTask = QueryTask | PlanTask;

/** All that a browser needs to grade an exercise, and no more. Only whoever may read the lesson gets it. */
export type GraderTask = PythonTask | SqlTask;

/** A task tells its language. */
export function isSqlTask(task: GraderTask): task is SqlTask {
  return task.kind === "query" || task.kind === "change" || task.kind === "plan";
}

/** Tests with a number up to this are shown before the first submission. */
export const VISIBLE_TESTS = 2;

export function toGraderTask(definition: ExerciseDefinition): GraderTask {
  switch (definition.kind) {
    case "script":
      return {
        kind: "script",
        fixture: "",
        tests: definition.tests.map((test) => ({
          ...outcomeOf(test),
          setup: test.setup,
          call: definition.result,
        })),
      };
    case "function":
      return {
        kind: "function",
        fixture: definition.fixture ?? "",
        tests: definition.tests.map((test) => ({ ...outcomeOf(test), setup: "", call: test.call })),
      };
    case "tests":
      return { kind: "tests", good: definition.good, broken: definition.broken };
    case "query":
    case "change":
      return {
        kind: definition.kind,
        dataset: definition.dataset,
        reference: definition.solution,
        check: definition.kind === "change" ? definition.check : null,
        ordered: definition.ordered_by !== undefined,
        secondRun: definition.second_run.sql,
      };
    case "plan":
      return {
        kind: "plan",
        dataset: definition.dataset,
        given: definition.given ?? "",
        checks: definition.checks.map((check) => ({
          label: check.label,
          query: check.query ?? null,
          must: check.must ?? [],
          mustNot: check.must_not ?? [],
          sameResultAs: check.same_result_as ?? null,
          result: check.result ?? null,
        })),
      };
  }
}

function outcomeOf(test: {
  expect?: string | undefined;
  raises?: string | undefined;
  edge?: boolean | undefined;
}) {
  return { expect: test.expect ?? null, raises: test.raises ?? null, edge: test.edge ?? false };
}

/** How many reports a submission has. */
export function countTests(task: GraderTask): number {
  switch (task.kind) {
    case "script":
    case "function":
      return task.tests.length;
    case "tests":
      return task.broken.length + 2;
    case "query":
    case "change":
      return 2;
    case "plan":
      return task.checks.length;
  }
}
