import { count, eq } from "drizzle-orm";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emails } from "@/db/schema/notifications";
import { orderEvents, orders } from "@/db/schema/orders";
import { stripeEvents } from "@/db/schema/payments";
import { confirmCheckout } from "@/lib/checkout/mutations";
import { receiveEvent } from "@/lib/payments/webhook";
import { startTestShop } from "../../support/shop";
import { listSeats, openCheckout, type TestShop } from "./buying";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());

async function sessionEvent(type: string, sessionId: string): Promise<Stripe.Event> {
  const response = await fetch(`${shop.sandboxUrl}/v1/events?type=${type}&limit=100`, {
    headers: { authorization: "Bearer sk_test_tests" },
  });
  const { data } = (await response.json()) as { data: Stripe.Event[] };
  const found = data.find((event) => "id" in event.data.object && event.data.object.id === sessionId);
  if (!found) throw new Error(`no ${type} of ${sessionId}`);
  return found;
}

async function countOf(orderId: string, type: string): Promise<number> {
  const [row] = await shop.db
    .select({ n: count() })
    .from(orderEvents)
    .where(eq(orderEvents.orderId, orderId as never));
  const typed = await shop.db
    .select()
    .from(orderEvents)
    .where(eq(orderEvents.orderId, orderId as never));
  expect(row?.n).toBe(typed.length);
  return typed.filter((event) => event.type === type).length;
}

async function expectOneEffect(orderId: string, userId: Parameters<typeof listSeats>[1], seats = 1) {
  expect(await listSeats(shop, userId)).toHaveLength(seats);
  expect(await countOf(orderId, "paid")).toBe(1);
  const mails = await shop.db.select().from(emails).where(eq(emails.subjectId, orderId));
  const kinds = mails.map(({ kind }) => kind).filter((kind) => kind !== "payment_receipt");
  expect(kinds.sort()).toEqual(["enrollment_welcome", "order_confirmation"]);
}

describe("fulfilment", () => {
  test("scenario 1: webhook and success page together make one order and one seat", async () => {
    const learner = await shop.factories.learner();
    const { order, sessionId } = await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
    await shop.stripe.deliveryFault({ kind: "hold" });
    await shop.stripe.pay(sessionId);
    const [, ...confirmed] = await Promise.all([
      shop.stripe.control("/deliveries/release", {}),
      confirmCheckout(learner, sessionId),
      confirmCheckout(learner, sessionId),
    ]);
    await shop.stripe.idle();
    await shop.stripe.control("/delivery-faults", {}, "DELETE");
    for (const one of confirmed) {
      expect(one?.orderNumber).toBe(order.orderNumber);
      expect(one?.outcome).toMatch(/^(?:already_)?fulfilled$/);
    }
    expect(await shop.sql`select status from stripe_events where status <> 'processed'`).toHaveLength(0);
    expect((await shop.factories.orderById(order.id)).status).toBe("completed");
    await expectOneEffect(order.id, learner);
  });

  test("scenario 2: the browser never returns; the webhook alone enrols, and tells receipt and card", async () => {
    const learner = await shop.factories.learner();
    const { order, sessionId } = await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
    await shop.stripe.pay(sessionId);
    await shop.stripe.idle();
    const after = await shop.factories.orderById(order.id);
    expect(after).toMatchObject({ status: "completed", paymentMethod: "visa 4242" });
    expect(after.receiptUrl).toMatch(/^http/);
    expect(after.paidAt).toBeInstanceOf(Date);
    await expectOneEffect(order.id, learner);
  });

  test("scenario 3: the page beats the webhook and fulfils by itself", async () => {
    await shop.stripe.deliveryFault({ kind: "hold" });
    const learner = await shop.factories.learner();
    const { order, sessionId } = await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
    expect((await confirmCheckout(learner, sessionId))?.outcome).toBe("unpaid");
    await shop.stripe.pay(sessionId);
    expect((await confirmCheckout(learner, sessionId))?.outcome).toBe("fulfilled");
    expect((await confirmCheckout(learner, sessionId))?.outcome).toBe("already_fulfilled");
    const shown = await shop.factories.orderById(order.id);
    expect(shown.paymentMethod).toBe("visa 4242");
    expect(shown.receiptUrl).toMatch(/^http/);
    await expectOneEffect(order.id, learner);
    await shop.stripe.control("/delivery-faults", {}, "DELETE");
    await shop.stripe.control("/deliveries/release");
    await shop.stripe.idle();
    await expectOneEffect(order.id, learner);
  });

  test("scenario 4: somebody else's session id shows nothing and grants nothing", async () => {
    const [learner, stranger] = [await shop.factories.learner(), await shop.factories.learner()];
    const { sessionId } = await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
    await shop.stripe.pay(sessionId);
    await shop.stripe.idle();
    expect(await confirmCheckout(stranger, sessionId)).toBeNull();
    expect(await confirmCheckout(stranger, "cs_test_invented")).toBeNull();
    expect(await listSeats(shop, stranger)).toEqual([]);
  });

  test("scenario 5: 50 copies of one event at once have one effect", async () => {
    await shop.stripe.deliveryFault({
      kind: "duplicate",
      types: ["checkout.session.completed"],
      copies: 50,
      times: 1,
    });
    const learner = await shop.factories.learner();
    const { order, sessionId } = await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
    await shop.stripe.pay(sessionId);
    await shop.stripe.idle();
    await expectOneEffect(order.id, learner);
    const event = await sessionEvent("checkout.session.completed", sessionId);
    const [row] = await shop.db.select().from(stripeEvents).where(eq(stripeEvents.id, event.id));
    expect(row).toMatchObject({ status: "processed", attempts: 1 });
  });

  test("scenario 6: session and payment events of one payment are one purchase, in either order", async () => {
    await shop.stripe.deliveryFault({ kind: "drop" });
    for (const types of [
      ["checkout.session.completed", "payment_intent.succeeded"],
      ["payment_intent.succeeded", "checkout.session.completed"],
    ]) {
      const learner = await shop.factories.learner();
      const { order, sessionId } = await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
      const { payment_intent: intent } = await shop.stripe.pay(sessionId);
      for (const type of types) {
        const object = type.startsWith("payment") ? (intent ?? "") : sessionId;
        expect(await receiveEvent(await sessionEvent(type, object))).toBe("processed");
      }
      await expectOneEffect(order.id, learner);
    }
    await shop.stripe.control("/delivery-faults", {}, "DELETE");
  });

  test("scenario 7, scenario 8: a handler that dies midway leaves the event unmarked, and the retry completes", async () => {
    await shop.stripe.deliveryFault({ kind: "drop" });
    const learner = await shop.factories.learner();
    const { order, sessionId } = await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
    await shop.stripe.pay(sessionId);
    const event = await sessionEvent("checkout.session.completed", sessionId);
    await shop.sql`alter table enrollments add constraint break_here check (false) not valid`;
    await expect(receiveEvent(event)).rejects.toThrow();
    const [row] = await shop.db.select().from(stripeEvents).where(eq(stripeEvents.id, event.id));
    expect(row).toMatchObject({ status: "received", attempts: 1 });
    expect((await shop.factories.orderById(order.id)).status).toBe("pending");
    await shop.sql`alter table enrollments drop constraint break_here`;
    expect(await receiveEvent(event)).toBe("processed");
    await expectOneEffect(order.id, learner);

    // 8: settled already, delivered again.
    expect(await receiveEvent(event)).toBe("repeated");
    await expectOneEffect(order.id, learner);
    await shop.stripe.control("/delivery-faults", {}, "DELETE");
  });

  test("scenario 9: completed and expired of one session, in every order, end paid", async () => {
    await shop.stripe.deliveryFault({ kind: "drop" });
    for (const reversed of [false, true]) {
      const learner = await shop.factories.learner();
      const { order, sessionId } = await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
      await shop.stripe.pay(sessionId);
      const completed = await sessionEvent("checkout.session.completed", sessionId);
      const expired = { ...completed, id: `${completed.id}_x`, type: "checkout.session.expired" as const };
      const events = reversed ? [expired, completed] : [completed, expired];
      for (const event of events) await receiveEvent(event);
      expect((await shop.factories.orderById(order.id)).status).toBe("completed");
      await expectOneEffect(order.id, learner);
    }
    await shop.stripe.control("/delivery-faults", {}, "DELETE");
  });

  test("scenario 14: a declined card grants nothing; the second try on the same session pays", async () => {
    const learner = await shop.factories.learner();
    const { order, sessionId } = await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
    expect((await shop.stripe.pay(sessionId, { card: "4000000000009995" })).outcome).toBe("declined");
    await shop.stripe.idle();
    expect(await listSeats(shop, learner)).toEqual([]);
    expect(await countOf(order.id, "payment_failed")).toBe(1);
    expect((await shop.stripe.pay(sessionId)).outcome).toBe("complete");
    await shop.stripe.idle();
    await expectOneEffect(order.id, learner);
  });

  test("a session whose amount contradicts the frozen order is set aside, never granted", async () => {
    await shop.stripe.deliveryFault({ kind: "drop" });
    const learner = await shop.factories.learner();
    const { order, sessionId } = await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
    await shop.stripe.pay(sessionId);
    const event = await sessionEvent("checkout.session.completed", sessionId);
    const forged = structuredClone(event);
    Object.assign(forged.data.object, { amount_total: 100 });
    expect(await receiveEvent(forged)).toBe("quarantined");
    expect(await listSeats(shop, learner)).toEqual([]);
    const [row] = await shop.db.select().from(stripeEvents).where(eq(stripeEvents.id, event.id));
    expect(row).toMatchObject({ status: "quarantined", lastError: "total_mismatch" });
    expect((await shop.db.select().from(orders).where(eq(orders.id, order.id)))[0]?.status).toBe("pending");
    await shop.stripe.control("/delivery-faults", {}, "DELETE");
  });
});

describe("the webhook's door", () => {
  const body = JSON.stringify({
    id: "evt_door",
    object: "event",
    type: "charge.refunded",
    data: { object: {} },
  });
  const post = (signature: string | null, sent = body) =>
    fetch(shop.webhookUrl, {
      method: "POST",
      body: sent,
      headers: signature ? { "stripe-signature": signature } : {},
    });
  const sign = (secret: string, timestamp = Math.floor(Date.now() / 1000)) =>
    new Stripe("sk_test_x").webhooks.generateTestHeaderString({ payload: body, secret, timestamp });

  test("a valid signature opens it; none, a wrong, an old one and a changed body do not", async () => {
    expect((await post(sign(shop.webhookSecret))).status).toBe(200);
    expect((await post(null)).status).toBe(400);
    expect((await post(sign("whsec_other"))).status).toBe(400);
    expect((await post(sign(shop.webhookSecret, Math.floor(Date.now() / 1000) - 301))).status).toBe(400);
    expect((await post(sign(shop.webhookSecret), body.replace("door", "d00r"))).status).toBe(400);
    expect((await post(sign(shop.webhookSecret).replace(/v1=/, "v0="))).status).toBe(400);
    expect(await shop.db.select().from(stripeEvents).where(eq(stripeEvents.id, "evt_door"))).toEqual([]);
  });
});
