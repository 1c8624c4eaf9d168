import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { orders, refunds } from "@/db/schema/orders";
import { confirmCheckout } from "@/lib/checkout/mutations";
import { newId, type UserId } from "@/lib/ids";
import { refundOrder, sendPendingRefunds } from "@/lib/refunds/mutations";
import { startTestShop } from "../../support/shop";
import {
  fillCart,
  listOpenSessions,
  listSeats,
  listStripeRefunds,
  openCheckout,
  pressCheckout,
  type TestShop,
} from "./buying";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());
beforeEach(() => shop.stripe.control("/faults", {}, "DELETE"));

/** What a person waits at most, in milliseconds. */
const ANSWER_MS = 6_000;

async function timed<T>(work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const answer = await work();
  expect(performance.now() - startedAt).toBeLessThan(ANSWER_MS);
  return answer;
}

const KINDS = ["reset", "error_500", "error_429", "truncated"] as const;
const MOMENTS = ["before", "after"] as const;
const everyFault = KINDS.flatMap((kind) => MOMENTS.map((when) => [kind, when] as const));

async function cartWithCode(): Promise<UserId> {
  const learner = await shop.factories.learner();
  const coupon = await shop.factories.coupon();
  await fillCart(learner, [(await shop.factories.course()).slug], coupon.code);
  return learner;
}

/** Ends the faults, of which at least one must have struck. */
async function endFaults() {
  const { faults } = (await shop.stripe.control("/faults", {}, "GET")) as { faults: { hits: number }[] };
  expect(faults.reduce((sum, { hits }) => sum + hits, 0)).toBeGreaterThan(0);
  await shop.stripe.control("/faults", {}, "DELETE");
}

/** Presses until Stripe answers; the learner then has one order, and one session that can be paid. */
async function expectOneOrder(learner: UserId) {
  await endFaults();
  expect(await pressCheckout(learner)).toMatchObject({ ok: true, value: { kind: "pay" } });
  const placed = await shop.db.select().from(orders).where(eq(orders.userId, learner));
  expect(placed).toHaveLength(1);
  expect(await listOpenSessions(shop, placed[0]?.stripeCustomerId ?? null)).toEqual([
    placed[0]?.stripeCheckoutSessionId,
  ]);
  await shop.stripe.pay(placed[0]?.stripeCheckoutSessionId ?? "");
  await shop.stripe.idle();
  expect(await listSeats(shop, learner)).toHaveLength(1);
}

describe("a checkout while Stripe fails", () => {
  test.each(
    ["/v1/customers", "/v1/coupons", "/v1/checkout/sessions"].flatMap((path) =>
      everyFault.map(([kind, when]) => [kind, when, path] as const),
    ),
  )(
    "%s %s effect at %s: an answer in time, then one order, one session, one seat",
    async (kind, when, path) => {
      const learner = await cartWithCode();
      await shop.stripe.fault({ kind, when, method: "POST", path, times: 2 });
      const pressed = await timed(() => pressCheckout(learner));
      if (!pressed.ok) expect(pressed.error).toEqual({ code: "payment_unavailable" });
      await expectOneOrder(learner);
    },
  );

  test.each(MOMENTS)("Stripe hangs, %s its effect: told within six seconds", async (when) => {
    const learner = await cartWithCode();
    await shop.stripe.fault({ kind: "hang", when, method: "POST", path: "/v1/checkout/sessions", times: 2 });
    expect(await timed(() => pressCheckout(learner))).toEqual({
      ok: false,
      error: { code: "payment_unavailable" },
    });
    await expectOneOrder(learner);
  });
});

test("the page after paying answers in time while Stripe hangs, and fulfils when it is reloaded", async () => {
  await shop.stripe.deliveryFault({ kind: "drop" });
  const learner = await shop.factories.learner();
  const { sessionId } = await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
  await shop.stripe.pay(sessionId);
  await shop.stripe.fault({ kind: "hang", method: "GET", path: "/v1/**", times: 2 });
  expect(await timed(() => confirmCheckout(learner, sessionId))).toMatchObject({ outcome: "unknown" });
  await endFaults();
  expect(await confirmCheckout(learner, sessionId)).toMatchObject({ outcome: "fulfilled" });
  await shop.stripe.control("/delivery-faults", {}, "DELETE");
});

describe("a refund while Stripe fails", () => {
  test.each([...everyFault, ["hang", "after"] as const])(
    "%s %s effect: an answer in time, then one refund",
    async (kind, when) => {
      const learner = await shop.factories.learner();
      const { order, sessionId } = await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
      await shop.stripe.pay(sessionId);
      await shop.stripe.idle();
      await shop.stripe.fault({ kind, when, method: "POST", path: "/v1/refunds", times: 2 });
      const scope = { kind: "whole" } as const;
      const refundId = newId<"refund">();
      const reason = "requested_by_customer";
      const request = { refundId, orderId: order.id, scope, reason, requestedBy: null } as const;
      expect(await timed(() => refundOrder(request))).toMatchObject({ ok: true });
      await endFaults();
      await shop.sql`update refunds set last_error = null where id = ${refundId}`;
      await sendPendingRefunds();
      await shop.stripe.idle();
      expect(await shop.db.select().from(refunds).where(eq(refunds.orderId, order.id))).toMatchObject([
        { id: refundId, status: "succeeded" },
      ]);
      const refunded = await shop.factories.orderById(order.id);
      expect(refunded.status).toBe("refunded");
      expect(await listStripeRefunds(shop, refunded.stripePaymentIntentId)).toMatchObject([
        { amount: order.totalAmount, status: "succeeded" },
      ]);
    },
  );
});
