import "server-only";
import { z } from "zod";
import type { Transaction } from "@/db/client";
import { applyDisputes, recordFraudWarning, tellSecondDispute } from "@/lib/disputes/mutations";
import { env } from "@/lib/env";
import { fulfillOrder } from "@/lib/fulfillment/mutations";
import type { OrderId } from "@/lib/ids";
import { log } from "@/lib/log";
import { expireOrder, failOrder, recordPaymentDetails, recordPaymentFailure } from "@/lib/orders/mutations";
import { watchReturn } from "@/lib/second-payments/mutations";
import { applyRefunds } from "@/lib/settlement/mutations";
import { type CheckoutFacts, readCheckoutFacts } from "./checkout-facts";
import { findPaymentOfCharge, listRefunds, retrieveDispute } from "./money-back";
import {
  type Effect,
  forgetCustomer,
  type IncomingEvent,
  recordFailure,
  type Verdict,
  workEvent,
} from "./mutations";
import { findCheckoutOfPayment, retrieveCheckout, retrievePaymentDetails, withLineTaxes } from "./stripe";

export type Delivered = "processed" | "repeated" | "ignored" | "quarantined";

/** What a paid session does to its order. It may share its transaction with the sales of other orders. */
type Sale = { readonly orderId: OrderId; readonly effect: Effect };

/** Null: the event is none of ours. */
type Handler = (object: unknown) => Promise<Effect | Sale | null> | Effect | null;

/**
 * Final facts are taken from the signed event; what may still change (refunds, disputes) is read again, so order does not
 * matter. So is what an event of another API version tells in a shape that we do not know.
 */
export const handlers: Readonly<Record<string, Handler>> = {
  "checkout.session.completed": onSale,
  "checkout.session.async_payment_succeeded": onSale,
  "checkout.session.async_payment_failed": (object) =>
    onSession(object, async (tx, facts) => void (await failOrder(tx, facts.orderId, facts.sessionId))),
  "checkout.session.expired": (object) =>
    onSession(object, async (tx, facts) => void (await expireOrder(tx, facts.orderId, facts.sessionId))),
  "payment_intent.succeeded": onPaymentSucceeded,
  "payment_intent.payment_failed": onPaymentFailed,
  "payment_intent.processing": onPaymentWaiting,
  "payment_intent.canceled": onPaymentWaiting,
  "charge.refunded": onRefund,
  "refund.created": onRefund,
  "refund.updated": onRefund,
  "refund.failed": onRefund,
  "charge.dispute.created": onDispute,
  "charge.dispute.updated": onDispute,
  "charge.dispute.closed": onDispute,
  "charge.dispute.funds_withdrawn": onDispute,
  "charge.dispute.funds_reinstated": onDispute,
  "radar.early_fraud_warning.created": onFraudWarning,
  "customer.deleted": onCustomerDeleted,
};

/**
 * One delivery of one event. Throws when its work failed; the route answers 500 and Stripe sends it again. `also` is done in the
 * transaction of the work, last.
 */
export async function receiveEvent(
  event: IncomingEvent,
  also?: (tx: Transaction, verdict: Verdict) => Promise<void>,
): Promise<Delivered> {
  const handler = Object.hasOwn(handlers, event.type) ? handlers[event.type] : undefined;
  if (!handler) return "ignored";
  try {
    const wrongMode = event.livemode === env().testMode;
    const found = wrongMode ? ofOtherMode : await handler(event.data.object);
    if (!found) return "ignored";
    const { effect, orderId } = typeof found === "function" ? { effect: found, orderId: undefined } : found;
    const outcome = await workEvent(event, also ? followedBy(effect, also) : effect, orderId);
    if (typeof outcome === "string") return outcome;
    log.error(
      { eventId: event.id, type: event.type, reason: outcome.quarantined },
      "a Stripe event was set aside",
    );
    return "quarantined";
  } catch (error) {
    await recordFailure(event, error).catch((failure) =>
      log.error({ err: failure }, "a failed event could not be noted"),
    );
    throw error;
  }
}

function followedBy(effect: Effect, also: (tx: Transaction, verdict: Verdict) => Promise<void>): Effect {
  return async (tx) => {
    const verdict = await effect(tx);
    await also(tx, verdict);
    return verdict;
  };
}

/** Our key cannot read what such an event is about: Stripe is not asked, and nothing is granted. */
const ofOtherMode: Effect = async () => "livemode_mismatch";

type Work = (tx: Parameters<Effect>[0], facts: CheckoutFacts) => Promise<Verdict>;

async function onSale(object: unknown): Promise<Effect | Sale | null> {
  const facts = await readSession(object);
  if (typeof facts === "string") return withoutFacts[facts];
  return { orderId: facts.orderId, effect: (tx) => fulfil(tx, facts) };
}

async function onSession(object: unknown, work: Work): Promise<Effect | null> {
  const facts = await readSession(object);
  return typeof facts === "string" ? withoutFacts[facts] : (tx) => work(tx, facts);
}

const withoutFacts: Readonly<Record<"not_ours" | "malformed", Effect | null>> = {
  not_ours: null,
  malformed: async () => "malformed_session",
};

async function readSession(object: unknown): Promise<CheckoutFacts | "not_ours" | "malformed"> {
  const told = readCheckoutFacts(object);
  return told === "malformed" ? readAgain(object) : withLineTaxes(told);
}

async function readAgain(object: unknown): Promise<CheckoutFacts | "not_ours" | "malformed"> {
  const id = named.safeParse(object);
  return (id.success && (await retrieveCheckout(id.data.id))) || "malformed";
}

const fulfil: Work = (tx, facts) => fulfilThen(tx, facts, async () => {});

/** What else an event tells of the order's own payment, after it is fulfilled. A second payment tells nothing of the order. */
async function fulfilThen(
  tx: Parameters<Effect>[0],
  facts: CheckoutFacts,
  more: () => Promise<void>,
  ofSecond: () => Promise<void> = async () => {},
): Promise<Verdict> {
  const outcome = await fulfillOrder(tx, facts);
  if (outcome.kind === "quarantined") return outcome.reason;
  await (outcome.kind === "second_payment" ? ofSecond() : more());
}

const payment = z.object({
  id: z.string().min(1),
  metadata: z.object({ order_id: z.uuid() }),
  last_payment_error: z.object({ code: z.string().nullish(), decline_code: z.string().nullish() }).nullish(),
});

/** Grants what the session event would (whichever comes first), and adds receipt and means of payment. */
async function onPaymentSucceeded(object: unknown): Promise<Effect | null> {
  const intent = payment.safeParse(object);
  if (!intent.success) return null;
  const orderId = intent.data.metadata.order_id as OrderId;
  const [facts, details] = await Promise.all([
    findCheckoutOfPayment(intent.data.id),
    retrievePaymentDetails(intent.data.id),
  ]);
  return async (tx) => {
    const note = () => recordPaymentDetails(tx, orderId, intent.data.id, details);
    return facts && typeof facts === "object" ? fulfilThen(tx, facts, note) : void (await note());
  };
}

function onPaymentFailed(object: unknown): Effect | null {
  const intent = payment.safeParse(object);
  if (!intent.success) return null;
  const { metadata, last_payment_error: problem } = intent.data;
  const reason = problem?.decline_code ?? problem?.code ?? "unknown";
  return async (tx) => void (await recordPaymentFailure(tx, metadata.order_id as OrderId, reason));
}

const named = z.object({ id: z.string().min(1).max(255) });
const reference = z.union([z.string(), z.object({ id: z.string() }).transform((object) => object.id)]);

/** What a charge, a refund and a fraud warning have in common: their payment, or at least their charge. */
const ofPayment = z.object({ payment_intent: reference.nullish(), charge: reference.nullish() });

async function findPayment(object: unknown): Promise<string | null> {
  const read = ofPayment.safeParse(object);
  if (!read.success) return null;
  const { payment_intent: intent, charge } = read.data;
  return intent ?? (charge ? findPaymentOfCharge(charge) : null);
}

/** The paid session that a payment belongs to; null when it is none of ours. */
async function findOurCheckout(paymentIntentId: string | null): Promise<CheckoutFacts | null> {
  const facts = paymentIntentId ? await findCheckoutOfPayment(paymentIntentId) : null;
  return facts && typeof facts === "object" ? facts : null;
}

/**
 * A refund from either side, on its way, arrived or failed. The payment's refunds are read as they are now. It may come
 * before the payment's own events, which must find nothing left to grant; and it may be of a second payment, which gave
 * nothing.
 */
async function onRefund(object: unknown): Promise<Effect | null> {
  const payment = await findPayment(object);
  const facts = await findOurCheckout(payment);
  if (!payment || !facts) return null;
  const refunds = await listRefunds(payment);
  return (tx) =>
    fulfilThen(
      tx,
      facts,
      () => applyRefunds(tx, facts.orderId, refunds),
      () => watchReturn(tx, payment, refunds),
    );
}

/** The buyer's bank wants the money back, or has decided. Of a second payment only staff are told. */
async function onDispute(object: unknown): Promise<Effect | null> {
  const id = named.safeParse(object);
  const dispute = id.success ? await retrieveDispute(id.data.id) : null;
  const facts = await findOurCheckout(dispute?.paymentIntentId ?? null);
  if (!dispute || !facts) return null;
  return (tx) =>
    fulfilThen(
      tx,
      facts,
      () => applyDisputes(tx, facts.orderId, [dispute]),
      () => tellSecondDispute(tx, facts.orderId, dispute),
    );
}

/** Stripe believes that a card was stolen: giving the money back now is cheaper than a dispute. A person decides. */
async function onFraudWarning(object: unknown): Promise<Effect | null> {
  const id = named.safeParse(object);
  const facts = await findOurCheckout(await findPayment(object));
  if (!id.success || !facts) return null;
  return async (tx) => void (await recordFraudWarning(tx, facts.orderId, id.data.id));
}

/**
 * A payment on its way, or canceled. What that means for the order is told by its session: complete but unpaid is on its
 * way, complete with a canceled payment has failed, expired has ended.
 */
async function onPaymentWaiting(object: unknown): Promise<Effect | null> {
  const intent = z.object({ id: z.string().min(1), status: z.string() }).safeParse(object);
  const facts = intent.success ? await findOurCheckout(intent.data.id) : null;
  if (!intent.success || !facts) return null;
  const canceled = intent.data.status === "canceled";
  return async (tx) => {
    if (facts.status === "expired") return void (await expireOrder(tx, facts.orderId, facts.sessionId));
    if (canceled && facts.paymentStatus === "unpaid" && facts.status === "complete")
      return void (await failOrder(tx, facts.orderId, facts.sessionId));
    return fulfil(tx, facts);
  };
}

function onCustomerDeleted(object: unknown): Effect | null {
  const id = named.safeParse(object);
  return id.success ? async (tx) => void (await forgetCustomer(tx, id.data.id)) : null;
}
