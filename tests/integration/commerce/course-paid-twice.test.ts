import { afterAll, beforeAll, expect, test } from "vitest";
import { findViolations } from "@/lib/audit/queries";
import { claimGift } from "@/lib/gifts/mutations";
import { newId, type OrderId } from "@/lib/ids";
import { refundOrder, sendPendingRefunds } from "@/lib/refunds/mutations";
import { startTestShop } from "../../support/shop";
import { buyer, give, linkOf } from "../gifts/giving";
import { listSeats, openCheckout, type TestShop } from "./buying";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop({ delays: { bankDebitSettles: null, refundFails: null, refundSettles: null } });
});
afterAll(() => shop.close());

/** A course bought by bank debit, and by card while the bank took its time; then the debit arrives too. */
async function buyTwice() {
  const learner = await shop.factories.learner();
  const course = await shop.factories.course();
  const debit = await openCheckout(shop, learner, [course.slug]);
  const { payment_intent: intent } = await shop.stripe.pay(debit.sessionId, { debit: "waits" });
  await shop.stripe.idle();
  const card = await openCheckout(shop, learner, [course.slug]);
  await shop.stripe.pay(card.sessionId);
  await shop.stripe.idle();
  await shop.stripe.control(`/payments/${intent}/settle`, { outcome: "succeeds" });
  if (!intent) throw new Error("the debit made no payment");
  return { learner, course, byCard: card.order.id, intent };
}

async function askStripe(path: string, form?: Record<string, string>) {
  const response = await fetch(`${shop.sandboxUrl}/v1/${path}`, {
    headers: { authorization: "Bearer sk_test_tests" },
    ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}),
  });
  return response.json();
}

/** The buyer's bank wants the debit back. */
async function dispute(intent: string): Promise<string> {
  const { data } = (await askStripe(`charges?payment_intent=${intent}`)) as { data: { id: string }[] };
  const { id } = (await shop.stripe.control(`/charges/${data[0]?.id}/dispute`)) as { id: string };
  return id;
}

const giveBack = async (orderId: OrderId) =>
  expect(
    await refundOrder({
      refundId: newId<"refund">(),
      orderId,
      scope: { kind: "whole" },
      reason: "requested_by_customer",
      requestedBy: null,
    }),
  ).toMatchObject({ ok: true });

test.each([
  ["before", true],
  ["after", false],
])(
  "a second payment that cannot go back is what the course is read by, when the first went back %s that",
  async (_case, early) => {
    const { learner, course, byCard, intent } = await buyTwice();
    const disputeId = await dispute(intent);
    await shop.stripe.idle();
    if (early) await giveBack(byCard);
    await sendPendingRefunds();
    if (!early) await giveBack(byCard);
    await shop.stripe.idle();
    const seats = () => listSeats(shop, learner);
    expect(await seats()).toEqual([
      { courseId: course.id, status: "refunded", type: "paid" },
      { courseId: course.id, status: "active", type: "paid" },
    ]);
    const [suspended] =
      await shop.sql`select suspended_at from enrollments where user_id = ${learner} and status = 'active'`;
    expect(suspended?.suspended_at).not.toBeNull();
    await shop.stripe.control(`/disputes/${disputeId}/decide`, { verdict: "won" });
    await shop.stripe.idle();
    const [open] =
      await shop.sql`select suspended_at from enrollments where user_id = ${learner} and status = 'active'`;
    expect(open?.suspended_at).toBeNull();
    expect(await findViolations()).toEqual([]);
  },
);

test("nor does a part of it that is on its way back take the seat away before it has arrived, when the rest came back", async () => {
  const { learner, course, byCard, intent } = await buyTwice();
  const part = await askStripe("refunds", { payment_intent: intent, amount: "1225" });
  expect(part).toMatchObject({ status: "pending" });
  await shop.stripe.idle();
  await sendPendingRefunds();
  const { data } = await askStripe(`refunds?payment_intent=${intent}`);
  const rest = (data as { id: string }[]).find(({ id }) => id !== part.id);
  await shop.stripe.control(`/refunds/${rest?.id}/fail`);
  await shop.stripe.idle();
  await giveBack(byCard);
  await sendPendingRefunds();
  await shop.stripe.idle();
  expect(await listSeats(shop, learner)).toEqual([
    { courseId: course.id, status: "refunded", type: "paid" },
    { courseId: course.id, status: "active", type: "paid" },
  ]);
  expect(await findViolations()).toEqual([]);
});

test("paid for and given as well, it is read by the payment once the gift went back to its giver", async () => {
  const learner = await buyer(shop, "Grace");
  const { course, gift, intent: ofGift } = await give(shop, await buyer(shop));
  const debit = await openCheckout(shop, learner, [course.slug]);
  const { payment_intent: intent } = await shop.stripe.pay(debit.sessionId, { debit: "waits" });
  await shop.stripe.idle();
  expect(await claimGift(learner, await linkOf(shop, gift.email))).toMatchObject({ ok: true });
  await shop.stripe.control(`/payments/${intent}/settle`, { outcome: "succeeds" });
  await dispute(intent ?? "");
  await shop.stripe.idle();
  await sendPendingRefunds();
  await askStripe("refunds", { payment_intent: ofGift });
  await shop.stripe.idle();
  expect(await listSeats(shop, learner)).toEqual([
    { courseId: course.id, status: "refunded", type: "gifted" },
    { courseId: course.id, status: "active", type: "paid" },
  ]);
  expect(await findViolations()).toEqual([]);
});

/** A second payment of 49.00 whose refund is written and was not sent; then the Dashboard gives a part back, which arrives. */
async function overtakenByDashboard(amount: string) {
  const bought = await buyTwice();
  await askStripe("refunds", { payment_intent: bought.intent, amount });
  await shop.stripe.idle();
  await arrive(bought.intent);
  return bought;
}

async function arrive(intent: string): Promise<void> {
  const { data } = await askStripe(`refunds?payment_intent=${intent}`);
  for (const { id, status } of data as { id: string; status: string }[])
    if (status === "pending") await shop.stripe.control(`/refunds/${id}/settle`);
  await shop.stripe.idle();
}

test("overtaken by the Dashboard before it was sent, the rest of a second payment still goes back", async () => {
  const { learner, intent } = await overtakenByDashboard("2000");
  await askStripe("refunds", { payment_intent: intent, amount: "500" });
  await shop.stripe.idle();
  await arrive(intent);
  await sendPendingRefunds();
  await arrive(intent);
  const made = await shop.sql`
    select r.amount, r.status from refunds r join orders o on o.id = r.order_id
    where o.stripe_payment_intent_id = ${intent} order by r.created_at, r.id`;
  expect(made).toEqual([
    { amount: 4900, status: "canceled" },
    { amount: 2000, status: "succeeded" },
    { amount: 2900, status: "canceled" },
    { amount: 500, status: "succeeded" },
    { amount: 2400, status: "succeeded" },
  ]);
  const told = await shop.sql`
    select (payload->>'refundAmount')::int as amount from emails
    where user_id = ${learner} and kind = 'refund_sent' order by created_at, id`;
  expect(told).toEqual([{ amount: 2000 }, { amount: 500 }, { amount: 2400 }]);
  expect(await findViolations()).toEqual([]);
});
