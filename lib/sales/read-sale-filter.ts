import { z } from "zod";
import { ORDER_STATUSES, SALE_SORTS, type SaleFilter } from "./schema";

export type SentQuery = Readonly<Record<string, string | string[] | undefined>>;

const words = z.string().trim().max(200).catch("");
const day = z.iso.date().optional().catch(undefined);
/** Digits with at most three decimals, as in an amount of money. */
const amount = z
  .string()
  .trim()
  .regex(/^\d{1,9}(\.\d{1,3})?$/)
  .optional()
  .catch(undefined);

const filter = z.object({
  q: words,
  status: z.enum(ORDER_STATUSES).optional().catch(undefined),
  from: day,
  to: day,
  course: words,
  coupon: words.transform((code) => code.toUpperCase()),
  least: amount,
  most: amount,
  sort: z.enum(SALE_SORTS).catch("placed"),
  direction: z.enum(["asc", "desc"]).catch("desc"),
});

/** What a list's address asks for; what makes no sense counts as not asked. */
export function readSaleFilter(sent: SentQuery): SaleFilter {
  return filter.parse(sent);
}

/** The address of the same list; only what differs from the list as it opens. */
export function saleQuery(asked: Partial<SaleFilter>, place: Readonly<Record<string, string>> = {}): string {
  const kept = Object.entries(asked).filter(
    ([name, value]) =>
      value && !(name === "sort" && value === "placed") && !(name === "direction" && value === "desc"),
  );
  const query = new URLSearchParams([...(kept as [string, string][]), ...Object.entries(place)]).toString();
  return query === "" ? "" : `?${query}`;
}

/** Whether anything but the order of the rows was asked for. */
export function isNarrowed({ sort: _sort, direction: _direction, ...narrowing }: SaleFilter): boolean {
  return Object.values(narrowing).some(Boolean);
}
