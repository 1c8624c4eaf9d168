import { count, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { couponRedemptions } from "@/db/schema/coupon-redemptions";
import { coupons } from "@/db/schema/coupons";
import { orders } from "@/db/schema/orders";
import { confirmCheckout, expireStaleOrders } from "@/lib/checkout/mutations";
import { minor } from "@/lib/money";
import { startTestShop } from "../../support/shop";
import { fillCart, listSeats, openCheckout, pressCheckout, type TestShop } from "./buying";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());

const couponNow = async (id: (typeof coupons.$inferSelect)["id"]) => {
  const [row] = await shop.db.select().from(coupons).where(eq(coupons.id, id));
  return row;
};

describe("limited coupons", () => {
  test("scenario 18: thirty buyers at once for one code with one use: exactly one gets it", async () => {
    const coupon = await shop.factories.coupon({ maxUses: 1 });
    const course = await shop.factories.course();
    const buyers = await Promise.all(Array.from({ length: 30 }, () => shop.factories.learner()));
    for (const buyer of buyers) await fillCart(buyer, [course.slug], coupon.code);
    const started = await Promise.all(buyers.map((buyer) => pressCheckout(buyer)));
    expect(started.filter((one) => one.ok)).toHaveLength(1);
    for (const one of started) {
      if (!one.ok) expect(one.error).toEqual({ code: "coupon_rejected", rejection: { rule: "used_up" } });
    }
    expect(await couponNow(coupon.id)).toMatchObject({ timesUsed: 1 });
    const [placed] = await shop.db.select({ n: count() }).from(orders).where(eq(orders.couponId, coupon.id));
    expect(placed?.n).toBe(1);
  });

  test("thirty buyers, ten uses, half of them free of charge: ten orders, never eleven", async () => {
    // It pays for the one course whole, and for half of the other.
    const coupon = await shop.factories.coupon({
      maxUses: 10,
      discountType: "fixed",
      discountValue: 4900,
      currency: "usd",
    });
    const covered = await shop.factories.course();
    const dearer = await shop.factories.course({ priceAmount: minor(9800) });
    const buyers = await Promise.all(Array.from({ length: 30 }, () => shop.factories.learner()));
    for (const [place, buyer] of buyers.entries())
      await fillCart(buyer, [place % 2 === 0 ? covered.slug : dearer.slug], coupon.code);
    const started = await Promise.all(buyers.map((buyer) => pressCheckout(buyer)));
    const kinds = started.flatMap((one) => (one.ok ? [one.value.kind] : []));
    expect(kinds).toHaveLength(10);
    const uses = await shop.db
      .select({ status: couponRedemptions.status })
      .from(couponRedemptions)
      .where(eq(couponRedemptions.couponId, coupon.id));
    const countOf = (status: string) => uses.filter((use) => use.status === status).length;
    expect([countOf("redeemed"), countOf("reserved")]).toEqual([
      kinds.filter((kind) => kind === "enrolled").length,
      kinds.filter((kind) => kind === "pay").length,
    ]);
    expect(uses).toHaveLength(10);
    expect(await couponNow(coupon.id)).toMatchObject({ timesUsed: 10 });
  });

  test("who waits too long behind another for a code is asked to press again, and nothing is placed", async () => {
    const learner = await shop.factories.learner();
    const coupon = await shop.factories.coupon({ maxUses: 1 });
    await fillCart(learner, [(await shop.factories.course()).slug], coupon.code);
    const told = await shop.db.transaction(async (tx) => {
      await tx.select().from(coupons).where(eq(coupons.id, coupon.id)).for("update");
      return pressCheckout(learner);
    });
    expect(told).toEqual({ ok: false, error: { code: "shop_busy" } });
    const [placed] = await shop.db.select({ n: count() }).from(orders).where(eq(orders.userId, learner));
    expect(placed?.n).toBe(0);
    expect(await pressCheckout(learner)).toMatchObject({ ok: true, value: { kind: "pay" } });
  });

  test("scenario 19: the same checkout retried counts once and never trips over its own reservation", async () => {
    const learner = await shop.factories.learner();
    const coupon = await shop.factories.coupon({ maxUses: 1, maxUsesPerUser: 1 });
    const course = await shop.factories.course();
    await fillCart(learner, [course.slug], coupon.code);
    await shop.stripe.fault({ kind: "reset", method: "POST", path: "/v1/checkout/sessions", times: 2 });
    expect(await pressCheckout(learner)).toEqual({ ok: false, error: { code: "payment_unavailable" } });
    const second = await pressCheckout(learner);
    expect(second).toMatchObject({ ok: true, value: { kind: "pay" } });
    expect(await pressCheckout(learner)).toEqual(second);
    expect(await couponNow(coupon.id)).toMatchObject({ timesUsed: 1 });
  });

  test("scenario 20: an expired session gives the use back exactly once, told twice or never", async () => {
    const coupon = await shop.factories.coupon({ maxUses: 1 });
    const course = await shop.factories.course();
    const first = await shop.factories.learner();
    await shop.stripe.deliveryFault({
      kind: "duplicate",
      types: ["checkout.session.expired"],
      copies: 3,
      times: 1,
    });
    const { order, sessionId } = await openCheckout(shop, first, [course.slug], coupon.code);
    await shop.stripe.expire(sessionId);
    await shop.stripe.idle();
    expect((await shop.factories.orderById(order.id)).status).toBe("expired");
    expect(await couponNow(coupon.id)).toMatchObject({ timesUsed: 0 });

    await shop.stripe.deliveryFault({ kind: "drop" });
    const second = await shop.factories.learner();
    const { order: lost } = await openCheckout(shop, second, [course.slug], coupon.code);
    await shop.sql`update orders set expires_at = now() - interval '2 minutes' where id = ${lost.id}`;
    expect(await expireStaleOrders()).toBeGreaterThan(0);
    expect((await shop.factories.orderById(lost.id)).status).toBe("expired");
    expect(await couponNow(coupon.id)).toMatchObject({ timesUsed: 0 });
    await shop.stripe.control("/delivery-faults", {}, "DELETE");
  });

  test("scenario 21: the buyer pays just before we expire the session: the order is fulfilled", async () => {
    await shop.stripe.deliveryFault({ kind: "drop" });
    const learner = await shop.factories.learner();
    const coupon = await shop.factories.coupon({ maxUses: 1 });
    const { order, sessionId } = await openCheckout(
      shop,
      learner,
      [(await shop.factories.course()).slug],
      coupon.code,
    );
    await shop.stripe.pay(sessionId);
    await shop.sql`update orders set expires_at = now() - interval '2 minutes' where id = ${order.id}`;
    await expireStaleOrders();
    expect((await shop.factories.orderById(order.id)).status).toBe("completed");
    expect(await couponNow(coupon.id)).toMatchObject({ timesUsed: 1 });
    await shop.stripe.control("/delivery-faults", {}, "DELETE");
  });

  test("money that arrives after we gave up is honoured at the frozen price; the code never passes its limit", async () => {
    await shop.stripe.deliveryFault({ kind: "drop" });
    const coupon = await shop.factories.coupon({ maxUses: 1 });
    const course = await shop.factories.course();
    const late = await shop.factories.learner();
    const { order, sessionId } = await openCheckout(shop, late, [course.slug], coupon.code);
    await shop.sql`update orders set status = 'expired' where id = ${order.id}`;
    await shop.sql`update coupon_redemptions set status = 'released' where order_id = ${order.id}`;
    await shop.sql`update coupons set times_used = 0 where id = ${coupon.id}`;
    const quick = await shop.factories.learner();
    const other = await openCheckout(shop, quick, [course.slug], coupon.code);
    await shop.stripe.pay(other.sessionId);
    await confirmCheckout(quick, other.sessionId);
    await shop.stripe.pay(sessionId);
    expect((await confirmCheckout(late, sessionId))?.outcome).toBe("fulfilled");
    expect(await listSeats(shop, late)).toHaveLength(1);
    expect(await couponNow(coupon.id)).toMatchObject({ timesUsed: 1 });
    await shop.stripe.control("/delivery-faults", {}, "DELETE");
  });
});
