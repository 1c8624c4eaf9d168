import "server-only";
import type { Transaction } from "@/db/client";
import { expireStaleOrders } from "@/lib/checkout/mutations";
import type { UserId } from "@/lib/ids";
import { describeError, log } from "@/lib/log";
import {
  findPaymentStatus,
  type LedgerRefund,
  listCharges,
  listCompletedCheckouts,
  listLedgerDisputes,
  listLedgerRefunds,
  listUndeliveredEvents,
} from "@/lib/payments/ledger";
import { listDisputes, listRefunds } from "@/lib/payments/money-back";
import { StripeUnavailable } from "@/lib/payments/stripe";
import { handlers, receiveEvent } from "@/lib/payments/webhook";
import { compareCharges, compareDisputes, compareRefunds, type Difference } from "./compare-ledgers";
import {
  fulfilLostCheckout,
  keepDifferences,
  recordRun,
  repairPayment,
  settleProcessingOrder,
} from "./mutations";
import {
  listKnownEvents,
  listOpenOrders,
  listOrdersOf,
  listOurDisputes,
  listOurRefunds,
  listPaidOrders,
  listSecondPayments,
  listUnsettledPayments,
} from "./queries";

const HOUR_MS = 3_600_000;
/** Stripe tries to deliver an event for three days. */
const EVENTS_MS = 72 * HOUR_MS;

export type Reconciled = {
  /** What was, or in a dry run would be, brought in line; a sentence each. */
  readonly repaired: readonly string[];
  readonly left: readonly Difference[];
  readonly checked: Readonly<Record<"orders" | "events" | "payments" | "refunds" | "disputes", number>>;
};

type Run = { readonly from: Date; readonly now: Date; readonly dryRun: boolean };

type Noting = {
  readonly requestedBy?: UserId;
  /** Done in the transaction that notes the run. */
  readonly also?: (tx: Transaction) => Promise<void>;
};

/** Compares the last `hours` with Stripe, repairs what is safe, keeps the rest for a person, and notes that it did. */
export async function reconcile(
  hours: number,
  now: Date,
  dryRun = false,
  { requestedBy, also }: Noting = {},
): Promise<Reconciled> {
  if (dryRun) return compareAndMend(hours, now, true);
  const run = { hours, startedAt: now, requestedByUserId: requestedBy ?? null };
  try {
    const { repaired, left, checked } = await compareAndMend(hours, now, false);
    await recordRun({ ...run, repaired: [...repaired], differences: left.length, checked }, also);
    return { repaired, left, checked };
  } catch (error) {
    await recordRun({ ...run, problem: describeError(error) }, also).catch((failure) =>
      log.error({ err: failure }, "a failed comparison could not be noted"),
    );
    throw error;
  }
}

async function compareAndMend(hours: number, now: Date, dryRun: boolean): Promise<Reconciled> {
  const run = { from: new Date(now.getTime() - hours * HOUR_MS), now, dryRun };
  const orders = await catchUpOrders(run);
  const events = await catchUpEvents(run);
  const ledger = await compareLedgers(run);
  const mended = await mend(ledger.found, run);
  if (!dryRun) await keepDifferences(mended.left, run.from);
  return {
    repaired: [...orders.repaired, ...events.repaired, ...mended.repaired],
    left: mended.left,
    checked: { orders: orders.checked, events: events.checked, ...ledger.checked },
  };
}

/** For the worker's clock: how much was repaired. An outage of Stripe is no failure; the next run comes in minutes. */
export async function reconcileLast(hours: number): Promise<number> {
  try {
    const { repaired, left } = await reconcile(hours, new Date());
    for (const what of repaired) log.warn({ repaired: what }, "brought in line with Stripe");
    return repaired.length + left.length;
  } catch (error) {
    if (!(error instanceof StripeUnavailable)) throw error;
    log.warn({ err: error }, "Stripe cannot be compared with now");
    return 0;
  }
}

/** Open orders: those past their time are closed, those that are in truth paid are fulfilled. */
async function catchUpOrders({ dryRun }: Run) {
  const open = await listOpenOrders();
  const repaired: string[] = [];
  const oldest = open.find((order) => order.status === "pending");
  const completed = oldest ? await listCompletedCheckouts(new Date(oldest.createdAt.getTime() - 60_000)) : [];
  for (const facts of completed) {
    if (!open.some((order) => order.status === "pending" && order.orderId === facts.orderId)) continue;
    const outcome = dryRun ? "open" : await fulfilLostCheckout(facts);
    if (outcome !== "unpaid")
      repaired.push(`order ${facts.orderId}: its completed checkout was not heard of (${outcome})`);
  }
  for (const order of open) {
    if (order.status !== "processing") continue;
    if (await settleProcessingOrder(order, dryRun))
      repaired.push(`order ${order.orderId}: its delayed payment ended unheard`);
  }
  const isHeardOf = new Set(completed.map((facts) => facts.orderId));
  const closed = dryRun
    ? open.filter((order) => order.isOverdue && !isHeardOf.has(order.orderId)).length
    : await expireStaleOrders();
  if (closed > 0) repaired.push(`${closed} orders past their time closed`);
  return { repaired, checked: open.length };
}

/** Events that never reached us are worked as if they had. */
async function catchUpEvents({ now, dryRun }: Run) {
  const events = await listUndeliveredEvents(new Date(now.getTime() - EVENTS_MS));
  const ours = events.filter((event) => Object.hasOwn(handlers, event.type));
  const known = await listKnownEvents(ours.map((event) => event.id));
  const repaired: string[] = [];
  for (const event of ours) {
    if (known.has(event.id)) continue;
    try {
      const outcome = dryRun ? "undelivered" : await receiveEvent(event);
      if (outcome !== "ignored") repaired.push(`event ${event.id} (${event.type}): ${outcome}`);
    } catch (error) {
      if (error instanceof StripeUnavailable) throw error;
      log.error({ eventId: event.id, type: event.type, err: error }, "an undelivered event failed");
    }
  }
  return { repaired, checked: ours.length };
}

async function compareLedgers({ from }: Run) {
  const unsettled = await listUnsettledPayments();
  const [charges, recentRefunds, recentDisputes] = await Promise.all([
    listCharges(from),
    listLedgerRefunds(from),
    listLedgerDisputes(from),
  ]);
  const refunds: LedgerRefund[] = [...recentRefunds];
  const disputes = [...recentDisputes];
  for (const paymentIntentId of unsettled) {
    const [theirRefunds, theirDisputes] = [
      await listRefunds(paymentIntentId),
      await listDisputes(paymentIntentId),
    ];
    refunds.push(...theirRefunds.map((fact) => ({ ...fact, paymentIntentId })));
    disputes.push(...theirDisputes);
  }
  const payments = [...charges, ...refunds, ...disputes].map((one) => one.paymentIntentId);
  const named = charges.flatMap((charge) => charge.orderId ?? []);
  const orders = await listOrdersOf([...new Set(payments)], [...new Set(named)]);
  const ourRefunds = await listOurRefunds(
    from,
    refunds.map((refund) => refund.stripeRefundId),
  );
  const ourDisputes = await listOurDisputes(disputes.map((dispute) => dispute.stripeDisputeId));
  const found = [
    ...compareCharges(orders, charges, await listSecondPayments(charges.map((one) => one.paymentIntentId))),
    ...compareRefunds(orders, ourRefunds, refunds),
    ...compareDisputes(orders, ourDisputes, disputes),
    ...(await findMissingPayments(from, new Set(charges.map((charge) => charge.paymentIntentId)))),
  ];
  const unique = found.filter(
    (one, index) => found.findIndex((other) => other.subject === one.subject) === index,
  );
  return {
    found: unique,
    checked: { payments: charges.length, refunds: refunds.length, disputes: disputes.length },
  };
}

/** Orders that are paid here; a charge older than the window is looked up before it is called missing. */
async function findMissingPayments(from: Date, known: ReadonlySet<string>): Promise<Difference[]> {
  const missing: Difference[] = [];
  for (const { orderId, orderNumber, paymentIntentId } of await listPaidOrders(from, known)) {
    if (paymentIntentId === null) continue;
    const status = await findPaymentStatus(paymentIntentId);
    if (status === "succeeded") continue;
    const problem = `Order ${orderNumber} is paid here; Stripe says its payment is ${status ?? "not known"}.`;
    missing.push({ kind: "payment_missing", subject: paymentIntentId, orderId, repair: null, problem });
  }
  return missing;
}

async function mend(found: readonly Difference[], { dryRun }: Run) {
  const repaired: string[] = [];
  const left: Difference[] = [];
  for (const difference of found) {
    if (difference.repair === null) {
      left.push(difference);
      continue;
    }
    const reason = dryRun ? null : await tryRepair(difference.repair.paymentIntentId);
    if (reason === null) repaired.push(difference.problem);
    else left.push({ ...difference, problem: `${difference.problem} It could not be repaired: ${reason}.` });
  }
  return { repaired, left };
}

async function tryRepair(paymentIntentId: string): Promise<string | null> {
  try {
    return await repairPayment(paymentIntentId);
  } catch (error) {
    if (error instanceof StripeUnavailable) throw error;
    return describeError(error);
  }
}
