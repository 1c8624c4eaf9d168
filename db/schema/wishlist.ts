import { sql } from "drizzle-orm";
import { check, index, pgTable, text, unique } from "drizzle-orm/pg-core";
import { courses } from "./catalog";
import { createdAt, currency, idOf, money, primaryId } from "./columns";
import { users } from "./identity";

/**
 * A course that somebody wants, with the price it had then, so that a change can be announced. It is a learner's
 * (`userId`) or a guest's (`guestToken`, the value of the cookie that also names their cart); never both.
 */
export const wishlistItems = pgTable(
  "wishlist_items",
  {
    id: primaryId<"wish">(),
    userId: idOf<"user">().references(() => users.id, { onDelete: "cascade" }),
    guestToken: text(),
    courseId: idOf<"course">()
      .notNull()
      .references(() => courses.id, { onDelete: "cascade" }),
    priceAmount: money().notNull(),
    currency: currency().notNull(),
    savedAt: createdAt(),
  },
  (t) => [
    unique("wishlist_items_learner").on(t.userId, t.courseId),
    unique("wishlist_items_guest").on(t.guestToken, t.courseId),
    check("wishlist_items_one_owner", sql`(${t.userId} is null) <> (${t.guestToken} is null)`),
    index("wishlist_items_guests_age").on(t.savedAt).where(sql`user_id is null`),
  ],
);

/** The link under which a learner shows their wishlist. Its end is its deletion; a new one has a new token. */
export const wishlistShares = pgTable("wishlist_shares", {
  userId: idOf<"user">()
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  /** 128 random bits, kept readable: the page shows the link again. */
  token: text().notNull().unique("wishlist_shares_token"),
  createdAt: createdAt(),
});
