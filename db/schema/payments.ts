import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgEnum, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, currency, idOf, instant, money, primaryId } from "./columns";
import { users } from "./identity";
import { orders } from "./orders";

export const stripeEventStatus = pgEnum("stripe_event_status", ["received", "processed", "quarantined"]);

/** The inbox of Stripe's events. A row is `processed` only in the transaction that did the work. */
export const stripeEvents = pgTable(
  "stripe_events",
  {
    id: text().primaryKey(),
    type: text().notNull(),
    objectId: text(),
    livemode: boolean().notNull(),
    payload: jsonb().notNull(),
    status: stripeEventStatus().notNull().default("received"),
    attempts: integer().notNull().default(0),
    lastError: text(),
    createdAt: instant().notNull(),
    receivedAt: instant().notNull().defaultNow(),
    processedAt: instant(),
  },
  (t) => [
    index("stripe_events_open").on(t.status, t.receivedAt),
    /** What staff look through, the newest first, and search by the object that an event is about. */
    index("stripe_events_received").on(t.receivedAt, t.id),
    index("stripe_events_object").on(t.objectId),
  ],
);

/** What a person must look at: a refund that came back, a fraud warning, a difference between Stripe and us. */
export const paymentAlerts = pgTable(
  "payment_alerts",
  {
    id: primaryId<"payment-alert">(),
    kind: text().notNull(),
    /** Stripe's id or ours of what it is about; with `kind` it makes the alert unique. */
    subject: text().notNull(),
    orderId: idOf<"order">().references(() => orders.id),
    problem: text().notNull(),
    createdAt: createdAt(),
    lastSeenAt: instant().notNull().defaultNow(),
    clearedAt: instant(),
    /** Null when it went away by itself. */
    clearedByUserId: idOf<"user">().references(() => users.id, { onDelete: "set null" }),
  },
  (t) => [
    unique("payment_alerts_once").on(t.kind, t.subject),
    index("payment_alerts_open").on(t.createdAt).where(sql`${t.clearedAt} is null`),
  ],
);

/** A comparison of our books with Stripe's; kept for some days. */
export const reconciliationRuns = pgTable(
  "reconciliation_runs",
  {
    id: primaryId<"reconciliation-run">(),
    /** How far it looked back. */
    hours: integer().notNull(),
    startedAt: instant().notNull(),
    finishedAt: instant().notNull().defaultNow(),
    /** A sentence for each thing that was brought in line. */
    repaired: text().array().notNull().default([]),
    /** Differences that only a person can settle. */
    differences: integer().notNull().default(0),
    /** How many orders, events, payments, refunds and disputes were looked at. */
    checked: jsonb().$type<Readonly<Record<string, number>>>().notNull().default({}),
    /** Why it did not come to its end. */
    problem: text(),
    /** Null: the worker's clock, or the shell. */
    requestedByUserId: idOf<"user">().references(() => users.id, { onDelete: "set null" }),
  },
  (t) => [
    check("reconciliation_runs_order", sql`${t.finishedAt} >= ${t.startedAt}`),
    index("reconciliation_runs_started").on(t.startedAt, t.id),
  ],
);

/** A customer that Stripe must still forget, because the account behind it was erased. The row goes when it has. */
export const customerErasures = pgTable(
  "customer_erasures",
  {
    stripeCustomerId: text().primaryKey(),
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant().notNull().defaultNow(),
    lastError: text(),
    createdAt: createdAt(),
  },
  (t) => [index("customer_erasures_due").on(t.nextAttemptAt)],
);

/**
 * A second payment of an order that another has paid: all of it goes back. The row comes first, its id is the idempotency
 * key at Stripe, and it waits until Stripe has made the refund or refused it.
 */
export const secondPayments = pgTable(
  "second_payments",
  {
    id: primaryId<"refund">(),
    orderId: idOf<"order">()
      .notNull()
      .references(() => orders.id),
    stripePaymentIntentId: text().notNull().unique("second_payments_once"),
    amount: money().notNull(),
    currency: currency().notNull(),
    stripeRefundId: text(),
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant().notNull().defaultNow(),
    lastError: text(),
    createdAt: createdAt(),
    /** Since Stripe has made the refund, or a person must. */
    settledAt: instant(),
  },
  (t) => [
    check("second_payments_amount", sql`${t.amount} > 0`),
    check("second_payments_settled", sql`${t.stripeRefundId} is null or ${t.settledAt} is not null`),
    index("second_payments_order").on(t.orderId),
    index("second_payments_due").on(t.nextAttemptAt).where(sql`${t.settledAt} is null`),
  ],
);
