import type { OrderItemId } from "@/lib/ids";
import { type Minor, minor, splitByWeight, sum } from "@/lib/money";
import { isPaid, type OrderStatus } from "@/lib/orders/order-status";
import { err, ok, type Result } from "@/lib/result";
import type { RefundRejection, RefundScope } from "./schema";

export type RefundableItem = {
  readonly id: OrderItemId;
  readonly title: string;
  /** What was paid for it, tax included. */
  readonly paidAmount: Minor;
  /** Its part of pending and succeeded refunds. */
  readonly heldAmount: Minor;
  /** Whether it gives a seat now, suspended or not. */
  readonly hasSeat: boolean;
  readonly hasCertificate: boolean;
  /** Bought for somebody else, who has accepted it or not. */
  readonly gift: "open" | "claimed" | null;
};

export type RefundableOrder = {
  readonly status: OrderStatus;
  readonly currency: string;
  readonly totalAmount: Minor;
  /** Its pending and succeeded refunds together. */
  readonly heldAmount: Minor;
  /** A dispute that is open or lost: the bank decides, or has taken the money already. */
  readonly isDisputed: boolean;
  readonly coupon: {
    readonly code: string;
    /** A slot of this learner was freed once before; it is freed only once. */
    readonly slotFreedBefore: boolean;
  } | null;
  readonly items: readonly RefundableItem[];
};

export type RefundShare = {
  readonly itemId: OrderItemId;
  readonly title: string;
  readonly amount: Minor;
};

/** What a refund will do; shown before the button that does it. Amounts in minor units. */
export type RefundPlan = {
  readonly amount: Minor;
  readonly currency: string;
  /** What can still be given back afterwards. */
  readonly leftAmount: Minor;
  readonly shares: readonly RefundShare[];
  /** Seats that end as soon as Stripe confirms the refund. Progress is kept. */
  readonly endsAccess: readonly { readonly itemId: OrderItemId; readonly title: string }[];
  /** Titles of gifts that nobody has accepted: their links open nothing any more. */
  readonly endsGifts: readonly string[];
  /** Titles whose certificate is withdrawn with the seat. */
  readonly endsCertificates: readonly string[];
  /** The code's own count stays spent; whether the learner may use the code again. Null without a coupon. */
  readonly coupon: { readonly code: string; readonly learnerMayUseAgain: boolean } | null;
};

/**
 * What may be given back, and what ends with it.
 * - A whole refund gives back all that is left, an item's all that is left of the item.
 * - An amount is spread over the items by what is left of each, by largest remainder, so that none gets back more than
 *   it cost and the shares add up.
 * - Access to a course ends once all that was paid for it is back; to courses that cost nothing, once the whole order is.
 * - A gift is no exception: the seat is the receiver's, and until there is one it is the link that ends, at once.
 * - A certificate counts while its seat does.
 * - The coupon's global use stays spent. Giving back the whole order frees the learner's own slot, once per code and person.
 * - While a dispute is open, and after one was lost, nothing is given back.
 */
export function planRefund(order: RefundableOrder, scope: RefundScope): Result<RefundPlan, RefundRejection> {
  if (!isPaid(order.status)) return err({ code: "not_paid" });
  if (order.totalAmount === 0) return err({ code: "nothing_was_paid" });
  if (order.isDisputed) return err({ code: "disputed" });
  const leftAmount = minor(order.totalAmount - order.heldAmount);
  if (leftAmount === 0) return err({ code: "nothing_left" });

  const shares = chooseShares(order, scope, leftAmount);
  if (!shares.ok) return shares;
  const amount = sum(shares.value.map((share) => share.amount));
  const isWhole = amount === leftAmount;
  const returned = returnedItems(order, shares.value, isWhole);
  const ending = returned.filter((item) => item.hasSeat);
  return ok({
    amount,
    currency: order.currency,
    leftAmount: minor(leftAmount - amount),
    shares: shares.value,
    endsAccess: ending.map((item) => ({ itemId: item.id, title: item.title })),
    endsGifts: returned.filter((item) => item.gift === "open").map((item) => item.title),
    endsCertificates: ending.filter((item) => item.hasCertificate).map((item) => item.title),
    coupon: order.coupon && {
      code: order.coupon.code,
      learnerMayUseAgain: isWhole && !order.coupon.slotFreedBefore,
    },
  });
}

function chooseShares(
  order: RefundableOrder,
  scope: RefundScope,
  leftAmount: Minor,
): Result<RefundShare[], RefundRejection> {
  if (scope.kind === "amount") {
    if (!Number.isSafeInteger(scope.amount) || scope.amount <= 0) return err({ code: "invalid_amount" });
    if (scope.amount > leftAmount) return err({ code: "exceeds_left", leftAmount, currency: order.currency });
    return ok(spreadRefund(order.items, minor(scope.amount)));
  }
  if (scope.kind === "whole") return ok(spreadRefund(order.items, leftAmount));
  const chosen = order.items.filter((item) => scope.itemIds.includes(item.id));
  if (scope.itemIds.length === 0 || chosen.length !== new Set(scope.itemIds).size)
    return err({ code: "unknown_item" });
  const settled = chosen.filter((item) => leftOf(item) === 0);
  if (settled.length > 0) return err({ code: "item_settled", titles: settled.map((item) => item.title) });
  return ok(chosen.map((item) => ({ itemId: item.id, title: item.title, amount: leftOf(item) })));
}

/** Spreads `amount` (at most what is left of the items together) over items that have something left. */
export function spreadRefund(
  items: readonly Pick<RefundableItem, "id" | "title" | "paidAmount" | "heldAmount">[],
  amount: Minor,
): RefundShare[] {
  const parts = splitByWeight(amount, items.map(leftOf));
  return items
    .map((item, index) => ({ itemId: item.id, title: item.title, amount: parts[index] ?? minor(0) }))
    .filter((share) => share.amount > 0);
}

const leftOf = (item: Pick<RefundableItem, "paidAmount" | "heldAmount">) =>
  minor(item.paidAmount - item.heldAmount);

function returnedItems(
  order: RefundableOrder,
  shares: readonly RefundShare[],
  isWhole: boolean,
): readonly RefundableItem[] {
  const given = new Map(shares.map((share) => [share.itemId, share.amount]));
  return order.items.filter(
    (item) => isWhole || isReturned(item.paidAmount, item.heldAmount + (given.get(item.id) ?? 0)),
  );
}

/** All that was paid for an item is back. What cost nothing cannot come back by itself. */
export function isReturned(paidAmount: number, returnedAmount: number): boolean {
  return paidAmount > 0 && returnedAmount >= paidAmount;
}
