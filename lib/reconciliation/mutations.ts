import "server-only";
import { and, gte, inArray, isNull, lt, sql } from "drizzle-orm";
import { db, type Transaction, withTransaction } from "@/db/client";
import { paymentAlerts, reconciliationRuns } from "@/db/schema/payments";
import { raiseAlert } from "@/lib/alerts/mutations";
import { applyDisputes } from "@/lib/disputes/mutations";
import { fulfillOrder } from "@/lib/fulfillment/mutations";
import { failOrder } from "@/lib/orders/mutations";
import type { CheckoutFacts } from "@/lib/payments/checkout-facts";
import { findPaymentStatus } from "@/lib/payments/ledger";
import { listDisputes, listRefunds } from "@/lib/payments/money-back";
import { findCheckoutOfPayment, retrieveCheckout, withLineTaxes } from "@/lib/payments/stripe";
import { applyRefunds } from "@/lib/settlement/mutations";
import { DIFFERENCES, type Difference } from "./compare-ledgers";
import type { OpenOrder } from "./queries";

/**
 * Brings the order of a payment in line with Stripe: paid, refunded, disputed. Answers why not, when it cannot be. `also` is done
 * in the same transaction, last.
 */
export async function repairPayment(
  paymentIntentId: string,
  also?: (tx: Transaction) => Promise<void>,
): Promise<string | null> {
  const facts = await findCheckoutOfPayment(paymentIntentId);
  if (!facts || typeof facts === "string") return "its session cannot be read";
  const [refunds, disputes] = await Promise.all([
    listRefunds(paymentIntentId),
    listDisputes(paymentIntentId),
  ]);
  return withTransaction(async (tx) => {
    const outcome = await fulfillOrder(tx, facts);
    if (outcome.kind === "quarantined") return outcome.reason.replaceAll("_", " ");
    if (outcome.kind !== "second_payment") {
      await applyRefunds(tx, facts.orderId, refunds);
      await applyDisputes(tx, facts.orderId, disputes);
    }
    await also?.(tx);
    return null;
  });
}

/** A session that its buyer completed and whose events were lost. Answers what became of the order. */
export async function fulfilLostCheckout(facts: CheckoutFacts): Promise<string> {
  const taxed = await withLineTaxes(facts);
  const outcome = await withTransaction((tx) => fulfillOrder(tx, taxed));
  return outcome.kind === "quarantined" ? outcome.reason : outcome.kind;
}

/** A delayed payment that may have ended while nobody told us. True when the order moved, or in a dry run would move. */
export async function settleProcessingOrder(order: OpenOrder, dryRun: boolean): Promise<boolean> {
  if (!order.sessionId) return false;
  const facts = await retrieveCheckout(order.sessionId);
  if (!facts || typeof facts === "string") return false;
  if (facts.paymentStatus === "paid") return dryRun || (await fulfilLostCheckout(facts)) === "fulfilled";
  const status = facts.paymentIntentId ? await findPaymentStatus(facts.paymentIntentId) : null;
  if (status !== "canceled" && status !== "requires_payment_method") return false;
  if (!dryRun) await withTransaction((tx) => failOrder(tx, order.orderId, facts.sessionId));
  return true;
}

/**
 * Keeps what a person must look at until it is cleared. What stood there since `from` and is not found any more has gone
 * away by itself.
 */
export async function keepDifferences(found: readonly Difference[], from: Date): Promise<void> {
  const rows = await db().execute<{ now: string }>(sql`select now()::text as now`);
  const startedAt = rows[0]?.now ?? "";
  for (const { kind, subject, orderId, problem } of found)
    await raiseAlert(db(), { kind, subject, orderId, problem });
  await db()
    .update(paymentAlerts)
    .set({ clearedAt: sql`now()` })
    .where(
      and(
        inArray(paymentAlerts.kind, [...DIFFERENCES]),
        gte(paymentAlerts.createdAt, from),
        lt(paymentAlerts.lastSeenAt, sql`${startedAt}::timestamptz`),
        isNull(paymentAlerts.clearedAt),
      ),
    );
}

export type Run = Omit<typeof reconciliationRuns.$inferInsert, "id" | "finishedAt">;

/** Notes a comparison. `also` is done in the same transaction. */
export async function recordRun(run: Run, also?: (tx: Transaction) => Promise<void>): Promise<void> {
  await withTransaction(async (tx) => {
    await tx
      .insert(reconciliationRuns)
      .values({ ...run, finishedAt: sql`greatest(now(), ${run.startedAt.toISOString()}::timestamptz)` });
    await also?.(tx);
  });
}

/** Comparisons of long ago say nothing that the alerts and the log do not. */
export async function pruneRuns(): Promise<number> {
  const pruned = await db()
    .delete(reconciliationRuns)
    .where(lt(reconciliationRuns.startedAt, sql`now() - interval '7 days'`))
    .returning({ id: reconciliationRuns.id });
  return pruned.length;
}
