import { z } from "zod";
import { searchWords } from "@/lib/search-words";
import { EVENT_STATES, type EventState } from "./schema";

export type EventFilter = {
  /** A whole id of an event or of what it is about, or the beginning of a type. */
  readonly q: string;
  readonly state?: EventState | undefined;
};

const filter = z.object({
  q: searchWords,
  state: z.enum(EVENT_STATES).optional().catch(undefined),
});

/** What the list's address asks for; what makes no sense counts as not asked. */
export function readEventFilter(sent: Readonly<Record<string, string | string[] | undefined>>): EventFilter {
  return filter.parse(sent);
}

/** The address of the same list. */
export function eventQuery(
  asked: Partial<EventFilter>,
  place: Readonly<Record<string, string>> = {},
): string {
  const kept = Object.entries(asked).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams([...kept, ...Object.entries(place)]).toString();
  return query === "" ? "" : `?${query}`;
}
