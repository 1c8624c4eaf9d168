import { cutRows } from "@/lib/keyset";

/** Where a page begins: older than an order, or newer than one; at the newest without either. Order numbers. */
export type OrderCursor = { readonly before?: string | undefined; readonly after?: string | undefined };

/** One page of a list that is read newest first. `newer` and `older` are the order numbers to go on from. */
export type OrderPage<Row> = {
  readonly orders: readonly Row[];
  readonly newer: string | null;
  readonly older: string | null;
};

/** Cuts a page out of `limit + 1` rows; `cutRows` says how. */
export function cutPage<Row extends { readonly orderNumber: string }>(
  rows: readonly Row[],
  limit: number,
  cursor: OrderCursor,
): OrderPage<Row> {
  const { rows: orders, newer, older } = cutRows(rows, limit, cursor, (row) => row.orderNumber);
  return { orders, newer, older };
}
