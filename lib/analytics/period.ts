import { formatDay } from "@/lib/format-day";
import { addDays, weekdayOf } from "@/lib/progress/streak";

/** Days of a calendar, both counted: `2026-11-01` to `2026-11-30`. Which zone's midnight they begin at is asked with them. */
export type Period = { readonly from: string; readonly to: string };

export type Bucket = Period & { readonly size: "day" | "week" | "month" };

export const PRESETS = ["7-days", "28-days", "90-days", "this-month", "this-year"] as const;
export type Preset = (typeof PRESETS)[number];

export const PRESET_NAMES: Readonly<Record<Preset, string>> = {
  "7-days": "7 days",
  "28-days": "28 days",
  "90-days": "90 days",
  "this-month": "This month",
  "this-year": "This year",
};

/** More would be neither seen nor summed quickly. */
export const MOST_DAYS = 1_830;

/** A preset that ends `today`. */
export function periodOf(preset: Preset, today: string): Period {
  if (preset === "this-month") return { from: `${today.slice(0, 8)}01`, to: today };
  if (preset === "this-year") return { from: `${today.slice(0, 5)}01-01`, to: today };
  return { from: addDays(today, 1 - Number.parseInt(preset, 10)), to: today };
}

const MS = 86_400_000;
const at = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** How many days of the calendar; a day of 23 or 25 hours is one. */
export const daysIn = ({ from, to }: Period): number => Math.round((at(to) - at(from)) / MS) + 1;

/** As many days, right before. */
export function periodBefore(period: Period): Period {
  return { from: addDays(period.from, -daysIn(period)), to: addDays(period.from, -1) };
}

/** The days of a period that are over, and those from today on; null where it has none. */
export function splitAt(
  today: string,
  { from, to }: Period,
): { readonly past: Period | null; readonly rest: Period | null } {
  if (to < today) return { past: { from, to }, rest: null };
  if (from >= today) return { past: null, rest: { from, to } };
  return { past: { from, to: addDays(today, -1) }, rest: { from: today, to } };
}

/**
 * The parts that a chart shows: days up to six weeks, weeks from Monday up to half a year, else months. The first and the last may be cut
 * by the period; together they are the period, and each day is in one of them.
 */
export function bucketsOf(period: Period): Bucket[] {
  const days = daysIn(period);
  const size = days <= 45 ? "day" : days <= 190 ? "week" : "month";
  const buckets: Bucket[] = [];
  for (let from = period.from; from <= period.to; ) {
    const whole =
      size === "day" ? from : size === "week" ? addDays(from, 6 - weekdayOf(from)) : endOfMonth(from);
    const to = earlier(whole, period.to);
    buckets.push({ from, to, size });
    from = addDays(to, 1);
  }
  return buckets;
}

const earlier = (one: string, other: string) => (one.localeCompare(other) < 0 ? one : other);

function endOfMonth(day: string): string {
  const [year = 0, month = 0] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

const dayFormat = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
const short = dayFormat({ day: "numeric", month: "short" });
const month = dayFormat({ month: "short", year: "numeric" });
const dateOf = (day: string) => new Date(at(day));

const numberOf = (day: string) => Number(day.slice(8));

/** `5 Nov`, `2–8 Nov`, `30 Nov – 6 Dec`, `Nov 2026` */
export function nameBucket({ from, to, size }: Bucket): string {
  if (size === "month") return month.format(dateOf(from));
  const end = short.format(dateOf(to));
  if (from === to) return end;
  return from.slice(0, 7) === to.slice(0, 7)
    ? `${numberOf(from)}–${end}`
    : `${short.format(dateOf(from))} – ${end}`;
}

/** `1–23 November 2026`, `29 January 2026 – 28 February 2026` */
export function namePeriod({ from, to }: Period): string {
  const end = formatDay(to);
  if (from === to) return end;
  return from.slice(0, 7) === to.slice(0, 7) ? `${numberOf(from)}–${end}` : `${formatDay(from)} – ${end}`;
}
