import { z } from "zod";
import { calendarDay } from "@/lib/calendar-day";
import { searchWords } from "@/lib/search-words";
import { SALE_SORTS, SALE_STATUSES, type SaleFilter } from "./schema";

export type SentQuery = Readonly<Record<string, string | string[] | undefined>>;

const day = calendarDay.optional().catch(undefined);
/** Digits with at most three decimals, as in an amount of money. */
const amount = z
  .string()
  .trim()
  .regex(/^\d{1,9}(\.\d{1,3})?$/)
  .optional()
  .catch(undefined);

const filter = z.object({
  q: searchWords,
  status: z.enum(SALE_STATUSES).optional().catch(undefined),
  from: day,
  to: day,
  course: searchWords,
  coupon: searchWords.transform((code) => code.toUpperCase()),
  least: amount,
  most: amount,
  sort: z.enum(SALE_SORTS).catch("placed"),
  direction: z.enum(["asc", "desc"]).catch("desc"),
});

/** What a list's address asks for, in days of the reader's `zone`; what makes no sense counts as not asked. */
export function readSaleFilter(sent: SentQuery, zone: string): SaleFilter {
  return { ...filter.parse(sent), zone };
}

/** The address of the same list; only what differs from the list as it opens. */
export function saleQuery(
  { zone: _, ...asked }: Partial<SaleFilter>,
  place: Readonly<Record<string, string>> = {},
): string {
  const kept = Object.entries(asked).filter(
    ([name, value]) =>
      value && !(name === "sort" && value === "placed") && !(name === "direction" && value === "desc"),
  );
  const query = new URLSearchParams([...(kept as [string, string][]), ...Object.entries(place)]).toString();
  return query === "" ? "" : `?${query}`;
}

/** Whether anything but the order of the rows was asked for. */
export function isNarrowed({
  sort: _,
  direction: _direction,
  zone: _zone,
  ...narrowing
}: SaleFilter): boolean {
  return Object.values(narrowing).some(Boolean);
}
