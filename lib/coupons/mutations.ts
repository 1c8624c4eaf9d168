import "server-only";
import { and, eq, isNotNull, isNull, lt, notExists, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Transaction, withTransaction } from "@/db/client";
import { carts } from "@/db/schema/cart";
import { couponRedemptions } from "@/db/schema/coupon-redemptions";
import { coupons } from "@/db/schema/coupons";
import type { Given } from "@/db/statement";
import { bumpVersion, findOrCreateCart } from "@/lib/cart/mutations";
import { countUses, lockCart } from "@/lib/cart/queries";
import type { CartOwner } from "@/lib/cart/schema";
import type { CouponId, OrderId, UserId } from "@/lib/ids";
import type { Discount, PriceableLine } from "@/lib/pricing/price-cart";
import { err, ok, type Result } from "@/lib/result";
import { evaluateCoupon } from "./evaluate-coupon";
import { type CouponRejection, couponCode } from "./schema";

/** Puts a code on the cart in place of any other, if every rule allows it now. Nothing is reserved before checkout. */
export async function applyCoupon(
  owner: CartOwner,
  typed: string,
): Promise<Result<{ code: string }, CouponRejection>> {
  const code = couponCode.safeParse(typed);
  if (!code.success) return err({ rule: "unknown" });
  return withTransaction(async (tx) => {
    const cartId = await findOrCreateCart(tx, owner);
    const [found] = await tx.select({ id: coupons.id }).from(coupons).where(eq(coupons.code, code.data));
    if (!found) return err({ rule: "unknown" });
    const before = await lockCart(tx, owner);
    if (before.coupon?.id === found.id && before.coupon.result.ok) return ok({ code: code.data });

    await tx.update(carts).set({ couponId: found.id }).where(eq(carts.id, cartId));
    const after = await lockCart(tx, owner);
    if (after.coupon?.result.ok) {
      await bumpVersion(tx, cartId);
      return ok({ code: code.data });
    }
    await tx
      .update(carts)
      .set({ couponId: before.coupon?.id ?? null })
      .where(eq(carts.id, cartId));
    return err(after.coupon?.result.ok === false ? after.coupon.result.error : { rule: "unknown" });
  });
}

export async function removeCoupon(owner: CartOwner): Promise<void> {
  await withTransaction(async (tx) => {
    const cartId = await findOrCreateCart(tx, owner);
    await tx.update(carts).set({ couponId: null }).where(eq(carts.id, cartId));
    await bumpVersion(tx, cartId);
  });
}

/**
 * Holds one use for an order about to be placed: the coupon's row is locked, judged once more and counted, so that of
 * any number of buyers only `maxUses` get through. Call it last: the row is the one that everybody waits for. The lock is
 * `no key update`, since the order just inserted holds the row's key through its foreign key, as every other buyer's does.
 */
export async function reserveCoupon<L extends PriceableLine & { readonly courseType: string }>(
  tx: Transaction,
  use: {
    readonly couponId: CouponId;
    readonly orderId: OrderId;
    readonly userId: UserId;
    readonly currency: string;
    readonly lines: readonly L[];
  },
): Promise<Result<Discount, CouponRejection>> {
  const [locked] = await tx
    .select({ coupon: coupons, now: sql<string>`clock_timestamp()` })
    .from(coupons)
    .where(eq(coupons.id, use.couponId))
    .for("no key update");
  if (!locked) return err({ rule: "unknown" });
  const usesByLearner = await countUses(tx, use.couponId, use.userId);
  const judged = evaluateCoupon(locked.coupon, {
    lines: use.lines,
    currency: use.currency,
    now: new Date(locked.now),
    usesByLearner,
  });
  if (!judged.ok) return judged;
  await Promise.all([
    tx.insert(couponRedemptions).values({ couponId: use.couponId, orderId: use.orderId, userId: use.userId }),
    tx
      .update(coupons)
      .set({ timesUsed: sql`${coupons.timesUsed} + 1` })
      .where(eq(coupons.id, use.couponId)),
  ]);
  return judged;
}

/** Gives a reserved use back; exactly once, however often an expiry is reported. */
export async function releaseReservation(tx: Transaction, orderId: OrderId): Promise<void> {
  const [released] = await tx
    .update(couponRedemptions)
    .set({ status: "released" })
    .where(and(eq(couponRedemptions.orderId, orderId), eq(couponRedemptions.status, "reserved")))
    .returning({ couponId: couponRedemptions.couponId });
  if (!released) return;
  await tx
    .update(coupons)
    .set({ timesUsed: sql`${coupons.timesUsed} - 1` })
    .where(eq(coupons.id, released.couponId));
}

/** The reservations of given paid orders become uses; no row where it had been given back, or the order has no coupon. */
export const redeemReservationStatement = ({ orderId }: Given<{ orderId: OrderId }>): SQL => sql`
  update ${couponRedemptions} redemption set status = 'redeemed', updated_at = now()
  from given
  where redemption.order_id = ${orderId} and redemption.status = 'reserved'
  returning redemption.order_id`;

/**
 * A payment arrived after its reservation was given back. The frozen price is honoured either way; the use is counted
 * again only while the code still has one, so that `timesUsed` never passes `maxUses`.
 */
export async function redeemReleased(tx: Transaction, orderId: OrderId, couponId: CouponId): Promise<void> {
  const [counted] = await tx
    .update(coupons)
    .set({ timesUsed: sql`${coupons.timesUsed} + 1` })
    .where(and(eq(coupons.id, couponId), or(isNull(coupons.maxUses), lt(coupons.timesUsed, coupons.maxUses))))
    .returning({ id: coupons.id });
  if (!counted) return;
  await tx
    .update(couponRedemptions)
    .set({ status: "redeemed" })
    .where(and(eq(couponRedemptions.orderId, orderId), eq(couponRedemptions.status, "released")));
}

/**
 * The whole order was given back: the learner may use the code again, once per code and person, whatever is bought and
 * given back. The code's own count stays spent.
 */
export async function freeLearnerSlot(tx: Transaction, orderId: OrderId): Promise<void> {
  const earlier = alias(couponRedemptions, "earlier");
  const freedBefore = tx
    .select({ id: earlier.id })
    .from(earlier)
    .where(
      and(
        eq(earlier.couponId, couponRedemptions.couponId),
        eq(earlier.userId, couponRedemptions.userId),
        isNotNull(earlier.slotFreedAt),
      ),
    );
  await tx
    .update(couponRedemptions)
    .set({ slotFreedAt: sql`now()` })
    .where(
      and(
        eq(couponRedemptions.orderId, orderId),
        eq(couponRedemptions.status, "redeemed"),
        notExists(freedBefore),
      ),
    );
}

/** The refund failed after all: the slot is taken again, unless the learner has used the code on it meanwhile. */
export async function takeBackLearnerSlot(tx: Transaction, orderId: OrderId): Promise<void> {
  const [freed] = await tx
    .select({ couponId: couponRedemptions.couponId, userId: couponRedemptions.userId })
    .from(couponRedemptions)
    .where(and(eq(couponRedemptions.orderId, orderId), isNotNull(couponRedemptions.slotFreedAt)));
  if (!freed) return;
  const [coupon] = await tx
    .select({ maxUsesPerUser: coupons.maxUsesPerUser })
    .from(coupons)
    .where(eq(coupons.id, freed.couponId))
    .for("no key update");
  const uses = await countUses(tx, freed.couponId, freed.userId);
  if (coupon?.maxUsesPerUser != null && uses >= coupon.maxUsesPerUser) return;
  await tx.update(couponRedemptions).set({ slotFreedAt: null }).where(eq(couponRedemptions.orderId, orderId));
}
