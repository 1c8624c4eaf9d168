import { eq } from "drizzle-orm";
import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { withTransaction } from "@/db/client";
import { coupons } from "@/db/schema/coupons";
import { orders, refunds } from "@/db/schema/orders";
import { paymentAlerts, stripeEvents } from "@/db/schema/payments";
import { confirmCheckout } from "@/lib/checkout/mutations";
import { newId, type OrderId } from "@/lib/ids";
import { minor } from "@/lib/money";
import { receiveEvent } from "@/lib/payments/webhook";
import { sendPendingRefunds } from "@/lib/refunds/mutations";
import { applyRefunds } from "@/lib/settlement/mutations";
import { startTestShop } from "../../support/shop";
import { listSeats, openCheckout, type TestShop } from "./buying";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());
beforeEach(async () => {
  await shop.stripe.control("/faults", {}, "DELETE");
  await shop.stripe.control("/delivery-faults", {}, "DELETE");
  await shop.stripe.deliveryFault({ kind: "drop" });
  await shop.sql`update orders set held_refund_amount = 0`;
  // Those that arrived have a credit note, which stays.
  await shop.sql`delete from refund_items where refund_id in (select id from refunds where status <> 'succeeded')`;
  await shop.sql`delete from refunds where status <> 'succeeded'`;
});

const authorization = { authorization: "Bearer sk_test_tests" };

async function latestEvent(type: string): Promise<Stripe.Event> {
  const response = await fetch(`${shop.sandboxUrl}/v1/events?type=${type}&limit=1`, {
    headers: authorization,
  });
  const { data } = (await response.json()) as { data: Stripe.Event[] };
  if (!data[0]) throw new Error(`no ${type}`);
  return data[0];
}

async function refundAtStripe(intent: string | null): Promise<void> {
  const response = await fetch(`${shop.sandboxUrl}/v1/refunds`, {
    method: "POST",
    headers: { ...authorization, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ payment_intent: intent ?? "" }),
  });
  expect(response.status).toBe(200);
}

async function buy() {
  const learner = await shop.factories.learner();
  const { order, sessionId } = await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
  const { payment_intent: intent } = await shop.stripe.pay(sessionId);
  return { learner, order, sessionId, intent };
}

const askRefund = (orderId: OrderId, amount: number) =>
  shop.db
    .insert(refunds)
    .values({ id: newId<"refund">(), orderId, amount: minor(amount), currency: "usd", reason: "duplicate" });

const listAlerts = (orderId: OrderId) =>
  shop.db.select().from(paymentAlerts).where(eq(paymentAlerts.orderId, orderId));

describe("refunds out of order", () => {
  test("given back in the Dashboard before the payment was noted: no seat is left, in either order", async () => {
    const { learner, order, sessionId, intent } = await buy();
    const paid = await latestEvent("checkout.session.completed");
    await refundAtStripe(intent);
    expect(await receiveEvent(await latestEvent("charge.refunded"))).toBe("processed");
    expect(await receiveEvent(paid)).toBe("processed");
    await confirmCheckout(learner, sessionId);
    expect((await shop.factories.orderById(order.id)).status).toBe("refunded");
    expect((await listSeats(shop, learner)).map((seat) => seat.status)).toEqual(["refunded"]);
  });

  test("giving back a second payment of a paid order leaves the first and its seat alone", async () => {
    const { learner, order, sessionId, intent } = await buy();
    await confirmCheckout(learner, sessionId);
    // The same session, as if its order had been paid by another intent.
    await shop.sql`update orders set stripe_payment_intent_id = 'pi_first' where id = ${order.id}`;
    await refundAtStripe(intent);
    expect(await receiveEvent(await latestEvent("charge.refunded"))).toBe("quarantined");
    expect((await shop.factories.orderById(order.id)).status).toBe("completed");
    expect((await listSeats(shop, learner)).map((seat) => seat.status)).toEqual(["active"]);
  });

  test("an older answer never turns a refund that arrived back into one on its way", async () => {
    const { learner, order, sessionId } = await buy();
    await confirmCheckout(learner, sessionId);
    const fact = {
      stripeRefundId: "re_late",
      refundId: null,
      amount: 4900,
      currency: "usd",
      status: "succeeded",
      reason: "duplicate",
    } as const;
    await withTransaction((tx) => applyRefunds(tx, order.id, [fact]));
    await withTransaction((tx) => applyRefunds(tx, order.id, [{ ...fact, status: "pending" }]));
    const [row] = await shop.db.select().from(refunds).where(eq(refunds.orderId, order.id));
    expect(row?.status).toBe("succeeded");
  });
});

describe("refunds on their way to Stripe", () => {
  test("made, but the answer was a stored error and the key forgotten: looked up, not made again", async () => {
    const { learner, order, sessionId } = await buy();
    await confirmCheckout(learner, sessionId);
    await askRefund(order.id, 1000);
    await shop.stripe.fault({ kind: "error_500", when: "after", method: "POST", path: "/v1/refunds" });
    await sendPendingRefunds();
    await shop.sql`update refunds set updated_at = now() - interval '25 hours', created_at = now() - interval '25 hours'`;
    await shop.stripe.control("/clock", { advance_ms: 25 * 3_600_000 });
    await sendPendingRefunds();
    await shop.stripe.control("/clock", { reset: true });
    const [row] = await shop.db.select().from(refunds).where(eq(refunds.orderId, order.id));
    expect(row).toMatchObject({ status: "succeeded", lastError: null });
    const response = await fetch(`${shop.sandboxUrl}/v1/refunds?limit=100`, { headers: authorization });
    const { data } = (await response.json()) as { data: { metadata: { refund_id?: string } }[] };
    expect(data.filter((refund) => refund.metadata.refund_id === row?.id)).toHaveLength(1);
  });

  test("scenario 35: what Stripe refuses ends at once, is told of, and never stands in the way of others", async () => {
    const refused = await buy();
    await confirmCheckout(refused.learner, refused.sessionId);
    await refundAtStripe(refused.intent);
    await askRefund(refused.order.id, 4900);
    const good = await buy();
    await confirmCheckout(good.learner, good.sessionId);
    await askRefund(good.order.id, 4900);
    expect(await sendPendingRefunds()).toBe(1);
    for (const { order } of [refused, good])
      expect((await shop.factories.orderById(order.id)).status).toBe("refunded");
    const rows = await shop.db.select().from(refunds).where(eq(refunds.orderId, refused.order.id));
    expect(rows.map((row) => row.status).toSorted()).toEqual(["failed", "succeeded"]);
    const before = await shop.stripe.calls("/v1/refunds");
    await sendPendingRefunds();
    expect(await shop.stripe.calls("/v1/refunds")).toBe(before);
    expect(await listAlerts(refused.order.id)).toMatchObject([{ kind: "refund_refused", clearedAt: null }]);
  });

  test("an error stored under the key, without effect, does not hold a refund back for a day", async () => {
    const { learner, order, sessionId } = await buy();
    await confirmCheckout(learner, sessionId);
    await askRefund(order.id, 4900);
    const fault = { kind: "error_500", when: "before", stored: true, method: "POST", path: "/v1/refunds" };
    await shop.stripe.fault({ ...fault, times: 1 });
    expect(await sendPendingRefunds()).toBe(1);
    expect((await shop.factories.orderById(order.id)).status).toBe("refunded");
  });

  test("an outage is waited out, longer and longer", async () => {
    const { learner, order, sessionId } = await buy();
    await confirmCheckout(learner, sessionId);
    await askRefund(order.id, 4900);
    await shop.stripe.fault({ kind: "error_500", path: "/v1/refunds", times: 2 });
    expect(await sendPendingRefunds()).toBe(0);
    await shop.sql`update refunds set created_at = now() - interval '1 minute'`;
    expect(await sendPendingRefunds()).toBe(0);
    await shop.sql`update refunds set updated_at = now() - interval '1 minute', created_at = now() - interval '90 seconds'`;
    expect(await sendPendingRefunds()).toBe(1);
    expect((await shop.factories.orderById(order.id)).status).toBe("refunded");
  });
});

describe("events that contradict", () => {
  test("an event of the other mode is set aside although Stripe cannot be asked about its payment", async () => {
    const { intent } = await buy();
    const event = structuredClone(await latestEvent("payment_intent.succeeded"));
    Object.assign(event, { id: "evt_live", livemode: true });
    Object.assign(event.data.object, { id: `${intent}_of_the_other_mode` });
    expect(await receiveEvent(event)).toBe("quarantined");
    const [row] = await shop.db.select().from(stripeEvents).where(eq(stripeEvents.id, "evt_live"));
    expect(row).toMatchObject({ status: "quarantined", lastError: "livemode_mismatch" });
  });

  test("given up, then on its way by debit, then paid: the code's use is counted again", async () => {
    const learner = await shop.factories.learner();
    const coupon = await shop.factories.coupon({ maxUses: 1 });
    const course = await shop.factories.course();
    const { order, sessionId } = await openCheckout(shop, learner, [course.slug], coupon.code);
    await shop.sql`update orders set status = 'expired' where id = ${order.id}`;
    await shop.sql`update coupon_redemptions set status = 'released' where order_id = ${order.id}`;
    await shop.sql`update coupons set times_used = 0 where id = ${coupon.id}`;
    await shop.stripe.pay(sessionId, { debit: "succeeds" });
    await receiveEvent(await latestEvent("checkout.session.completed"));
    expect((await shop.factories.orderById(order.id)).status).toBe("processing");
    const paid = structuredClone(await latestEvent("checkout.session.completed"));
    Object.assign(paid, { id: "evt_paid_late", type: "checkout.session.async_payment_succeeded" });
    Object.assign(paid.data.object, { payment_status: "paid" });
    await receiveEvent(paid);
    const [bought] = await shop.db.select().from(orders).where(eq(orders.id, order.id));
    expect(bought?.status).toBe("completed");
    const [row] = await shop.db.select().from(coupons).where(eq(coupons.id, coupon.id));
    expect(row?.timesUsed).toBe(1);
  });
});
