import { index, pgEnum, pgTable } from "drizzle-orm/pg-core";
import { createdAt, idOf, primaryId, updatedAt } from "./columns";
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
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index("coupon_redemptions_person").on(t.couponId, t.userId, t.status)],
);
