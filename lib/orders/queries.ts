import "server-only";
import {
  and,
  asc,
  desc,
  eq,
  exists,
  gt,
  gte,
  ilike,
  inArray,
  isNotNull,
  isNull,
  lt,
  ne,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { askedBy } from "@/db/asked-by";
import { db } from "@/db/client";
import { courses } from "@/db/schema/catalog";
import { gifts } from "@/db/schema/gifts";
import { enrollments } from "@/db/schema/learning";
import { orderEvents, orderItems, orders, refunds } from "@/db/schema/orders";
import { paymentAlerts, stripeEvents } from "@/db/schema/payments";
import type { CourseLevel, CourseType } from "@/lib/catalog/course-kinds";
import { findBilledTo, listOrderDocuments, type OrderDocument } from "@/lib/documents/queries";
import type { BilledTo } from "@/lib/documents/schema";
import { givesAccess } from "@/lib/enrollments/queries";
import type { OrderId, UserId } from "@/lib/ids";
import type { Minor } from "@/lib/money";
import { MAIL_GIVEN_UP } from "@/lib/notifications/queries";
import type { EventDetail } from "./describe-event";
import { type OrderFilter, STATUS_FILTERS } from "./order-filter";
import { cutPage, type OrderCursor, type OrderPage } from "./order-page";
import type { OrderStatus } from "./order-status";

/** Nobody pays it any more, by the database's clock: a minute after its time. */
export const isPastItsTime = sql<boolean>`${orders.status} = 'pending' and ${orders.expiresAt} < now() - interval '1 minute'`;

export type OrderRow = {
  readonly orderNumber: string;
  readonly status: OrderStatus;
  readonly currency: string;
  readonly totalAmount: Minor;
  readonly refundedAmount: number;
  readonly createdAt: Date;
  readonly receiptUrl: string | null;
  readonly titles: readonly string[];
};

export const ORDERS_PER_PAGE = 10;

/** What has gone back of an order, in minor units: refunds that Stripe confirmed. */
const refundedAmount = () =>
  sql<number>`${db()
    .select({ sum: sql`coalesce(sum(${refunds.amount}), 0)::int` })
    .from(refunds)
    .where(and(eq(refunds.orderId, orders.id), eq(refunds.status, "succeeded")))}`;

const titles = () =>
  sql<string[]>`${db()
    .select({ titles: sql`array_agg(${orderItems.title} order by ${orderItems.position})` })
    .from(orderItems)
    .where(eq(orderItems.orderId, orders.id))}`;

/** What each list of orders shows. */
export const orderRowColumns = () => ({
  orderNumber: orders.orderNumber,
  status: orders.status,
  currency: orders.currency,
  totalAmount: orders.totalAmount,
  refundedAmount: refundedAmount(),
  createdAt: orders.createdAt,
  receiptUrl: orders.receiptUrl,
  titles: titles(),
});

/** A page of the learner's own orders, newest first. A cursor that names no order of theirs begins at the newest. */
export async function listOrders(
  userId: UserId,
  cursor: OrderCursor = {},
  filter: OrderFilter = {},
  limit = ORDERS_PER_PAGE,
): Promise<OrderPage<OrderRow>> {
  const direction = cursor.after === undefined ? desc : asc;
  const rows = await db()
    .select(orderRowColumns())
    .from(orders)
    .where(
      and(eq(orders.userId, userId), ...matchesFilter(filter), beyond(cursor, eq(orders.userId, userId))),
    )
    .orderBy(direction(orders.createdAt), direction(orders.id))
    .limit(limit + 1);
  if (rows.length === 0 && isSet(cursor)) return listOrders(userId, {}, filter, limit);
  return cutPage(rows, limit, cursor);
}

function matchesFilter({ q, status, year }: OrderFilter): (SQL | undefined)[] {
  const like = q ? `%${q.replace(/[\\%_]/g, "\\$&")}%` : null;
  const titled = db()
    .select({ one: sql`1` })
    .from(orderItems)
    .where(and(eq(orderItems.orderId, orders.id), ilike(orderItems.title, like ?? "")));
  return [
    status ? inArray(orders.status, [...STATUS_FILTERS[status].states]) : undefined,
    year
      ? and(
          gte(orders.createdAt, new Date(Date.UTC(year, 0))),
          lt(orders.createdAt, new Date(Date.UTC(year + 1, 0))),
        )
      : undefined,
    like ? or(ilike(orders.orderNumber, like), exists(titled)) : undefined,
  ];
}

/** The years in which the learner has orders, the latest first. */
export async function listOrderYears(userId: UserId): Promise<number[]> {
  const rows = await db()
    .selectDistinct({ year: sql<number>`extract(year from ${orders.createdAt} at time zone 'UTC')::int` })
    .from(orders)
    .where(eq(orders.userId, userId));
  return rows.map((row) => row.year).toSorted((a, b) => b - a);
}

const isSet = (cursor: OrderCursor) => cursor.before !== undefined || cursor.after !== undefined;

/** The rows on the far side of the cursor's order, which must itself be in `scope`. Exact to the microsecond. */
function beyond(cursor: OrderCursor, scope: SQL | undefined): SQL | undefined {
  const orderNumber = cursor.after ?? cursor.before;
  if (orderNumber === undefined) return undefined;
  const place = db()
    .select({ createdAt: orders.createdAt, id: orders.id })
    .from(orders)
    .where(and(eq(orders.orderNumber, orderNumber), scope));
  const here = sql`(${orders.createdAt}, ${orders.id})`;
  return cursor.after === undefined ? sql`${here} < ${place}` : sql`${here} > ${place}`;
}

export type OrderItem = {
  readonly slug: string;
  readonly title: string;
  readonly courseType: CourseType;
  readonly level: CourseLevel;
  readonly priceAmount: Minor;
  readonly discountAmount: Minor;
  readonly refundedAmount: Minor;
  /** Given back whole. */
  readonly isRefunded: boolean;
  /** For somebody else: what became of it is told by lib/gifts. */
  readonly isGift: boolean;
  /** Whether the learner may read the course now, through this order or another. Not asked of a gift. */
  readonly hasAccess: boolean;
};

export type OrderDetails = OrderRow & {
  readonly subtotalAmount: Minor;
  readonly discountAmount: Minor;
  readonly taxAmount: Minor;
  readonly couponCode: string | null;
  readonly paymentMethod: string | null;
  readonly billing: BilledTo;
  readonly paidAt: Date | null;
  readonly items: readonly OrderItem[];
  /** Invoices and credit notes, in the order they were issued. */
  readonly documents: readonly OrderDocument[];
  /** Newest first. */
  readonly events: readonly { readonly type: string; readonly detail: EventDetail; readonly at: Date }[];
};

/** One of the learner's own orders; anybody else's is not found. */
export async function findOrder(userId: UserId, orderNumber: string): Promise<OrderDetails | null> {
  const [order] = await db()
    .select({
      id: orders.id,
      ...orderRowColumns(),
      subtotalAmount: orders.subtotalAmount,
      discountAmount: orders.discountAmount,
      taxAmount: orders.taxAmount,
      couponCode: orders.couponCode,
      paymentMethod: orders.paymentMethod,
      billing: { name: orders.billingName, email: orders.billingEmail, address: orders.billingAddress },
      paidAt: orders.paidAt,
    })
    .from(orders)
    .where(and(eq(orders.userId, userId), eq(orders.orderNumber, orderNumber)));
  if (!order) return null;
  const { id, ...details } = order;
  const [items, events, documents, billed] = await Promise.all([
    listItems(userId, id),
    listEvents(id),
    listOrderDocuments(id),
    findBilledTo(id),
  ]);
  const billing = billed ?? { ...order.billing, company: null, vatId: null, taxNote: null };
  return { ...details, billing, items, events, documents };
}

function listItems(userId: UserId, orderId: OrderId): Promise<OrderItem[]> {
  const seat = db()
    .select({ one: sql`1` })
    .from(enrollments)
    .where(and(eq(enrollments.userId, userId), eq(enrollments.courseId, orderItems.courseId), givesAccess));
  return db()
    .select({
      slug: orderItems.courseSlug,
      title: orderItems.title,
      courseType: courses.courseType,
      level: courses.level,
      priceAmount: orderItems.priceAmount,
      discountAmount: orderItems.discountAmount,
      refundedAmount: orderItems.refundedAmount,
      isRefunded: sql<boolean>`${orderItems.refundedAmount} > 0 and ${orderItems.refundedAmount} = ${orderItems.netAmount} + ${orderItems.taxAmount}`,
      isGift: sql<boolean>`${gifts.id} is not null`,
      hasAccess: sql<boolean>`${gifts.id} is null and ${exists(seat)}`,
    })
    .from(orderItems)
    .innerJoin(courses, eq(courses.id, orderItems.courseId))
    .leftJoin(gifts, eq(gifts.orderItemId, orderItems.id))
    .where(eq(orderItems.orderId, orderId))
    .orderBy(asc(orderItems.position));
}

function listEvents(orderId: OrderId): Promise<OrderDetails["events"][number][]> {
  return db()
    .select({ type: orderEvents.type, detail: orderEvents.detail, at: orderEvents.createdAt })
    .from(orderEvents)
    .where(eq(orderEvents.orderId, orderId))
    .orderBy(desc(orderEvents.createdAt), desc(orderEvents.id));
}

/**
 * How many orders failed in the last 7 days and are still unpaid: a delayed payment bounced. 0 for who may not see it.
 * Whoever pays late after all is no trouble any more.
 */
export async function countFailedPayments(staffId: UserId): Promise<number> {
  const [row] = await db()
    .select({ count: sql<number>`count(distinct ${orders.id})::int` })
    .from(orderEvents)
    .innerJoin(orders, eq(orders.id, orderEvents.orderId))
    .where(
      and(
        askedBy(staffId, "overview.see"),
        // Written out, not sent along: only so is the index of failures of use.
        sql`${orderEvents.type} = 'failed'`,
        gt(orderEvents.createdAt, sql`now() - interval '7 days'`),
        eq(orders.status, "failed"),
      ),
    );
  return row?.count ?? 0;
}

export type PaymentTrouble = {
  readonly what: "event" | "refund" | "alert";
  /** The row's own. */
  readonly id: string;
  /** Stripe's event type, the order's number, or the kind of alert. */
  readonly subject: string;
  /** What it is about: Stripe's id, or ours. */
  readonly reference: string;
  readonly orderNumber: string | null;
  readonly problem: string;
  readonly at: Date;
};

/** What a person must look at: events set aside or failing, refunds that wait, and open alerts. Newest first, for staff. */
export async function listPaymentTrouble(staffId: UserId, limit = 50): Promise<PaymentTrouble[]> {
  const [events, unsent, alerts] = await Promise.all([
    db()
      .select({
        id: stripeEvents.id,
        subject: stripeEvents.type,
        problem: stripeEvents.lastError,
        at: stripeEvents.receivedAt,
      })
      .from(stripeEvents)
      .where(
        and(
          askedBy(staffId, "overview.see"),
          or(
            eq(stripeEvents.status, "quarantined"),
            and(eq(stripeEvents.status, "received"), gt(stripeEvents.attempts, 0)),
          ),
        ),
      )
      .orderBy(desc(stripeEvents.receivedAt))
      .limit(limit),
    db()
      .select({
        id: refunds.id,
        orderNumber: orders.orderNumber,
        problem: refunds.lastError,
        at: refunds.createdAt,
      })
      .from(refunds)
      .innerJoin(orders, eq(orders.id, refunds.orderId))
      .where(
        and(askedBy(staffId, "overview.see"), eq(refunds.status, "pending"), isNotNull(refunds.lastError)),
      )
      .orderBy(desc(refunds.createdAt))
      .limit(limit),
    db()
      .select({
        id: paymentAlerts.id,
        subject: paymentAlerts.kind,
        reference: paymentAlerts.subject,
        orderNumber: orders.orderNumber,
        problem: paymentAlerts.problem,
        at: paymentAlerts.createdAt,
      })
      .from(paymentAlerts)
      .leftJoin(orders, eq(orders.id, paymentAlerts.orderId))
      .where(
        and(
          askedBy(staffId, "overview.see"),
          isNull(paymentAlerts.clearedAt),
          ne(paymentAlerts.kind, MAIL_GIVEN_UP),
        ),
      )
      .orderBy(desc(paymentAlerts.createdAt))
      .limit(limit),
  ]);
  const all = [
    ...events.map((row) => trouble("event", { ...row, reference: row.id, orderNumber: null })),
    ...alerts.map((row) => trouble("alert", row)),
    ...unsent.map((row) => trouble("refund", { ...row, reference: row.id, subject: row.orderNumber })),
  ];
  return all.toSorted((a, b) => b.at.getTime() - a.at.getTime());
}

const trouble = (
  what: PaymentTrouble["what"],
  row: Omit<PaymentTrouble, "what" | "problem"> & { readonly problem: string | null },
): PaymentTrouble => ({ ...row, what, problem: row.problem ?? "" });
