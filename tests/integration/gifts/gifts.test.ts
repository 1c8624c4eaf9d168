import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { findViolations } from "@/lib/audit/queries";
import { addGiftToCart, addToCart, mergeGuestCart, removeFromCart } from "@/lib/cart/mutations";
import { getCart } from "@/lib/cart/queries";
import {
  changeGift,
  claimGift,
  deliverDueGifts,
  forgetRecipients,
  sendGiftAgain,
} from "@/lib/gifts/mutations";
import { findOfferedGift, listGivenGifts, listOwnGifts, listReceivedGifts } from "@/lib/gifts/queries";
import { newId, newSecret, type UserId } from "@/lib/ids";
import { findLesson } from "@/lib/learning/queries";
import { refundOrder } from "@/lib/refunds/mutations";
import { mailsTo } from "../../support/one-outbox";
import { startTestShop } from "../../support/shop";
import { listSeats, openCheckout, pressCheckout, type TestShop } from "../commerce/buying";
import { address, buyer, give, linkOf, openGift, plain } from "./giving";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());
afterEach(async () => expect(await findViolations()).toEqual([]));

const mayRead = async (userId: UserId, slug: string) =>
  (await findLesson({ userId }, slug, "first"))?.access === "open";
const twenty = <T>(work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: 20 }, (_, index) => work(index)));
/** The mails that tell a giver of an accepted gift. */
const noticesOf = async (giver: UserId) => {
  const [account] = await shop.sql<{ email: string }[]>`select email from users where id = ${giver}`;
  return (await mailsTo(shop.db, account?.email ?? "")).filter((mail) => mail.kind === "gift_claimed");
};
const stateOf = async (userId: UserId, orderNumber: string) =>
  (await listGivenGifts(userId, orderNumber)).map((gift) => gift.state);

describe("giving", () => {
  test("sends a link to the address, seats nobody, and empties the cart", async () => {
    const ada = await buyer(shop);
    const { course, order, gift } = await give(shop, ada);
    expect(await listSeats(shop, ada)).toEqual([]);
    expect((await getCart({ kind: "learner", userId: ada })).lines).toEqual([]);
    const [mail, ...more] = await mailsTo(shop.db, gift.email);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ kind: "gift_received", payload: { from: "Ada", title: course.title } });
    const secret = await linkOf(shop, gift.email);
    expect(Buffer.from(secret, "base64url").length).toBe(32);
    const rows = JSON.stringify([await shop.sql`select * from gifts`, await shop.sql`select * from emails`]);
    expect(rows).not.toContain(secret);
    expect(await stateOf(ada, order.orderNumber)).toEqual(["sent"]);
    const offered = await findOfferedGift(secret, null);
    expect(offered).toMatchObject({ from: "Ada", message: gift.message, state: "sent", isMine: false });
    expect(JSON.stringify(offered)).not.toMatch(/@|4900/);
  });

  test("is open to who owns the course, and is bought beside one's own in another order", async () => {
    const ada = await buyer(shop);
    const course = await shop.factories.course();
    const { sessionId } = await openCheckout(shop, ada, [course.slug]);
    await shop.stripe.pay(sessionId);
    await shop.stripe.idle();
    const owner = { kind: "learner", userId: ada } as const;
    expect(await addToCart(owner, course.slug)).toEqual({ ok: false, error: "already_owned" });
    expect(await addGiftToCart(owner, course.slug, plain(address()))).toMatchObject({ ok: true });
    const [line] = (await getCart(owner)).lines;
    expect(line).toMatchObject({ state: "available", gift: { message: "For long evenings." } });
    const started = await pressCheckout(ada);
    if (!started.ok) throw new Error(started.error.code);
    const order = await shop.factories.order(started.value.orderNumber);
    await shop.stripe.pay(order.stripeCheckoutSessionId ?? "");
    await shop.stripe.idle();
    expect(await stateOf(ada, order.orderNumber)).toEqual(["sent"]);
    expect(await listSeats(shop, ada)).toHaveLength(1);
    expect(await shop.sql`select 1 from refunds where order_id = ${order.id}`).toHaveLength(0);
  });

  test("in a cart is a line's own matter: changed by giving again, merged at sign-in, told when removed", async () => {
    const ada = await buyer(shop);
    const course = await shop.factories.course();
    const owner = { kind: "learner", userId: ada } as const;
    const guest = { kind: "guest", token: newSecret() } as const;
    await addToCart(owner, course.slug);
    await addGiftToCart(guest, course.slug, plain(address()));
    const last = address();
    await addGiftToCart(guest, course.slug, plain(last));
    await mergeGuestCart(ada, guest.token);
    const { lines } = await getCart(owner);
    expect(lines.map((line) => line.gift?.email)).toEqual([last]);
    expect(await removeFromCart(owner, course.slug)).toEqual({ removed: true, wasGift: true });
    expect(await removeFromCart(owner, course.slug)).toEqual({ removed: false, wasGift: false });
  });

  test("waits for a proved mailbox, and takes coupons like any line", async () => {
    const ada = await shop.factories.learner();
    const course = await shop.factories.course();
    await addGiftToCart({ kind: "learner", userId: ada }, course.slug, plain(address()));
    expect(await pressCheckout(ada)).toEqual({ ok: false, error: { code: "mailbox_not_proved" } });
    const coupon = await shop.factories.coupon({ discountValue: 100 });
    const { order, gift } = await openGift(shop, await buyer(shop), {}, coupon.code);
    expect(order).toMatchObject({ status: "completed", totalAmount: 0 });
    const grace = await shop.factories.learner();
    expect(await claimGift(grace, await linkOf(shop, gift.email))).toMatchObject({ ok: true });
  });

  test("on a chosen day sends nothing before its morning in the buyer's zone, and then once", async () => {
    const ada = await buyer(shop);
    const { order, gift, id } = await give(shop, ada, { deliverOn: "2999-12-24", timeZone: "Asia/Tokyo" });
    const [row] = await shop.sql<
      { at: string }[]
    >`select to_char(deliver_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as at from gifts where id = ${id}`;
    expect(row?.at).toBe("2999-12-23 23:00");
    expect(await stateOf(ada, order.orderNumber)).toEqual(["planned"]);
    expect(await deliverDueGifts()).toBe(0);
    expect(await sendGiftAgain(ada, id)).toEqual({ ok: false, error: "not_sent_yet" });
    await shop.sql`update gifts set deliver_at = now() where id = ${id}`;
    await Promise.all([deliverDueGifts(), deliverDueGifts(), deliverDueGifts()]);
    expect(await mailsTo(shop.db, gift.email)).toHaveLength(1);
    expect(await stateOf(ada, order.orderNumber)).toEqual(["sent"]);
  });

  test("of an order that nobody paid sends nothing, and its address is forgotten", async () => {
    const ada = await buyer(shop);
    const { order, gift, sessionId } = await openGift(shop, ada);
    await shop.stripe.expire(sessionId);
    await shop.stripe.idle();
    await deliverDueGifts();
    expect(await mailsTo(shop.db, gift.email)).toEqual([]);
    expect(await stateOf(ada, order.orderNumber)).toEqual(["unpaid"]);
    await shop.sql`update gifts set created_at = now() - interval '91 days' where order_id = ${order.id}`;
    expect(await forgetRecipients()).toBe(1);
    expect((await listGivenGifts(ada, order.orderNumber))[0]).toMatchObject({ recipientEmail: null });
  });

  test("of an order that was given back before its day sends nothing, and its address is forgotten", async () => {
    const ada = await buyer(shop);
    const { order, gift } = await give(shop, ada, { deliverOn: "2999-12-24" });
    await refundOrder({
      refundId: newId<"refund">(),
      orderId: order.id,
      scope: { kind: "whole" },
      reason: "requested_by_customer",
      requestedBy: null,
    });
    await shop.stripe.idle();
    const longAgo = shop.sql`now() - interval '91 days'`;
    await shop.sql`update gifts set created_at = ${longAgo} where order_id = ${order.id}`;
    expect(await forgetRecipients()).toBe(0);
    await shop.sql`update orders set refunded_at = ${longAgo} where id = ${order.id}`;
    expect(await forgetRecipients()).toBe(1);
    expect(await mailsTo(shop.db, gift.email)).toEqual([]);
  });
});

describe("accepting", () => {
  test("gives the course to whoever has the link, once, and tells the buyer", async () => {
    const [ada, grace, late] = [
      await buyer(shop),
      await shop.factories.learner("Grace"),
      await shop.factories.learner(),
    ];
    const { course, order, gift } = await give(shop, ada);
    const secret = await linkOf(shop, gift.email);
    expect(await claimGift(grace, secret)).toEqual({
      ok: true,
      value: { slug: course.slug, title: course.title },
    });
    expect(await mayRead(grace, course.slug)).toBe(true);
    expect(await listSeats(shop, grace)).toMatchObject([{ status: "active", type: "gifted" }]);
    expect(await claimGift(grace, secret)).toMatchObject({ ok: true });
    expect(await claimGift(late, secret)).toEqual({ ok: false, error: "claimed" });
    expect(await mayRead(late, course.slug)).toBe(false);
    const told = await noticesOf(ada);
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told[0]?.payload)).not.toContain("Grace");
    expect(await stateOf(ada, order.orderNumber)).toEqual(["claimed"]);
    expect(await listReceivedGifts(grace)).toMatchObject([{ slug: course.slug, from: "Ada" }]);
    expect(await listReceivedGifts(ada)).toEqual([]);
    expect(await listOwnGifts(ada)).toMatchObject([{ orderNumber: order.orderNumber, state: "claimed" }]);
    expect(await findOfferedGift(secret, grace)).toMatchObject({ isMine: true });
  });

  test("at the same moment, one of two and one of twenty get it", async () => {
    for (const count of [2, 20]) {
      const { gift, id } = await give(shop, await buyer(shop));
      const secret = await linkOf(shop, gift.email);
      const people = await Promise.all(Array.from({ length: count }, () => shop.factories.learner()));
      const answers = await Promise.all(people.map((one) => claimGift(one, secret)));
      expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
      const seats =
        await shop.sql`select user_id from enrollments e join gifts g on g.order_item_id = e.order_item_id where g.id = ${id}`;
      expect(seats).toHaveLength(1);
      expect(seats[0]?.user_id).toBe(people[answers.findIndex((answer) => answer.ok)]);
    }
  });

  test("pressed twenty times by one person is one seat and one notice", async () => {
    const [ada, grace] = [await buyer(shop), await shop.factories.learner()];
    const { gift } = await give(shop, ada);
    const secret = await linkOf(shop, gift.email);
    const answers = await twenty(() => claimGift(grace, secret));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(await listSeats(shop, grace)).toHaveLength(1);
    expect(await noticesOf(ada)).toHaveLength(1);
  });

  test("by somebody who has the course uses nothing up, and passing it on works", async () => {
    const [grace, linus] = [await shop.factories.learner(), await shop.factories.learner()];
    const { course, gift } = await give(shop, await buyer(shop));
    const { sessionId } = await openCheckout(shop, grace, [course.slug]);
    await shop.stripe.pay(sessionId);
    await shop.stripe.idle();
    const secret = await linkOf(shop, gift.email);
    expect(await claimGift(grace, secret)).toEqual({ ok: false, error: "already_owned" });
    expect(await claimGift(linus, secret)).toMatchObject({ ok: true });
  });

  test("while one's own order of the course is being paid: one seat, and the payment goes back", async () => {
    const grace = await shop.factories.learner();
    const { course, gift } = await give(shop, await buyer(shop));
    const { order, sessionId } = await openCheckout(shop, grace, [course.slug]);
    expect(await claimGift(grace, await linkOf(shop, gift.email))).toMatchObject({ ok: true });
    await shop.stripe.pay(sessionId);
    await shop.stripe.idle();
    expect(await listSeats(shop, grace)).toMatchObject([{ status: "active", type: "gifted" }]);
    expect(await shop.sql`select reason from refunds where order_id = ${order.id}`).toMatchObject([
      { reason: "duplicate" },
    ]);
  });

  test("by its buyer counts as by anybody", async () => {
    const ada = await buyer(shop);
    const { course, gift } = await give(shop, ada);
    expect(await claimGift(ada, await linkOf(shop, gift.email))).toMatchObject({ ok: true });
    expect(await mayRead(ada, course.slug)).toBe(true);
  });

  test("needs a link that is one", async () => {
    const grace = await shop.factories.learner();
    for (const secret of ["", "x".repeat(43), newSecret(), "'; --", newSecret(128)])
      expect(await claimGift(grace, secret)).toEqual({ ok: false, error: "unknown_link" });
  });
});

describe("sending it again", () => {
  test("makes a fresh link and ends the one before, also at another address", async () => {
    const [ada, grace] = [await buyer(shop), await shop.factories.learner()];
    const { gift, id } = await give(shop, ada);
    const first = await linkOf(shop, gift.email);
    expect(await sendGiftAgain(ada, id)).toMatchObject({ ok: true });
    const second = await linkOf(shop, gift.email);
    expect(second).not.toBe(first);
    expect(await claimGift(grace, first)).toEqual({ ok: false, error: "unknown_link" });
    const elsewhere = address();
    const changed = { ...plain(elsewhere), message: "Other words." };
    expect(await changeGift(ada, id, changed)).toMatchObject({ ok: true });
    expect(await claimGift(grace, second)).toEqual({ ok: false, error: "unknown_link" });
    const third = await linkOf(shop, elsewhere);
    expect(await findOfferedGift(third, null)).toMatchObject({ message: "Other words." });
    expect(await claimGift(grace, third)).toMatchObject({ ok: true });
    expect(await sendGiftAgain(ada, id)).toEqual({ ok: false, error: "claimed" });
    expect(await changeGift(ada, id, changed)).toEqual({ ok: false, error: "claimed" });
  });

  test("before its day changes address and day without a mail", async () => {
    const ada = await buyer(shop);
    const { gift, id } = await give(shop, ada, { deliverOn: "2999-12-24" });
    const other = address();
    await changeGift(ada, id, { ...plain(other), deliverOn: "2999-12-31" });
    expect([...(await mailsTo(shop.db, gift.email)), ...(await mailsTo(shop.db, other))]).toEqual([]);
    await changeGift(ada, id, plain(other));
    expect(await mailsTo(shop.db, other)).toHaveLength(1);
  });

  test("at the moment of accepting: the link counts, or the new one does, never both", async () => {
    const [ada, grace, linus] = [
      await buyer(shop),
      await shop.factories.learner(),
      await shop.factories.learner(),
    ];
    const { gift, id } = await give(shop, ada);
    const secret = await linkOf(shop, gift.email);
    const [claimed] = await Promise.all([claimGift(grace, secret), sendGiftAgain(ada, id)]);
    const again = await claimGift(linus, await linkOf(shop, gift.email));
    expect([claimed.ok, again.ok].filter(Boolean)).toHaveLength(1);
  });

  test("is nobody else's to do", async () => {
    const [ada, mallory] = [await buyer(shop), await buyer(shop)];
    const { order, gift, id } = await give(shop, ada);
    expect(await sendGiftAgain(mallory, id)).toEqual({ ok: false, error: "unknown_gift" });
    expect(await changeGift(mallory, id, plain(address()))).toEqual({ ok: false, error: "unknown_gift" });
    expect(await listGivenGifts(mallory, order.orderNumber)).toEqual([]);
    expect(await mailsTo(shop.db, gift.email)).toHaveLength(1);
  });
});

test("an address is forgotten after 90 days, its link is not, and a new one can be given", async () => {
  const [ada, grace] = [await buyer(shop), await shop.factories.learner()];
  const { order, gift, id } = await give(shop, ada);
  const secret = await linkOf(shop, gift.email);
  await shop.sql`update gifts set delivered_at = now() - interval '91 days' where id = ${id}`;
  await shop.sql`update emails set status = 'sent', created_at = now() - interval '91 days' where to_address = ${gift.email}`;
  expect(await forgetRecipients()).toBe(1);
  const rows = JSON.stringify([await shop.sql`select * from gifts`, await shop.sql`select * from emails`]);
  expect(rows).not.toContain(gift.email);
  expect(await sendGiftAgain(ada, id)).toEqual({ ok: false, error: "no_address" });
  expect((await listGivenGifts(ada, order.orderNumber))[0]).toMatchObject({ state: "sent", message: "" });
  expect(await claimGift(grace, secret)).toMatchObject({ ok: true });
});
