import type { Core } from "../core";
import type { Charge, Dispute, DisputeStatus } from "../store/records";
import { disputeFee, moveBalance } from "./balance";

const DAYS_TO_ANSWER = 9;
const DAY_SECONDS = 86_400;

const NO_EVIDENCE: Dispute["evidence"] = Object.fromEntries(
  (
    "access_activity_log billing_address cancellation_policy cancellation_policy_disclosure cancellation_rebuttal " +
    "customer_communication customer_email_address customer_name customer_purchase_ip customer_signature " +
    "duplicate_charge_documentation duplicate_charge_explanation duplicate_charge_id product_description receipt " +
    "refund_policy refund_policy_disclosure refund_refusal_explanation service_date service_documentation " +
    "shipping_address shipping_carrier shipping_date shipping_documentation shipping_tracking_number " +
    "uncategorized_file uncategorized_text"
  )
    .split(" ")
    .map((name) => [name, null]),
);

export function isClosed(dispute: Dispute): boolean {
  return dispute.status === "won" || dispute.status === "lost";
}

/** The buyer's bank takes the money back. Null when the charge cannot be disputed (again). */
export function openDispute(core: Core, charge: Charge, reason = "fraudulent"): Dispute | null {
  if (charge.status !== "succeeded" || charge.disputed) return null;
  const now = core.clock.seconds();
  const amount = charge.amount_captured;
  const disputed = core.store.charges.update(charge.id, { disputed: true });
  const id = core.ids.make("dispute");
  const opened = core.store.disputes.put({
    id,
    object: "dispute",
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: {
      ...NO_EVIDENCE,
      customer_email_address: charge.billing_details.email,
      customer_name: charge.billing_details.name,
      enhanced_evidence: {},
    },
    evidence_details: {
      due_by: now + DAYS_TO_ANSWER * DAY_SECONDS,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    network_reason_code: "10.4",
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: { brand: "visa", case_type: "chargeback", network: "visa", network_reason_code: "10.4" },
      type: "card",
    },
    reason,
    status: "needs_response",
  });
  core.events.emit("charge.dispute.created", opened);
  const withdrawal = moveBalance(core, {
    amount: -amount,
    currency: charge.currency,
    type: "adjustment",
    source: id,
    description: `Chargeback withdrawal for ${charge.id}`,
    fee: disputeFee,
    feeDescription: "Dispute fee",
  });
  const withdrawn = core.store.disputes.update(id, { balance_transactions: [withdrawal] });
  core.events.emit("charge.dispute.funds_withdrawn", withdrawn, opened);
  core.events.emit("charge.updated", disputed, charge);
  return withdrawn;
}

/** The bank's verdict. False when the dispute has one already. */
export function decideDispute(core: Core, dispute: Dispute, verdict: "won" | "lost"): boolean {
  if (isClosed(dispute)) return false;
  const transactions = [...dispute.balance_transactions];
  if (verdict === "won") {
    transactions.push(
      moveBalance(core, {
        amount: dispute.amount,
        currency: dispute.currency,
        type: "adjustment",
        source: dispute.id,
        description: `Chargeback reversal for ${dispute.charge}`,
        fee: -disputeFee,
        feeDescription: "Dispute fee refund",
      }),
    );
  }
  const decided = core.store.disputes.update(dispute.id, {
    balance_transactions: transactions,
    status: verdict,
  });
  if (verdict === "won") core.events.emit("charge.dispute.funds_reinstated", decided, dispute);
  core.events.emit("charge.dispute.closed", decided, dispute);
  return true;
}

/** Stripe's test texts: evidence that says how the dispute will end. */
const VERDICT_BY_TEXT: Record<string, "won" | "lost"> = { winning_evidence: "won", losing_evidence: "lost" };

export function changeDispute(
  core: Core,
  dispute: Dispute,
  change: { evidence?: Record<string, string | object>; metadata: Dispute["metadata"]; submit: boolean },
): Dispute {
  const evidence = { ...dispute.evidence, ...change.evidence };
  const submitted = change.submit && change.evidence !== undefined;
  const status: DisputeStatus = submitted ? "under_review" : dispute.status;
  const changed = core.store.disputes.update(dispute.id, {
    evidence,
    evidence_details: {
      ...dispute.evidence_details,
      has_evidence: dispute.evidence_details.has_evidence || change.evidence !== undefined,
      submission_count: dispute.evidence_details.submission_count + (submitted ? 1 : 0),
      submission_method: submitted ? "manual" : dispute.evidence_details.submission_method,
    },
    metadata: change.metadata,
    status,
  });
  core.events.emit("charge.dispute.updated", changed, dispute);
  const text = change.evidence?.uncategorized_text;
  const verdict = submitted && typeof text === "string" ? VERDICT_BY_TEXT[text] : undefined;
  if (verdict !== undefined) decideDispute(core, changed, verdict);
  return core.store.disputes.get(dispute.id) ?? changed;
}
