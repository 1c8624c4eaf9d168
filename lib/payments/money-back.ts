/** Adapter: refunds and disputes at Stripe, in our words. */
import "server-only";
import { z } from "zod";
import type { DisputeFact } from "@/lib/disputes/dispute-state";
import type { Minor } from "@/lib/money";
import type { RefundFact } from "@/lib/refunds/match-refunds";
import type { RefundReason } from "@/lib/refunds/schema";
import { call, orNull, orRefused, type StripeDispute, type StripeRefund, stripe } from "./stripe";

/** All refunds of a payment as they are now, oldest first. */
export async function listRefunds(paymentIntentId: string): Promise<RefundFact[]> {
  const refunds = await call(() =>
    stripe()
      .refunds.list({ payment_intent: paymentIntentId, limit: 100 })
      .autoPagingToArray({ limit: 1_000 }),
  );
  return refunds.map(readRefund).toReversed();
}

/** Gives money back. The row's id is the key: the same refund twice is one refund. Throws StripeRefused. */
export async function createRefund(refund: {
  readonly id: string;
  readonly paymentIntentId: string;
  readonly amount: Minor;
  readonly reason: RefundReason;
  /** Grows only when Stripe has stored an error under the last key, and knows no such refund. */
  readonly attempt: number;
}): Promise<RefundFact> {
  const made = await orRefused(() =>
    stripe().refunds.create(
      {
        payment_intent: refund.paymentIntentId,
        amount: refund.amount,
        reason: refund.reason,
        metadata: { refund_id: refund.id },
      },
      {
        idempotencyKey:
          refund.attempt === 1 ? `refund:${refund.id}` : `refund:${refund.id}:${refund.attempt}`,
      },
    ),
  );
  return readRefund(made);
}

export function readRefund(refund: StripeRefund): RefundFact {
  const status = refund.status;
  return {
    stripeRefundId: refund.id,
    refundId: z.uuid().safeParse(refund.metadata?.refund_id).data ?? null,
    amount: refund.amount,
    currency: refund.currency,
    status: status === "succeeded" || status === "failed" || status === "canceled" ? status : "pending",
    reason: refund.reason ?? "requested_by_customer",
  };
}

/** All disputes of a payment as they are now. */
export async function listDisputes(paymentIntentId: string): Promise<DisputeFact[]> {
  const disputes = await call(() => stripe().disputes.list({ payment_intent: paymentIntentId, limit: 100 }));
  return disputes.data.map((dispute) => readDispute(dispute, paymentIntentId));
}

/** A dispute as it is now; null when Stripe knows none of that id, or it is of no payment of a kind that we make. */
export async function retrieveDispute(stripeDisputeId: string): Promise<DisputeFact | null> {
  const dispute = await orNull(() => stripe().disputes.retrieve(stripeDisputeId));
  const paymentIntentId = idOf(dispute?.payment_intent);
  return dispute && paymentIntentId ? readDispute(dispute, paymentIntentId) : null;
}

/** The payment that a charge belongs to. */
export async function findPaymentOfCharge(chargeId: string): Promise<string | null> {
  const charge = await orNull(() => stripe().charges.retrieve(chargeId));
  return idOf(charge?.payment_intent);
}

const idOf = (reference: string | { readonly id: string } | null | undefined): string | null =>
  typeof reference === "string" ? reference : (reference?.id ?? null);

export function readDispute(dispute: StripeDispute, paymentIntentId: string): DisputeFact {
  const respondBy = dispute.evidence_details.due_by;
  return {
    stripeDisputeId: dispute.id,
    paymentIntentId,
    stripeStatus: dispute.status,
    reason: dispute.reason,
    amount: dispute.amount,
    currency: dispute.currency,
    respondBy: respondBy ? new Date(respondBy * 1000) : null,
    openedAt: new Date(dispute.created * 1000),
  };
}
