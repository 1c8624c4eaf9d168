import "server-only";
import { and, asc, desc, eq, gt, like, lt, sql } from "drizzle-orm";
import { askedBy } from "@/db/asked-by";
import { db } from "@/db/client";
import { type AuditDetail, auditEntries, auditHeads } from "@/db/schema/audit";
import { users } from "@/db/schema/identity";
import type { UserId } from "@/lib/ids";
import { listCharges, listLedgerDisputes, listLedgerRefunds } from "@/lib/payments/ledger";
import { CHAIN_START, type ChainBreak, type ChainEnd, followChain } from "./chain";
import {
  compareLedger,
  type Difference,
  type OurDispute,
  type OurPayment,
  type OurRefund,
} from "./compare-ledger";
import { PAID } from "./invariant";
import { INVARIANTS } from "./invariants";
import type { AuditAction } from "./schema";

export type Violation = { readonly invariant: string; readonly id: string; readonly detail: string };

/** Every breach of every invariant, as of one moment. */
export async function findViolations(): Promise<Violation[]> {
  return db().transaction(
    async (tx) => {
      const found: Violation[] = [];
      for (const invariant of INVARIANTS) {
        const rows = await tx.execute<{ id: string; detail: string }>(invariant.breaches);
        found.push(...rows.map((row) => ({ invariant: invariant.name, id: row.id, detail: row.detail })));
      }
      return found;
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

export type { AuditDetail, AuditValue } from "@/db/schema/audit";

export type AuditRow = {
  readonly number: number;
  readonly at: Date;
  readonly action: AuditAction;
  /** Null when the account is gone. */
  readonly actor: string | null;
  readonly subjectType: string;
  readonly subjectLabel: string;
  readonly detail: AuditDetail;
  readonly hash: string;
};

export type AuditFilter = {
  /** The beginning of what the subject is called: an order's number, a coupon's code. */
  readonly begins?: string | undefined;
  readonly action?: AuditAction | undefined;
};

/** Where a page begins: older than an entry, or newer than one. */
export type AuditCursor = { readonly before?: number | undefined; readonly after?: number | undefined };

export type AuditPage = {
  readonly entries: readonly AuditRow[];
  readonly newer: number | null;
  readonly older: number | null;
};

export const AUDIT_PAGE = 25;

/** A page of the log, newest first; empty for who may not read it. */
export async function listAuditEntries(
  staffId: UserId,
  { begins, action }: AuditFilter,
  { before, after }: AuditCursor,
  limit = AUDIT_PAGE,
): Promise<AuditPage> {
  const upwards = after !== undefined;
  const rows = await db()
    .select({
      number: auditEntries.number,
      at: auditEntries.at,
      action: sql<AuditAction>`${auditEntries.action}`,
      actor: users.name,
      subjectType: auditEntries.subjectType,
      subjectLabel: auditEntries.subjectLabel,
      detail: auditEntries.detail,
      hash: auditEntries.hash,
    })
    .from(auditEntries)
    .leftJoin(users, eq(users.id, auditEntries.actorId))
    .where(
      and(
        askedBy(staffId, "audit.see"),
        begins ? like(auditEntries.subjectLabel, `${begins.replace(/[\\%_]/g, "\\$&")}%`) : undefined,
        action ? eq(auditEntries.action, action) : undefined,
        before === undefined ? undefined : lt(auditEntries.number, before),
        after === undefined ? undefined : gt(auditEntries.number, after),
      ),
    )
    .orderBy(upwards ? asc(auditEntries.number) : desc(auditEntries.number))
    .limit(limit + 1);
  const goesOn = rows.length > limit;
  const kept = rows.slice(0, limit);
  const entries = upwards ? kept.toReversed() : kept;
  const first = entries[0]?.number ?? null;
  const last = entries.at(-1)?.number ?? null;
  return {
    entries,
    newer: upwards ? (goesOn ? first : null) : before === undefined ? null : first,
    older: upwards || goesOn ? last : null,
  };
}

/** How far the log is as it was written; `hash` is that of the last good entry. */
export type ChainCheck = {
  readonly intact: number;
  readonly hash: string;
  readonly broken: ChainBreak | null;
};

/** Computes every hash of the log again, as of one moment. Null for who may not read it. */
export async function verifyAuditLog(staffId: UserId, batch = 1_000): Promise<ChainCheck | null> {
  const [allowed] = await db().execute<{ yes: boolean }>(sql`select ${askedBy(staffId, "audit.see")} as yes`);
  return allowed?.yes ? checkAuditLog(batch) : null;
}

/** The same for the shell, which may read all. */
export async function checkAuditLog(batch = 1_000): Promise<ChainCheck> {
  return db().transaction(
    async (tx) => {
      const [head = CHAIN_START] = await tx.select().from(auditHeads);
      let end: ChainEnd = CHAIN_START;
      for (;;) {
        const entries = await tx
          .select()
          .from(auditEntries)
          .where(gt(auditEntries.number, end.number))
          .orderBy(asc(auditEntries.number))
          .limit(batch);
        const next = followChain(end, entries);
        if ("problem" in next) return { intact: next.number - 1, hash: "", broken: next };
        end = next;
        if (entries.length < batch) break;
      }
      const isWhole = end.number === head.number && end.hash === head.hash;
      return {
        intact: end.number,
        hash: end.hash,
        broken: isWhole ? null : { number: end.number + 1, problem: "missing" as const },
      };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

/** Younger bookings may still be on their way from one book to the other. */
const SETTLED_AFTER_MS = 10 * 60 * 1000;

/**
 * Compares the payments, refunds and disputes of all orders with what Stripe booked; `settledAfterMs` leaves out what is
 * younger. Reads every charge since the first order, a hundred in a call: minutes for a hundred thousand.
 *
 * @throws StripeUnavailable when Stripe does not answer.
 */
export async function findLedgerDifferences(settledAfterMs = SETTLED_AFTER_MS): Promise<Difference[]> {
  const [first] = await db().execute<{ at: string | null }>(sql`select min(created_at) as at from orders`);
  if (!first?.at) return [];
  const since = new Date(new Date(first.at).getTime() - 60_000);
  const [bookedPayments, bookedRefunds] = [await listCharges(since), await listLedgerRefunds(since)];
  const bookedDisputes = await listLedgerDisputes(since);
  const payments = await db().execute<OurPayment>(sql`
    select id as "orderId", order_number as "orderNumber", stripe_payment_intent_id as "paymentIntentId",
      total_amount as amount, currency from orders where status in ${PAID} and stripe_payment_intent_id is not null`);
  const given = await db().execute<OurRefund>(sql`
    select r.id, r.stripe_refund_id as "stripeRefundId", o.stripe_payment_intent_id as "paymentIntentId", r.amount, r.status
    from refunds r join orders o on o.id = r.order_id where r.stripe_refund_id is not null`);
  const knownDisputes = await db().execute<OurDispute>(
    sql`select stripe_dispute_id as "stripeDisputeId", state from disputes`,
  );
  const isSettled = ({ at }: { readonly at: Date }) => Date.now() - at.getTime() >= settledAfterMs;
  const young = new Set(bookedRefunds.filter((one) => !isSettled(one)).map((one) => one.stripeRefundId));
  const newest = new Set(bookedPayments.filter((one) => !isSettled(one)).map((one) => one.paymentIntentId));
  return compareLedger(
    { payments, refunds: given, disputes: knownDisputes },
    {
      payments: bookedPayments,
      refunds: bookedRefunds,
      disputes: bookedDisputes.filter(({ openedAt }) => isSettled({ at: openedAt })),
    },
  ).filter(({ id }) => !young.has(id) && !newest.has(id));
}

/** One change of the log, as it stands beside what was changed. */
export type Change = {
  readonly number: number;
  readonly action: AuditAction;
  readonly actor: string | null;
  readonly detail: AuditDetail;
  readonly at: Date;
};

/** What staff last did to one subject, newest first. Who may ask is decided by the query that shows the subject. */
export function listChangesOf(
  subject: { readonly type: string; readonly id: string },
  limit: number,
): Promise<Change[]> {
  return db()
    .select({
      number: auditEntries.number,
      action: sql<AuditAction>`${auditEntries.action}`,
      actor: users.name,
      detail: auditEntries.detail,
      at: auditEntries.at,
    })
    .from(auditEntries)
    .leftJoin(users, eq(users.id, auditEntries.actorId))
    .where(and(eq(auditEntries.subjectType, subject.type), eq(auditEntries.subjectId, subject.id)))
    .orderBy(desc(auditEntries.number))
    .limit(limit);
}
