import { z } from "zod";
import { slug } from "../catalog/schema";

/** A sign of life from an open lesson, and how far down it is scrolled, in thousandths; null before it was scrolled at all. */
export const pulseInput = z.object({
  course: slug,
  lesson: slug,
  permille: z.int().min(0).max(1000).nullable(),
});
export type PulseInput = z.output<typeof pulseInput>;
