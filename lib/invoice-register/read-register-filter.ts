import { z } from "zod";
import { calendarDay } from "@/lib/calendar-day";
import { searchWords } from "@/lib/search-words";
import { DOCUMENT_KINDS, type RegisterFilter, type RegisterProblems } from "./schema";

type SentQuery = Readonly<Record<string, string | string[] | undefined>>;

const filter = z.object({
  q: searchWords,
  kind: z.enum(DOCUMENT_KINDS).optional().catch(undefined),
});

/** A field left empty is sent as an empty text. */
const day = z
  .literal("")
  .transform(() => undefined)
  .or(calendarDay)
  .optional();

const NO_DAY = "Write a day as year, month and day, such as 2026-11-30.";

/**
 * What the address of the register asks for. A day that is none is a problem, said at its field, and not merely left out: sums over
 * other days than were asked for would go into a tax return unnoticed.
 */
export function readRegisterFilter(sent: SentQuery): {
  readonly filter: RegisterFilter;
  readonly problems: RegisterProblems;
} {
  const [from, to] = [day.safeParse(sent.from), day.safeParse(sent.to)];
  const days = { from: from.data, to: to.data };
  const isTurned = days.from !== undefined && days.to !== undefined && days.to < days.from;
  const last = !to.success ? NO_DAY : isTurned ? "The last day is before the first." : undefined;
  return {
    filter: { ...filter.parse(sent), ...days },
    problems: { ...(from.success ? {} : { from: NO_DAY }), ...(last ? { to: last } : {}) },
  };
}

/** The query of the same list; only what was asked for. */
export function registerQuery(
  asked: Partial<RegisterFilter>,
  place: Readonly<Record<string, string>> = {},
): string {
  const kept = Object.entries(asked).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams([...kept, ...Object.entries(place)]).toString();
  return query === "" ? "" : `?${query}`;
}

/** A year and a leap day: what a tax return covers at most, and a shop can add up while somebody waits. */
const MOST_SUMMED_DAYS = 366;

/** Whether the sums of the filter's documents are shown: of whole periods only. */
export function isSummed({ from, to }: RegisterFilter): boolean {
  return from !== undefined && to !== undefined && Date.parse(to) - Date.parse(from) < MOST_SUMMED_DAYS * DAY;
}

const DAY = 24 * 60 * 60 * 1000;
