import type { Core } from "../../core";
import { formatMoney } from "../../payments/currency";
import type { Charge, Dispute, PaymentIntent, Refund, Session } from "../../store/records";
import type { DeliveryState } from "../../store/rows";
import { type Content, html } from "../html";

type Tone = "success" | "warning" | "danger" | "plain";

export function badge(label: string, tone: Tone): Content {
  return html`<span class="badge badge--${tone}">${label}</span>`;
}

export function paymentBadge(core: Core, intent: PaymentIntent): Content {
  const charge = intent.latest_charge === null ? undefined : core.store.charges.get(intent.latest_charge);
  if (intent.status === "succeeded" && charge) return chargeBadge(core, charge);
  const labels: Record<PaymentIntent["status"], [string, Tone]> = {
    canceled: ["Canceled", "plain"],
    processing: ["On its way", "warning"],
    requires_confirmation: ["Not confirmed yet", "plain"],
    requires_action: ["Waits for 3-D Secure", "warning"],
    requires_payment_method: [
      intent.last_payment_error ? "Failed" : "Not paid yet",
      intent.last_payment_error ? "danger" : "plain",
    ],
    succeeded: ["Paid", "success"],
  };
  return badge(...labels[intent.status]);
}

function chargeBadge(core: Core, charge: Charge): Content {
  const dispute = core.store.disputes.where("charge", charge.id)[0];
  if (dispute) return disputeBadge(dispute);
  if (charge.refunded) return badge("Refunded", "plain");
  if (charge.amount_refunded > 0)
    return badge(`Part refunded ${formatMoney(charge.amount_refunded, charge.currency)}`, "plain");
  return badge("Paid", "success");
}

export function disputeBadge(dispute: Dispute): Content {
  const labels: Record<Dispute["status"], [string, Tone]> = {
    lost: ["Dispute lost", "danger"],
    needs_response: ["Disputed", "danger"],
    under_review: ["Dispute under review", "warning"],
    won: ["Dispute won", "success"],
  };
  return badge(...labels[dispute.status]);
}

export function sessionBadge(session: Session): Content {
  if (session.status === "open") return badge("Open", "warning");
  if (session.status === "expired") return badge("Expired", "plain");
  const labels: Record<Session["payment_status"], [string, Tone]> = {
    no_payment_required: ["Complete, free", "success"],
    paid: ["Complete, paid", "success"],
    unpaid: ["Complete, unpaid", "warning"],
  };
  return badge(...labels[session.payment_status]);
}

export function refundBadge(refund: Refund): Content {
  const tones: Record<Refund["status"], Tone> = {
    canceled: "plain",
    failed: "danger",
    pending: "warning",
    requires_action: "warning",
    succeeded: "success",
  };
  return badge(`Refund ${refund.status}`, tones[refund.status]);
}

export function deliveryBadge(state: DeliveryState): Content {
  const labels: Record<DeliveryState, [string, Tone]> = {
    delivered: ["Delivered", "success"],
    dropped: ["Dropped", "danger"],
    failed: ["Gave up", "danger"],
    held: ["Held", "warning"],
    pending: ["Pending", "warning"],
  };
  return badge(...labels[state]);
}

/** "Visa ending 4242", "Bank debit". */
export function methodLabel(details: { type: string; card?: { brand: string; last4: string } }): string {
  const { card } = details;
  if (card === undefined) return "Bank debit";
  return `${card.brand.charAt(0).toUpperCase()}${card.brand.slice(1)} ending ${card.last4}`;
}
