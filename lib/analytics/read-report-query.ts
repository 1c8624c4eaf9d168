import { z } from "zod";
import { type DaysProblem, readOwnDays, typedDay } from "@/lib/progress/own-days";
import { MOST_DAYS, type Period, PRESETS, type Preset, periodOf } from "./period";

export type ReportQuery = {
  readonly period: Period;
  /** Null for days of one's own. */
  readonly preset: Preset | null;
  /** As asked; whether there are sales in it is another matter. */
  readonly currency: string | null;
  /** Days that were asked for and cannot be shown, as typed; the last 28 stand for them. */
  readonly refused: { readonly typed: Period; readonly problem: DaysProblem } | null;
};

const query = z.object({
  preset: z.enum(PRESETS).optional().catch(undefined),
  from: typedDay,
  to: typedDay,
  currency: z
    .string()
    .regex(/^[a-z]{3}$/)
    .nullable()
    .catch(null)
    .default(null),
});

/** What the page's address asks for: a preset, else days of one's own, of which one may be left out, else the last 28 days. */
export function readReportQuery(
  sent: Readonly<Record<string, string | string[] | undefined>>,
  today: string,
): ReportQuery {
  const { preset, currency, ...typed } = query.parse(sent);
  const chosen = (one: Preset) => ({ period: periodOf(one, today), preset: one, currency, refused: null });
  if (preset || (!typed.from && !typed.to)) return chosen(preset ?? "28-days");
  const own = readOwnDays(typed, { today, daysBefore: 27, mostDays: MOST_DAYS });
  if ("code" in own) return { ...chosen("28-days"), refused: { typed, problem: own } };
  return { period: own, preset: null, currency, refused: null };
}

/** The address of the same report. */
export function reportQuery(
  { period, preset, currency }: Omit<ReportQuery, "refused">,
  more: Readonly<Record<string, string>> = {},
): string {
  const days: Record<string, string> = preset ? { preset } : { from: period.from, to: period.to };
  return `?${new URLSearchParams({ ...days, ...(currency ? { currency } : {}), ...more })}`;
}
