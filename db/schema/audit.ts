import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { idOf, instant } from "./columns";

export type AuditValue = string | number | boolean | null | readonly string[];

/** What was, what is, and why; only what the change touched. Ids, amounts and words of the shop: no addresses, no secrets. */
export type AuditDetail = {
  readonly before?: Readonly<Record<string, AuditValue>>;
  readonly after?: Readonly<Record<string, AuditValue>>;
  readonly reason?: string;
};

/**
 * What staff changed, for good: a trigger refuses every update and delete. Each entry's hash covers the entry before it, so
 * that one changed, left out or put in between is found. Ids only, no names: those are read where the people are.
 */
export const auditEntries = pgTable(
  "audit_entries",
  {
    /** 1, 2, 3 … without a gap. */
    number: integer().primaryKey(),
    at: instant().notNull(),
    /** No foreign key: the entry stays as it was written when the person goes. */
    actorId: idOf<"user">().notNull(),
    action: text().notNull(),
    subjectType: text().notNull(),
    subjectId: text().notNull(),
    /** What people call it: an order's number, a coupon's code. */
    subjectLabel: text().notNull(),
    detail: jsonb().$type<AuditDetail>().notNull(),
    previousHash: text().notNull(),
    hash: text().notNull(),
  },
  (t) => [
    check("audit_entries_number", sql`${t.number} > 0`),
    index("audit_entries_action").on(t.action, t.number),
    index("audit_entries_actor").on(t.actorId, t.number),
    index("audit_entries_label").on(t.subjectLabel.op("text_pattern_ops")),
    index("audit_entries_subject").on(t.subjectType, t.subjectId, t.number),
  ],
);

/** One row: the end of the chain. Whoever adds an entry holds it until the transaction ends. */
export const auditHeads = pgTable(
  "audit_heads",
  {
    only: boolean().primaryKey().default(true),
    number: integer().notNull(),
    hash: text().notNull(),
  },
  (t) => [check("audit_heads_only_one", sql`${t.only}`)],
);
