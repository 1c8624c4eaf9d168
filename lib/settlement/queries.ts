import "server-only";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { disputes } from "@/db/schema/disputes";
import { gifts } from "@/db/schema/gifts";
import { enrollments } from "@/db/schema/learning";
import { emails } from "@/db/schema/notifications";
import { orderItems, refundItems, refunds } from "@/db/schema/orders";
import { type DisputeEffect, effectOfDisputes } from "@/lib/disputes/dispute-state";
import type { OrderId, RefundId } from "@/lib/ids";
import { type Minor, minor } from "@/lib/money";
import type { RefundableItem } from "@/lib/refunds/refund-policy";

export type ItemAmounts = RefundableItem & {
  /** Its part of succeeded refunds. */
  readonly returnedAmount: Minor;
};

/** An order's items in their order, with their parts of its refunds. */
export async function listRefundableItems(executor: Executor, orderId: OrderId): Promise<ItemAmounts[]> {
  const [items, shares] = await Promise.all([
    executor
      .select({
        id: orderItems.id,
        title: orderItems.title,
        paidAmount: sql<number>`${orderItems.netAmount} + ${orderItems.taxAmount}`,
        hasSeat: sql<boolean>`coalesce(${enrollments.status} = 'active', false)`,
        hasCertificate: sql<boolean>`coalesce(${enrollments.certificateIssued}, false)`,
        gift: sql<
          RefundableItem["gift"]
        >`case when ${gifts.claimedAt} is not null then 'claimed' when ${gifts.id} is not null then 'open' end`,
      })
      .from(orderItems)
      .leftJoin(enrollments, eq(enrollments.orderItemId, orderItems.id))
      .leftJoin(gifts, eq(gifts.orderItemId, orderItems.id))
      .where(eq(orderItems.orderId, orderId))
      .orderBy(asc(orderItems.position)),
    executor
      .select({
        itemId: refundItems.orderItemId,
        held: sql<number>`sum(${refundItems.amount})::int`,
        returned: sql<number>`coalesce(sum(${refundItems.amount}) filter (where ${refunds.status} = 'succeeded'), 0)::int`,
      })
      .from(refundItems)
      .innerJoin(refunds, eq(refunds.id, refundItems.refundId))
      .where(and(eq(refunds.orderId, orderId), inArray(refunds.status, ["pending", "succeeded"])))
      .groupBy(refundItems.orderItemId),
  ]);
  return items.map((item) => {
    const share = shares.find((one) => one.itemId === item.id);
    return {
      ...item,
      paidAmount: minor(item.paidAmount),
      heldAmount: minor(share?.held ?? 0),
      returnedAmount: minor(share?.returned ?? 0),
    };
  });
}

/** What the disputes of an order do to it; anything but `none` also locks its refunds. */
export async function findDisputeEffect(executor: Executor, orderId: OrderId): Promise<DisputeEffect> {
  const rows = await executor
    .select({ state: disputes.state })
    .from(disputes)
    .where(eq(disputes.orderId, orderId));
  return effectOfDisputes(rows.map((row) => row.state));
}

/** Of refunds that Stripe has not seen: those that the shop itself makes for a course paid twice. Staff decide about the rest. */
export const isAutomatic = sql<boolean>`(${refunds.reason} = 'duplicate' and ${refunds.requestedByUserId} is null)`;

/** Whether the buyer had a mail about this refund when the shop found that a course was paid twice. */
export async function wasAnnounced(executor: Executor, refundId: RefundId): Promise<boolean> {
  const [mail] = await executor
    .select({ id: emails.id })
    .from(emails)
    .where(and(eq(emails.kind, "duplicate_refund"), eq(emails.subjectId, refundId)));
  return mail !== undefined;
}
