import { afterAll, beforeAll, expect, test } from "vitest";
import { findViolations } from "@/lib/audit/queries";
import { newId, type OrderId } from "@/lib/ids";
import { refundOrder, sendPendingRefunds } from "@/lib/refunds/mutations";
import { startTestShop } from "../../support/shop";
import { listSeats, openCheckout, type TestShop } from "./buying";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop({ delays: { bankDebitSettles: null, refundFails: null, refundSettles: null } });
});
afterAll(() => shop.close());

/** A course bought by bank debit, and by card while the bank took its time. The debit's payment is disputed at once. */
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
  const response = await fetch(`${shop.sandboxUrl}/v1/charges?payment_intent=${intent}`, {
    headers: { authorization: "Bearer sk_test_tests" },
  });
  const { data } = (await response.json()) as { data: { id: string }[] };
  const { id } = (await shop.stripe.control(`/charges/${data[0]?.id}/dispute`)) as { id: string };
  await shop.stripe.idle();
  return { learner, course, byCard: card.order.id, disputeId: id };
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
    const { learner, course, byCard, disputeId } = await buyTwice();
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
