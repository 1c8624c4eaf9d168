import "server-only";
import { and, desc, eq, gt, inArray, isNotNull, isNull, like, type SQL, sql } from "drizzle-orm";
import { askedBy } from "@/db/asked-by";
import { db } from "@/db/client";
import { beyondRow, inDirection } from "@/db/keyset";
import { disputes } from "@/db/schema/disputes";
import { users } from "@/db/schema/identity";
import { orders } from "@/db/schema/orders";
import { paymentAlerts, reconciliationRuns, stripeEvents } from "@/db/schema/payments";
import type { OrderId, UserId } from "@/lib/ids";
import { type Cursor, cutRows, type KeysetPage } from "@/lib/keyset";
import { DIFFERENCES } from "@/lib/reconciliation/compare-ledgers";
import type { EventFilter } from "./read-event-filter";
import { redactPayload } from "./redact-payload";
import type { EventState } from "./schema";

const eventState = sql<EventState>`case ${stripeEvents.status}
  when 'quarantined' then 'quarantined' when 'processed' then 'processed' else 'failing' end`;

const eventColumns = {
  id: stripeEvents.id,
  type: stripeEvents.type,
  objectId: stripeEvents.objectId,
  state: eventState,
  attempts: stripeEvents.attempts,
  problem: stripeEvents.lastError,
  receivedAt: stripeEvents.receivedAt,
};

export type EventRow = {
  readonly id: string;
  readonly type: string;
  readonly objectId: string | null;
  readonly state: EventState;
  readonly attempts: number;
  readonly problem: string | null;
  readonly receivedAt: Date;
};

export const EVENTS_PER_PAGE = 25;

/** A page of Stripe's events, the newest first; empty for who may not see them. */
export async function listEvents(
  staffId: UserId,
  filter: EventFilter,
  cursor: Cursor = {},
  limit = EVENTS_PER_PAGE,
): Promise<KeysetPage<EventRow>> {
  const keys = [stripeEvents.receivedAt, stripeEvents.id] as const;
  const far = beyondRow(
    cursor,
    keys,
    "desc",
    (id) => sql`select received_at, id from stripe_events where id = ${id}`,
  );
  const rows = await db()
    .select(eventColumns)
    .from(stripeEvents)
    .where(and(askedBy(staffId, "payments.see"), ...matches(filter), far))
    .orderBy(...inDirection(cursor, keys))
    .limit(limit + 1);
  if (rows.length === 0 && (cursor.before ?? cursor.after)) return listEvents(staffId, filter, {}, limit);
  return cutRows(rows, limit, cursor, (row) => row.id);
}

function matches({ q, state }: EventFilter): (SQL | undefined)[] {
  const stored = { quarantined: "quarantined", processed: "processed", failing: "received" } as const;
  return [state ? eq(stripeEvents.status, stored[state]) : undefined, q === "" ? undefined : searched(q)];
}

function searched(typed: string): SQL {
  if (/^evt_\w+$/.test(typed)) return eq(stripeEvents.id, typed);
  if (/^[a-z]{2,8}_\w+$/.test(typed) && !typed.includes(".")) return eq(stripeEvents.objectId, typed);
  return like(stripeEvents.type, `${typed.replace(/[\\%_]/g, "\\$&")}%`);
}

export type EventDetails = EventRow & {
  readonly livemode: boolean;
  readonly createdAt: Date;
  readonly processedAt: Date | null;
  /** Without anything about a person. */
  readonly payload: unknown;
  /** Of the order that it is about, if it is one of ours. */
  readonly orderNumber: string | null;
};

export async function findEvent(staffId: UserId, id: string): Promise<EventDetails | null> {
  const [event] = await db()
    .select({
      ...eventColumns,
      livemode: stripeEvents.livemode,
      createdAt: stripeEvents.createdAt,
      processedAt: stripeEvents.processedAt,
      payload: stripeEvents.payload,
      orderId: sql<string | null>`${stripeEvents.payload} #>> '{data,object,metadata,order_id}'`,
      payment: sql<string | null>`${stripeEvents.payload} #>> '{data,object,payment_intent}'`,
    })
    .from(stripeEvents)
    .where(and(eq(stripeEvents.id, id), askedBy(staffId, "payments.see")));
  if (!event) return null;
  const { orderId, payment, ...rest } = event;
  const orderNumber = await findOrderNumber(orderId, payment ?? event.objectId);
  return { ...rest, payload: redactPayload(event.payload), orderNumber };
}

async function findOrderNumber(orderId: string | null, payment: string | null): Promise<string | null> {
  const isOurs = orderId !== null && /^[0-9a-f-]{36}$/i.test(orderId);
  if (!isOurs && payment === null) return null;
  const [order] = await db()
    .select({ orderNumber: orders.orderNumber })
    .from(orders)
    .where(isOurs ? eq(orders.id, orderId as OrderId) : eq(orders.stripePaymentIntentId, payment ?? ""));
  return order?.orderNumber ?? null;
}

export type AlertRow = {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly problem: string;
  readonly orderNumber: string | null;
  readonly since: Date;
  readonly lastSeenAt: Date;
  readonly clearedAt: Date | null;
  readonly clearedBy: string | null;
  /** A difference between Stripe's books and ours, which a repair may settle. */
  readonly isDifference: boolean;
};

/** What a person must look at, or with `settled` what was looked at last; the newest first. */
export async function listAlerts(staffId: UserId, settled: boolean, limit = 100): Promise<AlertRow[]> {
  const rows = await db()
    .select({
      id: sql<string>`${paymentAlerts.id}`,
      kind: paymentAlerts.kind,
      subject: paymentAlerts.subject,
      problem: paymentAlerts.problem,
      orderNumber: orders.orderNumber,
      since: paymentAlerts.createdAt,
      lastSeenAt: paymentAlerts.lastSeenAt,
      clearedAt: paymentAlerts.clearedAt,
      clearedBy: users.name,
    })
    .from(paymentAlerts)
    .leftJoin(orders, eq(orders.id, paymentAlerts.orderId))
    .leftJoin(users, eq(users.id, paymentAlerts.clearedByUserId))
    .where(
      and(
        askedBy(staffId, "payments.see"),
        settled ? isNotNull(paymentAlerts.clearedAt) : isNull(paymentAlerts.clearedAt),
      ),
    )
    .orderBy(settled ? desc(paymentAlerts.clearedAt) : desc(paymentAlerts.createdAt))
    .limit(limit);
  return rows.map((row) => ({ ...row, isDifference: DIFFERENCES.some((kind) => kind === row.kind) }));
}

export type DisputeRow = {
  readonly id: string;
  readonly orderNumber: string;
  readonly paymentIntentId: string | null;
  readonly livemode: boolean;
  readonly state: "inquiry" | "open" | "kept" | "lost";
  readonly reason: string;
  readonly amount: number;
  readonly currency: string;
  readonly respondBy: Date | null;
  readonly openedAt: Date;
};

/** A page of disputes, the newest first; only those that the bank has not decided, if asked so. */
export async function listDisputeRows(
  staffId: UserId,
  undecided: boolean,
  cursor: Cursor = {},
  limit = EVENTS_PER_PAGE,
): Promise<KeysetPage<DisputeRow>> {
  const keys = [disputes.openedAt, disputes.id] as const;
  const far = beyondRow(
    cursor,
    keys,
    "desc",
    (id) => sql`select opened_at, id from disputes where id = ${id}::uuid`,
  );
  const rows = await db()
    .select({
      id: sql<string>`${disputes.id}`,
      orderNumber: orders.orderNumber,
      paymentIntentId: orders.stripePaymentIntentId,
      livemode: orders.livemode,
      state: disputes.state,
      reason: disputes.reason,
      amount: sql<number>`${disputes.amount}`,
      currency: disputes.currency,
      respondBy: disputes.respondBy,
      openedAt: disputes.openedAt,
    })
    .from(disputes)
    .innerJoin(orders, eq(orders.id, disputes.orderId))
    .where(
      and(
        askedBy(staffId, "payments.see"),
        undecided ? inArray(disputes.state, ["inquiry", "open"]) : undefined,
        far,
      ),
    )
    .orderBy(...inDirection(cursor, keys))
    .limit(limit + 1);
  return cutRows(rows, limit, cursor, (row) => row.id);
}

/** How many disputes the bank has not decided; 0 for who may not see it. */
export async function countUndecided(staffId: UserId): Promise<number> {
  const [row] = await db()
    .select({ count: sql<number>`count(*)::int` })
    .from(disputes)
    // Written out, not sent along: only so is the index of the undecided of use.
    .where(and(askedBy(staffId, "payments.see"), sql`${disputes.state} in ('inquiry', 'open')`));
  return row?.count ?? 0;
}

export type RunRow = {
  readonly id: string;
  readonly hours: number;
  readonly startedAt: Date;
  readonly seconds: number;
  readonly repaired: readonly string[];
  readonly differences: number;
  readonly checked: Readonly<Record<string, number>>;
  readonly problem: string | null;
  readonly requestedBy: string | null;
};

/** The comparisons of the last days, the newest first; only those that found or failed at something, if asked so. */
export function listRuns(staffId: UserId, eventful: boolean, limit = 50): Promise<RunRow[]> {
  return db()
    .select({
      id: sql<string>`${reconciliationRuns.id}`,
      hours: reconciliationRuns.hours,
      startedAt: reconciliationRuns.startedAt,
      seconds: sql<number>`extract(epoch from ${reconciliationRuns.finishedAt} - ${reconciliationRuns.startedAt})::float8`,
      repaired: reconciliationRuns.repaired,
      differences: reconciliationRuns.differences,
      checked: reconciliationRuns.checked,
      problem: reconciliationRuns.problem,
      requestedBy: users.name,
    })
    .from(reconciliationRuns)
    .leftJoin(users, eq(users.id, reconciliationRuns.requestedByUserId))
    .where(
      and(
        askedBy(staffId, "payments.see"),
        eventful
          ? sql`(${gt(reconciliationRuns.differences, 0)} or ${isNotNull(reconciliationRuns.problem)} or cardinality(${reconciliationRuns.repaired}) > 0)`
          : undefined,
      ),
    )
    .orderBy(desc(reconciliationRuns.startedAt), desc(reconciliationRuns.id))
    .limit(limit);
}
