import { eq } from "drizzle-orm";
import Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { coupons } from "@/db/schema/coupons";
import { emails } from "@/db/schema/notifications";
import { orders, refunds } from "@/db/schema/orders";
import { stripeEvents } from "@/db/schema/payments";
import { findViolations } from "@/lib/audit/queries";
import { addToCart } from "@/lib/cart/mutations";
import { newId, type OrderId, type UserId } from "@/lib/ids";
import { receiveEvent } from "@/lib/payments/webhook";
import { startTestShop } from "../../support/shop";
import { listSeats, openCheckout, type TestShop } from "./buying";

const OLD_SECRET = "whsec_before_the_rotation";
let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop({ delays: { bankDebitSettles: null, refundFails: null, refundSettles: null } });
  // While a secret rotates, both stand in the variable.
  process.env.STRIPE_WEBHOOK_SECRET = `${OLD_SECRET}, ${shop.webhookSecret}`;
});
afterAll(() => shop.close());
beforeEach(() => shop.stripe.control("/delivery-faults", {}, "DELETE"));

const api = (path: string, body?: Record<string, string>) =>
  fetch(`${shop.sandboxUrl}/v1${path}`, {
    method: body ? "POST" : "GET",
    headers: { authorization: "Bearer sk_test_tests", "content-type": "application/x-www-form-urlencoded" },
    ...(body ? { body: new URLSearchParams(body) } : {}),
  });

/** Every event so far that is about this object or its payment, oldest first. */
async function eventsOf(...ids: string[]): Promise<Stripe.Event[]> {
  const { data } = (await (await api("/events?limit=100")).json()) as { data: Stripe.Event[] };
  return data
    .filter((event) => ids.some((id) => JSON.stringify(event.data.object).includes(id)))
    .toReversed();
}

const stateOf = async (id: OrderId) => (await shop.factories.orderById(id)).status;
const mailsTo = (userId: UserId) =>
  shop.db.select({ kind: emails.kind }).from(emails).where(eq(emails.userId, userId));

async function checkout(code?: string) {
  const learner = await shop.factories.learner();
  const course = await shop.factories.course();
  return { learner, course, ...(await openCheckout(shop, learner, [course.slug], code)) };
}

describe("a payment that takes days", () => {
  test("scenario 11: completed but unpaid is on its way: no seat, no mail, the code's use stays reserved", async () => {
    const coupon = await shop.factories.coupon({ maxUses: 1 });
    const { learner, order, sessionId } = await checkout(coupon.code);
    await shop.stripe.pay(sessionId, { debit: "waits" });
    await shop.stripe.idle();
    expect(await stateOf(order.id)).toBe("processing");
    expect(await listSeats(shop, learner)).toEqual([]);
    expect(await mailsTo(learner)).toEqual([]);
    expect((await shop.factories.orderById(order.id)).paidAt).toBeNull();
    const [kept] = await shop.sql`
      select c.times_used as used, r.status from coupons c join coupon_redemptions r on r.coupon_id = c.id
      where c.id = ${coupon.id}`;
    expect(kept).toEqual({ used: 1, status: "reserved" });
    expect(await shop.sql`select id from invoices where order_id = ${order.id}`).toHaveLength(0);
  });

  test("scenario 12: then the money comes: one seat and one mail, although completed was seen before", async () => {
    const { learner, order, sessionId } = await checkout();
    const { payment_intent: intent } = await shop.stripe.pay(sessionId, { debit: "waits" });
    await shop.stripe.idle();
    await shop.stripe.deliveryFault({ kind: "duplicate", copies: 3 });
    await shop.stripe.control(`/payments/${intent}/settle`, { outcome: "succeeds" });
    await shop.stripe.idle();
    expect(await stateOf(order.id)).toBe("completed");
    expect((await listSeats(shop, learner)).map((seat) => seat.status)).toEqual(["active"]);
    expect((await mailsTo(learner)).map(({ kind }) => kind).sort()).toEqual([
      "enrollment_welcome",
      "order_confirmation",
      "payment_receipt",
    ]);
  });

  test("scenario 13: or it bounces: the order failed, the code is free again, the buyer is told, the course can be bought", async () => {
    const coupon = await shop.factories.coupon({ maxUses: 1 });
    const { learner, course, order, sessionId } = await checkout(coupon.code);
    const { payment_intent: intent } = await shop.stripe.pay(sessionId, { debit: "waits" });
    await shop.stripe.idle();
    await shop.stripe.control(`/payments/${intent}/settle`, { outcome: "insufficient_funds" });
    await shop.stripe.idle();
    expect(await stateOf(order.id)).toBe("failed");
    expect(await listSeats(shop, learner)).toEqual([]);
    const [free] = await shop.db.select().from(coupons).where(eq(coupons.id, coupon.id));
    expect(free?.timesUsed).toBe(0);
    expect(await mailsTo(learner)).toEqual([{ kind: "payment_failed" }]);
    const told =
      await shop.sql`select type from order_events where order_id = ${order.id} and type like '%failed'`;
    expect(
      told.map(({ type }) => type),
      "told once",
    ).toEqual(["failed"]);
    expect(await addToCart({ kind: "learner", userId: learner }, course.slug)).toMatchObject({ ok: true });
  });
});

describe("events", () => {
  test("scenario 10: two of one second both count, whichever is heard first", async () => {
    await shop.stripe.control("/clock", { freeze: true });
    for (const reversed of [false, true]) {
      const { order, sessionId } = await checkout();
      const { payment_intent: intent } = await shop.stripe.pay(sessionId);
      await shop.stripe.idle();
      await shop.stripe.deliveryFault({ kind: "drop" });
      for (const amount of ["1000", "2000"]) await api("/refunds", { payment_intent: intent ?? "", amount });
      const events = (await eventsOf(intent ?? "")).filter((event) => /refund/.test(event.type));
      expect(new Set(events.map((event) => event.created)).size).toBe(1);
      for (const event of reversed ? events.toReversed() : events) await receiveEvent(event);
      const rows = await shop.db.select().from(refunds).where(eq(refunds.orderId, order.id));
      expect(rows.map((row) => row.amount).toSorted()).toEqual([1000, 2000]);
      await shop.stripe.control("/delivery-faults", {}, "DELETE");
    }
    await shop.stripe.control("/clock", { reset: true });
  });

  test("scenario 37: while the secret rotates either one verifies, also among several signatures; older than 300 s is refused", async () => {
    const body = JSON.stringify({
      id: "evt_r",
      object: "event",
      type: "x.y",
      livemode: false,
      created: 1,
      data: { object: {} },
    });
    const sign = (secret: string, timestamp = Math.floor(Date.now() / 1000)) =>
      new Stripe("sk_test_x").webhooks.generateTestHeaderString({ payload: body, secret, timestamp });
    const post = async (signature: string) =>
      (await fetch(shop.webhookUrl, { method: "POST", body, headers: { "stripe-signature": signature } }))
        .status;
    expect(await post(sign(OLD_SECRET))).toBe(200);
    expect(await post(sign(shop.webhookSecret))).toBe(200);
    expect(await post(`${sign("whsec_of_nobody")},${sign(OLD_SECRET).split(",")[1]}`)).toBe(200);
    expect(await post(sign("whsec_of_nobody"))).toBe(400);
    expect(await post(sign(OLD_SECRET, Math.floor(Date.now() / 1000) - 301))).toBe(400);
  });

  test("scenario 38: an unknown type is ignored; missing fields are read again; what stays unreadable is set aside", async () => {
    await shop.stripe.deliveryFault({ kind: "drop" });
    const { learner, order, sessionId } = await checkout();
    await shop.stripe.pay(sessionId);
    const events = await eventsOf(sessionId);
    const completed = events.find((event) => event.type === "checkout.session.completed");
    if (!completed) throw new Error("no event");
    const unknown = { ...completed, id: "evt_future", type: "checkout.session.reimagined" };
    expect(await receiveEvent(unknown)).toBe("ignored");
    expect(await shop.db.select().from(stripeEvents).where(eq(stripeEvents.id, "evt_future"))).toEqual([]);

    const unreadable = { ...completed, id: "evt_unreadable", data: { object: { id: "cs_test_gone" } } };
    expect(await receiveEvent(unreadable)).toBe("quarantined");
    const thin = {
      ...completed,
      id: "evt_thin",
      data: { object: { id: sessionId, object: "checkout.session" } },
    };
    expect(await receiveEvent(thin)).toBe("processed");
    expect(await stateOf(order.id)).toBe("completed");
    expect(await listSeats(shop, learner)).toHaveLength(1);
  });

  test("scenario 40: every event again, days after its row was pruned, has no second effect", async () => {
    const { learner, order, sessionId } = await checkout();
    const { payment_intent: intent } = await shop.stripe.pay(sessionId);
    await api("/refunds", { payment_intent: intent ?? "", amount: "900" });
    await shop.stripe.idle();
    const snapshot = async () => ({
      order: { ...(await shop.factories.orderById(order.id)), updatedAt: null },
      seats: await listSeats(shop, learner),
      mails: await mailsTo(learner),
      refunds: (await shop.db.select().from(refunds).where(eq(refunds.orderId, order.id))).map(
        (row) => row.amount,
      ),
      paid: await shop.sql`select type from order_events where order_id = ${order.id} order by id`,
    });
    const before = await snapshot();
    const events = await eventsOf(sessionId, intent ?? "");
    expect(events.length).toBeGreaterThan(3);
    await shop.sql`delete from stripe_events`;
    for (const event of events.toReversed()) await receiveEvent(event);
    expect(await snapshot()).toEqual(before);
    expect(await findViolations()).toEqual([]);
  });

  test("scenario 41: subtotal, discount and tax are compared each by itself, even where the totals agree", async () => {
    await shop.stripe.deliveryFault({ kind: "drop" });
    const { learner, order, sessionId } = await checkout();
    await shop.stripe.pay(sessionId);
    await shop.sql`update orders set tax_amount = 931, total_amount = 5831 where id = ${order.id}`;
    await shop.sql`update order_items set tax_amount = 931 where order_id = ${order.id}`;
    const [completed] = (await eventsOf(sessionId)).filter(
      (event) => event.type === "checkout.session.completed",
    );
    const told = (subtotal: number, discount: number, tax: number) => {
      const event = structuredClone(completed);
      if (!event) throw new Error("no event");
      Object.assign(event, { id: `evt_${newId()}` });
      Object.assign(event.data.object, {
        amount_subtotal: subtotal,
        amount_total: subtotal - discount + tax,
        total_details: { amount_discount: discount, amount_shipping: 0, amount_tax: tax },
      });
      return event;
    };
    expect(await receiveEvent(told(5831, 0, 0))).toBe("quarantined");
    expect(await receiveEvent(told(4900, 100, 1031))).toBe("quarantined");
    expect(await receiveEvent(told(4900, 0, 930))).toBe("quarantined");
    expect(await listSeats(shop, learner)).toEqual([]);
    expect(await receiveEvent(told(4900, 0, 931))).toBe("processed");
    const [paid] = await shop.db.select().from(orders).where(eq(orders.id, order.id));
    expect(paid).toMatchObject({ status: "completed", taxAmount: 931, totalAmount: 5831 });
  });
});
