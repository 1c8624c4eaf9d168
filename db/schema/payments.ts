import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgEnum, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, idOf, instant, primaryId } from "./columns";
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
  (t) => [index("stripe_events_open").on(t.status, t.receivedAt)],
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
