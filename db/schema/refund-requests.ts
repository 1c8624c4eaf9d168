import { sql } from "drizzle-orm";
import { check, index, pgEnum, pgTable, primaryKey, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, idOf, instant, primaryId } from "./columns";
import { users } from "./identity";
import { orderItems, orders, refunds } from "./orders";

/** `open` until staff decide, or the learner takes it back. */
export const refundRequestState = pgEnum("refund_request_state", [
  "open",
  "approved",
  "declined",
  "withdrawn",
]);

export const refundRequestCategory = pgEnum("refund_request_category", [
  "changed_mind",
  "not_expected",
  "does_not_work",
  "charged_by_mistake",
  "other",
]);

/** A learner's wish to get money back. Approving it writes its refund in the same transaction. */
export const refundRequests = pgTable(
  "refund_requests",
  {
    id: primaryId<"refund-request">(),
    userId: idOf<"user">()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    orderId: idOf<"order">()
      .notNull()
      .references(() => orders.id),
    state: refundRequestState().notNull().default("open"),
    category: refundRequestCategory().notNull(),
    /** In the learner's words; may be empty. */
    body: text().notNull(),
    /** What the learner reads about a request that was declined. */
    answer: text(),
    refundId: idOf<"refund">().references(() => refunds.id),
    decidedByUserId: idOf<"user">().references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    /** Also when it was withdrawn. */
    decidedAt: instant(),
  },
  (t) => [
    uniqueIndex("refund_requests_one_open").on(t.orderId).where(sql`${t.state} = 'open'`),
    unique("refund_requests_refund_unique").on(t.refundId),
    check("refund_requests_decided", sql`(${t.decidedAt} is null) = (${t.state} = 'open')`),
    check("refund_requests_approved", sql`(${t.refundId} is not null) = (${t.state} = 'approved')`),
    check(
      "refund_requests_declined",
      sql`(${t.answer} is not null) = (${t.state} = 'declined') and length(${t.answer}) between 1 and 2000`,
    ),
    check("refund_requests_body", sql`length(${t.body}) <= 2000`),
    /** Ids carry the time, so this is the queue in its order. */
    index("refund_requests_queue").on(t.state, t.id),
    index("refund_requests_of_order").on(t.orderId, t.id),
  ],
);

/** The courses that a request is about; none where it is about the whole order. */
export const refundRequestItems = pgTable(
  "refund_request_items",
  {
    requestId: idOf<"refund-request">()
      .notNull()
      .references(() => refundRequests.id, { onDelete: "cascade" }),
    orderItemId: idOf<"order-item">()
      .notNull()
      .references(() => orderItems.id),
  },
  (t) => [primaryKey({ name: "refund_request_items_pkey", columns: [t.requestId, t.orderItemId] })],
);
