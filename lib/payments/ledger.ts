/** Adapter: Stripe's own books, to compare ours with. Instants by Stripe's clock, amounts in minor units. */
import "server-only";
import { z } from "zod";
import type { DisputeFact } from "@/lib/disputes/dispute-state";
import type { OrderId } from "@/lib/ids";
import type { RefundFact } from "@/lib/refunds/match-refunds";
import { type CheckoutFacts, readCheckoutFacts } from "./checkout-facts";
import { readDispute, readRefund } from "./money-back";
import type { IncomingEvent } from "./mutations";
import { call, orNull, stripe } from "./stripe";

const since = (from: Date) => ({ created: { gte: Math.floor(from.getTime() / 1000) }, limit: 100 });
const idOf = (reference: string | { readonly id: string } | null | undefined): string | null =>
  typeof reference === "string" ? reference : (reference?.id ?? null);

/** Every object of one of Stripe's lists, page after page, newest first; kept is what `read` makes of it. */
const readAll = <T, F>(list: () => AsyncIterable<T>, read: (one: T) => readonly F[]): Promise<F[]> =>
  call(async () => {
    const found: F[] = [];
    for await (const one of list()) found.push(...read(one));
    return found;
  });

/** Sessions that their buyers completed, newest first; those of other programs are left out. */
export async function listCompletedCheckouts(from: Date): Promise<CheckoutFacts[]> {
  return readAll(
    () => stripe().checkout.sessions.list({ ...since(from), status: "complete" }),
    (session) => {
      const facts = readCheckoutFacts(session);
      return typeof facts === "object" ? [facts] : [];
    },
  );
}

/** Events that did not reach our endpoint, oldest first. */
export async function listUndeliveredEvents(from: Date): Promise<IncomingEvent[]> {
  const events = await readAll<IncomingEvent, IncomingEvent>(
    () => stripe().events.list({ ...since(from), delivery_success: false }),
    (event) => [event],
  );
  return events.toReversed();
}

export type ChargeFact = {
  readonly chargeId: string;
  readonly paymentIntentId: string;
  /** The order that its payment names; null for a charge of another program. */
  readonly orderId: OrderId | null;
  readonly amount: number;
  readonly currency: string;
};

/** When Stripe booked it. */
type Booked<T> = T & { readonly at: Date };
const atOf = (booked: { readonly created: number }) => new Date(booked.created * 1000);

/** Charges that succeeded. */
export async function listCharges(from: Date): Promise<Booked<ChargeFact>[]> {
  return readAll(
    () => stripe().charges.list(since(from)),
    (charge) => {
      const paymentIntentId = idOf(charge.payment_intent);
      if (charge.status !== "succeeded" || !charge.captured || paymentIntentId === null) return [];
      const orderId = z.uuid().safeParse(charge.metadata.order_id).data ?? null;
      const { id: chargeId, amount_captured: amount, currency } = charge;
      const at = atOf(charge);
      return [{ chargeId, paymentIntentId, orderId: orderId as OrderId | null, amount, currency, at }];
    },
  );
}

export type LedgerRefund = RefundFact & { readonly paymentIntentId: string };

export async function listLedgerRefunds(from: Date): Promise<Booked<LedgerRefund>[]> {
  return readAll(
    () => stripe().refunds.list(since(from)),
    (refund) => {
      const paymentIntentId = idOf(refund.payment_intent);
      return paymentIntentId === null ? [] : [{ ...readRefund(refund), paymentIntentId, at: atOf(refund) }];
    },
  );
}

export async function listLedgerDisputes(from: Date): Promise<DisputeFact[]> {
  return readAll(
    () => stripe().disputes.list(since(from)),
    (dispute) => {
      const paymentIntentId = idOf(dispute.payment_intent);
      return paymentIntentId === null ? [] : [readDispute(dispute, paymentIntentId)];
    },
  );
}

/** Stripe's word for where a payment stands; null when it knows none of that id. */
export async function findPaymentStatus(paymentIntentId: string): Promise<string | null> {
  const intent = await orNull(() => stripe().paymentIntents.retrieve(paymentIntentId));
  return intent?.status ?? null;
}
