import { z } from "zod";
import { slug } from "../catalog/schema";
import type { AttemptId } from "../ids";

/** Names an exercise; unique within its course. */
export const exerciseAddress = z.object({ course: slug, exercise: slug });
export type ExerciseAddress = z.output<typeof exerciseAddress>;

/** What an editor may hold: 64 kB of UTF-8. */
export const MAX_CODE_BYTES = 65_536;
export const learnerCode = z
  .string()
  // Postgres cannot keep it, and no program needs it.
  .refine((text) => !text.includes("\0"), "must not hold the character 0")
  .refine((text) => new TextEncoder().encode(text).length <= MAX_CODE_BYTES, "is longer than 64 kB");

/** How long ago something happened, in ms: the browser's clock may be wrong, its differences are not. Up to 90 days. */
const age = z.int().nonnegative().max(7_776_000_000);

/** A submission that the browser has graded. */
export const attemptInput = exerciseAddress.extend({
  id: z.uuid().transform((id) => id as AttemptId),
  code: learnerCode,
  testsPassed: z.int().nonnegative(),
  testsTotal: z.int().positive().max(200),
  solutionShown: z.boolean(),
  ageMs: age,
});
export type AttemptInput = z.output<typeof attemptInput>;

/** A draft, and the version of the saved one that it was made from; 0 when there was none. */
export const draftInput = exerciseAddress.extend({
  code: learnerCode,
  baseVersion: z.int().nonnegative(),
  ageMs: age,
  /** When the text was edited that is set aside and is not wanted any more, as the shop told it. Pages opened before an update do not know it. */
  drops: z.int().optional(),
});
export type DraftInput = z.output<typeof draftInput>;

/** Answers to a lesson's questions, under the names of `fieldName` in `quiz.ts`. */
export const quizInput = z.looseObject({ course: slug, lesson: slug });
