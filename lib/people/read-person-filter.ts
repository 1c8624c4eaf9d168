import { z } from "zod";
import { searchWords } from "@/lib/search-words";
import { ROLES, type Role } from "./roles";
import { PERSON_STATES, type PersonState } from "./schema";

export type PersonFilter = {
  /** Words of a name by their beginnings, the beginning of an e-mail address, or a whole id of ours or of Stripe's customer. */
  readonly q: string;
  readonly role?: Role | undefined;
  readonly state?: PersonState | undefined;
};

const filter = z.object({
  q: searchWords,
  role: z.enum(ROLES).optional().catch(undefined),
  state: z.enum(PERSON_STATES).optional().catch(undefined),
});

/** What the list's address asks for; what makes no sense counts as not asked. */
export function readPersonFilter(
  sent: Readonly<Record<string, string | string[] | undefined>>,
): PersonFilter {
  return filter.parse(sent);
}

/** The address of the same list. */
export function personQuery(
  asked: Partial<PersonFilter>,
  place: Readonly<Record<string, string>> = {},
): string {
  const kept = Object.entries(asked).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams([...kept, ...Object.entries(place)]).toString();
  return query === "" ? "" : `?${query}`;
}
