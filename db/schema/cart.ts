import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { courses } from "./catalog";
import { createdAt, currency, idOf, money, primaryId, updatedAt } from "./columns";
import { coupons } from "./coupons";
import { users } from "./identity";

/** A learner's cart (`userId`) or a guest's (`token`, the value of their cookie); never both. */
export const carts = pgTable(
  "carts",
  {
    id: primaryId<"cart">(),
    userId: idOf<"user">()
      .unique("carts_user_id_unique")
      .references(() => users.id, { onDelete: "cascade" }),
    token: text().unique(),
    /** Grows with every change; an order remembers the version it was made from. */
    version: integer().notNull().default(1),
    couponId: idOf<"coupon">().references(() => coupons.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    check("carts_one_owner", sql`(${t.userId} is null) <> (${t.token} is null)`),
    index("carts_age").on(t.updatedAt),
  ],
);

/** Whom a course in a cart is for, when it is a gift. */
export type CartGift = {
  readonly email: string;
  readonly message: string;
  /** A day of the buyer's calendar (`2026-12-24`); null for as soon as it is paid. */
  readonly deliverOn: string | null;
  /** The IANA zone of that calendar. */
  readonly timeZone: string;
};

/** A course in a cart, with the price it had when added, so that a change can be announced. */
export const cartItems = pgTable(
  "cart_items",
  {
    cartId: idOf<"cart">()
      .notNull()
      .references(() => carts.id, { onDelete: "cascade" }),
    courseId: idOf<"course">()
      .notNull()
      .references(() => courses.id, { onDelete: "cascade" }),
    priceAmount: money().notNull(),
    currency: currency().notNull(),
    gift: jsonb().$type<CartGift>(),
    addedAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.cartId, t.courseId] })],
);
