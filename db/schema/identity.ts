import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { createdAt, idOf, instant, primaryId, updatedAt } from "./columns";

export const userRole = pgEnum("user_role", ["learner", "support", "admin"]);

export const themeChoice = pgEnum("theme_choice", ["system", "light", "dark"]);

/** A person with an account. The address is stored normalised (NFKC, lower case), so that one mailbox is one person. */
export const users = pgTable(
  "users",
  {
    id: primaryId<"user">(),
    email: text().notNull(),
    name: text().notNull(),
    /** When somebody proved to read this mailbox; null for accounts made before that was asked. */
    emailVerifiedAt: instant(),
    /** Null for an account that only linked sign-ins open. */
    passwordHash: text(),
    role: userRole().notNull().default("learner"),
    /** Which of the pictures stands for this person. */
    avatar: integer().notNull().default(0),
    /** IANA name, and BCP 47 tag; null: as the browser has it. */
    timeZone: text(),
    locale: text(),
    theme: themeChoice().notNull().default("system"),
    /** When the account will be erased, because its owner asked for it. */
    deletionDueAt: instant(),
    /** Erased: the row stays for the ledger, and holds nothing about the person. */
    erasedAt: instant(),
    /** Since when staff keep this person out, and why. Their sessions end and no new one begins. */
    blockedAt: instant(),
    blockedReason: text(),
    stripeCustomerId: text().unique("users_stripe_customer_id_unique"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("users_email_unique").on(t.email),
    /** For searches by the beginning of an address, whatever the database sorts by. */
    index("users_email_begins").on(t.email.op("text_pattern_ops")),
    check("users_email_normalised", sql`${t.email} = lower(${t.email})`),
    /** What staff narrow the list by; read backwards for the newest first. */
    /** Any word of a name, by its beginning. */
    index("users_name_words").using("gin", sql`to_tsvector('simple', ${t.name})`),
    index("users_joined").on(t.createdAt, t.id),
    index("users_staff").on(t.createdAt, t.id).where(sql`${t.role} <> 'learner'`),
    index("users_blocked").on(t.createdAt, t.id).where(sql`${t.blockedAt} is not null`),
    check("users_blocked_reason", sql`(${t.blockedAt} is null) = (${t.blockedReason} is null)`),
    index("users_deletion_due").on(t.deletionDueAt).where(sql`${t.deletionDueAt} is not null`),
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
    /** What the browser called itself, shortened. */
    userAgent: text(),
    /** The part of its address that says roughly where: `203.0.113.*`. */
    addressPrefix: text(),
  },
  (t) => [index("user_sessions_user").on(t.userId), index("user_sessions_expiry").on(t.expiresAt)],
);

export const tokenPurpose = pgEnum("token_purpose", [
  "sign_up",
  "verify_address",
  "sign_in",
  "reset_password",
  "second_step",
  "change_email",
  "provider",
]);

/** What a token is good for, beside its address: the account to make, where to go on. */
export type TokenPayload = {
  readonly name?: string;
  readonly passwordHash?: string;
  /** Of the cookie of the browser that asked. */
  readonly browserHash?: string;
  readonly stay?: boolean;
  readonly returnTo?: string;
  readonly provider?: string;
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

/** A sign-in of elsewhere (Google, GitHub) that opens an account: the provider's own id of the person, never the address. */
export const linkedAccounts = pgTable(
  "linked_accounts",
  {
    provider: text().notNull(),
    subject: text().notNull(),
    userId: idOf<"user">()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** As the provider told it, to show which one it is. */
    email: text(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.provider, t.subject] }),
    uniqueIndex("linked_accounts_one_each").on(t.userId, t.provider),
  ],
);

/** A group of optional mails that somebody does not want. */
export const emailOptOuts = pgTable(
  "email_opt_outs",
  {
    userId: idOf<"user">()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    group: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.group] })],
);

/** Counters of the rate limiter; shared by every instance of the shop. */
export const rateLimits = pgTable("rate_limits", {
  key: text().primaryKey(),
  points: integer().notNull().default(0),
  expire: timestamp({ withTimezone: true, mode: "date" }),
});
