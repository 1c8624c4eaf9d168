import type { Core } from "../core";
import { blankCharge } from "../store/blanks";
import type { Charge, PaymentIntent, PaymentMethod } from "../store/records";
import { chargeFee, moveBalance } from "./balance";
import type { Decline } from "./cards";

interface NewCharge {
  intent: PaymentIntent;
  method: PaymentMethod;
  details: { type: string };
  status: Charge["status"];
  decline?: Decline;
}

const NOTHING_ADVISED = { advice_code: null, network_advice_code: null, network_decline_code: null };

function outcomeOf(status: Charge["status"], decline?: Decline) {
  if (decline === undefined) {
    return {
      ...NOTHING_ADVISED,
      network_status: "approved_by_network",
      reason: null,
      risk_level: "normal",
      risk_score: 12,
      seller_message: status === "pending" ? "Payment pending." : "Payment complete.",
      type: "authorized",
    };
  }
  return {
    ...NOTHING_ADVISED,
    advice_code: decline.advice,
    network_status: "declined_by_network",
    reason: decline.decline_code ?? decline.code,
    risk_level: "normal",
    risk_score: 12,
    seller_message: "The bank did not return any further details with this decline.",
    type: "issuer_declined",
  };
}

/** A charge in its first state. The event that tells of it is the caller's, since its type differs. */
export function makeCharge(core: Core, { intent, method, details, status, decline }: NewCharge): Charge {
  const id = core.ids.make(details.type === "card" ? "charge" : "bank_charge");
  const succeeded = status === "succeeded";
  return core.store.charges.put({
    ...blankCharge,
    id,
    object: "charge",
    amount: intent.amount,
    amount_captured: succeeded ? intent.amount : 0,
    amount_refunded: 0,
    balance_transaction: null,
    billing_details: method.billing_details,
    captured: succeeded,
    created: core.clock.seconds(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    livemode: false,
    metadata: intent.metadata,
    outcome: outcomeOf(status, decline),
    paid: succeeded,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: details,
    receipt_email: intent.receipt_email,
    receipt_url: status === "failed" ? null : `${core.publicUrl}/receipts/${id}`,
    refunded: false,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status,
  });
}

/** Books the money of a charge that succeeded; Stripe does it a moment later, hence `charge.updated`. */
export function bookCharge(core: Core, charge: Charge): Charge {
  const transaction = moveBalance(core, {
    amount: charge.amount,
    currency: charge.currency,
    type: charge.payment_method_details.type === "card" ? "charge" : "payment",
    source: charge.id,
    description: charge.description,
    fee: chargeFee(charge.amount),
  });
  const booked = core.store.charges.update(charge.id, { balance_transaction: transaction.id });
  core.events.emit("charge.updated", booked, charge);
  return booked;
}
