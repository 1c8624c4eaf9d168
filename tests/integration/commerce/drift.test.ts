import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { courses } from "@/db/schema/catalog";
import { coupons } from "@/db/schema/coupons";
import { users } from "@/db/schema/identity";
import { addToCart, mergeGuestCart } from "@/lib/cart/mutations";
import { getCart } from "@/lib/cart/queries";
import { confirmCheckout } from "@/lib/checkout/mutations";
import { newSecret, type UserId } from "@/lib/ids";
import { minor } from "@/lib/money";
import { startTestShop } from "../../support/shop";
import { fillCart, listSeats, openCheckout, pressCheckout, type TestShop } from "./buying";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());
beforeEach(async () => {
  await shop.stripe.control("/faults", {}, "DELETE");
  await shop.stripe.control("/delivery-faults", {}, "DELETE");
});

const couponNow = async (id: (typeof coupons.$inferSelect)["id"]) => {
  const [row] = await shop.db.select().from(coupons).where(eq(coupons.id, id));
  return row;
};

describe("what changes between two presses", () => {
  test("a price that changed after checkout was opened makes a new order, not a closed circle", async () => {
    const learner = await shop.factories.learner();
    const course = await shop.factories.course();
    const { order, sessionId } = await openCheckout(shop, learner, [course.slug]);
    await shop.db
      .update(courses)
      .set({ priceAmount: minor(5900) })
      .where(eq(courses.id, course.id));
    const again = await pressCheckout(learner);
    expect(again).toMatchObject({ ok: true, value: { kind: "pay" } });
    const second = await shop.factories.order(again.ok ? again.value.orderNumber : "");
    expect(second.totalAmount).toBe(5900);
    expect((await shop.factories.orderById(order.id)).status).toBe("expired");
    expect((await shop.stripe.pay(sessionId)).outcome).toBe("closed");
  });

  test("a price changed, but the open session was just paid: the paid order stands", async () => {
    await shop.stripe.deliveryFault({ kind: "drop" });
    const learner = await shop.factories.learner();
    const course = await shop.factories.course();
    const { order, sessionId } = await openCheckout(shop, learner, [course.slug]);
    await shop.db
      .update(courses)
      .set({ priceAmount: minor(5900) })
      .where(eq(courses.id, course.id));
    await shop.stripe.pay(sessionId);
    expect(await pressCheckout(learner)).toEqual({ ok: false, error: { code: "cart_empty" } });
    expect((await shop.factories.orderById(order.id)).status).toBe("completed");
  });

  test("an order whose session opens while another tab closes it keeps no payable session", async () => {
    const learner = await shop.factories.learner();
    const [one, two] = [await shop.factories.course(), await shop.factories.course()];
    const coupon = await shop.factories.coupon({ maxUses: 1 });
    const older = await openCheckout(shop, learner, [one.slug]);
    await shop.sql`update carts set version = version + 1 where user_id = ${learner}`;
    await shop.sql`update orders set cart_version = 999 where id = ${older.order.id}`;
    await fillCart(learner, [], coupon.code);
    const opening = await openCheckoutWithoutClosing(learner, older.order.id);
    // The other tab has read the order without its session, and waits for Stripe to close the older one.
    await shop.sql`update orders set status = 'pending' where id = ${older.order.id}`;
    await shop.sql`update orders set stripe_checkout_session_id = null, stripe_checkout_url = null where id = ${opening.id}`;
    await addToCart({ kind: "learner", userId: learner }, two.slug);
    await shop.stripe.fault({
      kind: "slow",
      method: "POST",
      path: `/v1/checkout/sessions/${older.sessionId}/expire`,
      milliseconds: 800,
    });
    const pressing = pressCheckout(learner);
    await expect
      .poll(() => shop.stripe.calls(`/v1/checkout/sessions/${older.sessionId}/expire`), { interval: 10 })
      .toBe(1);
    await shop.sql`update orders set stripe_checkout_session_id = ${opening.stripeCheckoutSessionId}, stripe_checkout_url = ${opening.stripeCheckoutUrl} where id = ${opening.id}`;
    expect(await pressing).toMatchObject({ ok: true, value: { kind: "pay" } });
    expect((await shop.stripe.pay(opening.stripeCheckoutSessionId ?? "")).outcome).toBe("closed");
    expect(await couponNow(coupon.id)).toMatchObject({ timesUsed: 1 });
  });

  async function openCheckoutWithoutClosing(learner: UserId, earlier: string) {
    await shop.sql`update orders set status = 'expired' where id = ${earlier}`;
    const started = await pressCheckout(learner);
    return shop.factories.order(started.ok ? started.value.orderNumber : "");
  }

  test("a guest's cart in another currency never mixes into one sum", async () => {
    const learner = await shop.factories.learner();
    const dollars = await shop.factories.course();
    const yen = await shop.factories.course({ priceAmount: minor(5000), currency: "jpy" });
    await fillCart(learner, [dollars.slug]);
    const token = newSecret();
    await addToCart({ kind: "guest", token }, yen.slug);
    await mergeGuestCart(learner, token);
    const cart = await getCart({ kind: "learner", userId: learner });
    expect(cart).toMatchObject({ currency: "usd", priced: { totalAmount: 4900 } });
    expect(await pressCheckout(learner)).toEqual({
      ok: false,
      error: { code: "course_unavailable", titles: [yen.title] },
    });
  });

  test("a delayed payment on its way leaves nothing in the cart to pay a second time", async () => {
    const learner = await shop.factories.learner();
    const { order, sessionId } = await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
    await shop.stripe.deliveryFault({
      kind: "drop",
      types: ["checkout.session.async_payment_succeeded", "payment_intent.succeeded"],
    });
    await shop.stripe.pay(sessionId, { debit: "succeeds" });
    await confirmCheckout(learner, sessionId);
    expect((await shop.factories.orderById(order.id)).status).toBe("processing");
    expect(await pressCheckout(learner)).toEqual({ ok: false, error: { code: "cart_empty" } });
  });
});

describe("Stripe fails while a checkout starts", () => {
  test("an error stored under the customer's key does not lock the learner out for a day", async () => {
    const learner = await shop.factories.learner();
    await fillCart(learner, [(await shop.factories.course()).slug]);
    await shop.stripe.fault({ kind: "error_500", when: "after", method: "POST", path: "/v1/customers" });
    expect(await pressCheckout(learner)).toMatchObject({ ok: true, value: { kind: "pay" } });
  });

  test("a long address and a new name after a lost answer make a customer all the same", async () => {
    const learner = await shop.factories.learner();
    const email = `${"a".repeat(64)}@${`${"b".repeat(60)}.`.repeat(3)}test`;
    await shop.db.update(users).set({ email }).where(eq(users.id, learner));
    await fillCart(learner, [(await shop.factories.course()).slug]);
    await shop.stripe.fault({ kind: "reset", when: "after", path: "/v1/customers", times: 2 });
    expect(await pressCheckout(learner)).toEqual({ ok: false, error: { code: "payment_unavailable" } });
    await shop.db.update(users).set({ name: "Renamed" }).where(eq(users.id, learner));
    expect(await pressCheckout(learner)).toMatchObject({ ok: true, value: { kind: "pay" } });
  });

  test("a key that stands for other parameters is spent: the next attempt opens the session", async () => {
    const learner = await shop.factories.learner();
    await fillCart(learner, [(await shop.factories.course()).slug]);
    await shop.stripe.fault({ kind: "reset", when: "after", path: "/v1/checkout/sessions", times: 2 });
    expect(await pressCheckout(learner)).toEqual({ ok: false, error: { code: "payment_unavailable" } });
    await shop.sql`update orders set expires_at = expires_at + interval '5 seconds' where user_id = ${learner}`;
    expect(await pressCheckout(learner)).toMatchObject({ ok: true, value: { kind: "pay" } });
  });

  test("500s on the way are said to be an outage, and never an error page", async () => {
    const learner = await shop.factories.learner();
    const [one, two] = [await shop.factories.course(), await shop.factories.course()];
    const { order, sessionId } = await openCheckout(shop, learner, [one.slug]);
    await shop.stripe.fault({ kind: "error_500", method: "GET", times: 10 });
    expect(await confirmCheckout(learner, sessionId)).toEqual({
      orderNumber: order.orderNumber,
      outcome: "unknown",
    });
    await addToCart({ kind: "learner", userId: learner }, two.slug);
    await shop.stripe.fault({
      kind: "error_500",
      path: `/v1/checkout/sessions/${sessionId}/expire`,
      times: 2,
    });
    expect(await pressCheckout(learner)).toEqual({ ok: false, error: { code: "payment_unavailable" } });
    expect((await shop.factories.orderById(order.id)).status).toBe("pending");
    expect(await listSeats(shop, learner)).toEqual([]);
  });
});
