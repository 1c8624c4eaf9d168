import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgEnum, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, idOf, instant, primaryId } from "./columns";
import { users } from "./identity";

export const emailStatus = pgEnum("email_status", ["queued", "sent", "failed"]);

/** The outbox: a mail is a row written in the business transaction; the worker sends it, the row's id is its idempotency key. */
export const emails = pgTable(
  "emails",
  {
    id: primaryId<"email">(),
    kind: text().notNull(),
    /** What the mail is about (an order, a user); with `kind` it makes the mail unique. */
    subjectId: text().notNull(),
    userId: idOf<"user">().references(() => users.id, { onDelete: "set null" }),
    toAddress: text().notNull(),
    payload: jsonb().$type<Readonly<Record<string, unknown>>>().notNull().default({}),
    status: emailStatus().notNull().default("queued"),
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant().notNull().defaultNow(),
    providerId: text(),
    lastError: text(),
    createdAt: createdAt(),
    sentAt: instant(),
    /** The mail that staff sent again with this one. */
    copyOfId: idOf<"email">(),
  },
  (t) => [
    unique("emails_once").on(t.kind, t.subjectId),
    index("emails_copies").on(t.copyOfId).where(sql`${t.copyOfId} is not null`),
    index("emails_of_user").on(t.userId, t.createdAt).where(sql`${t.userId} is not null`),
    index("emails_due").on(t.nextAttemptAt).where(sql`${t.status} = 'queued'`),
  ],
);
