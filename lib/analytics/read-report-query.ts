import { z } from "zod";
import { daysIn, MOST_DAYS, type Period, PRESETS, type Preset, periodOf } from "./period";

export type ReportQuery = {
  readonly period: Period;
  /** Null for days of one's own. */
  readonly preset: Preset | null;
  /** As asked; whether there are sales in it is another matter. */
  readonly currency: string | null;
};

const query = z.object({
  preset: z.enum(PRESETS).optional().catch(undefined),
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
  currency: z
    .string()
    .regex(/^[a-z]{3}$/)
    .nullable()
    .catch(null)
    .default(null),
});

/** What the page's address asks for; what makes no sense counts as not asked: the last 28 days. */
export function readReportQuery(
  sent: Readonly<Record<string, string | string[] | undefined>>,
  today: string,
): ReportQuery {
  const { preset, from, to, currency } = query.parse(sent);
  const own = from && to ? { from, to } : null;
  if (!preset && own && own.from <= own.to && daysIn(own) <= MOST_DAYS)
    return { period: own, preset: null, currency };
  const chosen = preset ?? "28-days";
  return { period: periodOf(chosen, today), preset: chosen, currency };
}

/** The address of the same report. */
export function reportQuery(
  { period, preset, currency }: ReportQuery,
  more: Readonly<Record<string, string>> = {},
): string {
  const days: Record<string, string> = preset ? { preset } : { from: period.from, to: period.to };
  return `?${new URLSearchParams({ ...days, ...(currency ? { currency } : {}), ...more })}`;
}
