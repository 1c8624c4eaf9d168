/** Every legal step of an order. Money that arrives after we gave up on it is honoured (`expired → completed`). */
export const ORDER_TRANSITIONS = {
  pending: ["processing", "completed", "failed", "expired"],
  processing: ["completed", "failed"],
  completed: ["partially_refunded", "refunded"],
  failed: ["completed"],
  expired: ["processing", "completed"],
  partially_refunded: ["refunded"],
  refunded: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type OrderStatus = keyof typeof ORDER_TRANSITIONS;

/** The way back, taken only when a refund failed after all and the money is ours again. */
export const REFUND_REVERSALS = {
  partially_refunded: ["completed"],
  refunded: ["partially_refunded", "completed"],
} as const satisfies Partial<Readonly<Record<OrderStatus, readonly OrderStatus[]>>>;

/** What a paid order is called once `refundedAmount` of `totalAmount` (minor units) has gone back. */
export function statusAfterRefunds(totalAmount: number, refundedAmount: number): OrderStatus {
  if (refundedAmount <= 0) return "completed";
  return refundedAmount < totalAmount ? "partially_refunded" : "refunded";
}

/** The states from which a failed refund may take an order back to `to`. */
export function statesRestoredTo(to: OrderStatus): OrderStatus[] {
  return (Object.keys(REFUND_REVERSALS) as (keyof typeof REFUND_REVERSALS)[]).filter((from) =>
    (REFUND_REVERSALS[from] as readonly OrderStatus[]).includes(to),
  );
}

export function canMove(from: OrderStatus, to: OrderStatus): boolean {
  return (ORDER_TRANSITIONS[from] as readonly OrderStatus[]).includes(to);
}

/** The states from which an order may become `to`; for the WHERE of a conditional update. */
export function statesBefore(to: OrderStatus): OrderStatus[] {
  return (Object.keys(ORDER_TRANSITIONS) as OrderStatus[]).filter((from) => canMove(from, to));
}

/** Paid for, whatever was given back since. */
export function isPaid(status: OrderStatus): boolean {
  return status === "completed" || status === "partially_refunded" || status === "refunded";
}
