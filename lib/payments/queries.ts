import "server-only";
import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { users } from "@/db/schema/identity";
import { orders, refunds } from "@/db/schema/orders";
import type { UserId } from "@/lib/ids";

export type PaymentRow = {
  readonly orderNumber: string;
  readonly paidAt: Date | null;
  readonly totalAmount: number;
  readonly currency: string;
  readonly paymentMethod: string | null;
  readonly receiptUrl: string | null;
  /** What has gone back of it, in minor units. */
  readonly refundedAmount: number;
};

export const PAYMENTS_SHOWN = 50;

/** What the learner has paid, the latest first; orders that cost nothing are none. */
export function listPayments(userId: UserId): Promise<PaymentRow[]> {
  const returned = db()
    .select({ sum: sql`coalesce(sum(${refunds.amount}), 0)::int` })
    .from(refunds)
    .where(and(eq(refunds.orderId, orders.id), eq(refunds.status, "succeeded")));
  return db()
    .select({
      orderNumber: orders.orderNumber,
      paidAt: orders.paidAt,
      totalAmount: orders.totalAmount,
      currency: orders.currency,
      paymentMethod: orders.paymentMethod,
      receiptUrl: orders.receiptUrl,
      refundedAmount: sql<number>`(${returned})`,
    })
    .from(orders)
    .where(and(eq(orders.userId, userId), isNotNull(orders.paidAt), sql`${orders.totalAmount} > 0`))
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(PAYMENTS_SHOWN);
}

/** The learner as Stripe knows them; null before their first checkout. */
export async function findStripeCustomer(userId: UserId): Promise<string | null> {
  const [user] = await db().select({ id: users.stripeCustomerId }).from(users).where(eq(users.id, userId));
  return user?.id ?? null;
}
