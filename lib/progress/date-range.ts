import { z } from "zod";
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

/** Both days are counted. */
type Period = { readonly from: string; readonly to: string };

export type RangeProblem = "no_date" | "in_future" | "wrong_order" | "too_long";

export type AskedRange = {
  readonly period: Period;
  /** Null for days of one's own. */
  readonly preset: Range | null;
  /** Why the days that were asked for are not the ones shown, and at which field. */
  readonly problem: { readonly code: RangeProblem; readonly field: "from" | "to" } | null;
  /** As it was sent, for the fields. */
  readonly typed: { readonly from: string; readonly to: string } | null;
};

/** Weeks that end `today`; the first begins on a Monday. */
export function daysOfRange(range: Range, today: string): Period {
  const weeks = Number.parseInt(range, 10);
  return { from: addDays(today, -weekdayOf(today) - (weeks - 1) * 7), to: today };
}

const typedDay = z.string().trim().max(40).catch("").default("");
const query = z.object({ range: z.enum(RANGES).optional().catch(undefined), from: typedDay, to: typedDay });
const isDay = (typed: string) => z.iso.date().safeParse(typed).success;

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
  const problem = findProblem(typed, today);
  if (problem) return { period: daysOfRange("12-weeks", today), preset: "12-weeks", problem, typed };
  return { period: fillIn(typed, today), preset: null, problem: null, typed };
}

function fillIn({ from, to }: Period, today: string): Period {
  const last = to || today;
  return { from: from || addDays(last, -83), to: last };
}

function findProblem(typed: Period, today: string): AskedRange["problem"] {
  for (const field of ["from", "to"] as const) {
    if (typed[field] && !isDay(typed[field])) return { code: "no_date", field };
    if (typed[field] > today) return { code: "in_future", field };
  }
  const period = fillIn(typed, today);
  if (period.from > period.to) return { code: "wrong_order", field: "to" };
  return period.from < addDays(period.to, 1 - MOST_DAYS) ? { code: "too_long", field: "from" } : null;
}
