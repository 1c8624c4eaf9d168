import { sql } from "drizzle-orm";
import { check, index, pgEnum, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, currency, idOf, instant, money, primaryId, updatedAt } from "./columns";
import { orders } from "./orders";

/** `inquiry`: the bank only asks. `open`: it has taken the money until it decides. `kept` and `lost`: it has decided. */
export const disputeState = pgEnum("dispute_state", ["inquiry", "open", "kept", "lost"]);

/** A buyer's bank that wants a payment back. */
export const disputes = pgTable(
  "disputes",
  {
    id: primaryId<"dispute">(),
    orderId: idOf<"order">()
      .notNull()
      .references(() => orders.id),
    stripeDisputeId: text().notNull().unique("disputes_stripe_dispute_id_unique"),
    state: disputeState().notNull(),
    /** Stripe's own word, of which there are many and may come more. */
    stripeStatus: text().notNull(),
    reason: text().notNull(),
    amount: money().notNull(),
    currency: currency().notNull(),
    /** Until when the bank takes an answer. */
    respondBy: instant(),
    openedAt: instant().notNull(),
    closedAt: instant(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    check("disputes_amount", sql`${t.amount} > 0`),
    check("disputes_closed_at", sql`(${t.closedAt} is not null) = (${t.state} in ('kept', 'lost'))`),
    index("disputes_order").on(t.orderId),
    index("disputes_opened").on(t.openedAt, t.id),
    /** What the analytics subtract, and the orders that were lost. */
    index("disputes_lost").on(t.closedAt).where(sql`${t.state} = 'lost'`),
    index("disputes_undecided").on(t.openedAt).where(sql`${t.state} in ('inquiry', 'open')`),
  ],
);
