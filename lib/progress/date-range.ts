import { z } from "zod";
import { type Days, type DaysProblem, readOwnDays, typedDay } from "./own-days";
import { addDays, weekdayOf } from "./streak";

export const RANGES = ["12-weeks", "26-weeks", "52-weeks"] as const;
export type Range = (typeof RANGES)[number];
export const RANGE_NAMES: Readonly<Record<Range, string>> = {
  "12-weeks": "12 weeks",
  "26-weeks": "Half a year",
  "52-weeks": "A year",
};

/** More squares than this would be neither seen nor drawn quickly: three years. */
export const MOST_DAYS = 1_097;

export type AskedRange = {
  readonly period: Days;
  /** Null for days of one's own. */
  readonly preset: Range | null;
  /** Why the days that were asked for are not the ones shown, and at which field. */
  readonly problem: DaysProblem | null;
  /** As it was sent, for the fields. */
  readonly typed: Days | null;
};

/** Weeks that end `today`; the first begins on a Monday. */
export function daysOfRange(range: Range, today: string): Days {
  const weeks = Number.parseInt(range, 10);
  return { from: addDays(today, -weekdayOf(today) - (weeks - 1) * 7), to: today };
}

const query = z.object({ range: z.enum(RANGES).optional().catch(undefined), from: typedDay, to: typedDay });

/**
 * The days that the address asks for, in the reader's calendar, where it is `today`. One's own days come first; one of the
 * two left out is today, or twelve weeks before the other. Days that cannot be shown have a problem, and twelve weeks stand for them.
 */
export function readRange(
  sent: Readonly<Record<string, string | string[] | undefined>>,
  today: string,
): AskedRange {
  const { range = "12-weeks", ...typed } = query.parse(sent);
  if (!typed.from && !typed.to)
    return { period: daysOfRange(range, today), preset: range, problem: null, typed: null };
  const own = readOwnDays(typed, { today, daysBefore: 83, mostDays: MOST_DAYS });
  if ("code" in own)
    return { period: daysOfRange("12-weeks", today), preset: "12-weeks", problem: own, typed };
  return { period: own, preset: null, problem: null, typed };
}
