import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { paymentAlerts } from "@/db/schema/payments";
import type { OrderId } from "@/lib/ids";
import { log } from "@/lib/log";

export type NewAlert = {
  readonly kind: string;
  /** Stripe's id or ours of what it is about; one (kind, subject) is one alert. */
  readonly subject: string;
  readonly orderId: OrderId | null;
  /** One sentence for the admin: what is wrong and what to do. */
  readonly problem: string;
};

/**
 * Tells the admins: a line in the log and a row that stands on their overview until it is cleared. Said again, it only
 * becomes newer; one that went away by itself opens again, one that a person cleared stays cleared.
 */
export async function raiseAlert(tx: Executor, alert: NewAlert): Promise<void> {
  const { kind, subject, orderId, problem } = alert;
  log.error({ alert: kind, subject, orderId }, problem);
  await tx
    .insert(paymentAlerts)
    .values(alert)
    .onConflictDoUpdate({
      target: [paymentAlerts.kind, paymentAlerts.subject],
      set: { problem, lastSeenAt: sql`now()`, clearedAt: null },
      setWhere: isNull(paymentAlerts.clearedByUserId),
    });
}

/** Nothing to look at any more; found out by the machine. */
export async function settleAlert(tx: Executor, kind: string, subject: string): Promise<void> {
  await tx
    .update(paymentAlerts)
    .set({ clearedAt: sql`now()` })
    .where(
      and(eq(paymentAlerts.kind, kind), eq(paymentAlerts.subject, subject), isNull(paymentAlerts.clearedAt)),
    );
}
