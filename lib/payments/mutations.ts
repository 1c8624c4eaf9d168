import "server-only";
import { eq, sql } from "drizzle-orm";
import { db, type Transaction, withTransaction } from "@/db/client";
import { users } from "@/db/schema/identity";
import { stripeEvents } from "@/db/schema/payments";
import { describeError } from "@/lib/log";

export type IncomingEvent = {
  readonly id: string;
  readonly type: string;
  readonly livemode: boolean;
  /** Seconds since 1970, Stripe's clock. */
  readonly created: number;
  readonly data: { readonly object: unknown };
};

/** Undefined: done. A string: why the event is set aside. */
export type Verdict = string | undefined;

/** The database work of an event; anything asked of Stripe was asked before its transaction began. */
export type Effect = (tx: Transaction) => Promise<Verdict>;

/**
 * Claims, works and marks an event in one transaction, so that any number of copies has one effect and a crash leaves it
 * unclaimed. Throws when the work failed; nothing is kept then.
 */
export async function workEvent(
  event: IncomingEvent,
  effect: Effect,
): Promise<"processed" | "repeated" | { readonly quarantined: string }> {
  return withTransaction(async (tx) => {
    if (!(await claimEvent(tx, event))) return "repeated";
    const reason = await effect(tx);
    if (!reason) return "processed";
    await quarantineEvent(tx, event.id, reason);
    return { quarantined: reason };
  });
}

/**
 * False when it was processed before; a second delivery at the same moment waits here for the first. One that was set aside
 * is judged anew: Stripe does not repeat it, so a person sent it again after mending the cause.
 */
async function claimEvent(tx: Transaction, event: IncomingEvent): Promise<boolean> {
  const { id, type, objectId, livemode, payload } = eventColumns(event);
  const claimed = await tx.execute(sql`
    insert into ${stripeEvents} as known (id, type, object_id, livemode, payload, created_at, status, attempts, processed_at)
    values (${id}, ${type}, ${objectId}, ${livemode}, ${JSON.stringify(payload)}::jsonb, to_timestamp(${event.created}), 'processed', 1, now())
    on conflict (id) do update
      set status = 'processed', attempts = known.attempts + 1, processed_at = now(), last_error = null
      where known.status <> 'processed'
    returning id`);
  return claimed.length > 0;
}

/** Sets an event aside for a person: it contradicts what we know, and trying again would not help. */
async function quarantineEvent(tx: Transaction, eventId: string, reason: string): Promise<void> {
  await tx
    .update(stripeEvents)
    .set({ status: "quarantined", lastError: reason, processedAt: null })
    .where(eq(stripeEvents.id, eventId));
}

/** Notes a failed try, outside the transaction that failed. */
export async function recordFailure(event: IncomingEvent, error: unknown): Promise<void> {
  const lastError = describeError(error);
  await db()
    .insert(stripeEvents)
    .values({ ...eventColumns(event), status: "received", attempts: 1, lastError })
    .onConflictDoUpdate({
      target: stripeEvents.id,
      set: { attempts: sql`${stripeEvents.attempts} + 1`, lastError },
      setWhere: eq(stripeEvents.status, "received"),
    });
}

function eventColumns(event: IncomingEvent) {
  const object = event.data.object;
  const objectId = typeof object === "object" && object !== null && "id" in object ? String(object.id) : null;
  return {
    id: event.id,
    type: event.type,
    objectId,
    livemode: event.livemode,
    payload: event,
    createdAt: new Date(event.created * 1000),
  };
}

/** Deleted at Stripe: the next checkout makes the learner a customer anew. */
export async function forgetCustomer(tx: Transaction, stripeCustomerId: string): Promise<void> {
  await tx.update(users).set({ stripeCustomerId: null }).where(eq(users.stripeCustomerId, stripeCustomerId));
}
