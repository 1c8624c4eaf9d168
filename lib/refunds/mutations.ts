import "server-only";
import { and, asc, eq, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import { db, type Transaction, withTransaction } from "@/db/client";
import { orderItems, orders, refundItems, refunds } from "@/db/schema/orders";
import { endEnrollmentsOf } from "@/lib/enrollments/mutations";
import { type Id, newId, type OrderId } from "@/lib/ids";
import { describeError, log } from "@/lib/log";
import { type Minor, minor, sum } from "@/lib/money";
import { queueEmail } from "@/lib/notifications/mutations";
import { type LockedOrder, lockOrder, moveOrder, recordOrderEvent } from "@/lib/orders/mutations";
import { createRefund, listRefunds, type RefundFacts, StripeUnavailable } from "@/lib/payments/stripe";

/**
 * Paid twice for one course: the second payment's items go back by themselves. The row is written with the fulfilment
 * that found it; `sendPendingRefunds` carries it to Stripe.
 */
export async function requestDuplicateRefund(
  tx: Transaction,
  order: LockedOrder,
  items: LockedOrder["items"],
): Promise<void> {
  const charged = items.filter((item) => item.netAmount + item.taxAmount > 0);
  if (charged.length === 0) return;
  const amount = sum(charged.map((item) => minor(item.netAmount + item.taxAmount)));
  const refundId = newId<"refund">();
  await tx
    .insert(refunds)
    .values({ id: refundId, orderId: order.id, amount, currency: order.currency, reason: "duplicate" });
  await Promise.all([
    tx.insert(refundItems).values(
      charged.map((item) => ({
        refundId,
        orderItemId: item.id,
        amount: minor(item.netAmount + item.taxAmount),
      })),
    ),
    ...charged.map((item) => recordOrderEvent(tx, order.id, "duplicate_refunded", { title: item.title })),
    queueEmail(tx, {
      kind: "duplicate_refund",
      subjectId: order.id,
      userId: order.userId,
      toAddress: order.buyer.email,
      payload: {
        name: order.buyer.name,
        orderNumber: order.orderNumber,
        currency: order.currency,
        items: charged.map((item) => ({ title: item.title, refundAmount: item.netAmount + item.taxAmount })),
        refundAmount: amount,
      },
    }),
  ]);
}

/** A refund that failed waits as long again as it has waited already, up to an hour. By the database's clock. */
const isDue = or(
  isNull(refunds.lastError),
  sql`now() - ${refunds.updatedAt} >= least(${refunds.updatedAt} - ${refunds.createdAt}, interval '1 hour')`,
);

/** Carries refunds to Stripe that it has not seen yet; the row's id is the key, so a repeat is no second refund. */
export async function sendPendingRefunds(): Promise<number> {
  const unsent = await db()
    .select({
      id: refunds.id,
      orderId: refunds.orderId,
      amount: refunds.amount,
      reason: refunds.reason,
      paymentIntentId: orders.stripePaymentIntentId,
    })
    .from(refunds)
    .innerJoin(orders, eq(orders.id, refunds.orderId))
    .where(
      and(
        eq(refunds.status, "pending"),
        isNull(refunds.stripeRefundId),
        isNotNull(orders.stripePaymentIntentId),
        isDue,
      ),
    )
    .orderBy(asc(refunds.createdAt))
    .limit(50);
  let sent = 0;
  for (const refund of unsent) {
    try {
      const made = await makeOnce({ ...refund, paymentIntentId: refund.paymentIntentId ?? "" });
      await withTransaction((tx) => applyRefunds(tx, refund.orderId, [{ ...made, refundId: refund.id }]));
      sent += 1;
    } catch (error) {
      log.error({ refundId: refund.id, orderId: refund.orderId, err: error }, "a refund could not be made");
      await db()
        .update(refunds)
        .set({ lastError: describeError(error), updatedAt: sql`now()` })
        .where(eq(refunds.id, refund.id));
      if (error instanceof StripeUnavailable) return sent;
    }
  }
  return sent;
}

/** Looked up before it is made: Stripe forgets keys after a day, and the answer to an earlier try may have been lost. */
async function makeOnce(refund: {
  readonly id: string;
  readonly paymentIntentId: string;
  readonly amount: Minor;
  readonly reason: string;
}): Promise<RefundFacts> {
  const known = await listRefunds(refund.paymentIntentId);
  const reason = refund.reason === "duplicate" ? "duplicate" : "requested_by_customer";
  return known.find((fact) => fact.refundId === refund.id) ?? createRefund({ ...refund, reason });
}

/**
 * Brings an order in line with what Stripe says was refunded, from whichever side: rows, item shares, status, access.
 * A refund made in Stripe's Dashboard names no course: access ends only once the whole order is given back.
 */
export async function applyRefunds(
  tx: Transaction,
  orderId: OrderId,
  facts: readonly RefundFacts[],
): Promise<void> {
  const order = await lockOrder(tx, orderId);
  if (!order) return;
  const before = await succeededAmount(tx, orderId);
  for (const fact of facts) await upsertRefund(tx, order, fact);
  const refunded = await succeededAmount(tx, orderId);
  if (refunded <= before) return;

  await recordOrderEvent(tx, orderId, "refunded", { amount: refunded - before });
  if (refunded >= order.totalAmount) {
    await tx
      .update(orderItems)
      .set({ refundedAmount: sql`${orderItems.netAmount} + ${orderItems.taxAmount}` })
      .where(eq(orderItems.orderId, orderId));
    await moveOrder(tx, orderId, "refunded", { refundedAt: sql`now()` });
    await endEnrollmentsOf(
      tx,
      order.items.map((item) => item.id),
    );
  } else {
    await moveOrder(tx, orderId, "partially_refunded");
    await endFullyRefundedItems(tx, orderId);
  }
}

async function upsertRefund(tx: Transaction, order: LockedOrder, fact: RefundFacts): Promise<void> {
  // The statuses stand in the order a refund goes through them: an answer that was overtaken changes nothing.
  const status = sql`greatest(${refunds.status}, ${fact.status}::refund_status)`;
  const known = fact.refundId
    ? await tx
        .update(refunds)
        .set({ stripeRefundId: fact.stripeRefundId, status, lastError: null })
        .where(and(eq(refunds.id, fact.refundId as Id<"refund">), eq(refunds.orderId, order.id)))
        .returning({ id: refunds.id })
    : [];
  if (known.length > 0) return;
  await tx
    .insert(refunds)
    .values({
      id: newId<"refund">(),
      orderId: order.id,
      status: fact.status,
      amount: minor(fact.amount),
      currency: fact.currency,
      reason: fact.reason,
      stripeRefundId: fact.stripeRefundId,
    })
    .onConflictDoUpdate({ target: refunds.stripeRefundId, set: { status } });
}

async function succeededAmount(tx: Transaction, orderId: OrderId): Promise<number> {
  const [row] = await tx
    .select({ amount: sql<number>`coalesce(sum(${refunds.amount}), 0)::int` })
    .from(refunds)
    .where(and(eq(refunds.orderId, orderId), eq(refunds.status, "succeeded")));
  return row?.amount ?? 0;
}

/** Items that our own refunds name, given back whole. */
async function endFullyRefundedItems(tx: Transaction, orderId: OrderId): Promise<void> {
  const shares = await tx
    .select({ itemId: refundItems.orderItemId, amount: sql<number>`sum(${refundItems.amount})::int` })
    .from(refundItems)
    .innerJoin(refunds, eq(refunds.id, refundItems.refundId))
    .where(and(eq(refunds.orderId, orderId), eq(refunds.status, "succeeded")))
    .groupBy(refundItems.orderItemId);
  for (const share of shares) {
    await tx
      .update(orderItems)
      .set({ refundedAmount: minor(share.amount) })
      .where(eq(orderItems.id, share.itemId));
  }
  const whole = await tx
    .select({ id: orderItems.id })
    .from(orderItems)
    .where(
      and(
        eq(orderItems.orderId, orderId),
        inArray(
          orderItems.id,
          shares.map((share) => share.itemId),
        ),
        sql`${orderItems.refundedAmount} = ${orderItems.netAmount} + ${orderItems.taxAmount}`,
      ),
    );
  await endEnrollmentsOf(
    tx,
    whole.map((item) => item.id),
  );
}
