import { ORDER_TRANSITIONS, type OrderStatus } from "@/lib/orders/order-status";

export const ORDER_STATUSES = Object.keys(ORDER_TRANSITIONS) as [OrderStatus, ...OrderStatus[]];
/** What an order is besides its state, by its buyer's bank. */
export const DISPUTE_FILTERS = ["disputed", "lost"] as const;
export type DisputeFilter = (typeof DISPUTE_FILTERS)[number];
export const SALE_STATUSES = [...ORDER_STATUSES, ...DISPUTE_FILTERS] as const;
export type SaleStatus = OrderStatus | DisputeFilter;
export const SALE_SORTS = ["placed", "total"] as const;
export type SaleSort = (typeof SALE_SORTS)[number];
export type SaleDirection = "asc" | "desc";

/** What a list of orders is narrowed to. Days are those of `zone` and both counted; amounts as typed, in the shop's currency. */
export type SaleFilter = {
  readonly q: string;
  readonly status?: SaleStatus | undefined;
  /** `2026-11-01` */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** The reader's, as IANA names it; not of the list's address. */
  readonly zone: string;
  /** A part of a course's title. */
  readonly course: string;
  readonly coupon: string;
  readonly least?: string | undefined;
  readonly most?: string | undefined;
  readonly sort: SaleSort;
  readonly direction: SaleDirection;
};
