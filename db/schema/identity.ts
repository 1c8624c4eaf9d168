import { sql } from "drizzle-orm";
import { check, index, integer, pgEnum, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, idOf, instant, primaryId, updatedAt } from "./columns";

export const userRole = pgEnum("user_role", ["learner", "admin"]);

/** A person with an account. The address is stored normalised (NFKC, lower case), so that one mailbox is one person. */
export const users = pgTable(
  "users",
  {
    id: primaryId<"user">(),
    email: text().notNull(),
    name: text().notNull(),
    passwordHash: text().notNull(),
    role: userRole().notNull().default("learner"),
    stripeCustomerId: text().unique("users_stripe_customer_id_unique"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("users_email_unique").on(t.email),
    check("users_email_normalised", sql`${t.email} = lower(${t.email})`),
  ],
);

/** A signed-in browser. The token in its cookie names this row; without the row the token is worth nothing. */
export const userSessions = pgTable(
  "user_sessions",
  {
    id: primaryId<"session">(),
    userId: idOf<"user">()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
    lastSeenAt: instant().notNull().defaultNow(),
    expiresAt: instant().notNull(),
  },
  (t) => [index("user_sessions_user").on(t.userId), index("user_sessions_expiry").on(t.expiresAt)],
);

/** Counters of the rate limiter; shared by every instance of the shop. */
export const rateLimits = pgTable("rate_limits", {
  key: text().primaryKey(),
  points: integer().notNull().default(0),
  expire: timestamp({ withTimezone: true, mode: "date" }),
});
