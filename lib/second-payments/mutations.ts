import "server-only";
import { and, asc, eq, isNull, lte, sql } from "drizzle-orm";
import { db, type Transaction, withTransaction } from "@/db/client";
import { orders } from "@/db/schema/orders";
import { secondPayments } from "@/db/schema/payments";
import { raiseAlert } from "@/lib/alerts/mutations";
import { newId } from "@/lib/ids";
import { describeError, log } from "@/lib/log";
import { formatMoney, minor, sum } from "@/lib/money";
import { queueEmail } from "@/lib/notifications/mutations";
import { type LockedOrder, recordOrderEvent } from "@/lib/orders/mutations";
import type { CheckoutFacts } from "@/lib/payments/checkout-facts";
import { createRefund, listRefunds } from "@/lib/payments/money-back";
import { isStoredFailure, StripeRefused, StripeUnavailable } from "@/lib/payments/stripe";
import { isHeld, type RefundFact } from "@/lib/refunds/match-refunds";

/**
 * An order that was paid before is paid by another session: nothing is granted a second time, and all of it goes back. Told
 * again it does nothing. The worker brings it to Stripe; no invoice was issued for it, so no credit note is either.
 */
export async function keepSecondPayment(
  tx: Transaction,
  order: LockedOrder,
  facts: CheckoutFacts & { readonly paymentIntentId: string },
): Promise<void> {
  const amount = minor(facts.totalAmount);
  const [kept] = await tx
    .insert(secondPayments)
    .values({
      id: newId<"refund">(),
      orderId: order.id,
      stripePaymentIntentId: facts.paymentIntentId,
      amount,
      currency: facts.currency,
    })
    .onConflictDoNothing()
    .returning({ id: secondPayments.id });
  if (!kept) return;
  const titles = order.items.map((item) => item.title).join(", ");
  await recordOrderEvent(tx, order.id, "duplicate_refunded", { title: titles });
  await queueEmail(tx, {
    kind: "duplicate_refund",
    subjectId: `${order.id}:${facts.paymentIntentId}`,
    userId: order.userId,
    toAddress: order.buyer.email,
    payload: {
      name: order.buyer.name,
      orderNumber: order.orderNumber,
      currency: facts.currency,
      items: [{ title: titles, refundAmount: amount }],
      refundAmount: amount,
    },
  });
}

const due = () =>
  db()
    .select({
      id: secondPayments.id,
      orderId: secondPayments.orderId,
      orderNumber: orders.orderNumber,
      paymentIntentId: secondPayments.stripePaymentIntentId,
      amount: secondPayments.amount,
      currency: secondPayments.currency,
    })
    .from(secondPayments)
    .innerJoin(orders, eq(orders.id, secondPayments.orderId));
type Due = Awaited<ReturnType<typeof due>>[number];

/** Gives second payments back at Stripe; answers how many. What fails waits twice as long each time, up to an hour. */
export async function returnSecondPayments(): Promise<number> {
  const waiting = await due()
    .where(and(isNull(secondPayments.settledAt), lte(secondPayments.nextAttemptAt, sql`now()`)))
    .orderBy(asc(secondPayments.nextAttemptAt))
    .limit(20);
  let returned = 0;
  for (const payment of waiting) {
    try {
      const stripeRefundId = await returnOnce(payment);
      await settle(payment, { stripeRefundId, lastError: null });
      returned += 1;
    } catch (error) {
      log.error({ orderId: payment.orderId, err: error }, "a second payment could not be given back");
      if (error instanceof StripeRefused) await leaveToPerson(payment, error);
      else await putOff(payment, error);
      if (error instanceof StripeUnavailable) return returned;
    }
  }
  return returned;
}

const KEYS = 3;

/**
 * Looked up before it is made, as Stripe forgets keys after a day, and somebody may have given it back in the Dashboard. An
 * error stored under a key is not met again under the next. Ours is made once: if the bank sent it back meanwhile,
 * a person was told.
 */
async function returnOnce({ id, amount, paymentIntentId }: Due): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const known = await listRefunds(paymentIntentId);
    const left = minor(amount - heldOf(known));
    const made = known.find((fact) => fact.refundId === id) ?? (left <= 0 ? known.findLast(isHeld) : null);
    if (made) return made.stripeRefundId;
    try {
      const refund = { id, amount: left, paymentIntentId, reason: "duplicate", attempt } as const;
      return (await createRefund(refund)).stripeRefundId;
    } catch (error) {
      if (attempt === KEYS || !isStoredFailure(error)) throw error;
    }
  }
}

const heldOf = (facts: readonly RefundFact[]) =>
  sum(facts.filter(isHeld).map((fact: RefundFact) => minor(fact.amount)));

/**
 * Refunds of a second payment that its buyer's bank sent back, ours or the Dashboard's, settled or not: only a person can find
 * another way for what is missing. Each has its alert, as a person may have cleared the one before.
 */
export async function watchReturn(
  tx: Transaction,
  paymentIntentId: string,
  facts: readonly RefundFact[],
): Promise<void> {
  const [payment] = await tx
    .select()
    .from(secondPayments)
    .where(eq(secondPayments.stripePaymentIntentId, paymentIntentId));
  if (!payment || heldOf(facts) >= payment.amount) return;
  const { id, orderId, amount, currency } = payment;
  for (const fact of facts.filter((one) => !isHeld(one)))
    await raiseAlert(tx, {
      kind: "refund_failed",
      subject: `${id}:${fact.stripeRefundId}`,
      orderId,
      problem: `${formatMoney(fact.amount, currency)} of a second payment (${formatMoney(amount, currency)}) did not reach its buyer. See in Stripe's Dashboard what is still missing, and ask for another way to pay it back.`,
    });
}

async function settle(
  { id }: Due,
  outcome: { readonly stripeRefundId: string | null; readonly lastError: string | null },
): Promise<void> {
  await db()
    .update(secondPayments)
    .set({ ...outcome, settledAt: sql`now()` })
    .where(eq(secondPayments.id, id));
}

async function putOff({ id }: Due, error: unknown): Promise<void> {
  await db()
    .update(secondPayments)
    .set({
      attempts: sql`${secondPayments.attempts} + 1`,
      nextAttemptAt: sql`now() + least(interval '1 hour', interval '2 seconds' * 2 ^ least(${secondPayments.attempts}, 11))`,
      lastError: describeError(error),
    })
    .where(eq(secondPayments.id, id));
}

/** Stripe's no is final: its buyer's bank was faster, or the payment is too old. */
async function leaveToPerson(payment: Due, refusal: StripeRefused): Promise<void> {
  const { id, orderId, orderNumber, amount, currency } = payment;
  await withTransaction(async (tx) => {
    await tx
      .update(secondPayments)
      .set({ settledAt: sql`now()`, lastError: `${refusal.code}: ${refusal.message}`.slice(0, 500) })
      .where(eq(secondPayments.id, id));
    await raiseAlert(tx, {
      kind: "refund_refused",
      subject: id,
      orderId,
      problem: `Order ${orderNumber} was paid a second time (${formatMoney(amount, currency)}), and Stripe refused to give it back: ${refusal.message}`,
    });
  });
}
