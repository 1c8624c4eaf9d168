import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { couponRedemptions } from "@/db/schema/coupon-redemptions";
import { coupons } from "@/db/schema/coupons";
import { emails } from "@/db/schema/notifications";
import { orderEvents, orderItems, refunds } from "@/db/schema/orders";
import { paymentAlerts } from "@/db/schema/payments";
import { findViolations } from "@/lib/audit/queries";
import { confirmCheckout } from "@/lib/checkout/mutations";
import { applyCoupon } from "@/lib/coupons/mutations";
import { newId, type OrderId, type RefundId, type UserId } from "@/lib/ids";
import { minor } from "@/lib/money";
import { refundOrder, sendPendingRefunds } from "@/lib/refunds/mutations";
import { previewRefund } from "@/lib/refunds/queries";
import type { RefundScope } from "@/lib/refunds/schema";
import { startTestShop } from "../../support/shop";
import { fillCart, listSeats, openCheckout, type TestShop } from "./buying";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop({ delays: { refundFails: null, refundSettles: null } });
});
afterAll(async () => {
  expect(await findViolations()).toEqual([]);
  await shop.close();
});
beforeEach(async () => {
  await shop.stripe.control("/faults", {}, "DELETE");
  await shop.stripe.control("/delivery-faults", {}, "DELETE");
});

async function buy(prices: readonly number[] = [4900], how: { card?: string; code?: string } = {}) {
  const learner = await shop.factories.learner();
  const courses = [];
  for (const price of prices) courses.push(await shop.factories.course({ priceAmount: minor(price) }));
  const slugs = courses.map((course) => course.slug);
  const { order, sessionId } = await openCheckout(shop, learner, slugs, how.code);
  const { payment_intent: intent } = await shop.stripe.pay(sessionId, how.card ? { card: how.card } : {});
  await shop.stripe.idle();
  await confirmCheckout(learner, sessionId);
  return { learner, order, intent: intent ?? "" };
}

const whole: RefundScope = { kind: "whole" };
const amount = (value: number): RefundScope => ({ kind: "amount", amount: value });

function refund(orderId: OrderId, scope: RefundScope, refundId: RefundId = newId<"refund">()) {
  return refundOrder({ refundId, orderId, scope, reason: "requested_by_customer", requestedBy: null });
}

const itemsOf = (orderId: OrderId) =>
  shop.db.select().from(orderItems).where(eq(orderItems.orderId, orderId)).orderBy(asc(orderItems.position));
const refundsOf = (orderId: OrderId) =>
  shop.db.select().from(refunds).where(eq(refunds.orderId, orderId)).orderBy(asc(refunds.createdAt));
const timeline = async (orderId: OrderId) => {
  const rows = await shop.db
    .select({ type: orderEvents.type })
    .from(orderEvents)
    .where(eq(orderEvents.orderId, orderId))
    .orderBy(asc(orderEvents.createdAt), asc(orderEvents.id));
  return rows.map((row) => row.type);
};
const seatStates = async (learner: UserId) =>
  (await listSeats(shop, learner)).map((seat) => seat.status).toSorted();
const stateOf = async (orderId: OrderId) => (await shop.factories.orderById(orderId)).status;
const refundsAtStripe = async (intent: string) => {
  const response = await fetch(`${shop.sandboxUrl}/v1/refunds?payment_intent=${intent}&limit=100`, {
    headers: { authorization: "Bearer sk_test_tests" },
  });
  return ((await response.json()) as { data: { id: string; amount: number; status: string }[] }).data;
};
const refundInDashboard = (intent: string, value: number) =>
  fetch(`${shop.sandboxUrl}/v1/refunds`, {
    method: "POST",
    headers: { authorization: "Bearer sk_test_tests", "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ payment_intent: intent, amount: String(value) }),
  });

describe("a refund that an admin asks for", () => {
  test("of the whole order gives all back, ends every seat and writes one mail", async () => {
    const { learner, order } = await buy([4900, 2900]);
    const preview = await previewRefund(order.id, whole);
    expect(preview).toMatchObject({ ok: true, value: { amount: 7800, leftAmount: 0, endsAccess: [{}, {}] } });
    expect(await refund(order.id, whole)).toMatchObject({
      ok: true,
      value: { amount: 7800, status: "succeeded" },
    });
    await shop.stripe.idle();
    expect(await stateOf(order.id)).toBe("refunded");
    expect(await seatStates(learner)).toEqual(["refunded", "refunded"]);
    expect((await timeline(order.id)).filter((type) => type.startsWith("refund"))).toEqual([
      "refund_requested",
      "refunded",
    ]);
    const mails = await shop.db.select().from(emails).where(eq(emails.userId, learner));
    expect(mails.filter((mail) => mail.kind === "refund_sent")).toHaveLength(1);
  });

  test("of one course ends that seat only; asked again it is refused, and the rest can still go back", async () => {
    const { learner, order } = await buy([4900, 2900]);
    const [first, second] = await itemsOf(order.id);
    const scope: RefundScope = { kind: "items", itemIds: first ? [first.id] : [] };
    expect(await refund(order.id, scope)).toMatchObject({ ok: true, value: { amount: first?.netAmount } });
    expect(await stateOf(order.id)).toBe("partially_refunded");
    const seats = await listSeats(shop, learner);
    expect(seats.find((seat) => seat.courseId === first?.courseId)?.status).toBe("refunded");
    expect(seats.find((seat) => seat.courseId === second?.courseId)?.status).toBe("active");
    expect(await refund(order.id, scope)).toMatchObject({ ok: false, error: { code: "item_settled" } });
    expect(await refund(order.id, whole)).toMatchObject({ ok: true, value: { amount: second?.netAmount } });
    expect(await stateOf(order.id)).toBe("refunded");
  });

  test("of an amount is spread over the courses and ends nothing before all is back", async () => {
    const { learner, order } = await buy([4900, 2900]);
    expect(await refund(order.id, amount(1000))).toMatchObject({ ok: true });
    expect((await itemsOf(order.id)).map((item) => item.refundedAmount).toSorted()).toEqual([372, 628]);
    expect(await seatStates(learner)).toEqual(["active", "active"]);
    expect(await refund(order.id, amount(6801))).toEqual({
      ok: false,
      error: { code: "exceeds_left", leftAmount: 6800, currency: "usd" },
    });
    expect(await refund(order.id, amount(6800))).toMatchObject({ ok: true });
    expect(await stateOf(order.id)).toBe("refunded");
    expect(await seatStates(learner)).toEqual(["refunded", "refunded"]);
  });

  test("scenario 34: pressed ten times at once, and again after a lost answer, it is one refund", async () => {
    const { order, intent } = await buy();
    const id = newId<"refund">();
    await shop.stripe.fault({ kind: "reset", when: "after", method: "POST", path: "/v1/refunds", times: 2 });
    const pressed = await Promise.all(Array.from({ length: 10 }, () => refund(order.id, whole, id)));
    for (const one of pressed) expect(one).toMatchObject({ ok: true, value: { refundId: id, amount: 4900 } });
    await shop.sql`update refunds set last_error = null where id = ${id}`;
    await sendPendingRefunds();
    expect(await refund(order.id, whole, id)).toMatchObject({ ok: true, value: { status: "succeeded" } });
    expect(await refundsAtStripe(intent)).toHaveLength(1);
    expect(await refundsOf(order.id)).toHaveLength(1);
  });

  test("thirty different refunds race: never more than was paid, and Stripe has the same sum", async () => {
    const { order, intent } = await buy();
    const raced = await Promise.all(Array.from({ length: 30 }, () => refund(order.id, amount(900))));
    expect(raced.filter((one) => one.ok)).toHaveLength(5);
    await shop.stripe.idle();
    expect((await refundsAtStripe(intent)).reduce((sum, one) => sum + one.amount, 0)).toBe(4500);
    expect((await shop.factories.orderById(order.id)).heldRefundAmount).toBe(4500);
  });

  test("Stripe is down: the refund waits, holds its amount, and the worker carries it on", async () => {
    const { order } = await buy();
    await shop.stripe.fault({ kind: "error_500", path: "/v1/refunds", times: 2 });
    expect(await refund(order.id, amount(3000))).toMatchObject({ ok: true, value: { status: "pending" } });
    expect(await refund(order.id, amount(3000))).toMatchObject({
      ok: false,
      error: { code: "exceeds_left" },
    });
    await shop.sql`update refunds set last_error = null where order_id = ${order.id}`;
    await sendPendingRefunds();
    expect((await refundsOf(order.id)).map((row) => row.status)).toEqual(["succeeded"]);
  });

  test("unpaid, free and unknown orders, strange amounts and other orders' courses are refused unchanged", async () => {
    const { order } = await buy();
    const learner = await shop.factories.learner();
    const open = await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
    const free = await shop.factories.coupon({ discountValue: 100 });
    const other = await shop.factories.learner();
    await fillCart(other, [(await shop.factories.course()).slug], free.code);
    const { startCheckout } = await import("@/lib/checkout/mutations");
    const started = await startCheckout(other, 0, new Date());
    const freeOrder = await shop.factories.order(started.ok ? started.value.orderNumber : "");
    const refused: [OrderId, RefundScope, string][] = [
      [newId<"order">(), whole, "unknown_order"],
      [open.order.id, whole, "not_paid"],
      [freeOrder.id, whole, "nothing_was_paid"],
      [order.id, amount(0), "invalid_amount"],
      [order.id, amount(-1), "invalid_amount"],
      [order.id, amount(0.001), "invalid_amount"],
      [order.id, amount(Number.NaN), "invalid_amount"],
      [
        order.id,
        { kind: "items", itemIds: (await itemsOf(open.order.id)).map((item) => item.id) },
        "unknown_item",
      ],
    ];
    for (const [id, scope, code] of refused)
      expect(await refund(id, scope)).toMatchObject({ ok: false, error: { code } });
    expect(await refundsOf(order.id)).toEqual([]);
    const taken = newId<"refund">();
    expect(await refund(order.id, amount(100), taken)).toMatchObject({ ok: true });
    expect(await refund((await buy()).order.id, amount(100), taken)).toMatchObject({ ok: false });
  });
});

describe("refunds from either side", () => {
  test("scenario 30: the Dashboard gives back by amount; access ends when all is back, and the buyer is told", async () => {
    const { learner, order, intent } = await buy([4900, 2900]);
    await refundInDashboard(intent, 5000);
    await shop.stripe.idle();
    expect(await stateOf(order.id)).toBe("partially_refunded");
    expect(await seatStates(learner)).toEqual(["active", "active"]);
    await refundInDashboard(intent, 2800);
    await shop.stripe.idle();
    expect(await stateOf(order.id)).toBe("refunded");
    expect(await seatStates(learner)).toEqual(["refunded", "refunded"]);
    const mails = await shop.db.select().from(emails).where(eq(emails.userId, learner));
    expect(mails.filter((mail) => mail.kind === "refund_sent")).toHaveLength(2);
  });

  test("scenario 31: two equal partial refunds, one from each side, both count; the full sum ends access", async () => {
    const { learner, order, intent } = await buy();
    await refundInDashboard(intent, 2450);
    expect(await refund(order.id, amount(2450))).toMatchObject({ ok: true });
    await shop.stripe.idle();
    expect((await refundsOf(order.id)).map((row) => row.amount)).toEqual([2450, 2450]);
    expect(await stateOf(order.id)).toBe("refunded");
    expect(await seatStates(learner)).toEqual(["refunded"]);
  });

  test("overtaken by the Dashboard before it was sent: what no longer fits is canceled, not made", async () => {
    const { order, intent } = await buy();
    await shop.stripe.fault({ kind: "error_500", method: "POST", path: "/v1/refunds", times: 2 });
    expect(await refund(order.id, amount(3000))).toMatchObject({ ok: true, value: { status: "pending" } });
    await refundInDashboard(intent, 4900);
    await shop.stripe.idle();
    expect(await stateOf(order.id)).toBe("refunded");
    expect((await refundsOf(order.id)).map((row) => row.status).toSorted()).toEqual([
      "canceled",
      "succeeded",
    ]);
    expect(await refundsAtStripe(intent)).toHaveLength(1);
  });

  test("overtaken by a part, what somebody decided is not made up: staff are told", async () => {
    const { order, intent } = await buy();
    await shop.stripe.fault({ kind: "error_500", method: "POST", path: "/v1/refunds", times: 2 });
    expect(await refund(order.id, amount(3000))).toMatchObject({ ok: true, value: { status: "pending" } });
    await refundInDashboard(intent, 2000);
    await shop.stripe.idle();
    const [overtaken] = await refundsOf(order.id);
    expect((await refundsOf(order.id)).map((row) => row.status)).toEqual(["canceled", "succeeded"]);
    expect(
      await shop.db.select().from(paymentAlerts).where(eq(paymentAlerts.orderId, order.id)),
    ).toMatchObject([{ kind: "refund_refused", subject: overtaken?.id, clearedAt: null }]);
  });

  test("scenario 32: a refund on its way is pending, never refunded, until Stripe says so", async () => {
    const { learner, order, intent } = await buy([4900], { card: "4000000000007726" });
    expect(await refund(order.id, whole)).toMatchObject({ ok: true, value: { status: "pending" } });
    await shop.stripe.idle();
    expect(await stateOf(order.id)).toBe("completed");
    expect(await seatStates(learner)).toEqual(["active"]);
    const [made] = await refundsAtStripe(intent);
    await shop.stripe.control(`/refunds/${made?.id}/settle`);
    await shop.stripe.idle();
    expect(await stateOf(order.id)).toBe("refunded");
    expect(await seatStates(learner)).toEqual(["refunded"]);
  });

  test("scenario 33: a refund that came back restores order, seat and slot, and the admin is told", async () => {
    const coupon = await shop.factories.coupon({ maxUsesPerUser: 1 });
    const { learner, order, intent } = await buy([4900], { code: coupon.code });
    expect(await refund(order.id, whole)).toMatchObject({ ok: true, value: { status: "succeeded" } });
    const [made] = await refundsAtStripe(intent);
    await shop.stripe.control(`/refunds/${made?.id}/fail`);
    await shop.stripe.idle();
    expect(await stateOf(order.id)).toBe("completed");
    expect(await seatStates(learner)).toEqual(["active"]);
    expect((await itemsOf(order.id))[0]?.refundedAmount).toBe(0);
    const [redemption] = await shop.db
      .select()
      .from(couponRedemptions)
      .where(eq(couponRedemptions.orderId, order.id));
    expect(redemption).toMatchObject({ status: "redeemed", slotFreedAt: null });
    const alerts = await shop.db.select().from(paymentAlerts).where(eq(paymentAlerts.orderId, order.id));
    expect(alerts).toMatchObject([{ kind: "refund_failed", clearedAt: null }]);
    expect((await timeline(order.id)).at(-1)).toBe("refund_failed");
    expect(await refund(order.id, whole)).toMatchObject({ ok: true, value: { status: "succeeded" } });
    expect(await stateOf(order.id)).toBe("refunded");
  });
});

test("scenario 22: the code's own count stays spent; the learner's slot is freed once, however often", async () => {
  const coupon = await shop.factories.coupon({ maxUses: 5, maxUsesPerUser: 1 });
  const { learner, order } = await buy([4900], { code: coupon.code });
  const buyAgain = async () => {
    const { order: next, sessionId } = await openCheckout(
      shop,
      learner,
      [(await shop.factories.course()).slug],
      coupon.code,
    );
    await shop.stripe.pay(sessionId);
    await shop.stripe.idle();
    return next;
  };
  await refund(order.id, amount(1000));
  await expect(fillCart(learner, [(await shop.factories.course()).slug], coupon.code)).rejects.toThrow(
    "used_by_you",
  );
  await refund(order.id, whole);
  const [counted] = await shop.db.select().from(coupons).where(eq(coupons.id, coupon.id));
  expect(counted?.timesUsed).toBe(1);
  const second = await buyAgain();
  expect(await previewRefund(second.id, whole)).toMatchObject({
    ok: true,
    value: { coupon: { code: coupon.code, learnerMayUseAgain: false } },
  });
  await refund(second.id, whole);
  await fillCart(learner, [(await shop.factories.course()).slug]);
  expect(await applyCoupon({ kind: "learner", userId: learner }, coupon.code)).toEqual({
    ok: false,
    error: { rule: "used_by_you" },
  });
});
