import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { users } from "@/db/schema/identity";
import { emails } from "@/db/schema/notifications";
import { orderNotes } from "@/db/schema/orders";
import { secondPayments } from "@/db/schema/payments";
import { raiseAlert } from "@/lib/alerts/mutations";
import { listAuditEntries, verifyAuditLog } from "@/lib/audit/queries";
import { confirmCheckout } from "@/lib/checkout/mutations";
import { addOrderNote, resendGift, resendMail } from "@/lib/desk/mutations";
import { findSale } from "@/lib/desk/queries";
import { claimGift } from "@/lib/gifts/mutations";
import { findOfferedGift } from "@/lib/gifts/queries";
import { newId, type UserId } from "@/lib/ids";
import { minor } from "@/lib/money";
import { sendDueEmails } from "@/lib/notifications/mutations";
import { refundOrder } from "@/lib/refunds/mutations";
import { startTestShop } from "../../support/shop";
import { openCheckout, type TestShop } from "../commerce/buying";
import { buyer, give, linkOf } from "../gifts/giving";

let shop: TestShop;
let admin: UserId;
let support: UserId;
beforeAll(async () => {
  shop = await startTestShop({ delays: { refundFails: null, refundSettles: null } });
  [admin, support] = [await person("admin"), await person("support")];
});
afterAll(async () => {
  expect(await verifyAuditLog(admin)).toMatchObject({ broken: null });
  await shop.close();
});

async function person(role: "admin" | "support") {
  const id = await shop.factories.learner(`The ${role}`);
  await shop.db.update(users).set({ role }).where(eq(users.id, id));
  return id;
}

async function buy(prices = [4900, 5900]) {
  const learner = await shop.factories.learner();
  const courses = [];
  for (const price of prices) courses.push(await shop.factories.course({ priceAmount: minor(price) }));
  const opened = await openCheckout(
    shop,
    learner,
    courses.map((course) => course.slug),
  );
  await shop.stripe.pay(opened.sessionId);
  await shop.stripe.idle();
  await confirmCheckout(learner, opened.sessionId);
  return { learner, order: opened.order, courses };
}

const log = async (label: string) => (await listAuditEntries(admin, { begins: label }, {})).entries;

describe("One order at the desk", () => {
  test("shows staff all of it, and nobody else", async () => {
    const { learner, order } = await buy();
    for (const staff of [admin, support]) {
      const sale = await findSale(staff, order.orderNumber);
      expect(sale).toMatchObject({
        orderNumber: order.orderNumber,
        totalAmount: 10_800,
        notes: [],
        refunds: [],
      });
      expect(sale?.items).toHaveLength(2);
      expect(sale?.mails.map((mail) => mail.kind)).toContain("order_confirmation");
      expect(sale?.stripe.payment).toMatch(/^pi_/);
    }
    expect(await findSale(learner, order.orderNumber)).toBeNull();
    expect(await findSale(admin, "ORD-20260101-AAAAAA")).toBeNull();
  });

  test("gives back what was shown, and leaves one line in the log however often it is pressed", async () => {
    const { order } = await buy();
    const sale = await findSale(admin, order.orderNumber);
    const item = sale?.refundable.items[1];
    const refundId = newId<"refund">();
    const press = (shownAmount: number) =>
      refundOrder({
        refundId,
        orderId: order.id,
        scope: { kind: "items", itemIds: item ? [item.id] : [] },
        reason: "requested_by_customer",
        requestedBy: admin,
        shownAmount,
      });
    expect(await press(5_800)).toEqual({ ok: false, error: { code: "changed_meanwhile" } });
    expect(await log(order.orderNumber)).toEqual([]);
    const pressed = await Promise.all([press(5_900), press(5_900)]);
    expect(pressed).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await log(order.orderNumber)).toMatchObject([
      { action: "order.refunded", actor: "The admin", detail: { after: { amount: "$59.00" } } },
    ]);
    await shop.stripe.idle();
    const after = await findSale(admin, order.orderNumber);
    expect(after).toMatchObject({ status: "partially_refunded", refundedAmount: 5_900 });
    expect(after?.refunds).toMatchObject([{ amount: 5_900, status: "succeeded", requestedBy: "The admin" }]);
  });

  test("shows each second payment of its own, and what became of its refund", async () => {
    const [{ learner, order }, other] = [await buy([4900]), await buy([4900])];
    const add = async (name: string, changes: Partial<typeof secondPayments.$inferInsert>) => {
      const id = newId<"refund">();
      const money = { orderId: order.id, amount: minor(4900), currency: "usd" };
      const payment = { ...money, id, stripePaymentIntentId: `pi_${name}`, ...changes };
      await shop.db.insert(secondPayments).values(payment);
      return id;
    };
    // None is due, so that no worker brings it to Stripe.
    const later = { nextAttemptAt: new Date("2099-01-01") };
    const settledAt = new Date();
    await add("waiting", { ...later, lastError: "timeout", createdAt: new Date("2026-01-01") });
    await add("sent", { settledAt, stripeRefundId: "re_sent", createdAt: new Date("2026-01-02") });
    await add("refused", { settledAt, lastError: "charge_disputed", createdAt: new Date("2026-01-03") });
    const back = await add("back", {
      settledAt,
      stripeRefundId: "re_back",
      createdAt: new Date("2026-01-04"),
    });
    await raiseAlert(shop.db, { kind: "refund_failed", subject: back, orderId: order.id, problem: "Look." });
    const money = { amount: 4900, currency: "usd" };
    expect((await findSale(support, order.orderNumber))?.secondPayments).toMatchObject([
      { ...money, paymentIntentId: "pi_waiting", refund: "on_its_way", lastError: "timeout" },
      { ...money, paymentIntentId: "pi_sent", refund: "sent", stripeRefundId: "re_sent" },
      { ...money, paymentIntentId: "pi_refused", refund: "refused", lastError: "charge_disputed" },
      { ...money, paymentIntentId: "pi_back", refund: "came_back", stripeRefundId: "re_back" },
    ]);
    expect((await findSale(admin, other.order.orderNumber))?.secondPayments).toEqual([]);
    expect(await findSale(learner, order.orderNumber)).toBeNull();
  });

  test("is not refunded by a dialog that somebody else overtook", async () => {
    const { order } = await buy();
    const whole = (shownAmount: number) =>
      refundOrder({
        refundId: newId<"refund">(),
        orderId: order.id,
        scope: { kind: "whole" },
        reason: "duplicate",
        requestedBy: admin,
        shownAmount,
      });
    const part = await refundOrder({
      refundId: newId<"refund">(),
      orderId: order.id,
      scope: { kind: "amount", amount: 800 },
      reason: "duplicate",
      requestedBy: admin,
    });
    expect(part.ok).toBe(true);
    expect(await whole(10_800)).toEqual({ ok: false, error: { code: "changed_meanwhile" } });
    expect(await whole(10_000)).toMatchObject({ ok: true, value: { amount: 10_000 } });
  });

  test("takes a note once", async () => {
    const { order } = await buy([4900]);
    const note = { order: order.id, note: crypto.randomUUID(), body: "Called. <script>alert(1)</script>" };
    expect(await Promise.all([addOrderNote(support, note), addOrderNote(support, note)])).toMatchObject([
      { ok: true },
      { ok: true },
    ]);
    expect(await shop.db.select().from(orderNotes).where(eq(orderNotes.orderId, order.id))).toHaveLength(1);
    expect((await findSale(admin, order.orderNumber))?.notes).toMatchObject([
      { body: note.body, author: "The support" },
    ]);
    expect(await log(order.orderNumber)).toMatchObject([{ action: "order.noted", actor: "The support" }]);
    const unknown = await addOrderNote(admin, { ...note, order: newId<"order">() });
    expect(unknown).toEqual({ ok: false, error: "unknown_order" });
  });

  test("sends a mail again once per press, only its own, and not without end", async () => {
    const { order } = await buy([4900]);
    const other = await buy([4900]);
    const mail = (await findSale(admin, order.orderNumber))?.mails.find(
      ({ kind }) => kind === "order_confirmation",
    );
    const again = (copies: number, orderId = order.id) =>
      resendMail(support, { order: orderId, email: mail?.id ?? "", copies });
    expect(await Promise.all([again(0), again(0)])).toMatchObject([{ ok: true }, { ok: true }]);
    const mails = (await findSale(admin, order.orderNumber))?.mails ?? [];
    expect(mails.filter(({ isCopy }) => isCopy)).toHaveLength(1);
    expect(mails.find(({ id }) => id === mail?.id)).toMatchObject({ copies: 1, isCopy: false });
    expect(await log(order.orderNumber)).toMatchObject([
      { action: "mail.resent", detail: { after: { mail: "Order confirmation" } } },
    ]);
    expect(await again(1, other.order.id)).toEqual({ ok: false, error: "unknown_mail" });
    expect(await again(5)).toEqual({ ok: false, error: "too_often" });
    const [copy] = await shop.db
      .select()
      .from(emails)
      .where(eq(emails.copyOfId, mail?.id as typeof emails.$inferSelect.id));
    expect(copy).toMatchObject({ status: "queued", kind: "order_confirmation" });
    await sendDueEmails(50);
  });
});

describe("A gift at the desk", () => {
  const found = async (number: string) => {
    const sale = await findSale(support, number);
    if (!sale) throw new Error("no sale");
    return sale;
  };

  test("shows whom it is for, where it is and its mails, and whose seat it became", async () => {
    const { order, gift, id, course } = await give(shop, await buyer(shop));
    const sent = await found(order.orderNumber);
    expect(sent.gifts).toMatchObject([
      { id, title: course.title, state: "sent", recipientEmail: gift.email, deliveries: 1, claimedAt: null },
    ]);
    expect(sent.gifts[0]?.deliveredAt).toBeInstanceOf(Date);
    expect(JSON.stringify(sent.gifts)).not.toContain(gift.message);
    expect(sent.mails).toContainEqual(
      expect.objectContaining({ kind: "gift_received", toAddress: gift.email }),
    );
    await claimGift(await shop.factories.learner(), await linkOf(shop, gift.email));
    const accepted = await found(order.orderNumber);
    const [seat] = await shop.sql<{ id: string }[]>`select e.id from enrollments e
      join order_items i on i.id = e.order_item_id where i.order_id = ${order.id}`;
    expect(accepted.gifts).toMatchObject([{ state: "claimed", seatId: seat?.id }]);
    expect(accepted.gifts[0]?.claimedAt).toBeInstanceOf(Date);
    expect(accepted.mails.map((mail) => mail.kind)).toContain("gift_claimed");
    await refundOrder({
      refundId: newId<"refund">(),
      orderId: order.id,
      scope: { kind: "whole" },
      reason: "requested_by_customer",
      requestedBy: admin,
    });
    await shop.stripe.idle();
    const returned = await found(order.orderNumber);
    expect(returned.gifts).toMatchObject([{ state: "returned" }]);
    expect(returned.mails.map((mail) => mail.kind)).toContain("gift_ended");
    await shop.sql`update gifts set recipient_email = null where id = ${id}`;
    expect((await found(order.orderNumber)).gifts).toMatchObject([{ recipientEmail: null }]);
  });

  test("is sent again once per press, with a fresh link and a line in the log, and not without end", async () => {
    const { order, gift, id } = await give(shop, await buyer(shop));
    const first = await linkOf(shop, gift.email);
    const again = (deliveries: number) => resendGift(support, { gift: id, deliveries });
    expect(await Promise.all([again(1), again(1)])).toMatchObject([{ ok: true }, { ok: true }]);
    const sale = await found(order.orderNumber);
    expect(sale.gifts).toMatchObject([{ state: "sent", deliveries: 2 }]);
    expect(sale.mails.filter((mail) => mail.kind === "gift_received")).toHaveLength(2);
    expect(await findOfferedGift(first, null)).toBeNull();
    const newest = await linkOf(shop, gift.email);
    expect(await findOfferedGift(newest, null)).toMatchObject({ state: "sent" });
    expect(await log(order.orderNumber)).toMatchObject([
      { action: "mail.resent", actor: "The support", detail: { after: { mail: "Gift" } } },
    ]);
    const [mail] = sale.mails.filter(({ kind }) => kind === "gift_received");
    const copied = await resendMail(support, { order: order.id, email: mail?.id ?? "", copies: 0 });
    expect(copied, "its link is not copied").toEqual({ ok: false, error: "unknown_mail" });
    expect(await again(6)).toEqual({ ok: false, error: "too_often" });
    await claimGift(await shop.factories.learner(), newest);
    expect(await again(2)).toEqual({ ok: false, error: "claimed" });
    expect(await resendGift(support, { gift: newId<"gift">(), deliveries: 1 })).toEqual({
      ok: false,
      error: "unknown_gift",
    });
  });

  test("is not sent to an address that was forgotten, nor before its day, nor once its money is back", async () => {
    const forgotten = await give(shop, await buyer(shop));
    await shop.sql`update gifts set recipient_email = null where id = ${forgotten.id}`;
    const planned = await give(shop, await buyer(shop), { deliverOn: "2099-01-01" });
    const returned = await give(shop, await buyer(shop));
    await refundOrder({
      refundId: newId<"refund">(),
      orderId: returned.order.id,
      scope: { kind: "whole" },
      reason: "requested_by_customer",
      requestedBy: admin,
    });
    for (const [gift, error] of [
      [forgotten.id, "no_address"],
      [planned.id, "not_sent_yet"],
      [returned.id, "not_open"],
    ] as const)
      expect(await resendGift(support, { gift, deliveries: 1 }), error).toEqual({ ok: false, error });
    expect(await log(forgotten.order.orderNumber)).toEqual([]);
  });
});
