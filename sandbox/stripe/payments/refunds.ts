import type { Core } from "../core";
import type { Metadata } from "../store/record";
import type { Charge, Dispute, Refund } from "../store/records";
import { invalidRequest } from "../stripe-error";
import { moveBalance } from "./balance";
import { TEST_CARDS } from "./cards";
import { formatMoney } from "./currency";

export interface RefundRequest {
  charge: Charge;
  /** Minor units; the rest of the charge when left out. */
  amount?: number;
  reason?: string | null;
  metadata?: Metadata;
}

/** Refunds a charge. Throws Stripe's error when nothing, or less, is left, and while it is disputed. */
export function refundCharge(
  core: Core,
  { charge, amount, reason = null, metadata = {} }: RefundRequest,
): Refund {
  const left = charge.amount_captured - charge.amount_refunded;
  const asked = amount ?? left;
  checkRefundable(core, charge, asked, left);
  const behaviour = TEST_CARDS.find((card) => card.number.endsWith(cardDigits(charge)))?.afterwards;
  const byDebit = charge.payment_method_details.type !== "card";
  const pending = byDebit || behaviour === "refund_pending";
  const id = core.ids.make("refund");
  const transaction = moveBalance(core, {
    amount: -asked,
    currency: charge.currency,
    type: byDebit ? "payment_refund" : "refund",
    source: id,
    description: "REFUND FOR CHARGE",
    fee: 0,
  });
  const refund = core.store.refunds.put({
    id,
    object: "refund",
    amount: asked,
    balance_transaction: transaction.id,
    charge: charge.id,
    created: core.clock.seconds(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: byDebit ? { type: charge.payment_method_details.type } : cardDestination(pending),
    metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    ...(pending ? { pending_reason: "processing" } : {}),
    reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: pending ? "pending" : "succeeded",
    transfer_reversal: null,
  });
  const refunded = core.store.charges.update(charge.id, {
    amount_refunded: charge.amount_refunded + asked,
    refunded: asked === left,
  });
  core.events.emit("refund.created", refund);
  core.events.emit("charge.refunded", refunded, charge);
  const { refundFails, refundSettles } = core.settings.delays;
  if (pending && refundSettles !== null) core.jobs.add("settle_refund", refund.id, refundSettles);
  if (behaviour === "refund_fails" && refundFails !== null)
    core.jobs.add("fail_refund", refund.id, refundFails);
  return refund;
}

/** A pending refund reaches the buyer. False when it is not pending. */
export function settleRefund(core: Core, refund: Refund): boolean {
  if (refund.status !== "pending") return false;
  core.jobs.cancel("settle_refund", refund.id);
  const { pending_reason: _, ...rest } = refund;
  const settled = core.store.refunds.put({ ...rest, status: "succeeded" });
  core.events.emit("refund.updated", settled, refund);
  core.events.emit("charge.refund.updated", settled, refund);
  return true;
}

/** The bank sends a refund back: the money is ours again. False when it has failed or was canceled already. */
export function failRefund(core: Core, refund: Refund): boolean {
  if (refund.status !== "pending" && refund.status !== "succeeded") return false;
  core.jobs.cancel("fail_refund", refund.id);
  core.jobs.cancel("settle_refund", refund.id);
  const failed = returnMoney(core, refund, "failed", { failure_reason: "expired_or_canceled_card" });
  core.events.emit("refund.updated", failed, refund);
  core.events.emit("charge.refund.updated", failed, refund);
  core.events.emit("refund.failed", failed, refund);
  return true;
}

/** Takes a pending refund back, as POST /v1/refunds/{id}/cancel does. */
export function cancelRefund(core: Core, refund: Refund): Refund {
  if (refund.status !== "pending") {
    throw invalidRequest(`This refund cannot be canceled because its status is ${refund.status}.`);
  }
  core.jobs.cancel("settle_refund", refund.id);
  const canceled = returnMoney(core, refund, "canceled", {});
  core.events.emit("refund.updated", canceled, refund);
  return canceled;
}

function returnMoney(
  core: Core,
  refund: Refund,
  status: "failed" | "canceled",
  extra: Partial<Refund>,
): Refund {
  const charge = core.store.charges.get(refund.charge);
  const transaction = moveBalance(core, {
    amount: refund.amount,
    currency: refund.currency,
    type: "refund_failure",
    source: refund.id,
    description: "REFUND FAILURE",
    fee: 0,
  });
  const { pending_reason: _, ...rest } = refund;
  const returned = core.store.refunds.put({
    ...rest,
    ...extra,
    failure_balance_transaction: transaction.id,
    status,
  });
  if (charge) {
    const restored = core.store.charges.update(charge.id, {
      amount_refunded: charge.amount_refunded - refund.amount,
      refunded: false,
    });
    core.events.emit("charge.updated", restored, charge);
  }
  return returned;
}

function checkRefundable(core: Core, charge: Charge, asked: number, left: number): void {
  if (charge.status !== "succeeded") {
    throw invalidRequest(`Charge ${charge.id} has not succeeded and cannot be refunded.`, {
      code: "charge_not_refundable",
    });
  }
  const dispute = core.store.disputes.where("charge", charge.id).find(blocksRefunds);
  if (dispute) {
    throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: "charge_disputed",
    });
  }
  if (left === 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
      code: "charge_already_refunded",
    });
  }
  if (asked < 1)
    throw invalidRequest("Invalid positive integer", { code: "parameter_invalid_integer", param: "amount" });
  if (asked > left) {
    const words = (amount: number) => formatMoney(amount, charge.currency);
    throw invalidRequest(
      `Refund amount (${words(asked)}) is greater than ${charge.amount_refunded > 0 ? "unrefunded amount on charge" : "charge amount"} (${words(left)})`,
      { param: "amount" },
    );
  }
}

function blocksRefunds(dispute: Dispute): boolean {
  return dispute.status !== "won";
}

function cardDestination(pending: boolean) {
  const details = pending
    ? { reference_status: "pending", reference_type: "acquirer_reference_number", type: "refund" }
    : {
        reference: "7920250000000000",
        reference_status: "available",
        reference_type: "acquirer_reference_number",
        type: "refund",
      };
  return { card: details, type: "card" };
}

/** The last four digits of the card that paid; a text no card ends in for other methods. */
function cardDigits(charge: Charge): string {
  const details: { type: string; card?: { last4: string } } = charge.payment_method_details;
  return details.card?.last4 ?? "none";
}
