import { asc, eq } from "drizzle-orm";
import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { disputes } from "@/db/schema/disputes";
import { users } from "@/db/schema/identity";
import { emails } from "@/db/schema/notifications";
import { orderEvents } from "@/db/schema/orders";
import { paymentAlerts } from "@/db/schema/payments";
import { findViolations } from "@/lib/audit/queries";
import { clearAlert } from "@/lib/bookkeeping/mutations";
import { addToCart } from "@/lib/cart/mutations";
import { findContinueLesson, isSuspended, listMyCourses } from "@/lib/enrollments/queries";
import { newId, type OrderId, type UserId } from "@/lib/ids";
import { findLesson } from "@/lib/learning/queries";
import { receiveEvent } from "@/lib/payments/webhook";
import { refundOrder } from "@/lib/refunds/mutations";
import { previewRefund } from "@/lib/refunds/queries";
import { startTestShop } from "../../support/shop";
import { openCheckout, type TestShop } from "./buying";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop({ delays: { refundFails: null, refundSettles: null } });
});
afterAll(async () => {
  expect(await findViolations()).toEqual([]);
  await shop.close();
});

beforeEach(() => shop.stripe.control("/delivery-faults", {}, "DELETE"));

const authorization = { authorization: "Bearer sk_test_tests" };

async function eventsOf(objectId: string): Promise<Stripe.Event[]> {
  const response = await fetch(`${shop.sandboxUrl}/v1/events?limit=100`, { headers: authorization });
  const { data } = (await response.json()) as { data: Stripe.Event[] };
  return data.filter((event) => "id" in event.data.object && event.data.object.id === objectId).toReversed();
}

async function buy() {
  const learner = await shop.factories.learner();
  const course = await shop.factories.course();
  const { order, sessionId } = await openCheckout(shop, learner, [course.slug]);
  const { payment_intent: intent } = await shop.stripe.pay(sessionId);
  await shop.stripe.idle();
  const response = await fetch(`${shop.sandboxUrl}/v1/charges?payment_intent=${intent}`, {
    headers: authorization,
  });
  const { data } = (await response.json()) as { data: { id: string }[] };
  return { learner, course, order, intent: intent ?? "", chargeId: data[0]?.id ?? "" };
}

async function dispute(chargeId: string): Promise<string> {
  const opened = (await shop.stripe.control(`/charges/${chargeId}/dispute`)) as { id: string };
  await shop.stripe.idle();
  return opened.id;
}

const decide = async (id: string, verdict: "won" | "lost") => {
  await shop.stripe.control(`/disputes/${id}/decide`, { verdict });
  await shop.stripe.idle();
};

const mayRead = async (userId: UserId, slug: string) =>
  (await findLesson({ userId }, slug, "first"))?.access === "open";
const refund = (orderId: OrderId) =>
  refundOrder({
    refundId: newId<"refund">(),
    orderId,
    scope: { kind: "whole" },
    reason: "requested_by_customer",
    requestedBy: null,
  });
const alertsOf = (orderId: OrderId) =>
  shop.db.select().from(paymentAlerts).where(eq(paymentAlerts.orderId, orderId));
const timeline = async (orderId: OrderId) => {
  const rows = await shop.db
    .select({ type: orderEvents.type })
    .from(orderEvents)
    .where(eq(orderEvents.orderId, orderId))
    .orderBy(asc(orderEvents.createdAt), asc(orderEvents.id));
  return rows.map((row) => row.type).filter((type) => type.startsWith("dispute"));
};

describe("scenario 36: a dispute", () => {
  test("suspends access and locks refunds while it is open; won, everything goes on", async () => {
    const { learner, course, order, chargeId } = await buy();
    await shop.db
      .update(users)
      .set({ role: "admin" })
      .where(eq(users.id, await shop.factories.learner()));
    expect(await mayRead(learner, course.slug)).toBe(true);
    const id = await dispute(chargeId);
    expect(await mayRead(learner, course.slug)).toBe(false);
    expect(await findContinueLesson(learner, course.slug)).toBeNull();
    expect(await isSuspended(learner, course.slug)).toBe(true);
    expect(await listMyCourses(learner)).toMatchObject([{ state: "ended", ended: { reason: "suspended" } }]);
    expect(await addToCart({ kind: "learner", userId: learner }, course.slug)).toEqual({
      ok: false,
      error: "already_owned",
    });
    expect(await previewRefund(order.id, { kind: "whole" })).toEqual({
      ok: false,
      error: { code: "disputed" },
    });
    expect(await refund(order.id)).toEqual({ ok: false, error: { code: "disputed" } });
    expect(await alertsOf(order.id)).toMatchObject([{ kind: "dispute", subject: id, clearedAt: null }]);

    await decide(id, "won");
    const notices = await shop.db
      .select({ payload: emails.payload })
      .from(emails)
      .where(eq(emails.kind, "dispute_notice"))
      .orderBy(asc(emails.createdAt));
    expect(notices.map(({ payload }) => payload)).toMatchObject([
      { orderNumber: order.orderNumber, amount: order.totalAmount, state: "open" },
    ]);
    expect(await mayRead(learner, course.slug)).toBe(true);
    expect((await alertsOf(order.id))[0]?.clearedAt).toBeInstanceOf(Date);
    expect(await timeline(order.id)).toEqual(["dispute_opened", "dispute_won"]);
    expect(await refund(order.id)).toMatchObject({ ok: true });
  });

  test("lost, ends access for good, and nothing is given back a second time; the course may be bought again", async () => {
    const { learner, course, order, chargeId } = await buy();
    await decide(await dispute(chargeId), "lost");
    expect(await mayRead(learner, course.slug)).toBe(false);
    expect((await shop.factories.orderById(order.id)).status).toBe("completed");
    expect(await refund(order.id)).toEqual({ ok: false, error: { code: "disputed" } });
    expect(await timeline(order.id)).toEqual(["dispute_opened", "dispute_lost"]);
    const { sessionId } = await openCheckout(shop, learner, [course.slug]);
    await shop.stripe.pay(sessionId);
    await shop.stripe.idle();
    expect(await mayRead(learner, course.slug)).toBe(true);
  });

  test("lost after its alert was cleared, is told anew; the same news again is not", async () => {
    const admin = await shop.factories.learner();
    const { order, chargeId } = await buy();
    const id = await dispute(chargeId);
    const openAlerts = async () =>
      (await alertsOf(order.id)).filter(({ clearedAt }) => clearedAt === null).map(({ kind }) => kind);
    const clear = async () => {
      for (const alert of await alertsOf(order.id)) await clearAlert(admin, alert.id);
    };
    const again = async () => {
      for (const event of await eventsOf(id)) {
        await receiveEvent({ ...event, id: `${event.id}_${newId()}` });
      }
    };
    expect(await openAlerts()).toEqual(["dispute"]);
    await clear();
    await again();
    expect(await openAlerts()).toEqual([]);

    await decide(id, "lost");
    expect(await openAlerts()).toEqual(["dispute_lost"]);
    expect((await alertsOf(order.id)).find(({ kind }) => kind === "dispute_lost")?.problem).toMatch(
      / is lost\./,
    );
    await clear();
    await again();
    expect(await openAlerts()).toEqual([]);
  });

  test("its alert names the last day for an answer as everywhere else", async () => {
    const { order, chargeId } = await buy();
    await dispute(chargeId);
    expect((await alertsOf(order.id))[0]?.problem).toMatch(
      / by \d{1,2} [A-Z][a-z]+ \d{4}; access is suspended/,
    );
  });

  test("its events in any order, or again after the verdict, end the same; the status decides, not the name", async () => {
    const { learner, course, order, chargeId } = await buy();
    await shop.stripe.deliveryFault({ kind: "drop" });
    const id = await dispute(chargeId);
    await decide(id, "won");
    for (const event of (await eventsOf(id)).toReversed())
      expect(await receiveEvent(event)).toBe("processed");
    expect(await mayRead(learner, course.slug)).toBe(true);
    expect(await shop.db.select().from(disputes).where(eq(disputes.orderId, order.id))).toMatchObject([
      { state: "kept", stripeStatus: "won" },
    ]);
  });

  test("scenario 35: a refund that Stripe refuses for a dispute we had not heard of is told as such", async () => {
    const { learner, course, order, chargeId } = await buy();
    await shop.stripe.deliveryFault({ kind: "drop" });
    await dispute(chargeId);
    expect(await refund(order.id)).toEqual({ ok: false, error: { code: "disputed" } });
    expect(await mayRead(learner, course.slug)).toBe(false);
    expect((await shop.factories.orderById(order.id)).heldRefundAmount).toBe(0);
  });

  test("heard of before the payment itself: paid, enrolled and suspended at once", async () => {
    await shop.stripe.deliveryFault({ kind: "drop" });
    const { learner, course, chargeId } = await buy();
    const id = await dispute(chargeId);
    const [created] = await eventsOf(id);
    expect(created && (await receiveEvent(created))).toBe("processed");
    expect(await mayRead(learner, course.slug)).toBe(false);
    expect(await isSuspended(learner, course.slug)).toBe(true);
  });
});

describe("other news from Stripe", () => {
  const eventOf = (type: string, object: object) => ({
    id: `evt_${newId()}`,
    type,
    livemode: false,
    created: Math.floor(Date.now() / 1000),
    data: { object },
  });

  test("a fraud warning is noted and told, by its charge alone too, and takes nothing away", async () => {
    const { learner, course, order, chargeId } = await buy();
    const warning = {
      id: "issfr_1",
      object: "radar.early_fraud_warning",
      charge: chargeId,
      actionable: true,
    };
    expect(await receiveEvent(eventOf("radar.early_fraud_warning.created", warning))).toBe("processed");
    expect(await alertsOf(order.id)).toMatchObject([{ kind: "fraud_warning", subject: "issfr_1" }]);
    expect(await mayRead(learner, course.slug)).toBe(true);
    const foreign = { ...warning, charge: "ch_of_another_program" };
    expect(await receiveEvent(eventOf("radar.early_fraud_warning.created", foreign))).toBe("ignored");
  });

  test("scenario 29: a customer deleted at Stripe is forgotten at once", async () => {
    const { learner } = await buy();
    const [before] = await shop.db.select().from(users).where(eq(users.id, learner));
    await fetch(`${shop.sandboxUrl}/v1/customers/${before?.stripeCustomerId}`, {
      method: "DELETE",
      headers: authorization,
    });
    await shop.stripe.idle();
    const [after] = await shop.db.select().from(users).where(eq(users.id, learner));
    expect([typeof before?.stripeCustomerId, after?.stripeCustomerId]).toEqual(["string", null]);
  });

  test("a payment on its way moves the order; one that is canceled ends it, each by what its session says", async () => {
    await shop.stripe.deliveryFault({ kind: "drop" });
    const learner = await shop.factories.learner();
    const { order, sessionId } = await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
    const { payment_intent: intent } = await shop.stripe.pay(sessionId, { debit: "waits" });
    expect(
      await receiveEvent(eventOf("payment_intent.processing", { id: intent, status: "processing" })),
    ).toBe("processed");
    expect((await shop.factories.orderById(order.id)).status).toBe("processing");
    expect(await receiveEvent(eventOf("payment_intent.canceled", { id: intent, status: "canceled" }))).toBe(
      "processed",
    );
    expect((await shop.factories.orderById(order.id)).status).toBe("failed");
  });
});
