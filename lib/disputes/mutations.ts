import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { disputes } from "@/db/schema/disputes";
import { raiseAlert, settleAlert } from "@/lib/alerts/mutations";
import { formatDay } from "@/lib/format-day";
import { tellReceiversOfLostDispute } from "@/lib/gifts/mutations";
import type { OrderId } from "@/lib/ids";
import { formatMoney, minor } from "@/lib/money";
import { queueStaffEmail } from "@/lib/notifications/mutations";
import { type LockedOrder, lockOrder, recordOrderEvent } from "@/lib/orders/mutations";
import { isPaid } from "@/lib/orders/order-status";
import { convergeOrder } from "@/lib/settlement/mutations";
import {
  alertOf,
  DISPUTE_ALERTS,
  type DisputeAlert,
  type DisputeFact,
  type DisputeState,
  disputeStateOf,
  isOvertaken,
} from "./dispute-state";

/**
 * Brings a paid order in line with what Stripe says about its disputes, in whatever order it is heard: rows, seats, the
 * timeline and the admins' alerts. An open dispute suspends the seats, a lost one ends them, a won one restores them.
 */
export async function applyDisputes(
  tx: Transaction,
  orderId: OrderId,
  facts: readonly DisputeFact[],
): Promise<void> {
  const order = await lockOrder(tx, orderId);
  if (!order || !isPaid(order.status)) return;
  for (const fact of facts) await applyDispute(tx, order, fact);
  await convergeOrder(tx, order);
}

async function applyDispute(tx: Transaction, order: LockedOrder, fact: DisputeFact): Promise<void> {
  const { stripeDisputeId, stripeStatus, reason, currency, respondBy, openedAt } = fact;
  const [known] = await tx
    .select({ state: disputes.state, stripeStatus: disputes.stripeStatus })
    .from(disputes)
    .where(eq(disputes.stripeDisputeId, stripeDisputeId));
  if (known && isOvertaken(known.stripeStatus, stripeStatus)) return;
  const state = disputeStateOf(stripeStatus);
  const isClosed = state === "kept" || state === "lost";
  const changing = {
    state,
    stripeStatus,
    amount: minor(fact.amount),
    respondBy,
    closedAt: isClosed ? sql`coalesce(${disputes.closedAt}, now())` : null,
  };
  await tx
    .insert(disputes)
    .values({
      ...changing,
      closedAt: isClosed ? sql`now()` : null,
      orderId: order.id,
      stripeDisputeId,
      reason,
      currency,
      openedAt,
    })
    .onConflictDoUpdate({ target: disputes.stripeDisputeId, set: changing });
  if (known?.state !== state) await tellDispute(tx, order, fact, known?.stripeStatus ?? null);
}

const EVENTS: Readonly<Record<DisputeState, string>> = {
  inquiry: "dispute_inquiry",
  open: "dispute_opened",
  kept: "dispute_won",
  lost: "dispute_lost",
};

async function tellDispute(
  tx: Transaction,
  order: LockedOrder,
  fact: DisputeFact,
  knownStatus: string | null,
): Promise<void> {
  const { stripeDisputeId: subject, stripeStatus, amount, currency, reason } = fact;
  const state = disputeStateOf(stripeStatus);
  await recordOrderEvent(tx, order.id, EVENTS[state], { amount, reason });
  if (state === "kept") return settleAlerts(tx, subject);
  const payment = `${formatMoney(amount, currency)} of order ${order.orderNumber}`;
  const until = describeDeadline(fact);
  const problems: Readonly<Record<Unsettled, string>> = {
    inquiry: `The buyer's bank asks about ${payment}. Answer in Stripe's Dashboard${until}; access goes on.`,
    open: `The buyer's bank wants back ${payment}. Answer in Stripe's Dashboard${until}; access is suspended and refunds are locked.`,
    lost: `The dispute about ${payment} is lost. The money is gone and access has ended.`,
  };
  if (state === "lost") await tellReceiversOfLostDispute(tx, order.id, subject);
  await raiseNews(tx, order.id, {
    subject,
    kind: alertOf(stripeStatus, knownStatus),
    problem: problems[state],
  });
  await queueNotice(tx, order, fact, { state, isSecond: false });
}

/**
 * A dispute of a second payment, which goes back by itself (docs/decisions/0065): the order, its seats and its timeline are not
 * touched, but unanswered the money leaves twice.
 */
export async function tellSecondDispute(tx: Transaction, orderId: OrderId, fact: DisputeFact): Promise<void> {
  const { stripeDisputeId: subject, stripeStatus, amount, currency } = fact;
  const state = disputeStateOf(stripeStatus);
  if (state === "kept") return settleAlerts(tx, subject);
  const order = await lockOrder(tx, orderId);
  if (!order) return;
  const payment = `${formatMoney(amount, currency)}, a second payment of order ${order.orderNumber} that we give back by ourselves`;
  const answer = `Answer in Stripe's Dashboard${describeDeadline(fact)}, or the money leaves twice.`;
  const problems: Readonly<Record<Unsettled, string>> = {
    inquiry: `The buyer's bank asks about ${payment}. ${answer}`,
    open: `The buyer's bank wants back ${payment}. ${answer}`,
    lost: `The dispute about ${payment}, is lost. See in Stripe's Dashboard whether our refund went out too.`,
  };
  await raiseNews(tx, orderId, { subject, kind: alertOf(stripeStatus, null), problem: problems[state] });
  await queueNotice(tx, order, fact, { state, isSecond: true });
}

type News = { readonly subject: string; readonly kind: DisputeAlert | null; readonly problem: string };

/** The latest news alone stands on the overview. */
async function raiseNews(tx: Transaction, orderId: OrderId, { subject, kind, problem }: News): Promise<void> {
  await settleAlerts(tx, subject, kind);
  if (kind) await raiseAlert(tx, { kind, subject, orderId, problem });
}

async function settleAlerts(
  tx: Transaction,
  subject: string,
  except: DisputeAlert | null = null,
): Promise<void> {
  for (const kind of DISPUTE_ALERTS) if (kind !== except) await settleAlert(tx, kind, subject);
}

type Unsettled = Exclude<DisputeState, "kept">;

const describeDeadline = ({ respondBy }: DisputeFact): string =>
  respondBy ? ` by ${formatDay(respondBy)}` : "";

function queueNotice(
  tx: Transaction,
  { orderNumber }: LockedOrder,
  { stripeDisputeId, amount, currency, reason, respondBy }: DisputeFact,
  told: { readonly state: Unsettled; readonly isSecond: boolean },
): Promise<void> {
  return queueStaffEmail(tx, "orders.refund", {
    kind: "dispute_notice",
    subjectId: `${stripeDisputeId}:${told.state}`,
    payload: {
      ...told,
      orderNumber,
      currency,
      amount,
      reason,
      respondBy: respondBy?.toISOString() ?? null,
    },
  });
}

/** Notes a warning in the order's history and tells the admins; nothing is taken from the learner on a suspicion. */
export async function recordFraudWarning(
  tx: Transaction,
  orderId: OrderId,
  warningId: string,
): Promise<void> {
  const order = await lockOrder(tx, orderId);
  if (!order) return;
  await recordOrderEvent(tx, orderId, "fraud_warning", { warning: warningId });
  await raiseAlert(tx, {
    kind: "fraud_warning",
    subject: warningId,
    orderId,
    problem: `Stripe warns that the card behind order ${order.orderNumber} may be stolen. Refund it now if you do not know the buyer; a dispute would cost more.`,
  });
}
