import { boolean, index, integer, jsonb, pgEnum, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

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
