import "server-only";
import { and, asc, eq, exists, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { type CartGift, cartItems, carts } from "@/db/schema/cart";
import { courses } from "@/db/schema/catalog";
import { couponRedemptions } from "@/db/schema/coupon-redemptions";
import { coupons } from "@/db/schema/coupons";
import { enrollments } from "@/db/schema/learning";
import { orders } from "@/db/schema/orders";
import { type CouponTerms, evaluateCoupon } from "@/lib/coupons/evaluate-coupon";
import type { CouponRejection } from "@/lib/coupons/schema";
import { holdsSeat } from "@/lib/enrollments/queries";
import { env } from "@/lib/env";
import type { CartId, CouponId, CourseId, UserId } from "@/lib/ids";
import type { Minor } from "@/lib/money";
import { type Discount, type PricedCart, priceCart } from "@/lib/pricing/price-cart";
import type { Result } from "@/lib/result";
import type { CartOwner } from "./schema";

export type { CartGift } from "@/db/schema/cart";

export type CartLine = {
  readonly courseId: CourseId;
  readonly slug: string;
  readonly title: string;
  readonly courseType: "python" | "sql" | "general";
  readonly level: "beginner" | "intermediate" | "advanced";
  /** Today's price; what is charged. */
  readonly priceAmount: Minor;
  /** The price when it was put in. */
  readonly addedPriceAmount: Minor;
  readonly currency: string;
  /** Whom it is for; null for the cart's owner. */
  readonly gift: CartGift | null;
  readonly state: "available" | "unavailable" | "owned";
};

export type Cart = {
  readonly id: CartId | null;
  readonly version: number;
  readonly currency: string;
  readonly lines: readonly CartLine[];
  readonly coupon: {
    readonly id: CouponId;
    readonly code: string;
    readonly percentage: number | null;
    /** How much it takes off, to be put into words. */
    readonly terms: Pick<CouponTerms, "discountType" | "discountValue" | "currency" | "maxDiscountAmount">;
    readonly result: Result<Discount, CouponRejection>;
  } | null;
  /** The available lines, priced. */
  readonly priced: PricedCart<CartLine>;
};

export function ownedBy(owner: CartOwner): SQL {
  return owner.kind === "learner" ? eq(carts.userId, owner.userId) : eq(carts.token, owner.token);
}

const buyerOf = (owner: CartOwner) => (owner.kind === "learner" ? owner.userId : null);

/** The cart with today's prices and its coupon judged by the database's clock; empty when there is none. */
export async function getCart(owner: CartOwner | null): Promise<Cart> {
  if (!owner) return emptyCart();
  const [head] = await db()
    .select(headColumns)
    .from(carts)
    .leftJoin(coupons, eq(coupons.id, carts.couponId))
    .where(ownedBy(owner));
  return head ? assembleCart(db(), head, owner) : emptyCart();
}

/** The same, with the cart's row locked until the transaction ends: nobody else changes it or orders it meanwhile. */
export async function lockCart(tx: Executor, owner: CartOwner): Promise<Cart> {
  const [head] = await tx
    .select(headColumns)
    .from(carts)
    .leftJoin(coupons, eq(coupons.id, carts.couponId))
    .where(ownedBy(owner))
    .for("no key update", { of: carts });
  return head ? assembleCart(tx, head, owner) : emptyCart();
}

const headColumns = {
  id: carts.id,
  version: carts.version,
  coupon: coupons,
  now: sql<string>`now()`,
};
type Head = { id: CartId; version: number; coupon: typeof coupons.$inferSelect | null; now: string };

async function assembleCart(executor: Executor, head: Head, owner: CartOwner): Promise<Cart> {
  const userId = buyerOf(owner);
  const [listed, uses, held] = await Promise.all([
    listLines(executor, head.id, userId),
    userId && head.coupon ? countUses(executor, head.coupon.id, userId) : null,
    head.coupon ? countHeldByCart(executor, head.coupon.id, head.id) : 0,
  ]);
  const currency = listed.find((line) => line.state === "available")?.currency ?? env().STORE_CURRENCY;
  const lines = listed.map((line) => inOneCurrency(line, currency));
  const available = lines.filter((line) => line.state === "available");
  const result = head.coupon
    ? evaluateCoupon(
        { ...head.coupon, timesUsed: head.coupon.timesUsed - held },
        {
          lines: available,
          currency,
          now: new Date(head.now),
          usesByLearner: uses === null ? null : uses - held,
        },
      )
    : null;
  return {
    id: head.id,
    version: head.version,
    currency,
    lines,
    coupon:
      head.coupon && result
        ? {
            id: head.coupon.id,
            code: head.coupon.code,
            percentage: head.coupon.discountType === "percentage" ? head.coupon.discountValue : null,
            terms: termsOf(head.coupon),
            result,
          }
        : null,
    priced: priceCart(available, result?.ok ? result.value : null),
  };
}

const termsOf = ({ discountType, discountValue, currency, maxDiscountAmount }: CouponTerms) => ({
  discountType,
  discountValue,
  currency,
  maxDiscountAmount,
});

/** One order has one currency: what came in with a merged cart or changed its own meanwhile is not added up. */
function inOneCurrency(line: CartLine, currency: string): CartLine {
  return line.state === "available" && line.currency !== currency ? { ...line, state: "unavailable" } : line;
}

async function listLines(executor: Executor, cartId: CartId, userId: UserId | null): Promise<CartLine[]> {
  const owned = userId
    ? exists(
        executor
          .select({ one: sql`1` })
          .from(enrollments)
          .where(and(eq(enrollments.userId, userId), eq(enrollments.courseId, courses.id), holdsSeat)),
      )
    : sql`false`;
  return executor
    .select({
      courseId: courses.id,
      slug: courses.slug,
      title: courses.title,
      courseType: courses.courseType,
      level: courses.level,
      priceAmount: courses.priceAmount,
      addedPriceAmount: cartItems.priceAmount,
      currency: courses.currency,
      gift: cartItems.gift,
      state: sql<
        CartLine["state"]
      >`case when ${owned} and ${cartItems.gift} is null then 'owned' when ${courses.status} <> 'published' or ${courses.priceAmount} = 0 then 'unavailable' else 'available' end`,
    })
    .from(cartItems)
    .innerJoin(courses, eq(courses.id, cartItems.courseId))
    .where(eq(cartItems.cartId, cartId))
    .orderBy(asc(cartItems.addedAt), asc(courses.id));
}

/** Reserved and redeemed uses of one learner, without a slot that a refund freed. */
export async function countUses(executor: Executor, couponId: CouponId, userId: UserId): Promise<number> {
  const [row] = await executor
    .select({ uses: sql<number>`count(*)::int` })
    .from(couponRedemptions)
    .where(
      and(
        eq(couponRedemptions.couponId, couponId),
        eq(couponRedemptions.userId, userId),
        inArray(couponRedemptions.status, ["reserved", "redeemed"]),
        isNull(couponRedemptions.slotFreedAt),
      ),
    );
  return row?.uses ?? 0;
}

/** Uses that open orders of this very cart hold: they must not stand in the cart's own way. */
async function countHeldByCart(executor: Executor, couponId: CouponId, cartId: CartId): Promise<number> {
  const [row] = await executor
    .select({ held: sql<number>`count(*)::int` })
    .from(couponRedemptions)
    .innerJoin(orders, eq(orders.id, couponRedemptions.orderId))
    .where(
      and(
        eq(couponRedemptions.couponId, couponId),
        eq(couponRedemptions.status, "reserved"),
        eq(orders.cartId, cartId),
        eq(orders.status, "pending"),
      ),
    );
  return row?.held ?? 0;
}

function emptyCart(): Cart {
  return {
    id: null,
    version: 0,
    currency: env().STORE_CURRENCY,
    lines: [],
    coupon: null,
    priced: priceCart([], null),
  };
}

/** A course's title, also of one that is not on sale any more; for saying what left a cart. */
export async function findTitle(slug: string): Promise<string | null> {
  const [course] = await db()
    .select({ title: courses.title })
    .from(courses)
    .where(and(eq(courses.slug, slug), ne(courses.status, "draft")));
  return course?.title ?? null;
}
