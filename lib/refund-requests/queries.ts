import "server-only";
import { and, asc, desc, eq, gt, lt, type SQL, sql } from "drizzle-orm";
import { askedBy } from "@/db/asked-by";
import { db, type Executor } from "@/db/client";
import { users } from "@/db/schema/identity";
import { orderItems, orders, refunds } from "@/db/schema/orders";
import { refundRequestItems, refundRequests } from "@/db/schema/refund-requests";
import type { OrderId, OrderItemId, RefundRequestId, UserId } from "@/lib/ids";
import type { RefundStatus } from "@/lib/refunds/match-refunds";
import { findRefundable } from "@/lib/refunds/queries";
import type { RefundableOrder } from "@/lib/refunds/refund-policy";
import type { RefundScope } from "@/lib/refunds/schema";
import type { RequestableOrder } from "./judge-request";
import type { RequestCategory, RequestState } from "./schema";

/** All that the rule of requests looks at. Lock the order first to decide by it. */
export async function findRequestable(
  executor: Executor,
  orderId: OrderId,
): Promise<RequestableOrder | null> {
  const [order, [facts]] = await Promise.all([
    findRefundable(executor, orderId),
    executor
      .select({
        daysSincePaid: sql<number | null>`(extract(epoch from now() - ${orders.paidAt}) / 86400)::float8`,
        hasOpenRequest: sql<boolean>`exists (select 1 from ${refundRequests} where ${refundRequests.orderId} = ${orderId} and ${refundRequests.state} = 'open')`,
        requests: sql<number>`(select count(*)::int from ${refundRequests} where ${refundRequests.orderId} = ${orderId})`,
      })
      .from(orders)
      .where(eq(orders.id, orderId)),
  ]);
  return order && facts ? { order, ...facts } : null;
}

/** What the form of the learner's own order needs; anybody else's is not found. */
export async function findOwnRequestable(
  userId: UserId,
  orderNumber: string,
): Promise<(RequestableOrder & { readonly paymentMethod: string | null }) | null> {
  const [own] = await db()
    .select({ id: orders.id, paymentMethod: orders.paymentMethod })
    .from(orders)
    .where(and(eq(orders.userId, userId), eq(orders.orderNumber, orderNumber)));
  const requestable = own ? await findRequestable(db(), own.id) : null;
  return own && requestable ? { ...requestable, paymentMethod: own.paymentMethod } : null;
}

/** Titles of the courses that a request is about; null where it is about the whole order. */
const askedTitles = () =>
  sql<string[] | null>`${db()
    .select({ titles: sql`array_agg(${orderItems.title} order by ${orderItems.position})` })
    .from(refundRequestItems)
    .innerJoin(orderItems, eq(orderItems.id, refundRequestItems.orderItemId))
    .where(eq(refundRequestItems.requestId, refundRequests.id))}`;

const requestColumns = () => ({
  id: refundRequests.id,
  state: sql<RequestState>`${refundRequests.state}`,
  category: sql<RequestCategory>`${refundRequests.category}`,
  titles: askedTitles(),
  createdAt: refundRequests.createdAt,
  decidedAt: refundRequests.decidedAt,
});

export type OwnRequest = {
  readonly id: RefundRequestId;
  readonly state: RequestState;
  readonly category: RequestCategory;
  readonly titles: readonly string[] | null;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
  readonly body: string;
  readonly answer: string | null;
  /** Of the money that goes back, once it was approved. */
  readonly refund: {
    readonly amount: number;
    readonly currency: string;
    readonly status: RefundStatus;
  } | null;
};

/** The learner's latest request for an order of theirs; null when there is none. */
export async function findOwnRequest(userId: UserId, orderNumber: string): Promise<OwnRequest | null> {
  const [request] = await db()
    .select({
      ...requestColumns(),
      body: refundRequests.body,
      answer: refundRequests.answer,
      refund: { amount: refunds.amount, currency: refunds.currency, status: refunds.status },
    })
    .from(refundRequests)
    .innerJoin(orders, eq(orders.id, refundRequests.orderId))
    .leftJoin(refunds, eq(refunds.id, refundRequests.refundId))
    .where(and(eq(orders.userId, userId), eq(orders.orderNumber, orderNumber)))
    .orderBy(desc(refundRequests.id))
    .limit(1);
  return request ?? null;
}

export type QueuedRequest = Omit<OwnRequest, "body" | "answer" | "refund"> & {
  readonly orderNumber: string;
  readonly currency: string;
  readonly totalAmount: number;
  readonly learner: { readonly name: string; readonly email: string };
};

export type RequestCursor = {
  readonly before?: RefundRequestId | undefined;
  readonly after?: RefundRequestId | undefined;
};

export type RequestPage = {
  readonly requests: readonly QueuedRequest[];
  readonly newer: RefundRequestId | null;
  readonly older: RefundRequestId | null;
};

export const REQUESTS_PER_PAGE = 25;

/** A page of everybody's requests in one state, or in any, newest first; empty for who may not see them. */
export async function listRefundRequests(
  staffId: UserId,
  state: RequestState | null,
  { before, after }: RequestCursor = {},
  limit = REQUESTS_PER_PAGE,
): Promise<RequestPage> {
  const upwards = after !== undefined;
  const rows = await db()
    .select({
      ...requestColumns(),
      orderNumber: orders.orderNumber,
      currency: orders.currency,
      totalAmount: orders.totalAmount,
      learner: { name: users.name, email: users.email },
    })
    .from(refundRequests)
    .innerJoin(orders, eq(orders.id, refundRequests.orderId))
    .innerJoin(users, eq(users.id, refundRequests.userId))
    .where(
      and(
        askedBy(staffId, "refund_requests.see"),
        state ? eq(refundRequests.state, state) : undefined,
        before === undefined || upwards ? undefined : lt(refundRequests.id, before),
        upwards ? gt(refundRequests.id, after) : undefined,
      ),
    )
    .orderBy(upwards ? asc(refundRequests.id) : desc(refundRequests.id))
    .limit(limit + 1);
  const goesOn = rows.length > limit;
  const kept = rows.slice(0, limit);
  const requests = upwards ? kept.toReversed() : kept;
  const first = requests[0]?.id ?? null;
  const last = requests.at(-1)?.id ?? null;
  return {
    requests,
    newer: upwards ? (goesOn ? first : null) : before === undefined ? null : first,
    older: upwards || goesOn ? last : null,
  };
}

/** How many requests wait for staff; 0 for who may not see them. */
export async function countOpenRequests(staffId: UserId): Promise<number> {
  const [row] = await db()
    .select({ count: sql<number>`count(*)::int` })
    .from(refundRequests)
    .where(and(eq(refundRequests.state, "open"), askedBy(staffId, "refund_requests.see")));
  return row?.count ?? 0;
}

export type RequestToDecide = QueuedRequest & {
  readonly orderId: OrderId;
  readonly body: string;
  readonly answer: string | null;
  readonly refund: OwnRequest["refund"];
  readonly decidedBy: string | null;
  readonly paymentMethod: string | null;
  readonly billingEmail: string | null;
  readonly paidAt: Date | null;
  readonly scope: RefundScope;
  readonly refundable: RefundableOrder;
};

/** One request with all that its decision needs, for staff. */
export async function findRequestToDecide(
  staffId: UserId,
  requestId: RefundRequestId,
): Promise<RequestToDecide | null> {
  const decider = db()
    .select({ name: users.name })
    .from(users)
    .where(eq(users.id, refundRequests.decidedByUserId));
  const [request] = await db()
    .select({
      ...requestColumns(),
      orderNumber: orders.orderNumber,
      currency: orders.currency,
      totalAmount: orders.totalAmount,
      learner: { name: users.name, email: users.email },
      orderId: refundRequests.orderId,
      body: refundRequests.body,
      answer: refundRequests.answer,
      refund: { amount: refunds.amount, currency: refunds.currency, status: refunds.status },
      decidedBy: deciderName(decider.getSQL()),
      paymentMethod: orders.paymentMethod,
      billingEmail: orders.billingEmail,
      paidAt: orders.paidAt,
    })
    .from(refundRequests)
    .innerJoin(orders, eq(orders.id, refundRequests.orderId))
    .innerJoin(users, eq(users.id, refundRequests.userId))
    .leftJoin(refunds, eq(refunds.id, refundRequests.refundId))
    .where(and(eq(refundRequests.id, requestId), askedBy(staffId, "refund_requests.see")));
  if (!request) return null;
  const [refundable, scope] = await Promise.all([
    findRefundable(db(), request.orderId),
    findAskedScope(db(), requestId),
  ]);
  return refundable ? { ...request, refundable, scope } : null;
}

const deciderName = (query: SQL) => sql<string | null>`(${query})`;

/** What a request is about, as a refund's scope. */
export async function findAskedScope(executor: Executor, requestId: RefundRequestId): Promise<RefundScope> {
  const items = await executor
    .select({ id: refundRequestItems.orderItemId })
    .from(refundRequestItems)
    .where(eq(refundRequestItems.requestId, requestId));
  const itemIds: OrderItemId[] = items.map((item) => item.id);
  return itemIds.length === 0 ? { kind: "whole" } : { kind: "items", itemIds };
}
