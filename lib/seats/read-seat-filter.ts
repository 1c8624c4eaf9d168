import { z } from "zod";
import { searchWords } from "@/lib/search-words";
import { courseName, SEAT_STATES, SEAT_TYPES, type SeatState, type SeatType } from "./schema";

export type SeatFilter = {
  /** The beginning of an e-mail address, or of a name. */
  readonly q: string;
  readonly course?: string | undefined;
  readonly state?: SeatState | undefined;
  readonly type?: SeatType | undefined;
};

const filter = z.object({
  q: searchWords,
  course: courseName.optional().catch(undefined),
  state: z.enum(SEAT_STATES).optional().catch(undefined),
  type: z.enum(SEAT_TYPES).optional().catch(undefined),
});

/** What the list's address asks for; what makes no sense counts as not asked. */
export function readSeatFilter(sent: Readonly<Record<string, string | string[] | undefined>>): SeatFilter {
  return filter.parse(sent);
}

/** The address of the same list. */
export function seatQuery(asked: Partial<SeatFilter>, place: Readonly<Record<string, string>> = {}): string {
  const kept = Object.entries(asked).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams([...kept, ...Object.entries(place)]).toString();
  return query === "" ? "" : `?${query}`;
}
