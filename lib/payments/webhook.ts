import "server-only";
import { z } from "zod";
import { env } from "@/lib/env";
import { fulfillOrder } from "@/lib/fulfillment/mutations";
import type { OrderId } from "@/lib/ids";
import { log } from "@/lib/log";
import { expireOrder, failOrder, recordPaymentDetails, recordPaymentFailure } from "@/lib/orders/mutations";
import { applyRefunds } from "@/lib/settlement/mutations";
import { type CheckoutFacts, readCheckoutFacts } from "./checkout-facts";
import { type Effect, type IncomingEvent, recordFailure, type Verdict, workEvent } from "./mutations";
import { findCheckoutOfPayment, listRefunds, retrievePaymentDetails, withLineTaxes } from "./stripe";

export type Delivered = "processed" | "repeated" | "ignored" | "quarantined";

/** Null: the event is none of ours. */
type Handler = (object: unknown) => Promise<Effect | null> | Effect | null;

/** Final facts are taken from the signed event; what may still change (refunds) is read again, so order does not matter. */
export const handlers: Readonly<Record<string, Handler>> = {
  "checkout.session.completed": (object) => onSession(object, fulfil),
  "checkout.session.async_payment_succeeded": (object) => onSession(object, fulfil),
  "checkout.session.async_payment_failed": (object) =>
    onSession(object, async (tx, facts) => void (await failOrder(tx, facts.orderId))),
  "checkout.session.expired": (object) =>
    onSession(object, async (tx, facts) => void (await expireOrder(tx, facts.orderId))),
  "payment_intent.succeeded": onPaymentSucceeded,
  "payment_intent.payment_failed": onPaymentFailed,
  "charge.refunded": onRefund,
  "refund.created": onRefund,
  "refund.updated": onRefund,
  "refund.failed": onRefund,
};

/** One delivery of one event. Throws when its work failed; the route answers 500 and Stripe sends it again. */
export async function receiveEvent(event: IncomingEvent): Promise<Delivered> {
  const handler = Object.hasOwn(handlers, event.type) ? handlers[event.type] : undefined;
  if (!handler) return "ignored";
  try {
    const wrongMode = event.livemode === env().testMode;
    const effect = wrongMode ? ofOtherMode : await handler(event.data.object);
    if (!effect) return "ignored";
    const outcome = await workEvent(event, effect);
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

/** Our key cannot read what such an event is about: Stripe is not asked, and nothing is granted. */
const ofOtherMode: Effect = async () => "livemode_mismatch";

type Work = (tx: Parameters<Effect>[0], facts: CheckoutFacts) => Promise<Verdict>;

async function onSession(object: unknown, work: Work): Promise<Effect | null> {
  const facts = await withLineTaxes(readCheckoutFacts(object));
  if (facts === "not_ours") return null;
  if (facts === "malformed") return async () => "malformed_session";
  return (tx) => work(tx, facts);
}

const fulfil: Work = async (tx, facts) => {
  const outcome = await fulfillOrder(tx, facts);
  return outcome.kind === "quarantined" ? outcome.reason : undefined;
};

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
    const verdict = facts && typeof facts === "object" ? await fulfil(tx, facts) : undefined;
    if (!verdict) await recordPaymentDetails(tx, orderId, details);
    return verdict;
  };
}

function onPaymentFailed(object: unknown): Effect | null {
  const intent = payment.safeParse(object);
  if (!intent.success) return null;
  const { metadata, last_payment_error: problem } = intent.data;
  const reason = problem?.decline_code ?? problem?.code ?? "unknown";
  return async (tx) => void (await recordPaymentFailure(tx, metadata.order_id as OrderId, reason));
}

/** What a charge and a refund have in common. */
const ofPayment = z.object({
  payment_intent: z.union([z.string(), z.object({ id: z.string() }).transform((intent) => intent.id)]),
});

/**
 * A refund from either side, on its way, arrived or failed. The payment's refunds are read as they are now. It may come
 * before the payment's own events, which must find nothing left to grant; and it may be of a second payment, which gave
 * nothing.
 */
async function onRefund(object: unknown): Promise<Effect | null> {
  const read = ofPayment.safeParse(object);
  if (!read.success) return null;
  const facts = await findCheckoutOfPayment(read.data.payment_intent);
  if (!facts || typeof facts !== "object") return null;
  const refunds = await listRefunds(read.data.payment_intent);
  return async (tx) => {
    const verdict = await fulfil(tx, facts);
    if (!verdict) await applyRefunds(tx, facts.orderId, refunds);
    return verdict;
  };
}
