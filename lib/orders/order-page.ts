/** Where a page begins: older than an order, or newer than one; at the newest without either. Order numbers. */
export type OrderCursor = { readonly before?: string | undefined; readonly after?: string | undefined };

/** One page of a list that is read newest first. `newer` and `older` are the order numbers to go on from. */
export type OrderPage<Row> = {
  readonly orders: readonly Row[];
  readonly newer: string | null;
  readonly older: string | null;
};

/**
 * Cuts a page out of `limit + 1` rows. Rows after a cursor come oldest first, so that the nearest are taken; the page is
 * newest first either way. Coming from a cursor means that the list goes on behind it.
 */
export function cutPage<Row extends { readonly orderNumber: string }>(
  rows: readonly Row[],
  limit: number,
  cursor: OrderCursor,
): OrderPage<Row> {
  const goesOn = rows.length > limit;
  const upwards = cursor.after !== undefined;
  const kept = rows.slice(0, limit);
  const orders = upwards ? kept.toReversed() : kept;
  const first = orders[0]?.orderNumber ?? null;
  const last = orders.at(-1)?.orderNumber ?? null;
  return {
    orders,
    newer: upwards ? (goesOn ? first : null) : cursor.before === undefined ? null : first,
    older: upwards || goesOn ? last : null,
  };
}
