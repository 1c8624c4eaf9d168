import "server-only";
import { asc, eq, lte, sql } from "drizzle-orm";
import { db, type Transaction, withTransaction } from "@/db/client";
import { commitTogether } from "@/db/commit-together";
import { users } from "@/db/schema/identity";
import { orders } from "@/db/schema/orders";
import { customerErasures, stripeEvents } from "@/db/schema/payments";
import { statement } from "@/db/statement";
import type { OrderId, UserId } from "@/lib/ids";
import { describeError, log } from "@/lib/log";
import { deleteCustomer, StripeUnavailable } from "./stripe";

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

type Worked = "processed" | "repeated" | { readonly quarantined: string };

/**
 * Claims, works and marks an event in one transaction, so that any number of copies has one effect and a crash leaves it
 * unclaimed. Throws when the work failed; nothing is kept then. A sale names its order: it may share the transaction with
 * sales of other orders.
 */
export async function workEvent(event: IncomingEvent, effect: Effect, sold?: OrderId): Promise<Worked> {
  const work = async (tx: Transaction): Promise<Worked> => {
    if (!(await claimEvent(tx, event))) return "repeated";
    const reason = await effect(tx);
    if (!reason) return "processed";
    await quarantineEvent(tx, event.id, reason);
    return { quarantined: reason };
  };
  return sold ? commitTogether(sold, work) : withTransaction(work);
}

/**
 * False when it was processed before; a second delivery at the same moment waits here for the first. One that was set aside
 * is judged anew: Stripe does not repeat it, so a person sent it again after mending the cause.
 */
async function claimEvent(tx: Transaction, event: IncomingEvent): Promise<boolean> {
  const claimed = await claim(tx, { ...eventColumns(event), created: event.created });
  return claimed.length > 0;
}

type Claim = Omit<ReturnType<typeof eventColumns>, "createdAt"> & {
  /** Seconds since 1970. */
  readonly created: number;
};

const claim = statement<Claim>(
  "id",
  { id: "text", type: "text", objectId: "text", livemode: "boolean", payload: "jsonb", created: "bigint" },
  (event) => sql`
    insert into ${stripeEvents} as known (id, type, object_id, livemode, payload, created_at, status, attempts, processed_at)
    select ${event.id}, ${event.type}, ${event.objectId}, ${event.livemode}, ${event.payload}, to_timestamp(${event.created}), 'processed', 1, now()
    from given order by ${event.id}
    on conflict (id) do update
      set status = 'processed', attempts = known.attempts + 1, processed_at = now(), last_error = null
      where known.status <> 'processed'
    returning id`,
);

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
    payload: withoutPerson(event),
    createdAt: new Date(event.created * 1000),
  };
}

/** The event of a deleted customer still names the person; nobody reads more of it than whose it was. */
function withoutPerson(event: IncomingEvent): IncomingEvent {
  const { object } = event.data;
  if (event.type !== "customer.deleted" || typeof object !== "object" || object === null) return event;
  return { ...event, data: { object: { id: "id" in object ? object.id : null, object: "customer" } } };
}

/** Deleted at Stripe: the next checkout makes the learner a customer anew. */
export async function forgetCustomer(tx: Transaction, stripeCustomerId: string): Promise<void> {
  await tx.update(users).set({ stripeCustomerId: null }).where(eq(users.stripeCustomerId, stripeCustomerId));
}

/** Every customer that somebody was at Stripe is to be deleted there. Part of the erasure of their account. */
export async function queueCustomerErasures(tx: Transaction, userId: UserId): Promise<void> {
  await tx.execute(sql`
    insert into ${customerErasures} (stripe_customer_id)
    select stripe_customer_id from ${users} where id = ${userId} and stripe_customer_id is not null
    union
    select stripe_customer_id from ${orders} where user_id = ${userId} and stripe_customer_id is not null
    on conflict do nothing`);
}

/**
 * Deletes at Stripe the customers of erased accounts, and answers how many. Deleting twice is deleting once, so a crash
 * between Stripe's answer and ours, and several workers, do no harm. What fails waits twice as long each time, up to a day.
 */
export async function deleteErasedCustomers(): Promise<number> {
  const due = await db()
    .select({ id: customerErasures.stripeCustomerId })
    .from(customerErasures)
    .where(lte(customerErasures.nextAttemptAt, sql`now()`))
    .orderBy(asc(customerErasures.nextAttemptAt))
    .limit(50);
  let deleted = 0;
  for (const { id } of due) {
    try {
      await deleteCustomer(id);
      await db().delete(customerErasures).where(eq(customerErasures.stripeCustomerId, id));
      deleted += 1;
    } catch (error) {
      log.warn({ customer: id, err: error }, "a customer could not be deleted at Stripe yet");
      await db()
        .update(customerErasures)
        .set({
          attempts: sql`${customerErasures.attempts} + 1`,
          nextAttemptAt: sql`now() + least(interval '1 day', interval '1 minute' * 2 ^ least(${customerErasures.attempts}, 11))`,
          lastError: describeError(error),
        })
        .where(eq(customerErasures.stripeCustomerId, id));
      if (error instanceof StripeUnavailable) return deleted;
    }
  }
  return deleted;
}
