import { sql } from "drizzle-orm";
import { check, date, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, idOf, instant, primaryId, updatedAt } from "./columns";
import { users } from "./identity";
import { orderItems, orders } from "./orders";

/**
 * What makes an item of an order a gift: it gives its buyer no seat, but a link that gives one to whoever accepts it.
 * Whether it may still be accepted is asked of the order, its refunds and disputes; none of that is written here.
 */
export const gifts = pgTable(
  "gifts",
  {
    id: primaryId<"gift">(),
    orderId: idOf<"order">()
      .notNull()
      .references(() => orders.id),
    orderItemId: idOf<"order-item">()
      .notNull()
      .unique("gifts_order_item_id_unique")
      .references(() => orderItems.id),
    /** Null once it is not needed any more: the address of somebody who never agreed is not kept. */
    recipientEmail: text(),
    message: text().notNull(),
    /** The day that the buyer chose, on their calendar; null for at once. */
    deliverOn: date({ mode: "string" }),
    timeZone: text().notNull(),
    deliverAt: instant().notNull(),
    /** Of the newest link: sending it again ends the one before. */
    tokenHash: text().unique("gifts_token_hash_unique"),
    /** When the newest link went into the outbox, and how many did. */
    deliveredAt: instant(),
    deliveries: integer().notNull().default(0),
    claimedByUserId: idOf<"user">().references(() => users.id),
    claimedAt: instant(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    check("gifts_claimed_by_somebody", sql`(${t.claimedAt} is null) = (${t.claimedByUserId} is null)`),
    check("gifts_claimed_by_a_link", sql`${t.claimedAt} is null or ${t.tokenHash} is not null`),
    check(
      "gifts_delivered",
      sql`(${t.deliveredAt} is null) = (${t.tokenHash} is null) and (${t.deliveredAt} is null) = (${t.deliveries} = 0)`,
    ),
    check("gifts_message", sql`length(${t.message}) <= 500`),
    check("gifts_address_normalised", sql`${t.recipientEmail} = lower(${t.recipientEmail})`),
    index("gifts_order").on(t.orderId),
    index("gifts_due").on(t.deliverAt).where(sql`delivered_at is null and recipient_email is not null`),
    index("gifts_received").on(t.claimedByUserId, t.claimedAt).where(sql`claimed_by_user_id is not null`),
    index("gifts_addressed").on(t.recipientEmail).where(sql`recipient_email is not null`),
  ],
);
