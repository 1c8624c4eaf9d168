import { z } from "zod";
import { calendarDay } from "@/lib/calendar-day";
import { addDays } from "./streak";

/** Both days are counted. */
export type Days = { readonly from: string; readonly to: string };

export type DaysProblem = {
  readonly code: "no_date" | "in_future" | "wrong_order" | "too_long";
  readonly field: "from" | "to";
};

/** In words; how many days are too many is each list's own. */
export const DAYS_PROBLEMS = {
  no_date: "This is not a day in the calendar. Write it as year, month, day: 2026-03-01.",
  in_future: "This day has not come yet. Choose one up to today.",
  wrong_order: "The last day comes before the first. Swap them, or choose a later one.",
} as const;

/** One of the two fields of an address as it was sent; "" for one that was not. */
export const typedDay = z.string().trim().max(40).catch("").default("");

type Limits = {
  /** In the reader's calendar; nothing after it can be shown. */
  readonly today: string;
  /** The first day, when it was left out, is so many days before the last. */
  readonly daysBefore: number;
  readonly mostDays: number;
};

/** The days that were typed, one of which may be left out, or what is wrong with them, and at which field. */
export function readOwnDays(typed: Days, { today, daysBefore, mostDays }: Limits): Days | DaysProblem {
  for (const field of ["from", "to"] as const) {
    if (typed[field] && !calendarDay.safeParse(typed[field]).success) return { code: "no_date", field };
    if (typed[field] > today) return { code: "in_future", field };
  }
  const to = typed.to || today;
  const from = typed.from || addDays(to, -daysBefore);
  if (from > to) return { code: "wrong_order", field: "to" };
  return from < addDays(to, 1 - mostDays) ? { code: "too_long", field: "from" } : { from, to };
}
