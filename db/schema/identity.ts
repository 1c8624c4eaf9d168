import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { createdAt, idOf, instant, primaryId, updatedAt } from "./columns";

export const userRole = pgEnum("user_role", ["learner", "support", "admin"]);

/** A person with an account. The address is stored normalised (NFKC, lower case), so that one mailbox is one person. */
export const users = pgTable(
  "users",
  {
    id: primaryId<"user">(),
    email: text().notNull(),
    name: text().notNull(),
    /** When somebody proved to read this mailbox; null for accounts made before that was asked. */
    emailVerifiedAt: instant(),
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
    /** When a code of the second factor was given in this session. */
    secondFactorAt: instant(),
  },
  (t) => [index("user_sessions_user").on(t.userId), index("user_sessions_expiry").on(t.expiresAt)],
);

export const tokenPurpose = pgEnum("token_purpose", [
  "sign_up",
  "verify_address",
  "sign_in",
  "reset_password",
  "second_step",
]);

/** What a token is good for, beside its address: the account to make, where to go on. */
export type TokenPayload = {
  readonly name?: string;
  readonly passwordHash?: string;
  /** Of the cookie of the browser that asked. */
  readonly browserHash?: string;
  readonly stay?: boolean;
  readonly returnTo?: string;
};

/**
 * A secret that works once: in the link of a mail, or in a cookie between two steps. Only its hash is kept. Asking for a
 * link writes a row whether or not the address has an account (`user_id` is null then), so that both cost the same.
 */
export const oneTimeTokens = pgTable(
  "one_time_tokens",
  {
    id: primaryId<"token">(),
    purpose: tokenPurpose().notNull(),
    tokenHash: text().notNull(),
    userId: idOf<"user">().references(() => users.id, { onDelete: "cascade" }),
    email: text().notNull(),
    payload: jsonb().$type<TokenPayload>().notNull().default({}),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex("one_time_tokens_hash").on(t.tokenHash),
    index("one_time_tokens_user").on(t.userId),
    index("one_time_tokens_expiry").on(t.expiresAt),
  ],
);

/** The key of an authenticator app, encrypted with a key of this installation. It counts once it was confirmed. */
export const totpSecrets = pgTable("totp_secrets", {
  userId: idOf<"user">()
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  sealedSecret: text().notNull(),
  confirmedAt: instant(),
  /** The 30-second step of the last code taken: a code works once. */
  lastStep: integer().notNull().default(0),
  createdAt: createdAt(),
});

/** A way in without the authenticator app; the row goes when it is used. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    id: primaryId<"recovery-code">(),
    userId: idOf<"user">()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    codeHash: text().notNull(),
  },
  (t) => [uniqueIndex("recovery_codes_hash").on(t.userId, t.codeHash)],
);

/** Counters of the rate limiter; shared by every instance of the shop. */
export const rateLimits = pgTable("rate_limits", {
  key: text().primaryKey(),
  points: integer().notNull().default(0),
  expire: timestamp({ withTimezone: true, mode: "date" }),
});
