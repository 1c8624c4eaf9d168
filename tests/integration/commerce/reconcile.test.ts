import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { disputes } from "@/db/schema/disputes";
import { orders, refunds } from "@/db/schema/orders";
import { paymentAlerts, stripeEvents } from "@/db/schema/payments";
import { newId } from "@/lib/ids";
import { reconcile } from "@/lib/reconciliation/reconcile";
import { refundOrder } from "@/lib/refunds/mutations";
import { startTestShop } from "../../support/shop";
import { listSeats, openCheckout, type TestShop } from "./buying";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop({ delays: { bankDebitSettles: null, refundFails: null, refundSettles: null } });
});
afterAll(() => shop.close());
beforeEach(async () => {
  await shop.stripe.control("/faults", {}, "DELETE");
  await shop.stripe.control("/delivery-faults", {}, "DELETE");
  await shop.stripe.deliveryFault({ kind: "drop" });
});

async function buy(how: { card?: string; debit?: string } = {}) {
  const learner = await shop.factories.learner();
  const { order, sessionId } = await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
  const { payment_intent: intent } = await shop.stripe.pay(sessionId, how);
  // As if the checkout had begun a while ago.
  await shop.sql`update orders set created_at = created_at - interval '1 minute' where id = ${order.id}`;
  return { learner, order, intent: intent ?? "" };
}
const run = (dryRun = false) => reconcile(2, new Date(), dryRun);
const stateOf = async (id: (typeof orders.$inferSelect)["id"]) => (await shop.factories.orderById(id)).status;
const api = (path: string, body?: Record<string, string>) =>
  fetch(`${shop.sandboxUrl}/v1${path}`, {
    method: body ? "POST" : "GET",
    headers: { authorization: "Bearer sk_test_tests", "content-type": "application/x-www-form-urlencoded" },
    ...(body ? { body: new URLSearchParams(body) } : {}),
  });

test("scenario 39: with every delivery lost, orders, refunds and disputes are brought in line; a second run finds nothing", async () => {
  const paid = await buy();
  const refunded = await buy();
  const disputed = await buy();
  const waiting = await buy({ debit: "waits" });
  const bounced = await buy({ debit: "waits" });
  const dry = await run(true);
  expect(dry.repaired.length).toBeGreaterThan(0);
  expect(await stateOf(paid.order.id)).toBe("pending");

  await run();
  for (const { order } of [paid, refunded, disputed]) expect(await stateOf(order.id)).toBe("completed");
  expect(await stateOf(waiting.order.id)).toBe("processing");
  expect(await listSeats(shop, paid.learner)).toHaveLength(1);

  await api("/refunds", { payment_intent: refunded.intent });
  const charges = (await (await api(`/charges?payment_intent=${disputed.intent}`)).json()) as {
    data: { id: string }[];
  };
  await shop.stripe.control(`/charges/${charges.data[0]?.id}/dispute`);
  await shop.stripe.control(`/payments/${waiting.intent}/settle`, { outcome: "succeeds" });
  await shop.stripe.control(`/payments/${bounced.intent}/settle`, { outcome: "insufficient_funds" });
  const foreseen = await run(true);
  expect(await stateOf(bounced.order.id)).toBe("processing");
  const done = await run();
  for (const order of [waiting.order, bounced.order]) {
    const named = (repaired: readonly string[]) => repaired.some((what) => what.includes(order.id));
    expect([named(foreseen.repaired), named(done.repaired)]).toEqual([true, true]);
  }
  expect(await stateOf(refunded.order.id)).toBe("refunded");
  expect(await shop.db.select().from(disputes).where(eq(disputes.orderId, disputed.order.id))).toMatchObject([
    { state: "open" },
  ]);
  expect(await stateOf(waiting.order.id)).toBe("completed");
  expect(await stateOf(bounced.order.id)).toBe("failed");
  expect(await run()).toMatchObject({ repaired: [], left: [] });
});

test("the books alone tell: no event can be had any more, and all is found by charges, refunds and disputes", async () => {
  const { order, intent } = await buy();
  await shop.sql`update orders set created_at = now() where id = ${order.id}`;
  const mark = async () => {
    const { data } = (await (await api("/events?limit=100")).json()) as {
      data: { id: string; type: string }[];
    };
    for (const event of data)
      await shop.db
        .insert(stripeEvents)
        .values({
          id: event.id,
          type: event.type,
          livemode: false,
          payload: {},
          status: "processed",
          createdAt: new Date(),
        })
        .onConflictDoNothing();
  };
  await mark();
  expect((await run()).repaired).toEqual([expect.stringContaining(`${order.orderNumber} is paid at Stripe`)]);
  await api("/refunds", { payment_intent: intent, amount: "900" });
  await mark();
  expect((await run()).repaired).toEqual([expect.stringContaining("that is not here")]);
  expect(await shop.db.select().from(refunds).where(eq(refunds.orderId, order.id))).toMatchObject([
    { amount: 900 },
  ]);
});

test("a refund that failed long ago, unheard, is restored", async () => {
  const { order } = await buy({ card: "4000000000007726" });
  await run();
  const refundId = newId<"refund">();
  await refundOrder({
    refundId,
    orderId: order.id,
    scope: { kind: "whole" },
    reason: "requested_by_customer",
    requestedBy: null,
  });
  const [row] = await shop.db.select().from(refunds).where(eq(refunds.id, refundId));
  await shop.stripe.control(`/refunds/${row?.stripeRefundId}/fail`);
  await shop.sql`update refunds set created_at = now() - interval '30 days' where id = ${refundId}`;
  await run();
  const [after] = await shop.db.select().from(refunds).where(eq(refunds.id, refundId));
  expect(after?.status).toBe("failed");
});

test("what only a person can settle is kept with its reason until it is cleared, and goes by itself when it is gone", async () => {
  const { order } = await buy();
  await run();
  await shop.sql`update orders set stripe_payment_intent_id = 'pi_of_an_older_backup' where id = ${order.id}`;
  const { left } = await run();
  expect(left.map((one) => one.kind).toSorted()).toEqual(["payment_missing", "second_payment"]);
  const open = () =>
    shop.sql`select kind from payment_alerts where order_id = ${order.id} and cleared_at is null`;
  expect(await open()).toHaveLength(2);
  const { left: still } = await run();
  expect(still).toHaveLength(2);
  expect(await open()).toHaveLength(2);
  const admin = await shop.factories.learner();
  await shop.db
    .update(paymentAlerts)
    .set({ clearedAt: new Date(), clearedByUserId: admin })
    .where(eq(paymentAlerts.kind, "second_payment"));
  await run();
  expect(await open()).toHaveLength(1);
  await shop.db
    .update(orders)
    .set({ stripePaymentIntentId: (await paidIntent(order.stripeCheckoutSessionId)) ?? null })
    .where(eq(orders.id, order.id));
  expect((await run()).left).toEqual([]);
  expect(await open()).toHaveLength(0);
});

async function paidIntent(sessionId: string | null) {
  const session = (await (await api(`/checkout/sessions/${sessionId}`)).json()) as { payment_intent: string };
  return session.payment_intent;
}
