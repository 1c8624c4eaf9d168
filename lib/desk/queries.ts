import "server-only";
import { and, desc, eq, exists, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { askedBy } from "@/db/asked-by";
import { db } from "@/db/client";
import { gifts } from "@/db/schema/gifts";
import { users } from "@/db/schema/identity";
import { enrollments } from "@/db/schema/learning";
import { emails } from "@/db/schema/notifications";
import { orderNotes, orders, refunds } from "@/db/schema/orders";
import { paymentAlerts, secondPayments } from "@/db/schema/payments";
import {
  type DisputeStanding,
  listDisputesOf,
  type OrderDispute,
  withStandings,
} from "@/lib/disputes/queries";
import type { GiftState } from "@/lib/gifts/gift-state";
import { listGifts } from "@/lib/gifts/queries";
import type { EnrollmentId, GiftId, OrderId, UserId } from "@/lib/ids";
import { findOrder, type OrderDetails } from "@/lib/orders/queries";
import { findRefundable } from "@/lib/refunds/queries";
import type { RefundableOrder } from "@/lib/refunds/refund-policy";
import { GIFT_MAIL, MAILS_OF_ORDERS } from "./mails-of-orders";

/** The currency of an order that exists. */
export async function findOrderCurrency(staffId: UserId, orderId: OrderId): Promise<string | null> {
  const [order] = await db()
    .select({ currency: orders.currency })
    .from(orders)
    .where(and(eq(orders.id, orderId), askedBy(staffId, "orders.see")));
  return order?.currency ?? null;
}

export type SaleRefund = {
  readonly id: string;
  readonly amount: number;
  readonly status: "pending" | "succeeded" | "failed" | "canceled";
  readonly reason: string;
  readonly stripeRefundId: string | null;
  readonly lastError: string | null;
  /** Null when the shop itself did, or somebody in Stripe's Dashboard. */
  readonly requestedBy: string | null;
  readonly at: Date;
};

/** A payment of an order that was paid before; all of it goes back, apart from the order. */
export type SecondPayment = {
  readonly paymentIntentId: string;
  readonly amount: number;
  readonly currency: string;
  /** `came_back`: the buyer's bank did not take it. */
  readonly refund: "on_its_way" | "sent" | "refused" | "came_back";
  readonly stripeRefundId: string | null;
  readonly lastError: string | null;
  readonly at: Date;
};

export type SaleMail = {
  readonly id: string;
  readonly kind: string;
  readonly toAddress: string;
  readonly status: "queued" | "sent" | "failed";
  readonly lastError: string | null;
  readonly at: Date;
  /** How often this mail was sent again by staff. */
  readonly copies: number;
  readonly isCopy: boolean;
};

/** A gift of the order, as staff see it: without the words that go with it. */
export type SaleGift = {
  readonly id: GiftId;
  readonly title: string;
  readonly state: GiftState;
  /** Null once it is forgotten. */
  readonly recipientEmail: string | null;
  readonly deliverOn: string | null;
  readonly timeZone: string;
  readonly deliveredAt: Date | null;
  readonly deliveries: number;
  readonly claimedAt: Date | null;
  /** The seat of whoever accepted it. */
  readonly seatId: EnrollmentId | null;
};

export type Sale = OrderDetails & {
  readonly id: OrderId;
  readonly livemode: boolean;
  readonly buyer: { readonly name: string; readonly email: string };
  readonly stripe: {
    readonly session: string | null;
    readonly payment: string | null;
    readonly customer: string | null;
  };
  readonly refunds: readonly SaleRefund[];
  readonly dispute: DisputeStanding | null;
  /** All of its disputes, won ones too. */
  readonly disputes: readonly OrderDispute[];
  readonly secondPayments: readonly SecondPayment[];
  readonly gifts: readonly SaleGift[];
  readonly mails: readonly SaleMail[];
  readonly notes: readonly SaleNote[];
  /** What the rule of refunds looks at, for the dialog. */
  readonly refundable: RefundableOrder;
};

export type SaleNote = {
  readonly id: string;
  readonly body: string;
  readonly author: string | null;
  readonly at: Date;
};

/** All of one order, for staff. */
export async function findSale(staffId: UserId, orderNumber: string): Promise<Sale | null> {
  const [found] = await db()
    .select({
      id: orders.id,
      userId: orders.userId,
      livemode: orders.livemode,
      buyer: { name: users.name, email: users.email },
      stripe: {
        session: orders.stripeCheckoutSessionId,
        payment: orders.stripePaymentIntentId,
        customer: orders.stripeCustomerId,
      },
    })
    .from(orders)
    .innerJoin(users, eq(users.id, orders.userId))
    .where(and(eq(orders.orderNumber, orderNumber), askedBy(staffId, "orders.see")));
  if (!found) return null;
  const { userId, ...sale } = found;
  const [order, refundable, [standing], disputes, listedRefunds, listedSeconds, listedGifts, mails, notes] =
    await Promise.all([
      findOrder(userId, orderNumber),
      findRefundable(db(), sale.id),
      withStandings([{ orderNumber }]),
      listDisputesOf(sale.id),
      listSaleRefunds(sale.id),
      listSecondPayments(sale.id),
      listSaleGifts(sale.id),
      listSaleMails(sale.id),
      listNotes(sale.id),
    ]);
  if (!order || !refundable) return null;
  const money = { refundable, refunds: listedRefunds, secondPayments: listedSeconds, disputes };
  return {
    ...order,
    ...sale,
    ...money,
    dispute: standing?.dispute ?? null,
    gifts: listedGifts,
    mails,
    notes,
  };
}

async function listSaleGifts(orderId: OrderId): Promise<SaleGift[]> {
  const found = await listGifts(db(), eq(gifts.orderId, orderId));
  const accepted = found.flatMap((gift) => (gift.claimedAt ? [gift.orderItemId] : []));
  const seats =
    accepted.length === 0
      ? []
      : await db()
          .select({ id: enrollments.id, itemId: enrollments.orderItemId })
          .from(enrollments)
          .where(inArray(enrollments.orderItemId, accepted));
  return found.map((gift) => ({
    id: gift.id,
    title: gift.title,
    state: gift.state,
    recipientEmail: gift.recipientEmail,
    deliverOn: gift.deliverOn,
    timeZone: gift.timeZone,
    deliveredAt: gift.deliveredAt,
    deliveries: gift.deliveries,
    claimedAt: gift.claimedAt,
    seatId: seats.find((seat) => seat.itemId === gift.orderItemId)?.id ?? null,
  }));
}

function listSaleRefunds(orderId: OrderId): Promise<SaleRefund[]> {
  return db()
    .select({
      id: sql<string>`${refunds.id}`,
      amount: sql<number>`${refunds.amount}`,
      status: refunds.status,
      reason: refunds.reason,
      stripeRefundId: refunds.stripeRefundId,
      lastError: refunds.lastError,
      requestedBy: users.name,
      at: refunds.createdAt,
    })
    .from(refunds)
    .leftJoin(users, eq(users.id, refunds.requestedByUserId))
    .where(eq(refunds.orderId, orderId))
    .orderBy(desc(refunds.createdAt));
}

function listSecondPayments(orderId: OrderId): Promise<SecondPayment[]> {
  const cameBack = db()
    .select({ one: sql`1` })
    .from(paymentAlerts)
    .where(
      and(
        eq(paymentAlerts.kind, "refund_failed"),
        sql`starts_with(${paymentAlerts.subject}, ${secondPayments.id}::text)`,
      ),
    );
  return db()
    .select({
      paymentIntentId: secondPayments.stripePaymentIntentId,
      amount: sql<number>`${secondPayments.amount}`,
      currency: secondPayments.currency,
      refund: sql<SecondPayment["refund"]>`case when ${exists(cameBack)} then 'came_back'
        when ${secondPayments.settledAt} is null then 'on_its_way'
        when ${secondPayments.stripeRefundId} is null then 'refused' else 'sent' end`,
      stripeRefundId: secondPayments.stripeRefundId,
      lastError: secondPayments.lastError,
      at: secondPayments.createdAt,
    })
    .from(secondPayments)
    .where(eq(secondPayments.orderId, orderId))
    .orderBy(secondPayments.createdAt, secondPayments.id);
}

/** True for mails about the order, its refunds, its seats and its gifts: each of their links, and their acceptance and end. */
export function aboutOrder(orderId: OrderId): SQL {
  return sql`${emails.subjectId} in (
    select ${orderId}::text union all
    select id::text from refunds where order_id = ${orderId} union all
    select id::text from refund_requests where order_id = ${orderId} union all
    select o.user_id || ':' || i.course_id from orders o join order_items i on i.order_id = o.id where o.id = ${orderId} union all
    select g.id || '#' || n from gifts g, generate_series(1, g.deliveries) n where g.order_id = ${orderId} union all
    select id::text from gifts where order_id = ${orderId} union all
    select r.id || ':' || g.order_item_id from refunds r join gifts g using (order_id) where r.order_id = ${orderId} union all
    select d.stripe_dispute_id || ':' || g.order_item_id from disputes d join gifts g using (order_id) where d.order_id = ${orderId})`;
}

/** Mails about the order, with what staff sent again. */
async function listSaleMails(orderId: OrderId): Promise<SaleMail[]> {
  const originals = db()
    .select({ id: emails.id })
    .from(emails)
    .where(
      and(
        inArray(emails.kind, [...MAILS_OF_ORDERS, GIFT_MAIL]),
        aboutOrder(orderId),
        isNull(emails.copyOfId),
      ),
    );
  const ids = (await originals).map(({ id }) => id);
  if (ids.length === 0) return [];
  const copies = alias(emails, "copies");
  return db()
    .select({
      id: sql<string>`${emails.id}`,
      kind: emails.kind,
      toAddress: emails.toAddress,
      status: emails.status,
      lastError: emails.lastError,
      at: emails.createdAt,
      copies: sql<number>`(${db().select({ count: sql`count(*)::int` }).from(copies).where(eq(copies.copyOfId, emails.id))})`,
      isCopy: sql<boolean>`${emails.copyOfId} is not null`,
    })
    .from(emails)
    .where(or(inArray(emails.id, ids), inArray(emails.copyOfId, ids)))
    .orderBy(desc(emails.createdAt));
}

function listNotes(orderId: OrderId): Promise<SaleNote[]> {
  return db()
    .select({ id: orderNotes.id, body: orderNotes.body, author: users.name, at: orderNotes.createdAt })
    .from(orderNotes)
    .leftJoin(users, eq(users.id, orderNotes.authorUserId))
    .where(eq(orderNotes.orderId, orderId))
    .orderBy(desc(orderNotes.createdAt));
}
