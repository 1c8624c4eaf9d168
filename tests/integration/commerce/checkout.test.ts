import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { courses } from "@/db/schema/catalog";
import { coupons } from "@/db/schema/coupons";
import { users } from "@/db/schema/identity";
import { orderItems, orders, refunds } from "@/db/schema/orders";
import { addToCart, removeFromCart } from "@/lib/cart/mutations";
import { getCart } from "@/lib/cart/queries";
import { confirmCheckout } from "@/lib/checkout/mutations";
import type { UserId } from "@/lib/ids";
import { minor } from "@/lib/money";
import { sendPendingRefunds } from "@/lib/refunds/mutations";
import { startTestShop } from "../../support/shop";
import { fillCart, listOpenSessions, listSeats, openCheckout, pressCheckout, type TestShop } from "./buying";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());

const couponNow = async (id: (typeof coupons.$inferSelect)["id"]) => {
  const [row] = await shop.db.select().from(coupons).where(eq(coupons.id, id));
  return row;
};

describe("amounts", () => {
  test("scenario 15: 100 % off is fulfilled at once, without Stripe", async () => {
    const learner = await shop.factories.learner();
    const course = await shop.factories.course();
    const coupon = await shop.factories.coupon({ discountValue: 100, maxUsesPerUser: 1 });
    const before = await shop.stripe.calls("/v1/checkout/sessions");
    await fillCart(learner, [course.slug], coupon.code);
    const started = await pressCheckout(learner);
    expect(started).toMatchObject({ ok: true, value: { kind: "enrolled" } });
    expect(await shop.stripe.calls("/v1/checkout/sessions")).toBe(before);
    expect(await listSeats(shop, learner)).toEqual([{ courseId: course.id, status: "active", type: "paid" }]);
    expect(await couponNow(coupon.id)).toMatchObject({ timesUsed: 1 });
    expect((await getCart({ kind: "learner", userId: learner })).lines).toEqual([]);

    const again = await shop.factories.course();
    await addToCart({ kind: "learner", userId: learner }, again.slug);
    await expect(fillCart(learner, [], coupon.code)).rejects.toThrow("used_by_you");
  });

  test("scenario 16: above zero but under Stripe's minimum is refused before a session exists", async () => {
    const learner = await shop.factories.learner();
    const coupon = await shop.factories.coupon({
      discountType: "fixed",
      discountValue: 4860,
      currency: "usd",
    });
    await fillCart(learner, [(await shop.factories.course()).slug], coupon.code);
    const started = await pressCheckout(learner);
    expect(started).toEqual({ ok: false, error: { code: "below_minimum", minimum: 50, currency: "usd" } });
    expect(await couponNow(coupon.id)).toMatchObject({ timesUsed: 0 });
    expect(await shop.db.select().from(orders).where(eq(orders.userId, learner))).toEqual([]);
  });

  test.each([
    ["jpy", 500, 10, 450],
    ["kwd", 1500, 33, 1000],
  ] as const)(
    "scenario 17: %s %d minor units are charged as such",
    async (currency, price, percentage, total) => {
      const learner = await shop.factories.learner();
      const course = await shop.factories.course({ priceAmount: minor(price), currency });
      const coupon = await shop.factories.coupon({ discountValue: percentage });
      const { order, sessionId } = await openCheckout(shop, learner, [course.slug], coupon.code);
      expect(order).toMatchObject({ totalAmount: total, currency });
      await shop.stripe.pay(sessionId);
      await shop.stripe.idle();
      expect((await shop.factories.orderById(order.id)).status).toBe("completed");
      expect(await listSeats(shop, learner)).toHaveLength(1);
    },
  );

  test("what the button said is what is charged: a changed price is shown first", async () => {
    const learner = await shop.factories.learner();
    const course = await shop.factories.course();
    await fillCart(learner, [course.slug]);
    const seen = await getCart({ kind: "learner", userId: learner });
    await shop.db
      .update(courses)
      .set({ priceAmount: minor(5900) })
      .where(eq(courses.id, course.id));
    const { startCheckout } = await import("@/lib/checkout/mutations");
    const started = await startCheckout(learner, seen.priced.totalAmount, new Date());
    expect(started).toEqual({ ok: false, error: { code: "price_changed" } });
    expect(await pressCheckout(learner)).toMatchObject({ ok: true, value: { kind: "pay" } });
  });
});

describe("double buying and drift", () => {
  test("scenario 23: pressed ten times at once: one order, one session", async () => {
    const learner = await shop.factories.learner();
    await fillCart(learner, [(await shop.factories.course()).slug]);
    const pressed = await Promise.all(Array.from({ length: 10 }, () => pressCheckout(learner)));
    const urls = new Set(
      pressed.map((one) => (one.ok && one.value.kind === "pay" ? one.value.url : "refused")),
    );
    expect(urls.size).toBe(1);
    expect([...urls][0]).toMatch(/^http/);
    const placed = await shop.db.select().from(orders).where(eq(orders.userId, learner));
    expect(placed).toHaveLength(1);
    expect(await listOpenSessions(shop, placed[0]?.stripeCustomerId ?? null)).toEqual([
      placed[0]?.stripeCheckoutSessionId,
    ]);
  });

  test("scenario 24: a changed cart is a new order, and closes the earlier session", async () => {
    const learner = await shop.factories.learner();
    const [one, two] = [await shop.factories.course(), await shop.factories.course()];
    const first = await openCheckout(shop, learner, [one.slug]);
    const second = await openCheckout(shop, learner, [two.slug]);
    expect(second.order.id).not.toBe(first.order.id);
    expect((await shop.factories.orderById(first.order.id)).status).toBe("expired");
    expect((await shop.stripe.pay(first.sessionId)).outcome).toBe("closed");
    expect(second.order.subtotalAmount).toBe(9800);
  });

  test("scenario 25: paid twice for one course: one seat, and the second payment goes back by itself", async () => {
    await shop.stripe.deliveryFault({ kind: "drop" });
    const learner = await shop.factories.learner();
    const course = await shop.factories.course();
    const first = await openCheckout(shop, learner, [course.slug]);
    // A second tab whose session was opened before the first was closed.
    await shop.sql`update orders set status = 'expired' where id = ${first.order.id}`;
    await shop.sql`update carts set version = version + 1 where user_id = ${learner}`;
    const second = await pressCheckout(learner);
    const secondOrder = await shop.factories.order(second.ok ? second.value.orderNumber : "");
    await shop.stripe.pay(first.sessionId);
    await shop.stripe.pay(secondOrder.stripeCheckoutSessionId ?? "");
    await Promise.all([
      confirmCheckout(learner, first.sessionId),
      confirmCheckout(learner, secondOrder.stripeCheckoutSessionId ?? ""),
    ]);
    expect(await listSeats(shop, learner)).toEqual([{ courseId: course.id, status: "active", type: "paid" }]);
    await sendPendingRefunds();
    await sendPendingRefunds();
    const made = await shop.db
      .select()
      .from(refunds)
      .innerJoin(orders, eq(orders.id, refunds.orderId))
      .where(eq(orders.userId, learner));
    expect(made.map((row) => [row.refunds.status, row.refunds.amount, row.refunds.reason])).toEqual([
      ["succeeded", 4900, "duplicate"],
    ]);
    expect(made[0]?.orders.status).toBe("refunded");
    expect(await listSeats(shop, learner)).toEqual([{ courseId: course.id, status: "active", type: "paid" }]);
    await shop.stripe.control("/delivery-faults", {}, "DELETE");
  });

  test("scenario 26: the cart changes after the session: exactly the session's items are granted", async () => {
    const learner = await shop.factories.learner();
    const [bought, later] = [await shop.factories.course(), await shop.factories.course()];
    const { sessionId } = await openCheckout(shop, learner, [bought.slug]);
    await removeFromCart({ kind: "learner", userId: learner }, bought.slug);
    await addToCart({ kind: "learner", userId: learner }, later.slug);
    await shop.stripe.pay(sessionId);
    await shop.stripe.idle();
    expect(await listSeats(shop, learner)).toEqual([{ courseId: bought.id, status: "active", type: "paid" }]);
    const cart = await getCart({ kind: "learner", userId: learner });
    expect(cart.lines.map((line) => line.slug)).toEqual([later.slug]);
  });

  test("scenario 27: the price rises and the course leaves the shop before payment: the frozen order is honoured", async () => {
    const learner = await shop.factories.learner();
    const course = await shop.factories.course();
    const { order, sessionId } = await openCheckout(shop, learner, [course.slug]);
    await shop.db
      .update(courses)
      .set({ priceAmount: minor(99_900), status: "archived" })
      .where(eq(courses.id, course.id));
    await shop.stripe.pay(sessionId);
    await shop.stripe.idle();
    expect((await shop.factories.orderById(order.id)).status).toBe("completed");
    const [item] = await shop.db.select().from(orderItems).where(eq(orderItems.orderId, order.id));
    expect(item?.priceAmount).toBe(4900);
    expect(await listSeats(shop, learner)).toHaveLength(1);
  });

  test("scenario 28: owned already: refused at add, at start, and one seat at fulfilment", async () => {
    const learner = await shop.factories.learner();
    const course = await shop.factories.course();
    await fillCart(learner, [course.slug]);
    const giveSeat = (to: UserId) =>
      shop.sql`insert into enrollments (id, user_id, course_id, enrollment_type) values (gen_random_uuid(), ${to}, ${course.id}, 'gifted')`;
    await giveSeat(learner);
    expect(await addToCart({ kind: "learner", userId: learner }, course.slug)).toEqual({
      ok: false,
      error: "already_owned",
    });
    const { startCheckout } = await import("@/lib/checkout/mutations");
    expect(await startCheckout(learner, 4900, new Date())).toEqual({
      ok: false,
      error: { code: "already_owned", titles: [course.title] },
    });

    const late = await shop.factories.learner();
    const { order, sessionId } = await openCheckout(shop, late, [course.slug]);
    await giveSeat(late);
    await shop.stripe.pay(sessionId);
    await shop.stripe.idle();
    expect(await listSeats(shop, late)).toEqual([{ courseId: course.id, status: "active", type: "gifted" }]);
    expect(await shop.db.select().from(refunds).where(eq(refunds.orderId, order.id))).toMatchObject([
      { reason: "duplicate", amount: 4900 },
    ]);
  });

  test("scenario 29: the customer was deleted at Stripe: made anew once", async () => {
    const learner = await shop.factories.learner();
    await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
    const [user] = await shop.db.select().from(users).where(eq(users.id, learner));
    // Its event is lost too, so that only Stripe's answer tells of it.
    await shop.stripe.deliveryFault({ kind: "drop" });
    await fetch(`${shop.sandboxUrl}/v1/customers/${user?.stripeCustomerId}`, {
      method: "DELETE",
      headers: { authorization: "Bearer sk_test_tests" },
    });
    const made = await shop.stripe.calls("/v1/customers");
    const { order } = await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
    await shop.stripe.control("/delivery-faults", {}, "DELETE");
    expect(order.stripeCheckoutUrl).toMatch(/^http/);
    expect(order.stripeCustomerId).toMatch(/^cus_/);
    expect(order.stripeCustomerId).not.toBe(user?.stripeCustomerId);
    expect(await shop.stripe.calls("/v1/customers")).toBe(made + 1);
  });

  test("an error that Stripe stored under the key does not block the order for a day", async () => {
    const learner = await shop.factories.learner();
    await fillCart(learner, [(await shop.factories.course()).slug]);
    await shop.stripe.fault({
      kind: "error_500",
      when: "after",
      method: "POST",
      path: "/v1/checkout/sessions",
      times: 1,
    });
    const started = await pressCheckout(learner);
    expect(started).toMatchObject({ ok: true, value: { kind: "pay" } });
    const order = await shop.factories.order(started.ok ? started.value.orderNumber : "");
    await shop.stripe.pay(order.stripeCheckoutSessionId ?? "");
    await shop.stripe.idle();
    expect(await listSeats(shop, learner)).toHaveLength(1);
  });

  test("a refund made in Stripe's Dashboard ends access once it is whole", async () => {
    const learner = await shop.factories.learner();
    const { order, sessionId } = await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
    const { payment_intent: intent } = await shop.stripe.pay(sessionId);
    await shop.stripe.idle();
    const refund = (amount: number) =>
      fetch(`${shop.sandboxUrl}/v1/refunds`, {
        method: "POST",
        headers: {
          authorization: "Bearer sk_test_tests",
          "content-type": "application/x-www-form-urlencoded",
        },
        body: new URLSearchParams({ payment_intent: intent ?? "", amount: String(amount) }),
      });
    await refund(2000);
    await shop.stripe.idle();
    expect((await shop.factories.orderById(order.id)).status).toBe("partially_refunded");
    expect((await listSeats(shop, learner))[0]?.status).toBe("active");
    await refund(2900);
    await shop.stripe.idle();
    expect((await shop.factories.orderById(order.id)).status).toBe("refunded");
    expect((await listSeats(shop, learner))[0]?.status).toBe("refunded");
  });
});
