import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { users } from "@/db/schema/identity";
import { findViolations } from "@/lib/audit/queries";
import { claimGift } from "@/lib/gifts/mutations";
import { type EnrollmentId, newId, type OrderId, type UserId } from "@/lib/ids";
import { refundOrder, sendPendingRefunds } from "@/lib/refunds/mutations";
import { grantSeat, revokeSeat } from "@/lib/seats/mutations";
import { startTestShop } from "../../support/shop";
import { buyer, give, linkOf } from "../gifts/giving";
import { listSeats, openCheckout, type TestShop } from "./buying";

/** A reader may come to a course by an order, a gift and a kindness of staff; one seat stands, and which one follows the money. */

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop({ delays: { bankDebitSettles: null, refundFails: null, refundSettles: null } });
});
afterAll(() => shop.close());
afterEach(async () => expect(await findViolations()).toEqual([]));

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const states = async (learner: UserId) =>
  (await listSeats(shop, learner)).map(({ status, type }) => `${type} ${status}`).sort();
const staff = () => shop.factories.learner("Staff");

async function grant(learner: UserId, course: string, until: Date | null): Promise<EnrollmentId> {
  const [user] = await shop.db.select({ email: users.email }).from(users).where(eq(users.id, learner));
  const granted = await grantSeat(await staff(), {
    email: user?.email ?? "",
    course,
    type: "gifted",
    until,
  });
  if (!granted.ok) throw new Error(granted.error);
  return granted.value.seat;
}

async function giveBack(orderId: OrderId): Promise<string> {
  const refundId = newId<"refund">();
  const asked = { refundId, orderId, scope: { kind: "whole" }, reason: "requested_by_customer" } as const;
  expect(await refundOrder({ ...asked, requestedBy: null })).toMatchObject({ ok: true });
  await sendPendingRefunds();
  await shop.stripe.idle();
  const [made] = await shop.sql`select stripe_refund_id from refunds where id = ${refundId}`;
  return made?.stripe_refund_id;
}

async function buy(learner: UserId, slug: string): Promise<OrderId> {
  const { order, sessionId } = await openCheckout(shop, learner, [slug]);
  await shop.stripe.pay(sessionId);
  await shop.stripe.idle();
  return order.id;
}

describe("a seat that staff gave for a while", () => {
  test("makes room for the debit that it bridged, and no money goes back", async () => {
    const learner = await shop.factories.learner();
    const course = await shop.factories.course();
    const { order, sessionId } = await openCheckout(shop, learner, [course.slug]);
    const { payment_intent: intent } = await shop.stripe.pay(sessionId, { debit: "waits" });
    await shop.stripe.idle();
    await grant(learner, course.slug, inDays(7));
    await shop.stripe.control(`/payments/${intent}/settle`, { outcome: "succeeds" });
    await shop.stripe.idle();
    expect(await states(learner)).toEqual(["gifted revoked", "paid active"]);
    expect(await shop.sql`select 1 from refunds where order_id = ${order.id}`).toEqual([]);
  });

  test.each([
    ["runs", 14],
    ["is over", -1],
  ])("makes room for what was paid when its refund fails, while it %s", async (_case, days) => {
    const learner = await shop.factories.learner();
    const course = await shop.factories.course();
    const refund = await giveBack(await buy(learner, course.slug));
    const seat = await grant(learner, course.slug, inDays(14));
    await shop.sql`update enrollments set expires_at = now() + make_interval(days => ${days}) where id = ${seat}`;
    await shop.stripe.control(`/refunds/${refund}/fail`);
    await shop.stripe.idle();
    expect(await states(learner)).toEqual(["gifted revoked", "paid active"]);
  });
});

test("a seat that staff gave for good leaves its place to what was paid when staff take it away", async () => {
  const learner = await shop.factories.learner();
  const course = await shop.factories.course();
  const refund = await giveBack(await buy(learner, course.slug));
  const seat = await grant(learner, course.slug, null);
  await shop.stripe.control(`/refunds/${refund}/fail`);
  await shop.stripe.idle();
  expect(await states(learner)).toEqual(["gifted active", "paid refunded"]);
  await revokeSeat(await staff(), { seat, reason: "given by mistake" });
  expect(await states(learner)).toEqual(["gifted revoked", "paid active"]);
});

test("a gift whose money stays after all is read by it again once its receiver's own payment went back", async () => {
  const learner = await buyer(shop, "Grace");
  const { course, gift, order } = await give(shop, await buyer(shop));
  expect(await claimGift(learner, await linkOf(shop, gift.email))).toMatchObject({ ok: true });
  const refund = await giveBack(order.id);
  const own = await buy(learner, course.slug);
  await shop.stripe.control(`/refunds/${refund}/fail`);
  await shop.stripe.idle();
  expect(await states(learner)).toEqual(["gifted refunded", "paid active"]);
  await giveBack(own);
  expect(await states(learner)).toEqual(["gifted active", "paid refunded"]);
});
