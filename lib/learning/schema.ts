import { z } from "zod";
import { slug } from "../catalog/schema";

/** Names a lesson in a form. */
export const lessonAddress = z.object({ course: slug, lesson: slug });

/** A lesson that was ticked or unticked, perhaps without a network: `ageMs` ago, by the difference of the browser's own clock. */
export const markInput = lessonAddress.extend({
  completed: z.boolean(),
  ageMs: z.int().nonnegative().max(7_776_000_000),
});
export type MarkInput = z.output<typeof markInput>;
