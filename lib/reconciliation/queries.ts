import "server-only";
import { and, asc, eq, gte, inArray, isNotNull, lt, or, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { disputes } from "@/db/schema/disputes";
import { orders, refunds } from "@/db/schema/orders";
import { secondPayments, stripeEvents } from "@/db/schema/payments";
import type { OrderId } from "@/lib/ids";
import { isPastItsTime } from "@/lib/orders/queries";
import type { OurDispute, OurOrder, OurRefund } from "./compare-ledgers";

const orderColumns = {
  orderId: orders.id,
  orderNumber: orders.orderNumber,
  status: orders.status,
  totalAmount: orders.totalAmount,
  currency: orders.currency,
  paymentIntentId: orders.stripePaymentIntentId,
};

/** The orders that charges, refunds and disputes name, by payment or by id. */
export async function listOrdersOf(
  paymentIntentIds: readonly string[],
  orderIds: readonly OrderId[] = [],
): Promise<OurOrder[]> {
  if (paymentIntentIds.length + orderIds.length === 0) return [];
  return db()
    .select(orderColumns)
    .from(orders)
    .where(
      or(inArray(orders.stripePaymentIntentId, [...paymentIntentIds]), inArray(orders.id, [...orderIds])),
    );
}

/** Of these payments: those that are known as second ones, and go back by themselves. */
export async function listSecondPayments(paymentIntentIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (paymentIntentIds.length === 0) return new Set();
  const rows = await db()
    .select({ id: secondPayments.stripePaymentIntentId })
    .from(secondPayments)
    .where(inArray(secondPayments.stripePaymentIntentId, [...paymentIntentIds]));
  return new Set(rows.map((row) => row.id));
}

/** Paid orders since `from`, without those whose payment is among the known ones. */
export async function listPaidOrders(from: Date, known: ReadonlySet<string>): Promise<OurOrder[]> {
  const rows = await db()
    .select(orderColumns)
    .from(orders)
    .where(and(gte(orders.paidAt, from), isNotNull(orders.stripePaymentIntentId)))
    .orderBy(asc(orders.paidAt));
  return rows.filter((row) => !known.has(row.paymentIntentId ?? ""));
}

export type OpenOrder = {
  readonly orderId: OrderId;
  readonly status: "pending" | "processing";
  readonly sessionId: string | null;
  readonly paymentIntentId: string | null;
  readonly createdAt: Date;
  /** Past its time, and to be closed. */
  readonly isOverdue: boolean;
};

/** Orders that wait for their money longer than the events of a payment take. */
export async function listOpenOrders(): Promise<OpenOrder[]> {
  const rows = await db()
    .select({
      orderId: orders.id,
      status: orders.status,
      sessionId: orders.stripeCheckoutSessionId,
      paymentIntentId: orders.stripePaymentIntentId,
      createdAt: orders.createdAt,
      isOverdue: isPastItsTime,
    })
    .from(orders)
    .where(
      and(
        inArray(orders.status, ["pending", "processing"]),
        lt(orders.createdAt, sql`now() - interval '30 seconds'`),
      ),
    )
    .orderBy(asc(orders.createdAt))
    .limit(1_000);
  return rows.map((row) => ({ ...row, status: row.status === "processing" ? "processing" : "pending" }));
}

/** Which of these events were worked or set aside before. */
export async function listKnownEvents(ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db()
    .select({ id: stripeEvents.id })
    .from(stripeEvents)
    .where(
      and(inArray(stripeEvents.id, [...ids]), inArray(stripeEvents.status, ["processed", "quarantined"])),
    );
  return new Set(rows.map((row) => row.id));
}

/** Our rows of the refunds that Stripe named, and ours since `from` that Stripe should have named. */
export async function listOurRefunds(from: Date, named: readonly string[]): Promise<OurRefund[]> {
  const rows = await db()
    .select({
      stripeRefundId: refunds.stripeRefundId,
      orderId: refunds.orderId,
      status: refunds.status,
      amount: refunds.amount,
    })
    .from(refunds)
    .where(
      and(
        isNotNull(refunds.stripeRefundId),
        or(gte(refunds.createdAt, from), inArray(refunds.stripeRefundId, [...named])),
      ),
    );
  return rows.map((row) => ({ ...row, stripeRefundId: row.stripeRefundId ?? "" }));
}

/** Payments whose refund has not ended or whose dispute is undecided, however old. */
export async function listUnsettledPayments(): Promise<string[]> {
  const [pending, undecided] = await Promise.all([
    db()
      .selectDistinct({ id: orders.stripePaymentIntentId })
      .from(refunds)
      .innerJoin(orders, eq(orders.id, refunds.orderId))
      .where(and(eq(refunds.status, "pending"), isNotNull(refunds.stripeRefundId))),
    db()
      .selectDistinct({ id: orders.stripePaymentIntentId })
      .from(disputes)
      .innerJoin(orders, eq(orders.id, disputes.orderId))
      .where(inArray(disputes.state, ["inquiry", "open"])),
  ]);
  return [...new Set([...pending, ...undecided].flatMap((row) => (row.id === null ? [] : [row.id])))];
}

export async function listOurDisputes(named: readonly string[]): Promise<OurDispute[]> {
  if (named.length === 0) return [];
  return db()
    .select({ stripeDisputeId: disputes.stripeDisputeId, stripeStatus: disputes.stripeStatus })
    .from(disputes)
    .where(inArray(disputes.stripeDisputeId, [...named]));
}
