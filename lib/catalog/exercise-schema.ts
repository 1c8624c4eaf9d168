import { z } from "zod";

/** The shape of `exercises/<id>.yaml`, one member per kind; documented for authors in docs/content-format.md. */

const text = z.string().trim().min(1, "must not be empty");
const code = z.string().refine((value) => value.trim() !== "", "must hold code");

/** A program that must not pass, and why somebody would write it. `caught_by` names the tests (from 1) that refuse it. */
const mustFail = z.strictObject({
  reason: text,
  code,
  caught_by: z.array(z.int().positive()).min(1).optional(),
});

const common = {
  title: text.max(80),
  prompt: text,
  hints: z.array(text).min(1, "needs at least one hint"),
  starter: code,
  solution: code,
  /** Why the solution works, and why the most tempting wrong one does not. */
  why: text.optional(),
  must_fail: z.array(mustFail).min(1, "needs at least one program that must not pass"),
};

/** What a test wants: a value, written as Python source, or the class of the exception. */
const outcome = {
  expect: code.optional(),
  raises: z
    .string()
    .regex(/^[A-Za-z_][\w.]*$/, "must be the name of an exception class")
    .optional(),
  /** The edge case that the prompt's last sentence is about. */
  edge: z.boolean().optional(),
};
const wantsOneOutcome = (test: {
  readonly expect?: string | undefined;
  readonly raises?: string | undefined;
}) => (test.expect === undefined) !== (test.raises === undefined);
const oneOutcome = "needs either `expect` or `raises`";

/** The given names are set, the learner's code runs, `result` is evaluated. */
const scriptExercise = z.strictObject({
  kind: z.literal("script"),
  ...common,
  given: z.array(text).min(1),
  result: code,
  tests: z.array(z.strictObject({ setup: code, ...outcome }).refine(wantsOneOutcome, oneOutcome)).min(2),
});

/** `fixture` runs, then the learner's code, then each test's `call` is evaluated in a fresh namespace. */
const functionExercise = z.strictObject({
  kind: z.literal("function"),
  ...common,
  signature: text,
  fixture: code.optional(),
  /** The fixture in words, for the learner. */
  given: text.optional(),
  tests: z.array(z.strictObject({ call: code, ...outcome }).refine(wantsOneOutcome, oneOutcome)).min(2),
});

/** The learner writes the tests: they must pass on `good` and fail on every broken version. */
const testsExercise = z.strictObject({
  kind: z.literal("tests"),
  ...common,
  good: code,
  broken: z.array(z.strictObject({ reason: text, code })).min(1),
});

const dataset = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, "must be the name of a file in content/datasets, without .sql");

/** Changes the data before the second run, which catches answers that were typed in. */
const secondRun = z.strictObject({ sql: code, note: text.optional() });

const sqlCommon = {
  ...common,
  dataset,
  also_right: z.array(code).optional(),
};

/** One SELECT, compared with the solution on two copies of the data. */
const queryExercise = z.strictObject({
  kind: z.literal("query"),
  ...sqlCommon,
  columns: z.array(text).min(1),
  ordered_by: text.optional(),
  second_run: secondRun,
});

/** Statements that change rows; afterwards `check` is compared with the solution's. */
const changeExercise = z.strictObject({
  kind: z.literal("change"),
  ...sqlCommon,
  check: code,
  columns: z.array(text).min(1),
  ordered_by: text.optional(),
  second_run: secondRun,
});

/** Looks at EXPLAIN QUERY PLAN of `query` (or of the learner's own), or at the result of `query`. Patterns are regular expressions. */
const planCheck = z
  .strictObject({
    label: text,
    own: z.boolean().optional(),
    query: code.optional(),
    must: z.array(text).optional(),
    must_not: z.array(text).optional(),
    same_result_as: code.optional(),
    result: z.array(z.array(z.union([z.string(), z.number(), z.null()]))).optional(),
  })
  .refine(
    (check) => (check.own === true) !== (check.query !== undefined),
    "needs either `own: true` or `query`",
  );

/** The learner's statements must lead SQLite to a certain plan. */
const planExercise = z.strictObject({
  kind: z.literal("plan"),
  ...sqlCommon,
  given: code.optional(),
  columns: z.array(text).optional(),
  checks: z.array(planCheck).min(1),
});

export const exerciseDefinition = z.discriminatedUnion(
  "kind",
  [scriptExercise, functionExercise, testsExercise, queryExercise, changeExercise, planExercise],
  { error: "must have a `kind`: script, function, tests, query, change or plan" },
);

export type ExerciseDefinition = z.output<typeof exerciseDefinition>;
export type ExerciseKind = ExerciseDefinition["kind"];

/** Which runtime an exercise of this kind needs. */
export function exerciseLanguage(kind: ExerciseKind): "python" | "sql" {
  return kind === "query" || kind === "change" || kind === "plan" ? "sql" : "python";
}
