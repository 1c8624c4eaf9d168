import { z } from "zod";
import { slug } from "../catalog/schema";

/** A sign of life from an open lesson, and how far down it is scrolled, in thousandths; null before it was scrolled at all. */
export const pulseInput = z.object({
  course: slug,
  lesson: slug,
  permille: z.int().min(0).max(1000).nullable(),
});
export type PulseInput = z.output<typeof pulseInput>;

/** Between two signs of life of a visible lesson. Access that ended is noticed after this at the latest. */
export const PULSE_MS = 30_000;

/**
 * Ends the address that "Continue" leads to: the lesson opens where it was left. A part of the address that only the browser
 * sees, so that server, router and kept copies know one address per lesson.
 */
export const WHERE_LEFT = "#where-you-were";
