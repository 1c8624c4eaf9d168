import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { ZERO } from "../../lib/money";
import { courses } from "./catalog";
import { createdAt, currency, idOf, instant, money, primaryId, updatedAt } from "./columns";
import { coupons } from "./coupons";
import { users } from "./identity";

export const orderStatus = pgEnum("order_status", [
  "pending",
  "processing",
  "completed",
  "failed",
  "expired",
  "partially_refunded",
  "refunded",
]);

export type BillingAddress = {
  readonly line1?: string | null;
  readonly line2?: string | null;
  readonly city?: string | null;
  readonly state?: string | null;
  readonly postalCode?: string | null;
  readonly country?: string | null;
};

/** Prices are frozen when checkout starts; later changes of the catalogue never touch an order. */
export const orders = pgTable(
  "orders",
  {
    id: primaryId<"order">(),
    userId: idOf<"user">()
      .notNull()
      .references(() => users.id),
    orderNumber: text().notNull().unique("orders_order_number_unique"),
    status: orderStatus().notNull().default("pending"),
    subtotalAmount: money().notNull(),
    discountAmount: money().notNull(),
    taxAmount: money().notNull(),
    totalAmount: money().notNull(),
    currency: currency().notNull(),
    livemode: boolean().notNull(),
    couponId: idOf<"coupon">().references(() => coupons.id),
    couponCode: text(),
    couponDiscountPercentage: integer(),
    cartId: idOf<"cart">(),
    cartVersion: integer(),
    stripeCheckoutSessionId: text().unique("orders_stripe_checkout_session_id_unique"),
    stripeCheckoutUrl: text(),
    /** Part of Stripe's idempotency key; grows when Stripe stored an error under the last one. */
    stripeAttempt: integer().notNull().default(1),
    stripePaymentIntentId: text().unique("orders_stripe_payment_intent_id_unique"),
    stripeCustomerId: text(),
    /** Brand and last four ("visa 4242"), or the method's name; never more. */
    paymentMethod: text(),
    billingName: text(),
    billingEmail: text(),
    billingAddress: jsonb().$type<BillingAddress>(),
    receiptUrl: text(),
    invoiceUrl: text(),
    /** Given back or on its way back: the sum of the order's pending and succeeded refunds. */
    heldRefundAmount: money().notNull().default(ZERO),
    expiresAt: instant().notNull(),
    createdAt: createdAt(),
    paidAt: instant(),
    refundedAt: instant(),
    updatedAt: updatedAt(),
  },
  (t) => [
    check(
      "orders_total_adds_up",
      sql`${t.totalAmount} = ${t.subtotalAmount} - ${t.discountAmount} + ${t.taxAmount}`,
    ),
    check(
      "orders_amounts",
      sql`least(${t.subtotalAmount}, ${t.discountAmount}, ${t.taxAmount}, ${t.totalAmount}) >= 0`,
    ),
    check(
      "orders_paid_at",
      sql`(${t.paidAt} is not null) = (${t.status} in ('completed', 'partially_refunded', 'refunded'))`,
    ),
    /** The last line of defence of a refund: however many race, no more goes back than came in. */
    check("orders_refund_cap", sql`${t.heldRefundAmount} between 0 and ${t.totalAmount}`),
    /** The same cart pressed twice is the same order. */
    uniqueIndex("orders_one_open_per_cart").on(t.cartId, t.cartVersion).where(sql`${t.status} = 'pending'`),
    index("orders_of_user").on(t.userId, t.createdAt, t.id),
    /** What staff sort and filter by; read backwards for the newest first. */
    index("orders_placed").on(t.createdAt, t.id),
    index("orders_by_total").on(t.totalAmount, t.id),
    index("orders_by_status").on(t.status, t.createdAt, t.id),
    /** What the analytics sum over. */
    index("orders_paid").on(t.paidAt, t.currency).where(sql`${t.paidAt} is not null`),
    index("orders_by_currency").on(t.currency).where(sql`${t.paidAt} is not null`),
    index("orders_by_coupon").on(t.couponCode, t.createdAt, t.id),
    index("orders_number_begins").on(t.orderNumber.op("text_pattern_ops")),
    /** The signs that people write in a mail, without the day before them. */
    index("orders_number_ends").on(sql`right(${t.orderNumber}, 6)`),
    index("orders_open").on(t.expiresAt).where(sql`${t.status} in ('pending', 'processing')`),
  ],
);

export const orderItems = pgTable(
  "order_items",
  {
    id: primaryId<"order-item">(),
    orderId: idOf<"order">()
      .notNull()
      .references(() => orders.id),
    courseId: idOf<"course">()
      .notNull()
      .references(() => courses.id),
    courseSlug: text().notNull(),
    title: text().notNull(),
    priceAmount: money().notNull(),
    discountAmount: money().notNull(),
    netAmount: money().notNull(),
    taxAmount: money().notNull(),
    refundedAmount: money().notNull(),
    position: integer().notNull(),
  },
  (t) => [
    unique("order_items_once_per_order").on(t.orderId, t.courseId),
    check("order_items_net_adds_up", sql`${t.netAmount} = ${t.priceAmount} - ${t.discountAmount}`),
    check(
      "order_items_amounts",
      sql`least(${t.priceAmount}, ${t.discountAmount}, ${t.netAmount}, ${t.taxAmount}, ${t.refundedAmount}) >= 0`,
    ),
    check("order_items_refund_cap", sql`${t.refundedAmount} <= ${t.netAmount} + ${t.taxAmount}`),
    index("order_items_course").on(t.courseId),
  ],
);

/** The taxes of an item, as they were when it was paid; together they are its `taxAmount`. */
export const orderItemTaxes = pgTable(
  "order_item_taxes",
  {
    orderItemId: idOf<"order-item">()
      .notNull()
      .references(() => orderItems.id),
    position: integer().notNull(),
    name: text().notNull(),
    /** "19", "8.875"; null where nothing is charged. */
    percentage: text(),
    country: text(),
    /** Stripe's word for why: standard_rated, reverse_charge, not_collecting … */
    reason: text(),
    amount: money().notNull(),
  },
  (t) => [
    primaryKey({ name: "order_item_taxes_pkey", columns: [t.orderItemId, t.position] }),
    check("order_item_taxes_amount", sql`${t.amount} >= 0`),
  ],
);

/** The order's timeline; only ever added to. */
export const orderEvents = pgTable(
  "order_events",
  {
    id: primaryId<"order-event">(),
    orderId: idOf<"order">()
      .notNull()
      .references(() => orders.id),
    type: text().notNull(),
    detail: jsonb().$type<Readonly<Record<string, string | number | boolean | null>>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    index("order_events_order").on(t.orderId, t.createdAt),
    /** Payments that bounced lately, for the overview. */
    index("order_events_failed").on(t.createdAt).where(sql`${t.type} = 'failed'`),
  ],
);

/** What staff wrote about an order for each other. */
export const orderNotes = pgTable(
  "order_notes",
  {
    id: uuid().primaryKey(),
    orderId: idOf<"order">()
      .notNull()
      .references(() => orders.id),
    authorUserId: idOf<"user">().references(() => users.id, { onDelete: "set null" }),
    body: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    check("order_notes_body", sql`length(${t.body}) between 1 and 4000`),
    index("order_notes_order").on(t.orderId, t.createdAt),
  ],
);

export const refundStatus = pgEnum("refund_status", ["pending", "succeeded", "failed", "canceled"]);

/** Money on its way back. Made by us (the row comes first, its id is the idempotency key) or found at Stripe. */
export const refunds = pgTable(
  "refunds",
  {
    id: primaryId<"refund">(),
    orderId: idOf<"order">()
      .notNull()
      .references(() => orders.id),
    status: refundStatus().notNull().default("pending"),
    amount: money().notNull(),
    currency: currency().notNull(),
    reason: text().notNull(),
    /** The admin who asked for it; null when the shop itself did, or somebody in Stripe's Dashboard. */
    requestedByUserId: idOf<"user">().references(() => users.id, { onDelete: "set null" }),
    stripeRefundId: text().unique("refunds_stripe_refund_id_unique"),
    lastError: text(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    check("refunds_amount", sql`${t.amount} > 0`),
    index("refunds_order").on(t.orderId),
    index("refunds_given").on(t.createdAt),
    /** What the overview shows. */
    index("refunds_troubled")
      .on(t.createdAt)
      .where(sql`${t.status} = 'pending' and ${t.lastError} is not null`),
    index("refunds_unsent")
      .on(t.createdAt)
      .where(sql`${t.status} = 'pending' and ${t.stripeRefundId} is null`),
  ],
);

/** The part of a refund that belongs to one course. */
export const refundItems = pgTable(
  "refund_items",
  {
    id: primaryId<"refund-item">(),
    refundId: idOf<"refund">()
      .notNull()
      .references(() => refunds.id),
    orderItemId: idOf<"order-item">()
      .notNull()
      .references(() => orderItems.id),
    amount: money().notNull(),
  },
  (t) => [
    unique("refund_items_once").on(t.refundId, t.orderItemId),
    check("refund_items_amount", sql`${t.amount} > 0`),
  ],
);
