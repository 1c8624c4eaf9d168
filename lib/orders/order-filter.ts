import { z } from "zod";
import { searchWords } from "@/lib/search-words";
import type { OrderStatus } from "./order-status";

/** States as a buyer thinks of them, and the orders that they mean. */
export const STATUS_FILTERS = {
  paid: { label: "Paid", states: ["completed"] },
  open: { label: "Not paid yet", states: ["pending", "processing"] },
  refunded: { label: "Refunded, all or part", states: ["partially_refunded", "refunded"] },
  ended: { label: "Failed or expired", states: ["failed", "expired"] },
} as const satisfies Readonly<
  Record<string, { readonly label: string; readonly states: readonly OrderStatus[] }>
>;

export type StatusFilter = keyof typeof STATUS_FILTERS;
export const statusFilters = Object.keys(STATUS_FILTERS) as StatusFilter[];

const filter = z.object({
  q: searchWords.transform((text) => text || undefined),
  status: z.enum(statusFilters).optional().catch(undefined),
  year: z.coerce.number().int().min(2000).max(2999).optional().catch(undefined),
});

export type OrderFilter = {
  readonly q?: string | undefined;
  readonly status?: StatusFilter | undefined;
  readonly year?: number | undefined;
};

/** What a list is narrowed to, from a page's query string; a value that means nothing counts as not set. */
export function readFilter(query: Readonly<Record<string, string | string[] | undefined>>): OrderFilter {
  return filter.parse(query);
}

/** The list's address with these filters and this place in it. */
export function ordersHref(narrowed: OrderFilter, place: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...narrowed, ...place }))
    if (value !== undefined) query.set(name, String(value));
  const text = query.toString();
  return text ? `/account/orders?${text}` : "/account/orders";
}
