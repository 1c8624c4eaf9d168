import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { users } from "@/db/schema/identity";
import { emails } from "@/db/schema/notifications";
import { orderItems, refunds } from "@/db/schema/orders";
import { paymentAlerts } from "@/db/schema/payments";
import { refundRequests } from "@/db/schema/refund-requests";
import { findViolations, listAuditEntries, verifyAuditLog } from "@/lib/audit/queries";
import { confirmCheckout } from "@/lib/checkout/mutations";
import type { RefundRequestId, UserId } from "@/lib/ids";
import { newId } from "@/lib/ids";
import { minor } from "@/lib/money";
import { findOrder } from "@/lib/orders/queries";
import {
  approveRequest,
  askForRefund,
  declineRequest,
  withdrawRequest,
} from "@/lib/refund-requests/mutations";
import {
  countOpenRequests,
  findOwnRequest,
  findRequestToDecide,
  listRefundRequests,
} from "@/lib/refund-requests/queries";
import { refundOrder, sendPendingRefunds } from "@/lib/refunds/mutations";
import { startTestShop } from "../../support/shop";
import { listSeats, openCheckout, type TestShop } from "./buying";

let shop: TestShop;
let admin: UserId;
let other: UserId;
let support: UserId;
beforeAll(async () => {
  shop = await startTestShop({ delays: { refundFails: null, refundSettles: null } });
  [admin, other, support] = [await person("admin"), await person("admin"), await person("support")];
});
afterAll(async () => {
  expect(await verifyAuditLog(admin)).toMatchObject({ broken: null });
  expect(await findViolations()).toEqual([]);
  await shop.close();
});

async function person(role: "admin" | "support") {
  const id = await shop.factories.learner(`The ${role}`);
  await shop.db.update(users).set({ role }).where(eq(users.id, id));
  return id;
}

/** Two courses, bought; and how to ask for some of their money. */
async function buy() {
  const learner = await shop.factories.learner("Mira <b>Vale</b>");
  const slugs = [];
  for (const price of [4900, 5900])
    slugs.push((await shop.factories.course({ priceAmount: minor(price) })).slug);
  const { order, sessionId } = await openCheckout(shop, learner, slugs);
  const { payment_intent: intent } = await shop.stripe.pay(sessionId);
  await shop.stripe.idle();
  await confirmCheckout(learner, sessionId);
  const items = await shop.db
    .select({ id: orderItems.id })
    .from(orderItems)
    .where(eq(orderItems.orderId, order.id))
    .orderBy(orderItems.position);
  const itemIds = items.map(({ id }) => id);
  const ask = (chosen = itemIds, who = learner) =>
    askForRefund(who, { order: order.orderNumber, itemIds: chosen, category: "changed_mind", body: "No." });
  const refundAtStripe = (amount: number) =>
    fetch(`${shop.sandboxUrl}/v1/refunds`, {
      method: "POST",
      headers: { authorization: "Bearer sk_test_tests" },
      body: new URLSearchParams({ payment_intent: intent ?? "", amount: String(amount) }),
    });
  return { learner, order, itemIds, ask, refundAtStripe };
}

async function asked(chosen?: number) {
  const bought = await buy();
  const made = await bought.ask(chosen === undefined ? undefined : bought.itemIds.slice(chosen, chosen + 1));
  if (!made.ok) throw new Error(made.error);
  return { ...bought, request: made.value };
}

const refundsOf = (orderId: typeof refunds.$inferSelect.orderId) =>
  shop.db.select().from(refunds).where(eq(refunds.orderId, orderId));
const mailsAbout = async (request: RefundRequestId) =>
  (await shop.db.select().from(emails)).filter(({ subjectId }) => subjectId.startsWith(request));
const log = async (label: string) => (await listAuditEntries(admin, { begins: label }, {})).entries;

describe("Asking for a refund", () => {
  test("opens one request, told to the learner and to all staff, however often it is pressed", async () => {
    const { learner, order, ask } = await buy();
    const pressed = await Promise.all([ask(), ask(), ask()]);
    expect(pressed.filter((one) => one.ok)).toHaveLength(1);
    for (const one of pressed) expect(one.ok || one.error).toBe(one.ok || "already_open");
    const request = await findOwnRequest(learner, order.orderNumber);
    expect(request).toMatchObject({ state: "open", titles: null, body: "No.", refund: null });
    const mails = await mailsAbout(request?.id as RefundRequestId);
    expect(mails.map(({ kind, userId }) => [kind, userId]).sort()).toEqual(
      [
        ["refund_request_opened", admin],
        ["refund_request_opened", other],
        ["refund_request_opened", support],
        ["refund_requested", learner],
      ].sort(),
    );
    const events = (await findOrder(learner, order.orderNumber))?.events.map(({ type }) => type);
    expect(events?.filter((type) => type === "refund_wished")).toHaveLength(1);
    expect(await refundsOf(order.id)).toEqual([]);
  });

  test("is for one's own order only", async () => {
    const { order, ask } = await buy();
    const stranger = await shop.factories.learner();
    expect(await ask(undefined, stranger)).toEqual({ ok: false, error: "unknown_order" });
    expect(await findOwnRequest(stranger, order.orderNumber)).toBeNull();
  });

  test("can be taken back by who asked, and asked anew, three times in all", async () => {
    const { learner, order, ask, request } = await asked();
    const stranger = await shop.factories.learner();
    expect(await withdrawRequest(stranger, request)).toEqual({ ok: false, error: "unknown_request" });
    expect(await withdrawRequest(learner, request)).toMatchObject({ ok: true });
    expect(await withdrawRequest(learner, request)).toMatchObject({ ok: true });
    expect(await findOwnRequest(learner, order.orderNumber)).toMatchObject({ state: "withdrawn" });
    expect(await approveRequest(admin, { request, amount: 10_800 })).toEqual({
      ok: false,
      error: "decided_already",
    });
    for (let again = 0; again < 2; again += 1) {
      const made = await ask();
      expect(made.ok).toBe(true);
      if (made.ok) await withdrawRequest(learner, made.value);
    }
    expect(await ask()).toEqual({ ok: false, error: "asked_often" });
    expect(await refundsOf(order.id)).toEqual([]);
  });

  test("is too late after fourteen days, by the database's clock", async () => {
    const { order, ask } = await buy();
    await shop.sql`update orders set paid_at = now() - interval '15 days' where id = ${order.id}`;
    expect(await ask()).toEqual({ ok: false, error: "too_late" });
  });
});

describe("Approving a request", () => {
  test("gives back what was asked for, once, with one line in the log, whoever presses with whom", async () => {
    const { learner, order, request } = await asked(1);
    const pressed = await Promise.all(
      [admin, other, admin].map((who) => approveRequest(who, { request, amount: 5_900 })),
    );
    for (const one of pressed) expect(one).toMatchObject({ ok: true, value: { amount: 5_900 } });
    await shop.stripe.idle();
    expect(await refundsOf(order.id)).toMatchObject([{ amount: 5_900, status: "succeeded" }]);
    expect(await shop.stripe.calls("/v1/refunds")).toBeGreaterThan(0);
    const entries = await log(order.orderNumber);
    expect(entries.map(({ action }) => action)).toEqual(["refund_request.approved"]);
    expect(entries[0]?.detail.after).toMatchObject({ amount: "$59.00" });
    expect(await findOwnRequest(learner, order.orderNumber)).toMatchObject({
      state: "approved",
      titles: [expect.any(String)],
      refund: { amount: 5_900, status: "succeeded" },
    });
    const seats = await listSeats(shop, learner);
    expect(seats.map(({ status }) => status).sort()).toEqual(["active", "refunded"]);
    const mails = await shop.db.select().from(emails).where(eq(emails.userId, learner));
    expect(mails.filter(({ kind }) => kind === "refund_sent")).toHaveLength(1);
  });

  test("survives a death between the decision and Stripe: the worker carries on, and it is one refund", async () => {
    const { order, request } = await asked();
    await shop.stripe.fault({ path: "/v1/refunds", kind: "reset", times: 20 });
    const approved = await approveRequest(admin, { request, amount: 10_800 });
    expect(approved).toMatchObject({ ok: true, value: { status: "pending" } });
    expect(await refundsOf(order.id)).toMatchObject([{ status: "pending" }]);
    await shop.stripe.control("/faults", {}, "DELETE");
    await shop.sql`update refunds set updated_at = now() - interval '2 hours'`;
    await sendPendingRefunds();
    await shop.stripe.idle();
    expect(await approveRequest(admin, { request, amount: 10_800 })).toMatchObject({ ok: true });
    expect(await refundsOf(order.id)).toMatchObject([{ amount: 10_800, status: "succeeded" }]);
  });

  test("that Stripe then refuses is told to who asked, once, and to the staff; the course stays", async () => {
    const { learner, order, request, refundAtStripe } = await asked();
    await shop.stripe.deliveryFault({ kind: "drop" });
    await refundAtStripe(800);
    expect(await approveRequest(admin, { request, amount: 10_800 })).toMatchObject({ ok: false });
    await sendPendingRefunds();
    await shop.stripe.control("/delivery-faults", {}, "DELETE");
    const mails = await shop.db.select().from(emails).where(eq(emails.userId, learner));
    const told = mails.filter(({ kind }) => kind === "refund_refused");
    expect(told).toMatchObject([{ payload: { orderNumber: order.orderNumber, refundAmount: 10_800 } }]);
    const alerts = await shop.db.select().from(paymentAlerts).where(eq(paymentAlerts.orderId, order.id));
    expect(alerts).toMatchObject([{ kind: "refund_refused" }]);
    expect((await listSeats(shop, learner)).map(({ status }) => status)).toEqual(["active", "active"]);
    expect(await findOwnRequest(learner, order.orderNumber)).toMatchObject({ refund: { status: "failed" } });
  });

  test("does nothing when another amount would go back than was shown", async () => {
    const { order, request } = await asked();
    const part = await refundOrder({
      refundId: newId<"refund">(),
      orderId: order.id,
      scope: { kind: "amount", amount: 800 },
      reason: "requested_by_customer",
      requestedBy: admin,
    });
    expect(part.ok).toBe(true);
    expect(await approveRequest(admin, { request, amount: 10_800 })).toEqual({
      ok: false,
      error: "changed_meanwhile",
    });
    expect(await findRequestToDecide(admin, request)).toMatchObject({ state: "open" });
    expect(await approveRequest(admin, { request, amount: 10_000 })).toMatchObject({ ok: true });
  });

  test("and taking it back at the same moment end in one of the two", async () => {
    const { learner, order, request } = await asked();
    const [approved, withdrawn] = await Promise.all([
      approveRequest(admin, { request, amount: 10_800 }),
      withdrawRequest(learner, request),
    ]);
    expect(approved.ok).not.toBe(withdrawn.ok);
    expect(await refundsOf(order.id)).toHaveLength(approved.ok ? 1 : 0);
  });
});

test("Declining tells the learner why, once, and moves no money", async () => {
  const { learner, order, request } = await asked();
  const answer = "You have read <all> of it.";
  expect(await declineRequest(admin, { request, answer })).toMatchObject({ ok: true });
  expect(await declineRequest(admin, { request, answer })).toMatchObject({ ok: true });
  expect(await declineRequest(other, { request, answer: "Another reason." })).toEqual({
    ok: false,
    error: "decided_already",
  });
  expect(await approveRequest(admin, { request, amount: 10_800 })).toMatchObject({ ok: false });
  expect(await findOwnRequest(learner, order.orderNumber)).toMatchObject({ state: "declined", answer });
  const declined = (await mailsAbout(request)).filter(({ kind }) => kind === "refund_declined");
  expect(declined).toMatchObject([{ userId: learner, payload: { answer } }]);
  expect((await log(order.orderNumber)).map(({ action }) => action)).toEqual(["refund_request.declined"]);
  expect(await refundsOf(order.id)).toEqual([]);
});

test("The queue is read in pages by staff alone", async () => {
  await shop.sql`delete from refund_requests`;
  const made: RefundRequestId[] = [];
  for (let n = 0; n < 5; n += 1) made.push((await asked()).request);
  const newest = made.toReversed();
  expect(await countOpenRequests(support)).toBe(5);
  const page = await listRefundRequests(support, "open", {}, 2);
  expect(page.requests.map(({ id }) => id)).toEqual(newest.slice(0, 2));
  expect(page).toMatchObject({ newer: null, older: newest[1] });
  const next = await listRefundRequests(support, null, { before: newest[1] }, 2);
  expect(next.requests.map(({ id }) => id)).toEqual(newest.slice(2, 4));
  const back = await listRefundRequests(support, "open", { after: newest[2] }, 2);
  expect(back.requests.map(({ id }) => id)).toEqual(newest.slice(0, 2));
  const learner = await shop.factories.learner();
  expect((await listRefundRequests(learner, null)).requests).toEqual([]);
  expect(await countOpenRequests(learner)).toBe(0);
  expect(await findRequestToDecide(learner, made[0] as RefundRequestId)).toBeNull();
  const plan = await shop.sql.begin(async (tx) => {
    // Of a handful of rows any way is cheap: what would be chosen for many must be possible.
    for (const way of ["seqscan", "bitmapscan", "sort"])
      await tx`select set_config(${`enable_${way}`}, 'off', true)`;
    return tx<{ "QUERY PLAN": string }[]>`
      explain (format text) select id from refund_requests where state = 'open' order by id desc limit 26`;
  });
  expect(JSON.stringify(plan)).toContain("refund_requests_queue");
  expect(JSON.stringify(plan)).not.toContain("Sort");
});

test("A second open request for one order is refused by the database itself", async () => {
  const { learner, order } = await asked();
  await expect(
    shop.db
      .insert(refundRequests)
      .values({ userId: learner, orderId: order.id, category: "other", body: "" }),
  ).rejects.toThrow();
});
