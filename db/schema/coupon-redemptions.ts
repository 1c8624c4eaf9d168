import { sql } from "drizzle-orm";
import { index, pgEnum, pgTable, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, idOf, instant, primaryId, updatedAt } from "./columns";
import { coupons } from "./coupons";
import { users } from "./identity";
import { orders } from "./orders";

export const redemptionStatus = pgEnum("redemption_status", ["reserved", "redeemed", "released"]);

/** One use of a coupon by one order. `reserved` and `redeemed` count in `coupons.timesUsed`, `released` does not. */
export const couponRedemptions = pgTable(
  "coupon_redemptions",
  {
    id: primaryId<"redemption">(),
    couponId: idOf<"coupon">()
      .notNull()
      .references(() => coupons.id),
    orderId: idOf<"order">()
      .notNull()
      .unique("coupon_redemptions_order_id_unique")
      .references(() => orders.id),
    userId: idOf<"user">()
      .notNull()
      .references(() => users.id),
    status: redemptionStatus().notNull().default("reserved"),
    /** When the whole order was given back: the learner may use the code again, the code's own count stays. */
    slotFreedAt: instant(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    index("coupon_redemptions_person").on(t.couponId, t.userId, t.status),
    /** Buying, giving back and buying again frees a learner's slot once, not for ever. */
    uniqueIndex("coupon_redemptions_slot_freed_once")
      .on(t.couponId, t.userId)
      .where(sql`${t.slotFreedAt} is not null`),
  ],
);
