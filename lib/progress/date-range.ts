import { addDays } from "./streak";

export const RANGES = ["12-weeks", "26-weeks", "52-weeks"] as const;
export type Range = (typeof RANGES)[number];
export const RANGE_NAMES: Readonly<Record<Range, string>> = {
  "12-weeks": "12 weeks",
  "26-weeks": "Half a year",
  "52-weeks": "A year",
};

/** The days of a range that ends `today`, beginning on a Monday; `null` in the query counts as the shortest. */
export function daysOfRange(
  range: Range,
  today: string,
  weekday: number,
): { readonly from: string; readonly to: string } {
  const weeks = Number.parseInt(range, 10);
  return { from: addDays(today, -weekday - (weeks - 1) * 7), to: today };
}
