import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { disputes } from "@/db/schema/disputes";
import { users } from "@/db/schema/identity";
import { emails } from "@/db/schema/notifications";
import { orders, refunds } from "@/db/schema/orders";
import { paymentAlerts, secondPayments } from "@/db/schema/payments";
import { findLedgerDifferences, findViolations } from "@/lib/audit/queries";
import { confirmCheckout, startCheckout } from "@/lib/checkout/mutations";
import { findSale } from "@/lib/desk/queries";
import type { OrderId } from "@/lib/ids";
import { reconcile } from "@/lib/reconciliation/reconcile";
import { returnSecondPayments } from "@/lib/second-payments/mutations";
import { startTestShop } from "../../support/shop";
import { listSeats, openCheckout, type TestShop } from "./buying";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop({ delays: { refundFails: null, refundSettles: null } });
});
afterAll(async () => {
  expect(await findViolations()).toEqual([]);
  await shop.close();
});
beforeEach(() => shop.stripe.control("/delivery-faults", {}, "DELETE"));

/**
 * Two pages of one order: Stripe made the first while its answer was lost, and before the buyer pressed again the shop began to
 * show the payment in its own page, which needs a session of another kind.
 */
async function openTwice() {
  const learner = await shop.factories.learner();
  const course = await shop.factories.course();
  const { order, sessionId } = await openCheckout(shop, learner, [course.slug]);
  await shop.db
    .update(orders)
    .set({ stripeCheckoutSessionId: null, stripeCheckoutUrl: null, stripeAttempt: 2 })
    .where(eq(orders.id, order.id));
  const again = await startCheckout(learner, course.priceAmount, new Date(), "embedded");
  const { stripeCheckoutSessionId } = await shop.factories.order(again.ok ? again.value.orderNumber : "");
  expect(stripeCheckoutSessionId).not.toBe(sessionId);
  return { learner, order, course, sessions: [stripeCheckoutSessionId ?? "", sessionId] as const };
}

async function payTwice() {
  const opened = await openTwice();
  for (const session of opened.sessions) {
    await shop.stripe.pay(session);
    await shop.stripe.idle();
  }
  const second = await secondOf(opened.order.id);
  return { ...opened, id: second?.id ?? "", intent: second?.stripePaymentIntentId ?? "" };
}

const headers = { authorization: "Bearer sk_test_tests" };
const giveBack = async (intent: string, amount: number) => {
  const body = new URLSearchParams({ payment_intent: intent, amount: String(amount) });
  await fetch(`${shop.sandboxUrl}/v1/refunds`, { method: "POST", headers, body });
  await shop.stripe.idle();
};
const refundsAtStripe = async (intent: string) => {
  const answer = await fetch(`${shop.sandboxUrl}/v1/refunds?payment_intent=${intent}`, { headers });
  return ((await answer.json()) as { data: { id: string; amount: number; status: string }[] }).data;
};
const sendBack = async (refundId = "") => {
  await shop.stripe.control(`/refunds/${refundId}/fail`);
  await shop.stripe.idle();
};
const alertsOf = (orderId: OrderId) =>
  shop.db.select().from(paymentAlerts).where(eq(paymentAlerts.orderId, orderId));
async function makeAdmin() {
  const admin = await shop.factories.learner("The admin");
  await shop.db.update(users).set({ role: "admin" }).where(eq(users.id, admin));
  return admin;
}

const secondOf = async (orderId: OrderId) =>
  (await shop.db.select().from(secondPayments).where(eq(secondPayments.orderId, orderId)))[0];

test("scenario 25: one order paid by two pages: one seat, and all of the second payment goes back, once", async () => {
  const { learner, order, course, sessions } = await openTwice();
  await shop.stripe.deliveryFault({ kind: "duplicate", copies: 3 });
  for (const session of sessions) {
    await shop.stripe.pay(session);
    await shop.stripe.idle();
  }
  await Promise.all([returnSecondPayments(), returnSecondPayments()]);
  await shop.stripe.idle();
  await returnSecondPayments();
  const second = await secondOf(order.id);
  expect(second).toMatchObject({
    amount: 4900,
    lastError: null,
    stripeRefundId: expect.stringMatching(/^re_/),
  });
  const made = (await (
    await fetch(`${shop.sandboxUrl}/v1/refunds?payment_intent=${second?.stripePaymentIntentId}`, {
      headers: { authorization: "Bearer sk_test_tests" },
    })
  ).json()) as { data: { amount: number; reason: string }[] };
  expect(made.data).toMatchObject([{ amount: 4900, reason: "duplicate" }]);

  // The order knows nothing of it: its own payment stands, and so does the seat.
  expect((await shop.factories.orderById(order.id)).status).toBe("completed");
  expect(await shop.db.select().from(refunds).where(eq(refunds.orderId, order.id))).toEqual([]);
  expect(await listSeats(shop, learner)).toEqual([{ courseId: course.id, status: "active", type: "paid" }]);
  const told = await shop.db.select({ kind: emails.kind }).from(emails).where(eq(emails.userId, learner));
  expect(told.filter(({ kind }) => kind === "duplicate_refund")).toHaveLength(1);
  expect(await findLedgerDifferences(0)).toEqual([]);
});

test("the reconciler finds a second payment of which nobody told, and then nothing more", async () => {
  const { learner, order, sessions } = await openTwice();
  await shop.stripe.deliveryFault({ kind: "drop" });
  for (const session of sessions) await shop.stripe.pay(session);
  await confirmCheckout(learner, sessions[0]);
  await reconcile(72, new Date());
  expect(await returnSecondPayments()).toBe(1);
  const { left } = await reconcile(72, new Date());
  expect(left).toEqual([]);
  expect((await secondOf(order.id))?.settledAt).toBeInstanceOf(Date);
  expect(await findLedgerDifferences(0)).toEqual([]);
});

test("the lost page paid first is set aside; once the other has paid the order, the reconciler gives it back", async () => {
  const { order, sessions } = await openTwice();
  for (const session of sessions.toReversed()) {
    await shop.stripe.pay(session);
    await shop.stripe.idle();
  }
  expect((await shop.factories.orderById(order.id)).stripeCheckoutSessionId).toBe(sessions[0]);
  const { left } = await reconcile(72, new Date());
  expect(left).toEqual([]);
  expect(await returnSecondPayments()).toBe(1);
  expect((await secondOf(order.id))?.stripeRefundId).toMatch(/^re_/);
  expect(await findLedgerDifferences(0)).toEqual([]);
});

test("while Stripe is down it waits; an answer that was lost makes no second refund", async () => {
  const { order, sessions } = await openTwice();
  for (const session of sessions) {
    await shop.stripe.pay(session);
    await shop.stripe.idle();
  }
  await shop.stripe.fault({
    method: "POST",
    path: "/v1/refunds",
    kind: "error_500",
    when: "after",
    times: 1,
  });
  await returnSecondPayments();
  await shop.sql`update second_payments set next_attempt_at = now()`;
  await returnSecondPayments();
  expect((await secondOf(order.id))?.settledAt).toBeInstanceOf(Date);
  expect(await findLedgerDifferences(0)).toEqual([]);
});

test("given back by somebody in the Dashboard before us, it is settled; one that comes back alerts a person", async () => {
  const { order, intent } = await payTwice();
  await giveBack(intent, 4900);
  expect(await returnSecondPayments()).toBe(1);
  const settled = await secondOf(order.id);
  expect(settled?.stripeRefundId).toMatch(/^re_/);
  const admin = await makeAdmin();
  const shown = async () => (await findSale(admin, order.orderNumber))?.secondPayments;
  const payment = { paymentIntentId: intent, amount: 4900 };
  expect(await shown()).toMatchObject([{ ...payment, refund: "sent" }]);
  await sendBack(settled?.stripeRefundId ?? "");
  expect((await alertsOf(order.id)).map(({ kind }) => kind)).toEqual(["refund_failed"]);
  expect(await shown()).toMatchObject([{ ...payment, refund: "came_back" }]);
});

test("given back in two parts, each that comes back alerts a person, also after the other was cleared", async () => {
  const { order, id, intent } = await payTwice();
  await giveBack(intent, 1900);
  expect(await returnSecondPayments()).toBe(1);
  await shop.stripe.idle();
  const made = await refundsAtStripe(intent);
  const [ours, theirs] = [3000, 1900].map((amount) => made.find((refund) => refund.amount === amount)?.id);
  expect((await secondOf(order.id))?.stripeRefundId).toBe(ours);
  expect(await alertsOf(order.id)).toEqual([]);

  await sendBack(theirs);
  const kind = "refund_failed";
  expect(await alertsOf(order.id)).toMatchObject([{ kind, subject: `${id}:${theirs}`, clearedAt: null }]);
  const clearedByUserId = await makeAdmin();
  await shop.db
    .update(paymentAlerts)
    .set({ clearedAt: new Date(), clearedByUserId })
    .where(eq(paymentAlerts.orderId, order.id));
  await sendBack(ours);
  const open = (await alertsOf(order.id)).filter(({ clearedAt }) => clearedAt === null);
  expect(open).toMatchObject([{ kind, subject: `${id}:${ours}` }]);
});

test("sent back by the bank before we noted the refund, it alerts a person, and is not given back again", async () => {
  const { order, id, intent } = await payTwice();
  await returnSecondPayments();
  await shop.stripe.idle();
  const [made] = await refundsAtStripe(intent);
  // As a worker leaves it that dies before it has noted Stripe's answer.
  await shop.sql`update second_payments set settled_at = null, stripe_refund_id = null where id = ${id}`;
  await sendBack(made?.id);
  expect(await alertsOf(order.id)).toMatchObject([{ kind: "refund_failed", clearedAt: null }]);

  // Stripe forgets keys after a day.
  await shop.stripe.control("/clock", { advance_ms: 25 * 3_600_000 });
  await returnSecondPayments();
  await shop.stripe.control("/clock", { reset: true });
  await shop.stripe.idle();
  expect(await refundsAtStripe(intent)).toMatchObject([{ id: made?.id, status: "failed" }]);
  expect((await secondOf(order.id))?.stripeRefundId).toBe(made?.id);
});

test("a dispute of a second payment is told to staff, with its deadline, and does not touch the order", async () => {
  const { learner, order, course, intent } = await payTwice();
  const admin = await makeAdmin();
  expect(await returnSecondPayments()).toBe(1);
  await shop.stripe.idle();
  const charges = await fetch(`${shop.sandboxUrl}/v1/charges?payment_intent=${intent}`, { headers });
  const [charge] = ((await charges.json()) as { data: { id: string }[] }).data;
  const { id } = (await shop.stripe.control(`/charges/${charge?.id}/dispute`)) as { id: string };
  await shop.stripe.idle();
  expect(await alertsOf(order.id)).toMatchObject([{ kind: "dispute", subject: id, clearedAt: null }]);
  const mails = await shop.db
    .select({ payload: emails.payload })
    .from(emails)
    .where(and(eq(emails.kind, "dispute_notice"), eq(emails.userId, admin)));
  const respondBy = expect.stringMatching(/^\d{4}-/);
  expect(mails).toMatchObject([
    { payload: { orderNumber: order.orderNumber, amount: 4900, state: "open", isSecond: true, respondBy } },
  ]);
  expect(await shop.db.select().from(disputes).where(eq(disputes.orderId, order.id))).toEqual([]);
  expect(await listSeats(shop, learner)).toEqual([{ courseId: course.id, status: "active", type: "paid" }]);

  await shop.stripe.control(`/disputes/${id}/decide`, { verdict: "won" });
  await shop.stripe.idle();
  expect((await alertsOf(order.id))[0]?.clearedAt).toBeInstanceOf(Date);
});
