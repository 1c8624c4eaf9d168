import "server-only";
import { and, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import type { Transaction } from "@/db/client";
import { readRow } from "@/db/read-row";
import { billingDetails } from "@/db/schema/billing";
import { gifts } from "@/db/schema/gifts";
import { users } from "@/db/schema/identity";
import { type BillingAddress, orderEvents, orderItems, orders } from "@/db/schema/orders";
import { type Columns, type Given, statement } from "@/db/statement";
import type { Cart } from "@/lib/cart/queries";
import { releaseReservation } from "@/lib/coupons/mutations";
import { env } from "@/lib/env";
import { type GiftId, newId, type OrderId, type OrderItemId, type UserId } from "@/lib/ids";
import { ZERO } from "@/lib/money";
import { queueEmail } from "@/lib/notifications/mutations";
import { type OrderStatus, statesBefore, statesRestoredTo } from "./order-status";

export type LockedOrder = typeof orders.$inferSelect & {
  /** When the transaction that holds the lock began, by the database's clock: what its `now()` writes. */
  readonly at: Date;
  readonly buyer: { readonly email: string; readonly name: string };
  /** Whom the learner wants to be billed; null for whom the payment page asks for. */
  readonly billing: typeof billingDetails.$inferSelect | null;
  /** `giftId`: what makes an item a gift, which gives its buyer no seat. */
  readonly items: readonly (typeof orderItems.$inferSelect & { readonly giftId: GiftId | null })[];
};

type NewOrder = {
  readonly id: OrderId;
  readonly userId: UserId;
  readonly orderNumber: string;
  /** The buyer at Stripe; null until they are known there. */
  readonly customerId: string | null;
  readonly expiresAt: Date;
  readonly cart: Cart;
  /** The cart's priced lines, each with the id of its item. */
  readonly items: readonly (Cart["priced"]["lines"][number] & { readonly itemId: OrderItemId })[];
};

/** Freezes a cart into an order that waits to be paid. */
export async function insertOrder(
  tx: Transaction,
  { id, userId, orderNumber, customerId, expiresAt, cart, items }: NewOrder,
): Promise<void> {
  const { subtotalAmount, discountAmount, taxAmount, totalAmount } = cart.priced;
  await tx.insert(orders).values({
    id,
    userId,
    orderNumber,
    subtotalAmount,
    discountAmount,
    taxAmount,
    totalAmount,
    currency: cart.currency,
    livemode: !env().testMode,
    couponId: cart.coupon?.id ?? null,
    couponCode: cart.coupon?.code ?? null,
    couponDiscountPercentage: cart.coupon?.percentage ?? null,
    cartId: cart.id,
    cartVersion: cart.version,
    stripeCustomerId: customerId,
    expiresAt,
  });
  await tx.insert(orderItems).values(
    items.map((line, position) => ({
      id: line.itemId,
      orderId: id,
      courseId: line.courseId,
      courseSlug: line.slug,
      title: line.title,
      priceAmount: line.priceAmount,
      discountAmount: line.discountAmount,
      netAmount: line.netAmount,
      taxAmount: ZERO,
      refundedAmount: ZERO,
      position,
    })),
  );
  await recordOrderEvent(tx, id, "created", { amount: totalAmount });
}

/** The order with its items and buyer, its row locked until the transaction ends. */
export async function lockOrder(tx: Transaction, orderId: OrderId): Promise<LockedOrder | null> {
  // Two statements: the second sees what changed while the first waited for the lock.
  const [rows, items] = await Promise.all([lockRow(tx, { orderId }), listItems(tx, { orderId })]);
  const [row] = rows as LockedRow[];
  if (!row) return null;
  return {
    ...readRow(orders, row.order),
    at: new Date(row.at),
    buyer: { email: row.email, name: row.name },
    billing: row.billing && readRow(billingDetails, row.billing),
    items: items.map((item) => ({ ...readRow(orderItems, item), giftId: item.gift_id as GiftId | null })),
  };
}

const lockRow = statement<{ orderId: OrderId }>(
  "orderId",
  { orderId: "uuid" },
  ({ orderId }) => sql`
    select orders.id as order_id, row_to_json(orders) as "order", users.email, users.name, now() as at,
      row_to_json(billing) as billing
    from given join ${orders} on orders.id = ${orderId} join ${users} on users.id = orders.user_id
      left join ${billingDetails} billing on billing.user_id = orders.user_id
    order by orders.id
    for no key update of orders`,
);

const listItems = statement<{ orderId: OrderId }>(
  "orderId",
  { orderId: "uuid" },
  ({ orderId }) => sql`
    select item.*, gifts.id as gift_id
    from given join ${orderItems} item on item.order_id = ${orderId} left join ${gifts} on gifts.order_item_id = item.id
    order by item.order_id, item.position`,
);

type Row = Record<string, unknown>;
type LockedRow = { order: Row; email: string; name: string; at: string; billing: Row | null };

/**
 * A delayed payment bounced: the coupon's use is free again, and the buyer, who left days ago, is told. Nothing when the order
 * has another session than the one whose payment it was.
 */
export async function failOrder(tx: Transaction, orderId: OrderId, sessionId: string): Promise<void> {
  const order = await lockOrder(tx, orderId);
  if (!order || !(await endOrder(tx, orderId, "failed", sessionId))) return;
  await releaseReservation(tx, orderId);
  await recordOrderEvent(tx, orderId, "failed");
  await queueEmail(tx, {
    kind: "payment_failed",
    subjectId: orderId,
    userId: order.userId,
    toAddress: order.buyer.email,
    payload: {
      name: order.buyer.name,
      orderNumber: order.orderNumber,
      currency: order.currency,
      items: order.items.map((item) => ({ title: item.title, slug: item.courseSlug })),
      totalAmount: order.totalAmount,
    },
  });
}

/**
 * Nobody paid in time: the coupon's use is free again. Null: it never had a session. False when the order was faster, or has
 * another session than the one that ended, which may still be paid.
 */
export async function expireOrder(
  tx: Transaction,
  orderId: OrderId,
  sessionId: string | null,
): Promise<boolean> {
  const moved = await endOrder(tx, orderId, "expired", sessionId);
  if (moved) {
    await releaseReservation(tx, orderId);
    await recordOrderEvent(tx, orderId, "expired");
  }
  return moved;
}

/** An order has one session: true of one that has none yet, or this one. */
export const hasNoOtherSession = (sessionId: string | null) =>
  or(
    isNull(orders.stripeCheckoutSessionId),
    sessionId === null ? undefined : eq(orders.stripeCheckoutSessionId, sessionId),
  );

const endOrder = (tx: Transaction, orderId: OrderId, to: "failed" | "expired", sessionId: string | null) =>
  moveFrom(tx, orderId, statesBefore(to), to, {}, hasNoOtherSession(sessionId));

/**
 * A card was refused; the buyer may try another, so nothing changes but the timeline. One that is paid is told nothing of the
 * tries on another session, and that a debit bounced is told by its session (`failOrder`), not twice.
 */
export async function recordPaymentFailure(tx: Transaction, orderId: OrderId, reason: string): Promise<void> {
  const [known] = await tx
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.id, orderId), inArray(orders.status, ["pending", "expired"])));
  if (known) await recordOrderEvent(tx, orderId, "payment_failed", { reason });
}

/**
 * The receipt and the means of payment, known to Stripe a moment after the payment itself; the buyer gets the receipt. Nothing
 * when the payment is not the order's own, and what is known already is not forgotten.
 */
export async function recordPaymentDetails(
  tx: Transaction,
  orderId: OrderId,
  paymentIntentId: string,
  details: { readonly paymentMethod: string | null; readonly receiptUrl: string | null },
): Promise<void> {
  const [order] = await tx
    .update(orders)
    .set({
      paymentMethod: sql`coalesce(${details.paymentMethod}, ${orders.paymentMethod})`,
      receiptUrl: sql`coalesce(${details.receiptUrl}, ${orders.receiptUrl})`,
    })
    .where(and(eq(orders.id, orderId), eq(orders.stripePaymentIntentId, paymentIntentId)))
    .returning();
  if (!order?.paidAt || !details.receiptUrl) return;
  const [buyer] = await tx
    .select({ email: users.email, name: users.name })
    .from(users)
    .where(eq(users.id, order.userId));
  if (!buyer) return;
  await queueEmail(tx, {
    kind: "payment_receipt",
    subjectId: orderId,
    userId: order.userId,
    toAddress: buyer.email,
    payload: {
      name: buyer.name,
      orderNumber: order.orderNumber,
      currency: order.currency,
      totalAmount: order.totalAmount,
      paymentMethod: details.paymentMethod,
      paidAt: order.paidAt.toISOString(),
      receiptUrl: details.receiptUrl,
    },
  });
}

/** Moves an order only from a state that allows it; false when another was faster. */
export async function moveOrder(
  tx: Transaction,
  orderId: OrderId,
  to: OrderStatus,
  columns: PgUpdateSetSource<typeof orders> = {},
): Promise<boolean> {
  return moveFrom(tx, orderId, statesBefore(to), to, columns);
}

/** Takes an order back to what it was before a refund that failed; false when it is not in a state that allows it. */
export async function restoreOrder(
  tx: Transaction,
  orderId: OrderId,
  to: OrderStatus,
  columns: PgUpdateSetSource<typeof orders> = {},
): Promise<boolean> {
  return moveFrom(tx, orderId, statesRestoredTo(to), to, columns);
}

async function moveFrom(
  tx: Transaction,
  orderId: OrderId,
  from: readonly OrderStatus[],
  to: OrderStatus,
  columns: PgUpdateSetSource<typeof orders>,
  also?: SQL,
): Promise<boolean> {
  const moved = await tx
    .update(orders)
    .set({ ...columns, status: to })
    .where(and(eq(orders.id, orderId), inArray(orders.status, [...from]), also))
    .returning({ id: orders.id });
  return moved.length > 0;
}

/** What a payment leaves on its order, in the words of its session. Amounts in minor units. */
type Payment = {
  readonly sessionId: string;
  readonly paymentIntentId: string | null;
  readonly customerId: string | null;
  readonly billing: {
    readonly name: string | null;
    readonly email: string | null;
    readonly address: BillingAddress | null;
  };
};

/** What a payment tells of its order, as values of a statement; all null where nothing was left to pay. */
export const paymentOf = (payment: Payment | null) => ({
  sessionId: payment?.sessionId ?? null,
  paymentIntentId: payment?.paymentIntentId ?? null,
  customerId: payment?.customerId ?? null,
  billingName: payment?.billing.name ?? null,
  billingEmail: payment?.billing.email ?? null,
  billingAddress: payment?.billing.address ?? null,
});

export type PaidOrder = ReturnType<typeof paymentOf> & {
  readonly orderId: OrderId;
  readonly taxAmount: number;
  readonly totalAmount: number;
};

export const PAID_ORDER: Columns<PaidOrder> = {
  orderId: "uuid",
  taxAmount: "integer",
  totalAmount: "integer",
  sessionId: "text",
  paymentIntentId: "text",
  customerId: "text",
  billingName: "text",
  billingEmail: "text",
  billingAddress: "jsonb",
};

/** Moves given orders to paid (or their payment on its way); no row: another was faster. */
export const payOrderStatement = (paid: Given<PaidOrder>, to: "processing" | "completed"): SQL => sql`
  update ${orders} set
    stripe_checkout_session_id = coalesce(${paid.sessionId}, orders.stripe_checkout_session_id),
    stripe_payment_intent_id = coalesce(${paid.paymentIntentId}, orders.stripe_payment_intent_id),
    stripe_customer_id = coalesce(${paid.customerId}, orders.stripe_customer_id),
    billing_name = ${paid.billingName}, billing_email = ${paid.billingEmail}, billing_address = ${paid.billingAddress},
    status = ${to}, tax_amount = ${paid.taxAmount}, total_amount = ${paid.totalAmount},
    paid_at = ${to === "completed" ? sql`now()` : sql`orders.paid_at`}, updated_at = now()
  from given
  where orders.id = ${paid.orderId} and ${inArray(orders.status, [...statesBefore(to)])}
  returning orders.id as order_id`;

/** Adds a line to the order's timeline. */
export async function recordOrderEvent(
  tx: Transaction,
  orderId: OrderId,
  type: string,
  detail: EventDetail = {},
): Promise<void> {
  await recordEvent(tx, { eventId: newId<"order-event">(), orderId, type, detail });
}

type EventDetail = Readonly<Record<string, string | number | boolean | null>>;

type NewEvent = {
  readonly eventId: string;
  readonly orderId: OrderId;
  readonly type: string;
  readonly detail: EventDetail;
};

/** Adds a line to the timelines of given orders. */
export const orderEventStatement = ({ eventId, orderId, type, detail }: Given<NewEvent>): SQL => sql`
  insert into ${orderEvents} (id, order_id, type, detail)
  select ${eventId}, ${orderId}, ${type}, ${detail} from given
  returning id as event_id`;

const recordEvent = statement<NewEvent>(
  "eventId",
  { eventId: "uuid", orderId: "uuid", type: "text", detail: "jsonb" },
  orderEventStatement,
);
