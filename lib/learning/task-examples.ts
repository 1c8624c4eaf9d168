import { z } from "zod";
import { VISIBLE_TESTS } from "../exercises/grader-task";

/** A test that may be shown before a first try: what is given or called, and what must come of it. Python source. */
export type TaskExample = {
  /** Names that are set before the learner's program runs; null when a function is called. */
  readonly setup: string | null;
  readonly expression: string;
  readonly outcome: { readonly kind: "value" | "raises"; readonly source: string };
};

const visibleTests = z.array(
  z.object({
    setup: z.string().optional(),
    call: z.string().optional(),
    expect: z.string().optional(),
    raises: z.string().optional(),
  }),
);

/** Finds the tests of an exercise's definition that are no secret, in the language of Postgres for paths in JSON. */
export const VISIBLE_TESTS_PATH = `$.tests[0 to ${VISIBLE_TESTS - 1}]`;

/** Reads the visible tests of an exercise. Kinds without such tests, and shapes that are not known, have none. */
export function readTaskExamples(tests: unknown, result: string | null): TaskExample[] {
  const read = visibleTests.safeParse(tests);
  if (!read.success) return [];
  return read.data.flatMap(({ setup, call, expect, raises }): TaskExample[] => {
    const expression = call ?? (setup === undefined ? null : result);
    const source = expect ?? raises;
    if (!expression || source === undefined) return [];
    const kind = expect === undefined ? "raises" : "value";
    return [
      {
        setup: call === undefined ? (setup ?? null) : null,
        expression: expression.trim(),
        outcome: { kind, source: source.trim() },
      },
    ];
  });
}
