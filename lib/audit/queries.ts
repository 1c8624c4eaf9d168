import "server-only";
import { and, asc, desc, eq, gt, gte, like, lt, ne, or, type SQL, sql } from "drizzle-orm";
import { askedBy } from "@/db/asked-by";
import { db } from "@/db/client";
import { type AuditDetail, auditEntries, auditHeads } from "@/db/schema/audit";
import { courses } from "@/db/schema/catalog";
import { users } from "@/db/schema/identity";
import { enrollments } from "@/db/schema/learning";
import { idArray } from "@/db/statement";
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
import { idsIn } from "./ids-in";
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
  readonly actorId: UserId;
  /** Null when the account was erased. */
  readonly actor: string | null;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly subjectLabel: string;
  readonly detail: AuditDetail;
  readonly hash: string;
};

export type AuditFilter = {
  /** The beginning of what the subject is called: an order's number, a coupon's code. */
  readonly begins?: string | undefined;
  readonly action?: AuditAction | undefined;
  readonly actor?: UserId | undefined;
  /** `2026-11-01`; both days are counted. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** Where a page begins: older than an entry, or newer than one. */
export type AuditCursor = { readonly before?: number | undefined; readonly after?: number | undefined };

/** What an id of the log is called now. */
export type Named = {
  /** Of a person, or of the learner of a seat; null once erased. */
  readonly name: string | null;
  /** Of a course, or of the course of a seat. */
  readonly course: { readonly title: string; readonly slug: string; readonly currency: string } | null;
};

/** By id. What is gone, and what has no name, is not among them. */
export type AuditNames = ReadonlyMap<string, Named>;

export type AuditPage = {
  readonly entries: readonly AuditRow[];
  readonly names: AuditNames;
  readonly newer: number | null;
  readonly older: number | null;
};

export const AUDIT_PAGE = 25;

/** Of a person who was erased only the row is left. */
const nameOfPerson = sql<string | null>`case when ${users.erasedAt} is null then ${users.name} end`;

/** A page of the log, newest first; empty for who may not read it. Days begin at midnight in `zone`. */
export async function listAuditEntries(
  staffId: UserId,
  { begins, action, actor, from, to }: AuditFilter,
  { before, after }: AuditCursor,
  limit = AUDIT_PAGE,
  zone = "UTC",
): Promise<AuditPage> {
  const upwards = after !== undefined;
  const rows = await db()
    .select({
      number: auditEntries.number,
      at: auditEntries.at,
      action: sql<AuditAction>`${auditEntries.action}`,
      actorId: auditEntries.actorId,
      actor: nameOfPerson,
      subjectType: auditEntries.subjectType,
      subjectId: auditEntries.subjectId,
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
        actor ? eq(auditEntries.actorId, actor) : undefined,
        from
          ? gte(auditEntries.number, firstSince(sql`${from}::date::timestamp at time zone ${zone}`))
          : undefined,
        to
          ? lt(auditEntries.number, firstSince(sql`(${to}::date + 1)::timestamp at time zone ${zone}`))
          : undefined,
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
    names: await findNames(entries),
    newer: upwards ? (goesOn ? first : null) : before === undefined ? null : first,
    older: upwards || goesOn ? last : null,
  };
}

/**
 * The number of the first entry since a moment, or the next one to be written. Found by halving: numbers have no gap and follow the
 * time, so the primary key is enough, however long the log is.
 */
function firstSince(moment: SQL): SQL {
  return sql`(
    with recursive halves(low, high) as (
      select 1, coalesce((select number from ${auditHeads}), 0) + 1
      union all
      select case when e.at < ${moment} then h.middle + 1 else h.low end,
        case when e.at < ${moment} then h.high else h.middle end
      from (select low, high, (low + high) / 2 as middle from halves where low < high) h
      left join ${auditEntries} e on e.number = h.middle)
    select low from halves where low >= high)`;
}

/** The people, courses and seats that entries name, in one query. */
async function findNames(entries: readonly AuditRow[]): Promise<AuditNames> {
  const ids = idArray(idsIn(entries));
  const rows = await db().execute<{ id: string; name: string | null; course: Named["course"] }>(sql`
    with asked as (select unnest(${ids}::uuid[]) as id),
      titled as (select id, json_build_object('title', title, 'slug', slug, 'currency', currency) as course from ${courses})
    select id, ${nameOfPerson} as name, null::json as course from ${users} join asked using (id)
    union all
    select id, null, course from titled join asked using (id)
    union all
    select e.id, ${nameOfPerson}, titled.course from asked join ${enrollments} e using (id)
      join ${users} on users.id = e.user_id join titled on titled.id = e.course_id`);
  return new Map(rows.map(({ id, name, course }) => [id, { name, course }]));
}

export type Actor = { readonly id: UserId; readonly name: string | null; readonly email: string };

/** Who may change something now, and whoever is `chosen`, by name. Empty for who may not read the log. */
export function listActors(staffId: UserId, chosen?: UserId): Promise<Actor[]> {
  return db()
    .select({ id: users.id, name: nameOfPerson, email: users.email })
    .from(users)
    .where(
      and(
        askedBy(staffId, "audit.see"),
        or(ne(users.role, "learner"), chosen ? eq(users.id, chosen) : undefined),
      ),
    )
    .orderBy(asc(users.name), asc(users.email));
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
