import { MAX_DAYS_AHEAD } from "./limits";
import type { DayRejection } from "./schema";

/** Why a gift cannot be sent on a day, or null. Both are days of the buyer's own calendar: `2026-12-24`. */
export function judgeDay(deliverOn: string | null, today: string): DayRejection | null {
  if (deliverOn === null) return null;
  if (deliverOn < today) return "day_past";
  return deliverOn > lastDay(today) ? "day_far" : null;
}

/** The last day for which a gift can be planned. */
export function lastDay(today: string): string {
  const last = new Date(`${today}T00:00:00Z`);
  last.setUTCDate(last.getUTCDate() + MAX_DAYS_AHEAD);
  return last.toISOString().slice(0, 10);
}
