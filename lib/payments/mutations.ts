import "server-only";
import { eq, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { stripeEvents } from "@/db/schema/payments";

export type IncomingEvent = {
  readonly id: string;
  readonly type: string;
  readonly livemode: boolean;
  /** Seconds since 1970, Stripe's clock. */
  readonly created: number;
  readonly data: { readonly object: unknown };
};

/**
 * Takes an event in the transaction that does its work: `processed` becomes visible only together with the effect.
 * False when it was processed or quarantined before; a second delivery at the same moment waits here for the first.
 */
export async function claimEvent(tx: Transaction, event: IncomingEvent): Promise<boolean> {
  const claimed = await tx
    .insert(stripeEvents)
    .values({ ...eventColumns(event), status: "processed", attempts: 1, processedAt: sql`now()` })
    .onConflictDoUpdate({
      target: stripeEvents.id,
      set: {
        status: "processed",
        attempts: sql`${stripeEvents.attempts} + 1`,
        processedAt: sql`now()`,
        lastError: null,
      },
      setWhere: eq(stripeEvents.status, "received"),
    })
    .returning({ id: stripeEvents.id });
  return claimed.length > 0;
}

/** Sets an event aside for a person: it contradicts what we know, and trying again would not help. */
export async function quarantineEvent(tx: Transaction, eventId: string, reason: string): Promise<void> {
  await tx
    .update(stripeEvents)
    .set({ status: "quarantined", lastError: reason, processedAt: null })
    .where(eq(stripeEvents.id, eventId));
}

/** Notes a failed try, outside the transaction that failed. */
export async function recordFailure(event: IncomingEvent, error: unknown): Promise<void> {
  const lastError = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(
    0,
    500,
  );
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
