import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { db, type Transaction, withTransaction } from "@/db/client";
import { orders } from "@/db/schema/orders";
import { paymentAlerts, stripeEvents } from "@/db/schema/payments";
import { recordAudit } from "@/lib/audit/mutations";
import type { Id, UserId } from "@/lib/ids";
import { findPaymentOfCharge } from "@/lib/payments/money-back";
import type { IncomingEvent } from "@/lib/payments/mutations";
import { StripeUnavailable } from "@/lib/payments/stripe";
import { receiveEvent } from "@/lib/payments/webhook";
import { repairPayment } from "@/lib/reconciliation/mutations";
import { reconcile } from "@/lib/reconciliation/reconcile";
import { err, ok, type Result } from "@/lib/result";
import type { ClearRejection, CompareRejection, RepairRejection, RetryRejection } from "./schema";

const stored = z.object({
  id: z.string(),
  type: z.string(),
  livemode: z.boolean(),
  created: z.number(),
  data: z.object({ object: z.unknown() }),
});

/**
 * Works on an event again that was set aside or failed: the stored one, by the code that Stripe's delivery runs through, so it has its
 * effect once at most. Its line in the log is written with the effect.
 */
export async function retryEvent(
  actorId: UserId,
  eventId: string,
): Promise<Result<undefined, RetryRejection>> {
  const [row] = await db()
    .select({ status: stripeEvents.status, payload: stripeEvents.payload })
    .from(stripeEvents)
    .where(eq(stripeEvents.id, eventId));
  const event = stored.safeParse(row?.payload);
  if (!row || !event.success) return err("unknown_event");
  if (row.status === "processed") return err("settled_meanwhile");
  const note = (tx: Transaction, outcome: string) =>
    recordAudit(tx, {
      actorId,
      action: "event.retried",
      subject: { type: "event", id: eventId, label: eventId },
      detail: { before: { state: row.status }, after: { event: event.data.type, outcome } },
    });
  try {
    const delivered = await receiveEvent(event.data satisfies IncomingEvent, (tx, verdict) =>
      note(tx, verdict ?? "processed"),
    );
    if (delivered === "quarantined") return err("set_aside_again");
    if (delivered === "ignored") return err("not_ours");
    return delivered === "repeated" ? err("settled_meanwhile") : ok();
  } catch {
    // Logged and noted on the event where it was thrown; nothing of the work was kept.
    await withTransaction((tx) => note(tx, "failed"));
    return err("failed_again");
  }
}

type Alert = Id<"payment-alert">;

/** Takes an alert off the overview for good: a person has seen to it. It stays in the list of settled ones, with who that was. */
export async function clearAlert(
  actorId: UserId,
  alertId: string,
): Promise<Result<undefined, ClearRejection>> {
  return withTransaction(async (tx) => {
    const [alert] = await tx
      .select()
      .from(paymentAlerts)
      .where(eq(paymentAlerts.id, alertId as Alert))
      .for("update");
    if (!alert) return err("unknown_alert");
    if (alert.clearedAt) return err("cleared_meanwhile");
    await tx
      .update(paymentAlerts)
      .set({ clearedAt: sql`now()`, clearedByUserId: actorId })
      .where(eq(paymentAlerts.id, alert.id));
    await recordAudit(tx, {
      actorId,
      action: "alert.cleared",
      subject: { type: "alert", id: alert.id, label: alert.subject },
      detail: { after: { kind: alert.kind, problem: alert.problem } },
    });
    return ok();
  });
}

/**
 * Brings the order of a difference in line with what Stripe says now, as the comparison does by itself where that is safe. The alert is
 * settled in the same transaction; should the difference come back, so does the alert.
 */
export async function repairDifference(
  actorId: UserId,
  alertId: string,
): Promise<Result<undefined, RepairRejection>> {
  const [alert] = await db()
    .select({
      id: paymentAlerts.id,
      kind: paymentAlerts.kind,
      subject: paymentAlerts.subject,
      clearedAt: paymentAlerts.clearedAt,
      payment: orders.stripePaymentIntentId,
    })
    .from(paymentAlerts)
    .leftJoin(orders, eq(orders.id, paymentAlerts.orderId))
    .where(eq(paymentAlerts.id, alertId as Alert));
  if (!alert) return err("unknown_alert");
  if (alert.clearedAt) return err("cleared_meanwhile");
  try {
    const payment = await findPayment(alert.subject, alert.payment);
    if (!payment) return err("no_payment");
    const reason = await repairPayment(payment, async (tx) => {
      await tx
        .update(paymentAlerts)
        .set({ clearedAt: sql`now()` })
        .where(and(eq(paymentAlerts.id, alert.id), isNull(paymentAlerts.clearedAt)));
      await recordAudit(tx, {
        actorId,
        action: "difference.repaired",
        subject: { type: "alert", id: alert.id, label: alert.subject },
        detail: { after: { kind: alert.kind, payment } },
      });
    });
    return reason === null ? ok() : err("not_repairable");
  } catch (error) {
    if (error instanceof StripeUnavailable) return err("stripe_unavailable");
    throw error;
  }
}

/** The subject is a payment, its charge, or something whose order knows the payment. */
async function findPayment(subject: string, ofOrder: string | null): Promise<string | null> {
  if (subject.startsWith("pi_")) return subject;
  if (/^(ch|py)_/.test(subject)) return findPaymentOfCharge(subject);
  return ofOrder;
}

/** Compares the books now instead of at the next turn of the clock. */
export async function compareNow(
  actorId: UserId,
  hours: number,
  now: Date,
): Promise<Result<{ repaired: number; differences: number }, CompareRejection>> {
  const note = (tx: Transaction) =>
    recordAudit(tx, {
      actorId,
      action: "books.compared",
      subject: { type: "list", id: "books", label: "Payments" },
      detail: { after: { hours } },
    });
  try {
    const { repaired, left } = await reconcile(hours, now, false, { requestedBy: actorId, also: note });
    return ok({ repaired: repaired.length, differences: left.length });
  } catch (error) {
    if (error instanceof StripeUnavailable) return err("stripe_unavailable");
    throw error;
  }
}

/** For as long a dispute may come, and three times as long as Stripe itself shows an event. */
const PAYLOAD_DAYS = 120;
/** A worker that slept longer than this between leaves some; without an end every run would read all there ever was. */
const MISSED_DAYS = 30;

/**
 * Forgets what old events said, and keeps that they were worked: their ids go on keeping a second effect away, and staff find
 * them by what they were about. Those that wait for a person stay whole.
 */
export async function prunePayloads(limit = 5_000): Promise<number> {
  const pruned = await db().execute(sql`
    update ${stripeEvents} set payload = jsonb_build_object('pruned', true, 'data', jsonb_build_object('object', jsonb_strip_nulls(
      jsonb_build_object('id', object_id, 'payment_intent', payload #> '{data,object,payment_intent}',
        'metadata', jsonb_build_object('order_id', payload #> '{data,object,metadata,order_id}')))))
    where id in (select id from ${stripeEvents}
      where received_at < now() - ${PAYLOAD_DAYS} * interval '1 day'
        and received_at > now() - ${PAYLOAD_DAYS + MISSED_DAYS} * interval '1 day'
        and status = 'processed' and not payload ? 'pruned'
      order by received_at limit ${limit})
    returning id`);
  return pruned.length;
}
