import "server-only";
import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { orderItems, orders, refundItems, refunds } from "@/db/schema/orders";
import { raiseAlert, settleAlert } from "@/lib/alerts/mutations";
import { freeLearnerSlot, takeBackLearnerSlot } from "@/lib/coupons/mutations";
import { issueCreditNote, replaceInvoice } from "@/lib/documents/mutations";
import { convergeSeats } from "@/lib/enrollments/mutations";
import { goneSeat, listHeirs } from "@/lib/enrollments/queries";
import { tellReceivers } from "@/lib/gifts/mutations";
import { newId, type OrderId, type RefundId } from "@/lib/ids";
import { formatMoney, type Minor, minor, sum } from "@/lib/money";
import { queueEmail } from "@/lib/notifications/mutations";
import {
  type LockedOrder,
  lockOrder,
  moveOrder,
  recordOrderEvent,
  restoreOrder,
} from "@/lib/orders/mutations";
import { isPaid, statusAfterRefunds } from "@/lib/orders/order-status";
import { isHeld, type MatchedRefund, matchRefunds, type RefundFact } from "@/lib/refunds/match-refunds";
import { isReturned, type RefundShare, spreadRefund } from "@/lib/refunds/refund-policy";
import {
  findDisputeEffect,
  type ItemAmounts,
  isAutomatic,
  listRefundableItems,
  wasAnnounced,
} from "./queries";

/** A refund with its row. */
type KeptRefund = MatchedRefund & { readonly id: RefundId };

/**
 * Brings a paid order in line with what Stripe says was refunded, from whichever side and in whatever order it is heard:
 * refund rows and their shares, the order's state, seats, the learner's coupon slot, mails and alerts. Also the way back,
 * when a refund failed after all. Facts may be some or all of the payment's refunds.
 */
export async function applyRefunds(
  tx: Transaction,
  orderId: OrderId,
  facts: readonly RefundFact[],
): Promise<void> {
  const order = await lockOrder(tx, orderId);
  if (!order || !isPaid(order.status)) return;
  const known = await tx
    .select({
      id: refunds.id,
      status: refunds.status,
      amount: refunds.amount,
      reason: refunds.reason,
      stripeRefundId: refunds.stripeRefundId,
    })
    .from(refunds)
    .where(eq(refunds.orderId, orderId))
    .orderBy(asc(refunds.createdAt), asc(refunds.id));
  const kept: KeptRefund[] = [];
  for (const refund of matchRefunds(known, facts, order.totalAmount))
    kept.push(await keepRefund(tx, order, refund));
  await addMissingShares(tx, orderId, kept);
  for (const refund of kept.filter(wasOvertaken)) await makeUpFor(tx, order, refund);
  await holdRefunds(tx, orderId);
  await convergeOrder(tx, order);
  await tellChanges(tx, order, kept);
}

async function keepRefund(tx: Transaction, order: LockedOrder, refund: MatchedRefund): Promise<KeptRefund> {
  const { status, stripeRefundId } = refund;
  if (refund.id !== null) {
    await tx
      .update(refunds)
      .set({ status, stripeRefundId, ...(stripeRefundId === null ? {} : { lastError: null }) })
      .where(eq(refunds.id, refund.id));
    return { ...refund, id: refund.id };
  }
  const id = newId<"refund">();
  await tx.insert(refunds).values({
    id,
    orderId: order.id,
    status,
    amount: minor(refund.amount),
    currency: order.currency,
    reason: refund.reason,
    stripeRefundId,
  });
  return { ...refund, id };
}

/** A refund made at Stripe names no course: it is spread by the same rule as an amount asked for here. */
async function addMissingShares(
  tx: Transaction,
  orderId: OrderId,
  kept: readonly KeptRefund[],
): Promise<void> {
  const shared = await tx
    .selectDistinct({ id: refundItems.refundId })
    .from(refundItems)
    .innerJoin(refunds, eq(refunds.id, refundItems.refundId))
    .where(eq(refunds.orderId, orderId));
  const has = new Set(shared.map((row) => row.id));
  for (const refund of kept) {
    if (has.has(refund.id) || !isHeld(refund)) continue;
    const shares = spreadRefund(await listRefundableItems(tx, orderId), minor(refund.amount));
    await insertShares(tx, refund.id, shares);
  }
}

/** Canceled here, before Stripe heard of it: a refund from the Dashboard left no room for it. */
const wasOvertaken = ({ before, status, stripeRefundId }: KeptRefund) =>
  before === "pending" && status === "canceled" && stripeRefundId === null;

/**
 * What the shop owes for a course paid twice still goes back, as far as it is not back by now: the worker carries it. What
 * a person decided to give, a person looks at again, while there is something left to give.
 */
async function makeUpFor(tx: Transaction, order: LockedOrder, refund: KeptRefund): Promise<void> {
  const items = await listRefundableItems(tx, order.id);
  const [automatic] = await tx
    .select({ id: refunds.id })
    .from(refunds)
    .where(and(eq(refunds.id, refund.id), isAutomatic));
  if (automatic) return giveRest(tx, order, refund, items);
  if (items.every((item) => item.heldAmount >= item.paidAmount)) return;
  await raiseAlert(tx, {
    kind: "refund_refused",
    subject: refund.id,
    orderId: order.id,
    problem: `A refund of ${formatMoney(refund.amount, order.currency)} for order ${order.orderNumber} was not made: money went back in Stripe's Dashboard first, and it no longer fits. Look whether the buyer should get more back.`,
  });
}

/** Writes a refund of what is left of the items that `refund` was for; there may be nothing left. */
async function giveRest(
  tx: Transaction,
  order: LockedOrder,
  refund: KeptRefund,
  items: readonly ItemAmounts[],
): Promise<void> {
  const overtaken = await tx
    .select({ itemId: refundItems.orderItemId, amount: refundItems.amount })
    .from(refundItems)
    .where(eq(refundItems.refundId, refund.id));
  const shares = items.flatMap(({ id, title, paidAmount, heldAmount }) => {
    const planned = overtaken.find((share) => share.itemId === id)?.amount ?? 0;
    const amount = minor(Math.min(planned, paidAmount - heldAmount));
    return amount > 0 ? [{ itemId: id, title, amount }] : [];
  });
  if (shares.length === 0) return;
  const rest = {
    id: newId<"refund">(),
    orderId: order.id,
    amount: sum(shares.map((share) => share.amount)),
    currency: order.currency,
    reason: refund.reason,
  };
  await tx.insert(refunds).values(rest);
  await insertShares(tx, rest.id, shares);
  await recordOrderEvent(tx, order.id, "refund_requested", { amount: rest.amount });
}

/** Writes which part of a refund belongs to which item. */
export async function insertShares(
  tx: Transaction,
  refundId: RefundId,
  shares: readonly RefundShare[],
): Promise<void> {
  await tx
    .insert(refundItems)
    .values(shares.map((share) => ({ refundId, orderItemId: share.itemId, amount: share.amount })));
}

/** Counts the order's pending and succeeded refunds into its row, whose constraint caps them at what was paid. */
export async function holdRefunds(tx: Transaction, orderId: OrderId): Promise<void> {
  await tx
    .update(orders)
    .set({
      heldRefundAmount: sql`(select coalesce(sum(${refunds.amount}), 0)::int from ${refunds} where ${refunds.orderId} = ${orderId} and ${inArray(refunds.status, ["pending", "succeeded"])})`,
    })
    .where(eq(orders.id, orderId));
}

/** Item sums, the order's state, the coupon slot and the seats, from the refunds and disputes that are written down. */
export async function convergeOrder(tx: Transaction, order: LockedOrder): Promise<void> {
  const items = await listRefundableItems(tx, order.id);
  const returnedAmount = items.reduce((sum, item) => sum + item.returnedAmount, 0);
  for (const item of items) {
    await tx
      .update(orderItems)
      .set({ refundedAmount: item.returnedAmount })
      .where(eq(orderItems.id, item.id));
  }
  const status = statusAfterRefunds(order.totalAmount, returnedAmount);
  const isWhole = status === "refunded";
  if (status !== order.status) {
    const columns = { refundedAt: isWhole ? sql`now()` : null };
    const moved =
      (await moveOrder(tx, order.id, status, columns)) || (await restoreOrder(tx, order.id, status, columns));
    if (!moved) throw new Error(`order ${order.id} cannot become ${status} from ${order.status}`);
    if (isWhole) await freeLearnerSlot(tx, order.id);
    else if (order.status === "refunded") await takeBackLearnerSlot(tx, order.id);
  }
  const ended = await convergeSeatsOf(tx, order.id, items, isWhole);
  if (ended.length > 0) await seatHeirs(tx, inArray(goneSeat.orderItemId, [...ended]), order.id);
}

/** Answers the items whose seats have ended. */
async function convergeSeatsOf(
  tx: Transaction,
  orderId: OrderId,
  items: readonly ItemAmounts[],
  isWhole: boolean,
): Promise<readonly ItemAmounts["id"][]> {
  const returned = items.filter((item) => isWhole || isReturned(item.paidAmount, item.returnedAmount));
  const kept = items.filter((item) => !returned.includes(item));
  const seats = { returned: idsOf(returned), kept: idsOf(kept) };
  const dispute = await findDisputeEffect(tx, orderId);
  await convergeSeats(tx, seats, dispute);
  return dispute === "ends" ? idsOf(items) : seats.returned;
}

/**
 * The reader of a seat that is `gone` has the course by another order too, whose money stays: now it is the one that counts.
 * `except` is the order whose seats are settled already.
 */
export async function seatHeirs(tx: Transaction, gone: SQL, except: OrderId | null = null): Promise<void> {
  for (const orderId of await listHeirs(tx, gone)) {
    const order = orderId === except ? null : await lockOrder(tx, orderId);
    if (!order || !isPaid(order.status)) continue;
    await convergeSeatsOf(tx, orderId, await listRefundableItems(tx, orderId), order.status === "refunded");
  }
}

async function tellChanges(tx: Transaction, order: LockedOrder, kept: readonly KeptRefund[]): Promise<void> {
  for (const refund of kept) {
    if (refund.before === refund.status) continue;
    if (refund.status === "succeeded") await afterSuccess(tx, order, refund);
    if (refund.status === "failed") await afterFailure(tx, order, refund);
    if (refund.status === "failed" && refund.before === "succeeded") await replaceInvoice(tx, order.id);
    if (refund.status === "canceled")
      await recordOrderEvent(tx, order.id, "refund_canceled", { amount: refund.amount });
    if (refund.status === "pending")
      await recordOrderEvent(tx, order.id, "refund_pending", { amount: refund.amount });
  }
}

/** The one place where a refund becomes money given back: what must happen with it happens here, in its transaction. */
async function afterSuccess(tx: Transaction, order: LockedOrder, refund: KeptRefund): Promise<void> {
  await recordOrderEvent(tx, order.id, "refunded", { amount: refund.amount });
  await settleAlert(tx, "refund_failed", refund.id);
  await settleAlert(tx, "refund_refused", refund.id);
  const shares = await tx
    .select({ title: orderItems.title, refundAmount: refundItems.amount, itemId: orderItems.id })
    .from(refundItems)
    .innerJoin(orderItems, eq(orderItems.id, refundItems.orderItemId))
    .where(eq(refundItems.refundId, refund.id))
    .orderBy(asc(orderItems.position));
  if (!(await wasAnnounced(tx, refund.id))) await tellRefund(tx, order, refund, shares);
  await issueCreditNote(tx, order.id, {
    id: refund.id,
    amount: refund.amount,
    shares: shares.map(({ itemId, refundAmount }) => ({ orderItemId: itemId, amount: refundAmount })),
  });
}

type PaidShare = {
  readonly title: string;
  readonly refundAmount: Minor;
  readonly itemId: ItemAmounts["id"];
};

async function tellRefund(
  tx: Transaction,
  order: LockedOrder,
  refund: KeptRefund,
  shares: readonly PaidShare[],
): Promise<void> {
  const ended = await endedItems(
    tx,
    order.id,
    shares.map((share) => share.itemId),
  );
  const titlesOf = (items: readonly ItemAmounts[]) => items.map((item) => item.title);
  await queueEmail(tx, {
    kind: "refund_sent",
    subjectId: refund.id,
    userId: order.userId,
    toAddress: order.buyer.email,
    payload: {
      name: order.buyer.name,
      orderNumber: order.orderNumber,
      currency: order.currency,
      items: shares.map(({ title, refundAmount }) => ({ title, refundAmount })),
      refundAmount: refund.amount,
      endedTitles: titlesOf(ended.filter((item) => item.gift === null)),
      endedGiftTitles: titlesOf(ended.filter((item) => item.gift !== null)),
    },
  });
  await tellReceivers(tx, refund.id, idsOf(ended.filter((item) => item.gift === "claimed")));
}

const idsOf = (items: readonly ItemAmounts[]) => items.map((item) => item.id);

/** Of the items that a refund touched: those whose money is all back. */
async function endedItems(
  tx: Transaction,
  orderId: OrderId,
  touched: readonly ItemAmounts["id"][],
): Promise<ItemAmounts[]> {
  const items = await listRefundableItems(tx, orderId);
  return items.filter(
    (item) => touched.includes(item.id) && isReturned(item.paidAmount, item.returnedAmount),
  );
}

async function afterFailure(tx: Transaction, order: LockedOrder, refund: KeptRefund): Promise<void> {
  const amount = formatMoney(refund.amount, order.currency);
  await recordOrderEvent(tx, order.id, "refund_failed", { amount: refund.amount });
  await queueEmail(tx, {
    kind: "refund_failed",
    subjectId: refund.id,
    userId: order.userId,
    toAddress: order.buyer.email,
    payload: {
      name: order.buyer.name,
      orderNumber: order.orderNumber,
      currency: order.currency,
      refundAmount: refund.amount,
    },
  });
  await raiseAlert(tx, {
    kind: "refund_failed",
    subject: refund.id,
    orderId: order.id,
    problem: `A refund of ${amount} for order ${order.orderNumber} did not reach the buyer. The order is as it was before; ask the buyer for another way to pay back.`,
  });
}
