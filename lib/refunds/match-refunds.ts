import type { RefundId } from "@/lib/ids";

export type RefundStatus = "pending" | "succeeded" | "failed" | "canceled";

export type KnownRefund = {
  readonly id: RefundId;
  readonly status: RefundStatus;
  readonly amount: number;
  readonly reason: string;
  /** Null until Stripe has seen it. */
  readonly stripeRefundId: string | null;
};

/** A refund as Stripe tells of it. */
export type RefundFact = {
  readonly stripeRefundId: string;
  /** Our row's id, when the refund was made here. */
  readonly refundId: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly status: RefundStatus;
  readonly reason: string;
};

/** A refund after Stripe was heard. `id` is null for one that was made at Stripe and has no row yet. */
export type MatchedRefund = Omit<KnownRefund, "id"> & {
  readonly id: RefundId | null;
  /** Null when it has no row yet. */
  readonly before: RefundStatus | null;
};

const HELD: readonly RefundStatus[] = ["pending", "succeeded"];
/** The order in which a refund goes through its states: an answer that was overtaken changes nothing. */
const RANK: Readonly<Record<RefundStatus, number>> = { pending: 0, succeeded: 1, failed: 2, canceled: 2 };

export const isHeld = (refund: { readonly status: RefundStatus }): boolean => HELD.includes(refund.status);

/**
 * Our refunds of an order, oldest first, brought in line with what Stripe says. One of ours that Stripe has not seen, and
 * that no longer fits into what was paid (minor units), was overtaken by a refund from the Dashboard and is canceled.
 */
export function matchRefunds(
  known: readonly KnownRefund[],
  facts: readonly RefundFact[],
  totalAmount: number,
): MatchedRefund[] {
  const matched: MatchedRefund[] = known.map((row) => {
    const fact = facts.find((one) => isSame(row, one));
    if (!fact) return { ...row, before: row.status };
    const status = row.stripeRefundId === null ? fact.status : later(row.status, fact.status);
    return { ...row, stripeRefundId: fact.stripeRefundId, status, before: row.status };
  });
  for (const fact of facts) {
    if (known.some((row) => isSame(row, fact))) continue;
    const { stripeRefundId, amount, status, reason } = fact;
    matched.push({ id: null, stripeRefundId, amount, status, reason, before: null });
  }
  return cancelOvertaken(matched, totalAmount);
}

function isSame(row: KnownRefund, fact: RefundFact): boolean {
  if (row.stripeRefundId !== null) return row.stripeRefundId === fact.stripeRefundId;
  return row.id === fact.refundId;
}

const later = (one: RefundStatus, other: RefundStatus): RefundStatus =>
  RANK[other] > RANK[one] ? other : one;

function cancelOvertaken(matched: readonly MatchedRefund[], totalAmount: number): MatchedRefund[] {
  let excess = matched.filter(isHeld).reduce((held, refund) => held + refund.amount, 0) - totalAmount;
  return matched
    .toReversed()
    .map((refund) => {
      if (excess <= 0 || refund.status !== "pending" || refund.stripeRefundId !== null) return refund;
      excess -= refund.amount;
      return { ...refund, status: "canceled" as const };
    })
    .toReversed();
}
