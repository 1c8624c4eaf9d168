import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { users } from "@/db/schema/identity";
import { emails } from "@/db/schema/notifications";
import { orderNotes } from "@/db/schema/orders";
import { secondPayments } from "@/db/schema/payments";
import { raiseAlert } from "@/lib/alerts/mutations";
import { listAuditEntries, verifyAuditLog } from "@/lib/audit/queries";
import { confirmCheckout } from "@/lib/checkout/mutations";
import { addOrderNote, resendMail } from "@/lib/desk/mutations";
import { findSale } from "@/lib/desk/queries";
import { newId, type UserId } from "@/lib/ids";
import { minor } from "@/lib/money";
import { sendDueEmails } from "@/lib/notifications/mutations";
import { refundOrder } from "@/lib/refunds/mutations";
import { startTestShop } from "../../support/shop";
import { openCheckout, type TestShop } from "../commerce/buying";

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
