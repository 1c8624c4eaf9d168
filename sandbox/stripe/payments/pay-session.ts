/** What happens when a buyer submits the hosted page. Every function runs inside a transaction of its caller. */

import type { Core } from "../core";
import type { Charge, PaymentIntent, PaymentMethod, Session } from "../store/records";
import type { DebitOutcome } from "../store/rows";
import { invalidRequest } from "../stripe-error";
import type { Card, Decline } from "./cards";
import { bookCharge, makeCharge } from "./charges";
import { attachCustomer } from "./customers";
import { completeSession, payPage } from "./finish-session";
import { declineError, docUrl, failIntent, intentOf } from "./payment-intents";
import {
  type Buyer,
  billingDetails,
  cardChargeDetails,
  cardOf,
  debitChargeDetails,
  debitOutcomeOf,
  debitTypeFor,
  makeCardMethod,
  makeDebitMethod,
} from "./payment-methods";
import { placeOfBuyer } from "./session-tax";
import { applyTax } from "./tax";

export type PayResult =
  | { outcome: "complete"; session: Session }
  | { outcome: "challenge"; session: Session }
  | { outcome: "declined"; session: Session; intent: PaymentIntent }
  /** Not open any more: complete or expired. */
  | { outcome: "closed"; session: Session };

/** The tax of where the buyer is, and the customer the session wants. */
function prepare(core: Core, open: Session, buyer: Buyer): Session {
  return attachCustomer(core, applyTax(core, open, placeOfBuyer(core, open, buyer)), buyer);
}

export function payByCard(core: Core, open: Session, card: Card, buyer: Buyer): PayResult {
  if (open.status !== "open") return { outcome: "closed", session: open };
  const session = prepare(core, open, buyer);
  const method = makeCardMethod(core, card, billingDetails(buyer), session.customer);
  return payPrepared(core, session, method, card, buyer);
}

/** With a method that exists already, as the official CLI pays. Throws when the buyer expects another amount. */
export function payByMethod(
  core: Core,
  open: Session,
  method: PaymentMethod,
  expected: number | undefined,
): PayResult {
  const buyer = buyerOf(method);
  const session = prepare(core, open, buyer);
  if (expected !== undefined && expected !== session.amount_total) {
    throw invalidRequest(`The amount is ${session.amount_total}, not ${expected}.`, {
      code: "checkout_amount_mismatch",
      param: "expected_amount",
    });
  }
  if (session.amount_total === 0)
    return { outcome: "complete", session: completeSession(core, session, "no_payment_required", buyer) };
  if (method.type === "card") return payPrepared(core, session, method, cardOf(method), buyer);
  if (!session.payment_method_types.includes(method.type)) {
    throw invalidRequest(`This Checkout Session takes no ${method.type}.`, { param: "payment_method" });
  }
  return debitPrepared(core, session, method, debitOutcomeOf(method), buyer);
}

function payPrepared(
  core: Core,
  session: Session,
  method: PaymentMethod,
  card: Card,
  buyer: Buyer,
): PayResult {
  const intent = intentOf(core, session);
  if (card.kind.threeDSecure) {
    const url = `${core.publicUrl}/c/3ds/${session.id}`;
    const waiting = core.store.paymentIntents.update(intent.id, {
      next_action: {
        redirect_to_url: { return_url: session.url ?? payPage(core, session.id, session.client_secret), url },
        type: "redirect_to_url",
      },
      payment_method: method.id,
      status: "requires_action",
    });
    core.events.emit("payment_intent.requires_action", waiting);
    return { outcome: "challenge", session: current(core, session) };
  }
  if (card.kind.decline) {
    const failed = declineCard(core, intent, method, card, card.kind.decline);
    return { outcome: "declined", session: current(core, session), intent: failed };
  }
  return { outcome: "complete", session: settleByCard(core, session, intent, method, card, buyer, false) };
}

/** A failed charge, and the intent asks for another method. */
export function declineCard(
  core: Core,
  intent: PaymentIntent,
  method: PaymentMethod,
  card: Card,
  decline: Decline,
): PaymentIntent {
  const details = cardChargeDetails(card, intent.amount, false, false);
  const charge = makeCharge(core, { intent, method, details, status: "failed", decline });
  core.events.emit("charge.failed", charge);
  return failIntent(core, intent, declineError(decline, method, charge.id), charge.id);
}

/** The buyer's answer on the 3-D Secure page. */
export function answerChallenge(core: Core, session: Session, passed: boolean): PayResult {
  const intent =
    session.payment_intent === null ? undefined : core.store.paymentIntents.get(session.payment_intent);
  if (session.status !== "open" || intent === undefined) return { outcome: "closed", session };
  const method =
    intent.payment_method === null ? undefined : core.store.paymentMethods.get(intent.payment_method);
  if (intent.status !== "requires_action" || method === undefined) {
    return { outcome: "declined", session, intent };
  }
  if (passed) {
    const buyer = { ...buyerOf(method), ...core.store.checkouts.get(session.id)?.typed };
    const paid = settleByCard(core, session, intent, method, cardOf(method), buyer, true);
    return { outcome: "complete", session: paid };
  }
  const code = "payment_intent_authentication_failure";
  const failed = failIntent(core, intent, {
    code,
    doc_url: docUrl(code),
    message:
      "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
    payment_method: method,
    type: "invalid_request_error",
  });
  return { outcome: "declined", session, intent: failed };
}

/** A debit is on its way for days: the session completes unpaid, and settle-debit.ts ends it. */
export function payByDebit(core: Core, open: Session, outcome: DebitOutcome, buyer: Buyer): PayResult {
  const type = debitTypeFor(open.currency);
  if (open.status !== "open" || type === null) return { outcome: "closed", session: open };
  const session = prepare(core, open, buyer);
  const method = makeDebitMethod(core, type, outcome, billingDetails(buyer), session.customer);
  return debitPrepared(core, session, method, outcome, buyer);
}

function debitPrepared(
  core: Core,
  session: Session,
  method: PaymentMethod,
  outcome: DebitOutcome,
  buyer: Buyer,
): PayResult {
  startDebit(core, intentOf(core, session), method, outcome);
  core.store.checkouts.update(session.id, { debit: outcome });
  return { outcome: "complete", session: completeSession(core, current(core, session), "unpaid", buyer) };
}

/** Sends a debit on its way. */
export function startDebit(
  core: Core,
  intent: PaymentIntent,
  method: PaymentMethod,
  outcome: DebitOutcome,
): void {
  const charge = makeCharge(core, {
    intent,
    method,
    details: debitChargeDetails(method.type, outcome),
    status: "pending",
  });
  core.events.emit("charge.pending", charge);
  const processing = core.store.paymentIntents.update(intent.id, {
    latest_charge: charge.id,
    next_action: null,
    payment_method: method.id,
    status: "processing",
  });
  core.events.emit("payment_intent.processing", processing);
  const delay = core.settings.delays.bankDebitSettles;
  if (outcome !== "waits" && delay !== null) core.jobs.add("settle_debit", intent.id, delay);
}

/** A total of zero needs no payment at all. */
export function payNothing(core: Core, open: Session, buyer: Buyer): PayResult {
  if (open.status !== "open" || open.amount_total !== 0) return { outcome: "closed", session: open };
  const session = prepare(core, open, buyer);
  return { outcome: "complete", session: completeSession(core, session, "no_payment_required", buyer) };
}

function settleByCard(
  core: Core,
  session: Session,
  intent: PaymentIntent,
  method: PaymentMethod,
  card: Card,
  buyer: Buyer,
  authenticated: boolean,
): Session {
  const charge = payIntentByCard(core, intent, method, card, authenticated);
  const completed = completeSession(core, current(core, session), "paid", buyer);
  bookCharge(core, charge);
  return completed;
}

/** Charges a card that pays. The money is booked by the caller, after what tells of the payment. */
export function payIntentByCard(
  core: Core,
  intent: PaymentIntent,
  method: PaymentMethod,
  card: Card,
  authenticated: boolean,
): Charge {
  const details = cardChargeDetails(card, intent.amount, true, authenticated);
  const charge = makeCharge(core, { intent, method, details, status: "succeeded" });
  core.events.emit("charge.succeeded", charge);
  succeedIntent(core, intent, charge, method.id);
  const { disputeOpens } = core.settings.delays;
  if (card.kind.afterwards === "disputed" && disputeOpens !== null)
    core.jobs.add("open_dispute", charge.id, disputeOpens);
  return charge;
}

export function succeedIntent(
  core: Core,
  intent: PaymentIntent,
  charge: Charge,
  method: string,
): PaymentIntent {
  const succeeded = core.store.paymentIntents.update(intent.id, {
    amount_received: intent.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: method,
    status: "succeeded",
  });
  core.events.emit("payment_intent.succeeded", succeeded);
  return succeeded;
}

function current(core: Core, session: Session): Session {
  return core.store.sessions.get(session.id) ?? session;
}

function buyerOf(method: PaymentMethod): Buyer {
  const { address, email, name } = method.billing_details;
  return {
    email: email ?? "",
    name: name ?? "",
    country: address?.country ?? "",
    postal_code: address?.postal_code ?? "",
  };
}
