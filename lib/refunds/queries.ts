import "server-only";
import { and, eq, isNotNull } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { couponRedemptions } from "@/db/schema/coupon-redemptions";
import { orders } from "@/db/schema/orders";
import type { OrderId } from "@/lib/ids";
import { err, type Result } from "@/lib/result";
import { findDisputeEffect, listRefundableItems } from "@/lib/settlement/queries";
import { planRefund, type RefundableOrder, type RefundPlan } from "./refund-policy";
import type { RefundRejection, RefundScope } from "./schema";

/** What a refund would do now, for the dialog that asks before it. Nothing is written. */
export async function previewRefund(
  orderId: OrderId,
  scope: RefundScope,
): Promise<Result<RefundPlan, RefundRejection>> {
  const order = await findRefundable(db(), orderId);
  return order ? planRefund(order, scope) : err({ code: "unknown_order" });
}

/** All that the rule of refunds looks at. Lock the order first to decide by it. */
export async function findRefundable(executor: Executor, orderId: OrderId): Promise<RefundableOrder | null> {
  const [order] = await executor
    .select({
      userId: orders.userId,
      status: orders.status,
      currency: orders.currency,
      totalAmount: orders.totalAmount,
      heldAmount: orders.heldRefundAmount,
      couponId: orders.couponId,
      couponCode: orders.couponCode,
    })
    .from(orders)
    .where(eq(orders.id, orderId));
  if (!order) return null;
  const { userId, couponId, couponCode, ...facts } = order;
  const [items, dispute, freed] = await Promise.all([
    listRefundableItems(executor, orderId),
    findDisputeEffect(executor, orderId),
    couponId
      ? executor
          .select({ id: couponRedemptions.id })
          .from(couponRedemptions)
          .where(
            and(
              eq(couponRedemptions.couponId, couponId),
              eq(couponRedemptions.userId, userId),
              isNotNull(couponRedemptions.slotFreedAt),
            ),
          )
      : [],
  ]);
  return {
    ...facts,
    isDisputed: dispute !== "none",
    coupon: couponCode === null ? null : { code: couponCode, slotFreedBefore: freed.length > 0 },
    items,
  };
}
