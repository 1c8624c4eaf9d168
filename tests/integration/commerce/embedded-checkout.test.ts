import { afterAll, beforeAll, expect, it } from "vitest";
import { withTransaction } from "@/db/client";
import { findViolations } from "@/lib/audit/queries";
import { getCart } from "@/lib/cart/queries";
import { confirmCheckout, startCheckout } from "@/lib/checkout/mutations";
import { findEmbeddedCheckout } from "@/lib/checkout/queries";
import { expireOrder, failOrder } from "@/lib/orders/mutations";
import { startTestShop } from "../../support/shop";
import { sdk, sessionParams } from "../stripe-sandbox/open-sandbox";
import { fillCart, listOpenSessions, listSeats, pressCheckout, type TestShop } from "./buying";

let shop: TestShop;
beforeAll(async () => {
  process.env.STRIPE_CHECKOUT_UI = "embedded";
  shop = await startTestShop();
});
afterAll(async () => {
  process.env.STRIPE_CHECKOUT_UI = "";
  await shop?.close();
});

async function press(slugs = 1) {
  const learner = await shop.factories.learner();
  const courses = await Promise.all(Array.from({ length: slugs }, () => shop.factories.course()));
  await fillCart(
    learner,
    courses.map((course) => course.slug),
  );
  const started = await pressCheckout(learner);
  if (!started.ok) throw new Error(started.error.code);
  return { learner, started: started.value, order: await shop.factories.order(started.value.orderNumber) };
}

it("leads to our own page, for the buyer only, with the same session however often it is pressed", async () => {
  const { learner, started, order } = await press();
  expect(started).toMatchObject({ kind: "pay" });
  expect(order.stripeCheckoutUrl).toMatch(new RegExp(`/checkout\\?order=${order.orderNumber}$`));
  const page = await findEmbeddedCheckout(learner, order.orderNumber);
  expect(page).toMatchObject({
    kind: "open",
    totalAmount: 4900,
    scriptUrl: expect.stringMatching(/\/endive\/stripe\.js$/),
    clientSecret: expect.stringMatching(/^cs_test_\w+_secret_/),
  });
  expect(await findEmbeddedCheckout(await shop.factories.learner(), order.orderNumber)).toBeNull();
  expect(await pressCheckout(learner)).toEqual({ ok: true, value: started });
});

it("fulfils as the hosted page does, once for the webhook and the page of thanks", async () => {
  const { learner, order } = await press(2);
  const sessionId = order.stripeCheckoutSessionId ?? "";
  await Promise.all([
    shop.stripe.pay(sessionId).then(() => shop.stripe.idle()),
    confirmCheckout(learner, sessionId),
  ]);
  await confirmCheckout(learner, sessionId);
  expect((await shop.factories.order(order.orderNumber)).status).toBe("completed");
  expect(await listSeats(shop, learner)).toHaveLength(2);
  expect(await findEmbeddedCheckout(learner, order.orderNumber)).toEqual({ kind: "complete", sessionId });
});

it("offers Stripe's own page instead: the first session is closed, and one order is paid", async () => {
  const { learner, order } = await press();
  const cart = await getCart({ kind: "learner", userId: learner });
  const hosted = await startCheckout(learner, cart.priced.totalAmount, new Date(), "hosted");
  expect(hosted).toMatchObject({
    ok: true,
    value: { kind: "pay", url: expect.stringContaining("/c/pay/cs_") },
  });
  if (!hosted.ok) return;
  expect((await shop.factories.order(order.orderNumber)).status).toBe("expired");
  expect(await findEmbeddedCheckout(learner, order.orderNumber)).toEqual({ kind: "expired" });

  const second = await shop.factories.order(hosted.value.orderNumber);
  expect(await shop.stripe.pay(order.stripeCheckoutSessionId ?? "")).toMatchObject({ outcome: "closed" });
  await shop.stripe.pay(second.stripeCheckoutSessionId ?? "");
  await shop.stripe.idle();
  expect(await listSeats(shop, learner)).toMatchObject([{ status: "active" }]);
  // The cart is empty now; the first order's page leads back.
  expect(await findEmbeddedCheckout(learner, second.orderNumber)).toBeNull();
});

it("finds the session again whose answer was lost, and only one that is shown the same way", async () => {
  const learner = await shop.factories.learner();
  const course = await shop.factories.course();
  await fillCart(learner, [course.slug]);
  // The session is made, its answer is lost, and it cannot be looked for yet.
  const path = "/v1/checkout/sessions";
  await shop.stripe.fault({ kind: "error_500", when: "after", method: "POST", path });
  await shop.stripe.fault({ kind: "error_500", method: "GET", path, times: 4 });
  expect(await pressCheckout(learner)).toEqual({ ok: false, error: { code: "payment_unavailable" } });
  await shop.stripe.control("/faults", {}, "DELETE");
  const [placed] = await shop.sql<{ id: string; customer: string }[]>`
    select id, stripe_customer_id as customer from orders where user_id = ${learner}`;
  const [lost] = await listOpenSessions(shop, placed?.customer ?? "");
  // A newer one of the same order, for Stripe's own page.
  const hosted = await sdk(Number(new URL(shop.sandboxUrl).port)).checkout.sessions.create(
    sessionParams(4900, { customer: placed?.customer ?? "", metadata: { order_id: placed?.id ?? "" } }),
  );

  const started = await pressCheckout(learner);
  if (!started.ok) throw new Error(started.error.code);
  const order = await shop.factories.order(started.value.orderNumber);
  expect(order.stripeCheckoutSessionId).toBe(lost);
  expect(await listOpenSessions(shop, order.stripeCustomerId)).toEqual([hosted.id, lost]);
  expect(await findEmbeddedCheckout(learner, order.orderNumber)).toMatchObject({ kind: "open" });
});

it("leaves no page to be paid but the order's own, when both ways are asked for at once", async () => {
  for (let round = 0; round < 5; round += 1) {
    const learner = await shop.factories.learner();
    const course = await shop.factories.course();
    await fillCart(learner, [course.slug]);
    const now = new Date();
    const presses = (["embedded", "hosted"] as const).map((ui) => startCheckout(learner, 4900, now, ui));
    expect((await Promise.all(presses)).some((started) => started.ok)).toBe(true);
    const placed = await shop.sql<{ status: string; session: string | null; customer: string }[]>`
      select status, stripe_checkout_session_id as session, stripe_customer_id as customer from orders where user_id = ${learner}`;
    const open = await listOpenSessions(shop, placed[0]?.customer ?? null);
    const own = placed.filter(({ status }) => status === "pending").map(({ session }) => session);
    expect(open).toEqual(own);
  }
});

it("leaves the order and its coupon's use alone when a session that lost against another ends", async () => {
  for (let round = 0; round < 5; round += 1) {
    const learner = await shop.factories.learner();
    const course = await shop.factories.course();
    const coupon = await shop.factories.coupon({ maxUses: 1 });
    await fillCart(learner, [course.slug], coupon.code);
    const { priced } = await getCart({ kind: "learner", userId: learner });
    const presses = (["embedded", "hosted"] as const).map((ui) =>
      startCheckout(learner, priced.totalAmount, new Date(), ui),
    );
    await Promise.all(presses);
    await shop.stripe.idle();
    const placed = await shop.sql<{ status: string; session: string; used: number }[]>`
      select o.status, o.stripe_checkout_session_id as session, c.times_used as used
      from orders o join coupons c on c.id = o.coupon_id where o.user_id = ${learner}`;
    const pending = placed.filter(({ status }) => status === "pending");
    expect(pending).toHaveLength(1);
    expect(pending[0]?.used).toBe(1);
    expect(await shop.stripe.pay(pending[0]?.session ?? "")).toMatchObject({ outcome: "complete" });
    await shop.stripe.idle();
    expect(await listSeats(shop, learner)).toMatchObject([{ status: "active" }]);
  }
  expect(await findViolations()).toEqual([]);
});

it("heeds the end of a session only when it is the order's own", async () => {
  const { order } = await press();
  const end = (sessionId: string) => withTransaction((tx) => expireOrder(tx, order.id, sessionId));
  expect(await end("cs_test_of_another_try")).toBe(false);
  await withTransaction((tx) => failOrder(tx, order.id, "cs_test_of_another_try"));
  expect((await shop.factories.order(order.orderNumber)).status).toBe("pending");
  expect(await end(order.stripeCheckoutSessionId ?? "")).toBe(true);
});

it("says that the provider does not answer", async () => {
  const { learner, order } = await press();
  await shop.stripe.fault({ kind: "error_500", path: "/v1/checkout/sessions/*", method: "GET", times: 4 });
  expect(await findEmbeddedCheckout(learner, order.orderNumber)).toEqual({ kind: "unavailable" });
});
