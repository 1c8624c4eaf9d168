import "server-only";
import { and, asc, eq, isNotNull, isNull, or, sql } from "drizzle-orm";
import { db, type Transaction, withTransaction } from "@/db/client";
import { orders, refunds } from "@/db/schema/orders";
import { refundRequests } from "@/db/schema/refund-requests";
import { raiseAlert } from "@/lib/alerts/mutations";
import { recordAudit } from "@/lib/audit/mutations";
import { applyDisputes } from "@/lib/disputes/mutations";
import { newId, type OrderId, type RefundId, type UserId } from "@/lib/ids";
import { describeError, log } from "@/lib/log";
import { formatMoney, type Minor, minor, sum } from "@/lib/money";
import { queueEmail } from "@/lib/notifications/mutations";
import { type LockedOrder, lockOrder, recordOrderEvent } from "@/lib/orders/mutations";
import { createRefund, listDisputes, listRefunds } from "@/lib/payments/money-back";
import { isStoredFailure, StripeRefused, StripeUnavailable } from "@/lib/payments/stripe";
import { PATIENCE_OF_A_PERSON_MS, withinTime } from "@/lib/payments/time-limit";
import { err, ok, type Result } from "@/lib/result";
import { applyRefunds, convergeOrder, holdRefunds, insertShares } from "@/lib/settlement/mutations";
import { isAutomatic } from "@/lib/settlement/queries";
import { isHeld, type RefundFact, type RefundStatus } from "./match-refunds";
import { findRefundable } from "./queries";
import { planRefund } from "./refund-policy";
import { type RefundReason, type RefundRejection, type RefundScope, refundReason } from "./schema";

export type RefundOrder = {
  /** Made by whoever asks, before asking: the same id pressed twice is one refund. */
  readonly refundId: RefundId;
  readonly orderId: OrderId;
  readonly scope: RefundScope;
  readonly reason: RefundReason;
  /** The admin who asks; null when the shop itself does. */
  readonly requestedBy: UserId | null;
  /** The amount that was shown before the button was pressed; anything else by now is refused. Minor units. */
  readonly shownAmount?: number;
};

export type RefundOutcome = {
  readonly refundId: RefundId;
  readonly amount: Minor;
  /** `pending`: on its way, or waiting until Stripe can be reached; it needs no second press. */
  readonly status: RefundStatus;
};

/**
 * Gives money back: all of it, some courses, or an amount. The row is written first, under the order's lock and capped at
 * what is left; then Stripe is asked, with the row's id as key. Whatever breaks in between, the worker carries it on.
 */
export async function refundOrder(request: RefundOrder): Promise<Result<RefundOutcome, RefundRejection>> {
  const requested = await withTransaction(async (tx) => {
    const written = await writeRefund(tx, request);
    if (written.ok && written.value && request.requestedBy) {
      await recordAudit(tx, {
        actorId: request.requestedBy,
        action: "order.refunded",
        subject: { type: "order", id: request.orderId, label: written.value.orderNumber },
        detail: { after: written.value.told, reason: request.reason },
      });
    }
    return written;
  });
  return requested.ok ? carryRefund(request.refundId, request.orderId) : requested;
}

/** Carries a refund that was written to Stripe now, and tells what became of it so far. */
export async function carryRefund(
  refundId: RefundId,
  orderId: OrderId,
): Promise<Result<RefundOutcome, RefundRejection>> {
  await withinTime(PATIENCE_OF_A_PERSON_MS, () => sendRefund(refundId));
  const outcome = await getOutcome(refundId);
  return isHeld(outcome) ? ok(outcome) : err(await explainRefusal(orderId));
}

/** What the audit log says about a refund that was written. */
export type WrittenRefund = {
  readonly orderNumber: string;
  readonly told: { readonly amount: string; readonly courses: readonly string[] };
};

/**
 * Writes what is to be given back, capped at what is left, under the order's lock. Null when the same id was written before.
 * From here on the worker brings it to Stripe, whoever dies.
 */
export async function writeRefund(
  tx: Transaction,
  { refundId, orderId, scope, reason, requestedBy, shownAmount }: RefundOrder,
): Promise<Result<WrittenRefund | null, RefundRejection>> {
  const order = await lockOrder(tx, orderId);
  if (!order) return err({ code: "unknown_order" });
  const [known] = await tx.select({ orderId: refunds.orderId }).from(refunds).where(eq(refunds.id, refundId));
  if (known) return known.orderId === orderId ? ok(null) : err({ code: "unknown_order" });
  const refundable = await findRefundable(tx, orderId);
  if (!refundable) return err({ code: "unknown_order" });
  const plan = planRefund(refundable, scope);
  if (!plan.ok) return plan;
  const { amount, currency, shares } = plan.value;
  if (shownAmount !== undefined && shownAmount !== amount) return err({ code: "changed_meanwhile" });
  await tx
    .insert(refunds)
    .values({ id: refundId, orderId, amount, currency, reason, requestedByUserId: requestedBy });
  await insertShares(tx, refundId, shares);
  await holdRefunds(tx, orderId);
  await recordOrderEvent(tx, orderId, "refund_requested", { amount });
  const told = { amount: formatMoney(amount, currency), courses: shares.map(({ title }) => title) };
  return ok({ orderNumber: order.orderNumber, told });
}

async function getOutcome(refundId: RefundId): Promise<RefundOutcome> {
  const [row] = await db()
    .select({ amount: refunds.amount, status: refunds.status })
    .from(refunds)
    .where(eq(refunds.id, refundId));
  if (!row) throw new Error(`refund ${refundId} is gone`);
  return { refundId, ...row };
}

/** Nothing went back, and what Stripe knows is ours again: that tells why. */
async function explainRefusal(orderId: OrderId): Promise<RefundRejection> {
  const order = await findRefundable(db(), orderId);
  if (order?.isDisputed) return { code: "disputed" };
  return { code: order && order.heldAmount >= order.totalAmount ? "already_refunded" : "refused_by_stripe" };
}

/**
 * Paid twice for one course: the second payment's items go back by themselves. The row is written with the fulfilment
 * that found it; the worker carries it to Stripe.
 */
export async function requestDuplicateRefund(
  tx: Transaction,
  order: LockedOrder,
  items: LockedOrder["items"],
): Promise<void> {
  const shares = items
    .map((item) => ({
      itemId: item.id,
      title: item.title,
      amount: minor(item.netAmount + item.taxAmount),
    }))
    .filter((share) => share.amount > 0);
  if (shares.length === 0) return;
  const amount = sum(shares.map((share) => share.amount));
  const refundId = newId<"refund">();
  await tx
    .insert(refunds)
    .values({ id: refundId, orderId: order.id, amount, currency: order.currency, reason: "duplicate" });
  await Promise.all([
    insertShares(tx, refundId, shares),
    holdRefunds(tx, order.id),
    ...shares.map(({ title }) => recordOrderEvent(tx, order.id, "duplicate_refunded", { title })),
    queueEmail(tx, {
      kind: "duplicate_refund",
      subjectId: refundId,
      userId: order.userId,
      toAddress: order.buyer.email,
      payload: {
        name: order.buyer.name,
        orderNumber: order.orderNumber,
        currency: order.currency,
        items: shares.map(({ title, amount }) => ({ title, refundAmount: amount })),
        refundAmount: amount,
      },
    }),
  ]);
}

type UnsentRefund = {
  readonly id: RefundId;
  readonly orderId: OrderId;
  readonly amount: Minor;
  readonly reason: string;
  /** Its buyer was told that it comes: they asked and it was approved, or they paid twice. */
  readonly isAwaited: boolean;
  readonly paymentIntentId: string | null;
};

/** Sent: Stripe knows it now. Waiting: nothing is known of it, the worker goes on trying. Refused: it will never be. */
export type Sent = "sent" | "waiting" | "refused";

const KEYS_PER_REFUND = 3;

/** A refund that failed waits as long again as it has waited already, up to an hour. By the database's clock. */
const isDue = or(
  isNull(refunds.lastError),
  sql`now() - ${refunds.updatedAt} >= least(${refunds.updatedAt} - ${refunds.createdAt}, interval '1 hour')`,
);

const isUnsent = and(
  eq(refunds.status, "pending"),
  isNull(refunds.stripeRefundId),
  isNotNull(orders.stripePaymentIntentId),
);

const unsentRefunds = () =>
  db()
    .select({
      id: refunds.id,
      orderId: refunds.orderId,
      amount: refunds.amount,
      reason: refunds.reason,
      isAwaited: sql<boolean>`${isAutomatic} or exists (select 1 from ${refundRequests} where ${refundRequests.refundId} = ${refunds.id})`,
      paymentIntentId: orders.stripePaymentIntentId,
    })
    .from(refunds)
    .innerJoin(orders, eq(orders.id, refunds.orderId));

/** Carries refunds to Stripe that it has not seen yet; answers how many it took. */
export async function sendPendingRefunds(): Promise<number> {
  const unsent = await unsentRefunds().where(and(isUnsent, isDue)).orderBy(asc(refunds.createdAt)).limit(50);
  let sent = 0;
  for (const refund of unsent) {
    const outcome = await trySending(refund);
    if (outcome.sent === "sent") sent += 1;
    if (outcome.error instanceof StripeUnavailable) return sent;
  }
  return sent;
}

/** Carries one refund to Stripe at once. Nothing happens when it has been sent already. */
export async function sendRefund(refundId: RefundId): Promise<Sent> {
  const [refund] = await unsentRefunds().where(and(eq(refunds.id, refundId), isUnsent));
  return refund ? (await trySending(refund)).sent : "sent";
}

async function trySending(refund: UnsentRefund): Promise<{ readonly sent: Sent; readonly error?: unknown }> {
  try {
    const made = await makeOnce(refund);
    await withTransaction((tx) => applyRefunds(tx, refund.orderId, [{ ...made, refundId: refund.id }]));
    return { sent: "sent" };
  } catch (error) {
    log.error({ refundId: refund.id, orderId: refund.orderId, err: error }, "a refund could not be made");
    if (error instanceof StripeRefused) {
      await giveUp(refund, error);
      return { sent: "refused", error };
    }
    await db()
      .update(refunds)
      .set({ lastError: describeError(error), updatedAt: sql`now()` })
      .where(eq(refunds.id, refund.id));
    return { sent: "waiting", error };
  }
}

/**
 * Looked up before it is made: Stripe forgets keys after a day, and the answer to an earlier try may have been lost. The
 * row's id is the key, so that the same refund twice is one refund. An error stored under the key would come back for a
 * day: when Stripe then knows no such refund, the next key is tried, the same for every worker.
 */
async function makeOnce(refund: UnsentRefund): Promise<RefundFact> {
  const paymentIntentId = refund.paymentIntentId ?? "";
  const reason = refundReason.catch("requested_by_customer").parse(refund.reason);
  for (let attempt = 1; ; attempt += 1) {
    const known = await listRefunds(paymentIntentId);
    const made = known.find((fact) => fact.refundId === refund.id);
    if (made) return made;
    try {
      return await createRefund({ id: refund.id, amount: refund.amount, paymentIntentId, reason, attempt });
    } catch (error) {
      if (attempt === KEYS_PER_REFUND || !isStoredFailure(error)) throw error;
    }
  }
}

/** Stripe's no is final: what was held is free again, a person is told, and what Stripe knows becomes ours. */
async function giveUp(refund: UnsentRefund, refusal: StripeRefused): Promise<void> {
  await withTransaction(async (tx) => {
    const order = await lockOrder(tx, refund.orderId);
    const [failed] = await tx
      .update(refunds)
      .set({ status: "failed", lastError: `${refusal.code}: ${refusal.message}`.slice(0, 500) })
      .where(and(eq(refunds.id, refund.id), eq(refunds.status, "pending"), isNull(refunds.stripeRefundId)))
      .returning({ currency: refunds.currency });
    if (!failed || !order) return;
    await holdRefunds(tx, refund.orderId);
    await convergeOrder(tx, order);
    await recordOrderEvent(tx, refund.orderId, "refund_refused", {
      amount: refund.amount,
      reason: refusal.code,
    });
    await tellRefusal(tx, order, refund, refusal);
    await raiseAlert(tx, {
      kind: "refund_refused",
      subject: refund.id,
      orderId: refund.orderId,
      problem: `Stripe refused a refund of ${formatMoney(refund.amount, failed.currency)} for order ${order.orderNumber}: ${refusal.message}`,
    });
  });
  const paymentIntentId = refund.paymentIntentId ?? "";
  const [refundFacts, disputeFacts] = await Promise.all([
    listRefunds(paymentIntentId),
    listDisputes(paymentIntentId),
  ]);
  await withTransaction(async (tx) => {
    await applyRefunds(tx, refund.orderId, refundFacts);
    await applyDisputes(tx, refund.orderId, disputeFacts);
  });
}

/** What went back already has a mail of its own, as Stripe tells of that refund. */
async function tellRefusal(
  tx: Transaction,
  { buyer, ...order }: LockedOrder,
  { id, amount, isAwaited }: UnsentRefund,
  refusal: StripeRefused,
): Promise<void> {
  if (!isAwaited || refusal.code === "charge_already_refunded") return;
  const { userId, orderNumber, currency } = order;
  const payload = { name: buyer.name, orderNumber, currency, refundAmount: amount };
  await queueEmail(tx, { kind: "refund_refused", subjectId: id, userId, toAddress: buyer.email, payload });
}
