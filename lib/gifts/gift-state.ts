import { type DisputeState, effectOfDisputes } from "../disputes/dispute-state";
import { isPaid, type OrderStatus } from "../orders/order-status";

export type GiftState =
  /** Its order is not paid. */
  | "unpaid"
  /** Paid; the day on which it is sent is to come. */
  | "planned"
  /** Its link is on its way, and nobody has used it. */
  | "sent"
  | "claimed"
  /** Its money is back, or on its way back. */
  | "returned"
  /** The buyer's bank wants the payment back, and has not decided. */
  | "paused"
  /** The bank has taken the payment back. */
  | "ended";

export type GiftFacts = {
  readonly orderStatus: OrderStatus;
  /** All that was paid for it was given back, or is on its way. */
  readonly isReturned: boolean;
  readonly disputes: readonly DisputeState[];
  readonly deliveredAt: Date | null;
  readonly claimedAt: Date | null;
};

/** What becomes of a gift follows from its order; the money's word comes before its own. */
export function giftState({
  orderStatus,
  isReturned,
  disputes,
  deliveredAt,
  claimedAt,
}: GiftFacts): GiftState {
  if (!isPaid(orderStatus)) return "unpaid";
  if (isReturned) return "returned";
  const effect = effectOfDisputes(disputes);
  if (effect !== "none") return effect === "ends" ? "ended" : "paused";
  if (claimedAt) return "claimed";
  return deliveredAt ? "sent" : "planned";
}
