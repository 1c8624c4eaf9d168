import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { withTransaction } from "@/db/client";
import { disputes } from "@/db/schema/disputes";
import { emails } from "@/db/schema/notifications";
import { findViolations } from "@/lib/audit/queries";
import { applyDisputes } from "@/lib/disputes/mutations";
import { changeGift, claimGift, deliverDueGifts, sendGiftAgain } from "@/lib/gifts/mutations";
import { findOfferedGift, listGivenGifts } from "@/lib/gifts/queries";
import { newId, type OrderId, type UserId } from "@/lib/ids";
import { completeLesson } from "@/lib/learning/mutations";
import { findLesson } from "@/lib/learning/queries";
import { refundOrder, sendPendingRefunds } from "@/lib/refunds/mutations";
import { previewRefund } from "@/lib/refunds/queries";
import type { RefundReason } from "@/lib/refunds/schema";
import { mailsTo } from "../../support/one-outbox";
import { startTestShop } from "../../support/shop";
import type { TestShop } from "../commerce/buying";
import { buyer, give, linkOf, plain } from "./giving";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop({ delays: { refundFails: null, refundSettles: null } });
});
afterAll(() => shop.close());
afterEach(async () => expect(await findViolations()).toEqual([]));

const mayRead = async (userId: UserId, slug: string) =>
  (await findLesson({ userId }, slug, "first"))?.access === "open";

async function refund(orderId: OrderId, reason: RefundReason = "requested_by_customer") {
  const asked = await refundOrder({
    refundId: newId<"refund">(),
    orderId,
    scope: { kind: "whole" },
    reason,
    requestedBy: null,
  });
  await shop.stripe.idle();
  return asked;
}

const stateOf = async (userId: UserId, orderNumber: string) =>
  (await listGivenGifts(userId, orderNumber)).map((gift) => gift.state);

async function dispute(intent: string): Promise<string> {
  const response = await fetch(`${shop.sandboxUrl}/v1/charges?payment_intent=${intent}`, {
    headers: { authorization: "Bearer sk_test_tests" },
  });
  const { data } = (await response.json()) as { data: { id: string }[] };
  const opened = (await shop.stripe.control(`/charges/${data[0]?.id}/dispute`)) as { id: string };
  await shop.stripe.idle();
  return opened.id;
}

const decide = async (id: string, verdict: "won" | "lost") => {
  await shop.stripe.control(`/disputes/${id}/decide`, { verdict });
  await shop.stripe.idle();
};

/** The gifts of which somebody was told that they have ended. */
const toldEnded = async (userId: UserId) =>
  (await shop.db.select().from(emails).where(eq(emails.userId, userId)))
    .filter((mail) => mail.kind === "gift_ended")
    .map((mail) => mail.payload.title);

describe("a refund", () => {
  test("of an unclaimed gift ends its link", async () => {
    const [ada, grace] = [await buyer(shop), await shop.factories.learner()];
    const { course, order, gift, id } = await give(shop, ada);
    const secret = await linkOf(shop, gift.email);
    const preview = await previewRefund(order.id, { kind: "whole" });
    expect(preview).toMatchObject({ ok: true, value: { endsAccess: [], endsGifts: [course.title] } });
    expect(await refund(order.id)).toMatchObject({ ok: true });
    expect(await stateOf(ada, order.orderNumber)).toEqual(["returned"]);
    expect(await claimGift(grace, secret)).toEqual({ ok: false, error: "not_open" });
    expect(await mayRead(grace, course.slug)).toBe(false);
    expect(await sendGiftAgain(ada, id)).toEqual({ ok: false, error: "not_open" });
    expect(await changeGift(ada, id, plain(gift.email))).toEqual({ ok: false, error: "not_open" });
    expect(await findOfferedGift(secret, null)).toMatchObject({ state: "returned" });
  });

  test("of a gift whose day is to come keeps its mail from going out", async () => {
    const ada = await buyer(shop);
    const { order, gift, id } = await give(shop, ada, { deliverOn: "2999-12-24" });
    await refund(order.id);
    await shop.sql`update gifts set deliver_at = now() where id = ${id}`;
    await deliverDueGifts();
    expect(await mailsTo(shop.db, gift.email)).toEqual([]);
  });

  test("of a claimed gift ends the receiver's access and certificate, and one that failed restores them", async () => {
    const [ada, grace] = [await buyer(shop), await shop.factories.learner()];
    const { course, order, gift } = await give(shop, ada);
    await claimGift(grace, await linkOf(shop, gift.email));
    await completeLesson(grace, course.slug, "first");
    expect(await previewRefund(order.id, { kind: "whole" })).toMatchObject({
      value: { endsAccess: [{ title: course.title }], endsCertificates: [course.title], endsGifts: [] },
    });
    await refund(order.id);
    expect(await mayRead(grace, course.slug)).toBe(false);
    expect(await stateOf(ada, order.orderNumber)).toEqual(["returned"]);
    const [made] = await shop.sql<{ stripe_refund_id: string }[]>`
      select stripe_refund_id from refunds where order_id = ${order.id}`;
    await shop.stripe.control(`/refunds/${made?.stripe_refund_id}/fail`);
    await shop.stripe.idle();
    expect(await mayRead(grace, course.slug)).toBe(true);
    expect(await stateOf(ada, order.orderNumber)).toEqual(["claimed"]);
  });

  test("that staff call paid twice is told to the giver and to the receiver", async () => {
    const [ada, grace] = [await buyer(shop), await shop.factories.learner()];
    const { course, order, gift } = await give(shop, ada);
    await claimGift(grace, await linkOf(shop, gift.email));
    expect(await refund(order.id, "duplicate")).toMatchObject({ ok: true });
    const mails = await shop.db.select().from(emails).where(eq(emails.userId, ada));
    expect(mails.filter(({ kind }) => kind === "refund_sent")).toMatchObject([
      { payload: { endedGiftTitles: [course.title] } },
    ]);
    expect(await toldEnded(grace)).toEqual([course.title]);
  });

  test("that is on its way and an acceptance at the same moment end without access", async () => {
    const [ada, grace] = [await buyer(shop), await shop.factories.learner()];
    const { course, order, gift } = await give(shop, ada);
    const secret = await linkOf(shop, gift.email);
    await Promise.all([claimGift(grace, secret), refund(order.id)]);
    await sendPendingRefunds();
    await shop.stripe.idle();
    expect(await mayRead(grace, course.slug)).toBe(false);
  });
});

describe("a dispute", () => {
  test("pauses an unclaimed gift; won, it goes on; lost, it has ended", async () => {
    const [ada, grace] = [await buyer(shop), await shop.factories.learner()];
    const { order, gift, intent } = await give(shop, ada);
    const secret = await linkOf(shop, gift.email);
    const opened = await dispute(intent);
    expect(await stateOf(ada, order.orderNumber)).toEqual(["paused"]);
    expect(await claimGift(grace, secret)).toEqual({ ok: false, error: "not_open" });
    await decide(opened, "won");
    expect(await claimGift(grace, secret)).toMatchObject({ ok: true });

    const other = await give(shop, ada);
    await decide(await dispute(other.intent), "lost");
    expect(await stateOf(ada, other.order.orderNumber)).toEqual(["ended"]);
    const dead = await linkOf(shop, other.gift.email);
    expect(await claimGift(await shop.factories.learner(), dead)).toEqual({ ok: false, error: "not_open" });
  });

  test("suspends the receiver of a claimed gift, and lost ends it", async () => {
    const [ada, grace] = [await buyer(shop), await shop.factories.learner()];
    const { course, gift, intent } = await give(shop, ada);
    await claimGift(grace, await linkOf(shop, gift.email));
    const opened = await dispute(intent);
    expect(await mayRead(grace, course.slug)).toBe(false);
    expect(await toldEnded(grace)).toEqual([]);
    await decide(opened, "lost");
    expect(await mayRead(grace, course.slug)).toBe(false);
    expect(await toldEnded(grace)).toEqual([course.title]);
  });

  test("that is lost after the refund says no second time that the gift has ended", async () => {
    const [ada, grace] = [await buyer(shop), await shop.factories.learner()];
    const { course, order, gift, intent } = await give(shop, ada);
    await claimGift(grace, await linkOf(shop, gift.email));
    const opened = await dispute(intent);
    await decide(opened, "won");
    await refund(order.id);
    expect(await toldEnded(grace)).toEqual([course.title]);
    const [known] = await shop.db.select().from(disputes).where(eq(disputes.orderId, order.id));
    if (!known) throw new Error("no dispute");
    const appeal = { ...known, paymentIntentId: intent, stripeStatus: "lost" };
    await withTransaction((tx) => applyDisputes(tx, order.id, [appeal]));
    expect(await toldEnded(grace)).toEqual([course.title]);
  });
});
