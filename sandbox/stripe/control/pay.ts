import type { Core } from "../core";
import { readCard } from "../payments/cards";
import { answerChallenge, type PayResult, payByCard, payByDebit, payNothing } from "../payments/pay-session";
import type { Buyer } from "../payments/payment-methods";
import { readTaxId } from "../payments/tax-ids";
import type { Session } from "../store/records";
import type { DebitOutcome } from "../store/rows";

export interface PayOrder {
  /** A test card's number; 4242 4242 4242 4242 when left out. */
  card?: string;
  /** Pays by bank debit instead. */
  debit?: DebitOutcome;
  /** The answer to a 3-D Secure challenge; without it the session waits for one. */
  challenge?: "pass" | "fail";
  email?: string;
  name?: string;
  country?: string;
  postal_code?: string;
  business_name?: string;
  /** Such as "DE123456789"; for sessions that collect tax IDs. */
  tax_id?: string;
}

export interface PayOutcome {
  outcome: PayResult["outcome"] | "invalid";
  decline_code: string | null;
  message: string | null;
  payment_intent: string | null;
}

const FAR_EXPIRY = "12/2099";

/** Pays as a buyer on the hosted page would, without a browser. Within a transaction. */
export function paySession(core: Core, session: Session, order: PayOrder): PayOutcome {
  const details: { email?: string | null } = session.customer_details ?? {};
  const buyer = {
    email: order.email ?? details.email ?? "buyer@example.com",
    name: order.name ?? "Test Buyer",
    country: order.country ?? "US",
    postal_code: order.postal_code ?? (order.country === undefined ? "97205" : ""),
    ...(order.business_name === undefined ? {} : { business_name: order.business_name }),
  };
  const read = readTaxId(order.tax_id ?? "", buyer.country);
  if (!read.ok) return invalid(session, read.message);
  const { email, name, country, postal_code, business_name = "" } = buyer;
  const typed = { email, name, country, postal_code, business_name, tax_id: read.taxId };
  core.store.checkouts.update(session.id, { typed });
  return payAs(core, session, order, { ...buyer, tax_id: read.taxId });
}

function payAs(core: Core, session: Session, order: PayOrder, buyer: Buyer): PayOutcome {
  if (session.amount_total === 0) return told(payNothing(core, session, buyer));
  if (order.debit !== undefined) return told(payByDebit(core, session, order.debit, buyer));
  const number = (order.card ?? "4242424242424242").replaceAll(" ", "");
  const cvc = number.startsWith("3") ? "1234" : "123";
  const reading = readCard({ number, expiry: FAR_EXPIRY, cvc }, new Date(core.clock.now()));
  if (!reading.ok) {
    const message = Object.values(reading.errors).join(" ");
    return invalid(session, message);
  }
  const result = payByCard(core, session, reading.card, buyer);
  if (result.outcome !== "challenge" || order.challenge === undefined) return told(result);
  return told(answerChallenge(core, result.session, order.challenge === "pass"));
}

function invalid(session: Session, message: string): PayOutcome {
  return { outcome: "invalid", decline_code: null, message, payment_intent: session.payment_intent };
}

function told(result: PayResult): PayOutcome {
  const error = result.outcome === "declined" ? result.intent.last_payment_error : null;
  return {
    outcome: result.outcome,
    decline_code: error?.decline_code ?? error?.code ?? null,
    message: error?.message ?? null,
    payment_intent: result.session.payment_intent,
  };
}
