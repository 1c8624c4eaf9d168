import "server-only";
import { and, desc, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { disputes } from "@/db/schema/disputes";
import { orders } from "@/db/schema/orders";
import type { OrderId } from "@/lib/ids";
import type { DisputeState } from "./dispute-state";

/** How the bank of its buyer stands to an order; the gravest of its disputes says it, won ones nothing. */
export type DisputeStanding = {
  readonly state: Exclude<DisputeState, "kept">;
  /** The instant until which the bank takes an answer, as text; null when none is asked for (any more). */
  readonly answerBy: string | null;
  /** What the bank took for good, in minor units. */
  readonly lostAmount: number;
};

/** The same orders, each with its standing; null for those that no bank wants back. */
export async function withStandings<T extends { readonly orderNumber: string }>(
  rows: readonly T[],
): Promise<(T & { readonly dispute: DisputeStanding | null })[]> {
  if (rows.length === 0) return [];
  const numbers = rows.map(({ orderNumber }) => orderNumber);
  const found = await db()
    .select({
      orderNumber: orders.orderNumber,
      state: sql<DisputeStanding["state"]>`case when bool_or(${disputes.state} = 'lost') then 'lost'
        when bool_or(${disputes.state} = 'open') then 'open' else 'inquiry' end`,
      answerBy: sql<string | null>`to_json(min(${disputes.respondBy}) filter (where ${needsAnswer}))`,
      lostAmount: sql<number>`coalesce(sum(${disputes.amount}) filter (where ${disputes.state} = 'lost'), 0)::float8`,
    })
    .from(orders)
    .innerJoin(disputes, eq(disputes.orderId, orders.id))
    .where(and(inArray(orders.orderNumber, numbers), ne(disputes.state, "kept")))
    .groupBy(orders.orderNumber);
  const known = new Map(found.map(({ orderNumber, ...standing }) => [orderNumber, standing]));
  return rows.map((row) => ({ ...row, dispute: known.get(row.orderNumber) ?? null }));
}

/** Stripe still takes an answer: what was answered, or decided, is waited for or over. */
const needsAnswer = sql<boolean>`${disputes.stripeStatus} like '%needs\\_response'`;

/** True for orders with a dispute that is undecided, or lost. */
export function hasDispute(which: "undecided" | "lost"): SQL {
  // Written out, not sent along: only so are the indexes of such disputes of use.
  const wanted =
    which === "lost" ? sql`${disputes.state} = 'lost'` : sql`${disputes.state} in ('inquiry', 'open')`;
  return sql`${orders.id} in ${db().select({ id: disputes.orderId }).from(disputes).where(wanted)}`;
}

export type OrderDispute = {
  readonly stripeDisputeId: string;
  readonly state: DisputeState;
  readonly needsAnswer: boolean;
  readonly reason: string;
  readonly amount: number;
  readonly currency: string;
  readonly respondBy: Date | null;
  readonly closedAt: Date | null;
};

/** The disputes of an order, the latest first. */
export function listDisputesOf(orderId: OrderId): Promise<OrderDispute[]> {
  return db()
    .select({
      stripeDisputeId: disputes.stripeDisputeId,
      state: disputes.state,
      needsAnswer,
      reason: disputes.reason,
      amount: sql<number>`${disputes.amount}`,
      currency: disputes.currency,
      respondBy: disputes.respondBy,
      closedAt: disputes.closedAt,
    })
    .from(disputes)
    .where(eq(disputes.orderId, orderId))
    .orderBy(desc(disputes.openedAt), desc(disputes.id));
}
