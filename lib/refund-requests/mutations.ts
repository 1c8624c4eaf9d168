import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/client";
import { orders } from "@/db/schema/orders";
import { refundRequestItems, refundRequests } from "@/db/schema/refund-requests";
import { recordAudit } from "@/lib/audit/mutations";
import { newId, type OrderId, type RefundId, type RefundRequestId, type UserId } from "@/lib/ids";
import { queueEmail, queueStaffEmail } from "@/lib/notifications/mutations";
import { type LockedOrder, lockOrder, recordOrderEvent } from "@/lib/orders/mutations";
import { carryRefund, type RefundOutcome, writeRefund } from "@/lib/refunds/mutations";
import type { RefundPlan } from "@/lib/refunds/refund-policy";
import { err, ok, type Result } from "@/lib/result";
import { judgeRequest } from "./judge-request";
import { findAskedScope, findRequestable } from "./queries";
import {
  type AskForRefund,
  type DecisionRejection,
  REQUEST_CATEGORIES,
  type RequestRejection,
  type WithdrawRejection,
} from "./schema";

/** Opens a request for an own order. Under the order's lock, and by a unique index, there is one at a time. */
export async function askForRefund(
  userId: UserId,
  { order: orderNumber, itemIds, category, body }: AskForRefund,
): Promise<Result<RefundRequestId, RequestRejection>> {
  return withTransaction(async (tx) => {
    const [own] = await tx
      .select({ id: orders.id })
      .from(orders)
      .where(and(eq(orders.userId, userId), eq(orders.orderNumber, orderNumber)));
    const order = own ? await lockOrder(tx, own.id) : null;
    const requestable = order ? await findRequestable(tx, order.id) : null;
    if (!order || !requestable) return err("unknown_order");
    const judged = judgeRequest(requestable, itemIds, category);
    if (!judged.ok) return judged;
    const { scope, plan } = judged.value;
    const id = newId<"refund-request">();
    await tx.insert(refundRequests).values({ id, userId, orderId: order.id, category, body });
    if (scope.kind === "items") {
      const rows = scope.itemIds.map((orderItemId) => ({ requestId: id, orderItemId }));
      await tx.insert(refundRequestItems).values(rows);
    }
    await recordOrderEvent(tx, order.id, "refund_wished", { amount: plan.amount });
    await tellRequest(tx, order, { id, plan, words: REQUEST_CATEGORIES[category], body });
    return ok(id);
  });
}

type Told = {
  readonly id: RefundRequestId;
  readonly plan: RefundPlan;
  readonly words: string;
  readonly body: string;
};

/** The learner has it in writing, and staff hear of it. */
async function tellRequest(tx: Transaction, order: LockedOrder, { id, plan, words, body }: Told) {
  const facts = {
    orderNumber: order.orderNumber,
    currency: order.currency,
    titles: plan.shares.map((share) => share.title),
    refundAmount: plan.amount,
    reason: words,
    body,
  };
  await queueEmail(tx, {
    kind: "refund_requested",
    subjectId: id,
    userId: order.userId,
    toAddress: order.buyer.email,
    payload: { ...facts, name: order.buyer.name },
  });
  await queueStaffEmail(tx, "refund_requests.see", {
    kind: "refund_request_opened",
    subjectId: id,
    payload: { ...facts, requestId: id, learner: order.buyer.name, learnerEmail: order.buyer.email },
  });
}

/** Takes an own request back. One that was decided meanwhile stays as it was decided. */
export async function withdrawRequest(
  userId: UserId,
  requestId: RefundRequestId,
): Promise<Result<undefined, WithdrawRejection>> {
  return withTransaction(async (tx) => {
    const request = await lockRequest(tx, requestId);
    if (!request || request.userId !== userId) return err("unknown_request");
    if (request.state === "withdrawn") return ok();
    if (request.state !== "open") return err("decided_already");
    await tx
      .update(refundRequests)
      .set({ state: "withdrawn", decidedAt: sql`now()` })
      .where(eq(refundRequests.id, requestId));
    await recordOrderEvent(tx, request.orderId, "refund_wish_withdrawn");
    return ok();
  });
}

/** The request and its order, locked in the order in which everything locks: the order first. */
async function lockRequest(tx: Transaction, requestId: RefundRequestId) {
  const [found] = await tx
    .select({ orderId: refundRequests.orderId })
    .from(refundRequests)
    .where(eq(refundRequests.id, requestId));
  const order = found ? await lockOrder(tx, found.orderId) : null;
  if (!order) return null;
  const [request] = await tx.select().from(refundRequests).where(eq(refundRequests.id, requestId));
  return request ? { ...request, order } : null;
}

export type ApproveRequest = {
  readonly request: RefundRequestId;
  /** The amount that the page showed, in minor units; anything else by now is refused. */
  readonly amount: number;
};

/**
 * Approves a request: the decision, its audit line and the refund that it causes are one transaction, so that none is there
 * without the others. Then the refund is carried to Stripe, now or by the worker. Pressed again it is the same refund.
 */
export async function approveRequest(
  actorId: UserId,
  { request: requestId, amount }: ApproveRequest,
): Promise<Result<RefundOutcome, DecisionRejection>> {
  const approved = await withTransaction(async (tx): Promise<Result<Approved, DecisionRejection>> => {
    const request = await lockRequest(tx, requestId);
    if (!request) return err("unknown_request");
    const { orderId, refundId: before } = request;
    if (before) return ok({ orderId, refundId: before });
    if (request.state !== "open") return err("decided_already");
    const refundId = newId<"refund">();
    const written = await writeRefund(tx, {
      refundId,
      orderId,
      scope: await findAskedScope(tx, requestId),
      reason: "requested_by_customer",
      requestedBy: actorId,
      shownAmount: amount,
    });
    if (!written.ok) return err(written.error.code);
    await tx
      .update(refundRequests)
      .set({ state: "approved", refundId, decidedByUserId: actorId, decidedAt: sql`now()` })
      .where(eq(refundRequests.id, requestId));
    await recordOrderEvent(tx, orderId, "refund_wish_approved");
    await recordAudit(tx, {
      actorId,
      action: "refund_request.approved",
      subject: { type: "order", id: orderId, label: request.order.orderNumber },
      detail: { after: { request: requestId, ...written.value?.told }, reason: request.category },
    });
    return ok({ orderId, refundId });
  });
  if (!approved.ok) return approved;
  const carried = await carryRefund(approved.value.refundId, approved.value.orderId);
  return carried.ok ? carried : err(carried.error.code);
}

type Approved = { readonly orderId: OrderId; readonly refundId: RefundId };

/** Declines a request; the learner reads the answer on the order's page and in a mail. */
export async function declineRequest(
  actorId: UserId,
  { request: requestId, answer }: { readonly request: RefundRequestId; readonly answer: string },
): Promise<Result<undefined, WithdrawRejection>> {
  return withTransaction(async (tx) => {
    const request = await lockRequest(tx, requestId);
    if (!request) return err("unknown_request");
    if (request.state === "declined" && request.answer === answer) return ok();
    if (request.state !== "open") return err("decided_already");
    const { order } = request;
    await tx
      .update(refundRequests)
      .set({ state: "declined", answer, decidedByUserId: actorId, decidedAt: sql`now()` })
      .where(eq(refundRequests.id, requestId));
    await recordOrderEvent(tx, order.id, "refund_wish_declined");
    await queueEmail(tx, {
      kind: "refund_declined",
      subjectId: requestId,
      userId: order.userId,
      toAddress: order.buyer.email,
      payload: { name: order.buyer.name, orderNumber: order.orderNumber, answer },
    });
    await recordAudit(tx, {
      actorId,
      action: "refund_request.declined",
      subject: { type: "order", id: order.id, label: order.orderNumber },
      detail: { after: { request: requestId }, reason: request.category },
    });
    return ok();
  });
}
