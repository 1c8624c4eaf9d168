import { z } from "zod";
import { searchWords } from "@/lib/search-words";
import { COUPON_STATES, type CouponState } from "./schema";

export type CouponFilter = {
  /** The beginning of a code. */
  readonly q: string;
  readonly state?: CouponState | undefined;
  /** The codes of one batch; without it and without a search only codes that are in none. */
  readonly batch?: string | undefined;
};

const filter = z.object({
  q: searchWords.transform((text) => text.replace(/\s+/g, "").toUpperCase().slice(0, 40)),
  state: z.enum(COUPON_STATES).optional().catch(undefined),
  batch: z.uuid().optional().catch(undefined),
});

/** What the list's address asks for; what makes no sense counts as not asked. */
export function readCouponFilter(
  sent: Readonly<Record<string, string | string[] | undefined>>,
): CouponFilter {
  return filter.parse(sent);
}

/** The address of the same list. */
export function couponQuery(
  asked: Partial<CouponFilter>,
  place: Readonly<Record<string, string>> = {},
): string {
  const kept = Object.entries(asked).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams([...kept, ...Object.entries(place)]).toString();
  return query === "" ? "" : `?${query}`;
}
