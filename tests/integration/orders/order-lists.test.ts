import { eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, test } from "vitest";
import { enrollments } from "@/db/schema/learning";
import { emails } from "@/db/schema/notifications";
import { orderEvents, orders, refunds } from "@/db/schema/orders";
import { paymentAlerts, stripeEvents } from "@/db/schema/payments";
import { newId } from "@/lib/ids";
import { minor } from "@/lib/money";
import { listFailedEmails, MAIL_GIVEN_UP } from "@/lib/notifications/queries";
import {
  countFailedPayments,
  findOrder,
  listOrders,
  listOrderYears,
  listPaymentTrouble,
} from "@/lib/orders/queries";
import { createTestDatabase } from "../../support/database";
import { addCourse, addOrder, addUser, enroll } from "../learning/course-factory";

const database = await createTestDatabase();
afterAll(database.close);
const { db } = database;
const [course, admin] = [await addCourse(db), await addUser(db, "admin")];

/** `count` orders, several of them made in the same microsecond. */
async function learnerWithOrders(count: number) {
  const learner = await addUser(db);
  const start = Date.UTC(2026, 0, 1);
  for (let n = 0; n < count; n += 1) {
    await addOrder(db, learner.userId, course, { createdAt: new Date(start + Math.floor(n / 3) * 1_000) });
  }
  return learner;
}

type Page = Awaited<ReturnType<typeof listOrders>>;
async function walk(read: (cursor: { before?: string; after?: string }) => Promise<Page>) {
  const down: Page[] = [await read({})];
  for (let page = down[0]; page?.older; page = down.at(-1)) down.push(await read({ before: page.older }));
  const up: Page[] = [down.at(-1) as Page];
  for (let page = up[0]; page?.newer; page = up[0]) up.unshift(await read({ after: page.newer }));
  const numbers = (pages: Page[]) => pages.map((page) => page.orders.map((order) => order.orderNumber));
  return { down: numbers(down), up: numbers(up) };
}

describe("a learner's orders", () => {
  test("come in pages that leave nothing out and repeat nothing, in both directions", async () => {
    const learner = await learnerWithOrders(23);
    await learnerWithOrders(5);
    const { down, up } = await walk((cursor) => listOrders(learner.userId, cursor, {}, 5));
    const all = await db
      .select({ orderNumber: orders.orderNumber })
      .from(orders)
      .where(eq(orders.userId, learner.userId))
      .orderBy(sql`created_at desc, id desc`);
    expect(down.flat()).toEqual(all.map((order) => order.orderNumber));
    expect(up.flat()).toEqual(down.flat());
    expect(down.map((page) => page.length)).toEqual([5, 5, 5, 5, 3]);
  });

  test("are narrowed by state, year and words, page by page, and only among one's own", async () => {
    const [learner, other] = [await addUser(db), await addUser(db)];
    const another = await addCourse(db);
    const made = async (of: typeof course, status: "completed" | "refunded" | "expired", year: number) =>
      addOrder(db, learner.userId, of, {
        status,
        createdAt: new Date(Date.UTC(year, 5, 1)),
        paidAt: status === "expired" ? null : new Date(),
      });
    const old = await made(course, "completed", 2025);
    const back = await made(another, "refunded", 2026);
    const gone = await made(course, "expired", 2026);
    const paid = await made(course, "completed", 2026);
    await addOrder(db, other.userId, another, { status: "refunded" });
    const found = async (filter: Parameters<typeof listOrders>[2]) =>
      (await walk((cursor) => listOrders(learner.userId, cursor, filter, 1))).down.flat();
    const numbers = (...of: { readonly orderNumber: string }[]) => of.map((order) => order.orderNumber);
    expect(await found({ status: "paid" })).toEqual(numbers(paid, old));
    expect(await found({ status: "refunded" })).toEqual(numbers(back));
    expect(await found({ status: "paid", year: 2026 })).toEqual(numbers(paid));
    expect(await found({ q: another.title.toUpperCase() })).toEqual(numbers(back));
    expect(await found({ q: gone.orderNumber.slice(-6).toLowerCase() })).toEqual(numbers(gone));
    for (const q of ["%", "_", "\\", "'"]) expect(await found({ q })).toEqual([]);
    expect(await listOrderYears(learner.userId)).toEqual([2026, 2025]);
  });

  test("begin at the newest for a cursor of somebody else's", async () => {
    const [learner, other] = [await learnerWithOrders(2), await learnerWithOrders(2)];
    const foreign = (await listOrders(other.userId)).orders[0]?.orderNumber ?? "";
    for (const cursor of [{ before: foreign }, { after: foreign }, { before: "ORD-1" }]) {
      expect(await listOrders(learner.userId, cursor)).toEqual(await listOrders(learner.userId));
    }
  });

  test("are nobody else's, not even an admin's", async () => {
    const learner = await learnerWithOrders(1);
    const number = (await listOrders(learner.userId)).orders[0]?.orderNumber ?? "";
    expect(await findOrder(learner.userId, number)).toMatchObject({ orderNumber: number });
    expect(await findOrder((await addUser(db)).userId, number)).toBeNull();
    expect(await findOrder(admin.userId, number)).toBeNull();
    expect(await findOrder(learner.userId, "ORD-20260101-AAAAAA")).toBeNull();
  });

  test("tell what went back, what is open, and what happened, newest first", async () => {
    const learner = await addUser(db);
    const { id, orderNumber } = await addOrder(db, learner.userId, course, { status: "partially_refunded" });
    const refund = { orderId: id, currency: "usd", reason: "requested_by_customer" };
    await db.insert(refunds).values([
      { ...refund, amount: minor(2000), status: "succeeded" },
      { ...refund, amount: minor(500), status: "failed" },
    ]);
    await db.insert(orderEvents).values([
      { orderId: id, type: "created", createdAt: new Date(1) },
      { orderId: id, type: "refunded", detail: { amount: 2000 }, createdAt: new Date(3) },
      { orderId: id, type: "paid", createdAt: new Date(2) },
    ]);
    const before = await findOrder(learner.userId, orderNumber);
    expect(before).toMatchObject({ refundedAmount: 2000, titles: [course.title] });
    expect(before?.events.map((event) => event.type)).toEqual(["refunded", "paid", "created"]);
    expect(before?.items).toMatchObject([{ slug: course.slug, hasAccess: false, isRefunded: false }]);

    const seat = await enroll(db, learner.userId, course);
    expect((await findOrder(learner.userId, orderNumber))?.items[0]?.hasAccess).toBe(true);
    await db.update(enrollments).set({ expiresAt: sql`now()` }).where(eq(enrollments.id, seat));
    expect((await findOrder(learner.userId, orderNumber))?.items[0]?.hasAccess).toBe(false);
  });
});

test("what needs attention is shown to admins only", async () => {
  await db.delete(refunds);
  const learner = await addUser(db);
  const { id } = await addOrder(db, learner.userId, course);
  const event = { type: "checkout.session.completed", livemode: false, payload: {}, createdAt: new Date() };
  await db.insert(stripeEvents).values([
    { ...event, id: "evt_fine", status: "processed" },
    { ...event, id: "evt_aside", status: "quarantined", lastError: "total_mismatch" },
    { ...event, id: "evt_failing", status: "received", attempts: 3, lastError: "Error: no" },
  ]);
  await db.insert(refunds).values([
    {
      orderId: id,
      amount: minor(1),
      currency: "usd",
      reason: "duplicate",
      lastError: "charge already refunded",
    },
    { orderId: id, amount: minor(1), currency: "usd", reason: "duplicate" },
  ]);
  const mail = { kind: "order_confirmation", toAddress: "a@example.org", payload: {} };
  const givenUp = newId<"email">();
  await db.insert(emails).values([
    { ...mail, id: givenUp, subjectId: newId(), status: "failed", lastError: "no such domain" },
    { ...mail, subjectId: newId(), status: "queued" },
  ]);
  await db.insert(paymentAlerts).values([
    { kind: MAIL_GIVEN_UP, subject: givenUp, problem: "given up" },
    { kind: "dispute", subject: "dp_open", orderId: id, problem: "The buyer's bank took the money back." },
    { kind: "payment_differs", subject: "ch_less", orderId: id, problem: "Stripe took less" },
    { kind: "dispute", subject: "dp_over", problem: "settled", clearedAt: new Date() },
  ]);
  const trouble = await listPaymentTrouble(admin.userId);
  expect(trouble.map((row) => [row.what, row.problem]).toSorted()).toEqual([
    ["alert", "Stripe took less"],
    ["alert", "The buyer's bank took the money back."],
    ["event", "Error: no"],
    ["event", "total_mismatch"],
    ["refund", "charge already refunded"],
  ]);
  expect(trouble.find((row) => row.problem.startsWith("The buyer's bank"))).toMatchObject({
    reference: "dp_open",
    orderNumber: expect.stringMatching(/^ORD-/),
  });
  expect(await listFailedEmails(admin.userId)).toMatchObject([{ problem: "no such domain" }]);
  expect(await listPaymentTrouble(learner.userId)).toEqual([]);
  expect(await listFailedEmails(learner.userId)).toEqual([]);
});

test("payments that bounced within a week are counted, for staff only, until somebody pays after all", async () => {
  const learner = await addUser(db);
  const day = 86_400_000;
  const bounce = async (daysAgo: number) => {
    const { id } = await addOrder(db, learner.userId, course, { status: "failed", paidAt: null });
    const createdAt = new Date(Date.now() - daysAgo * day);
    await db.insert(orderEvents).values({ orderId: id, type: "failed", createdAt });
    return id;
  };
  expect(await countFailedPayments(admin.userId)).toBe(0);
  const paidLater = await bounce(1);
  await bounce(6.9);
  await bounce(7.1);
  expect(await countFailedPayments(admin.userId)).toBe(2);
  expect(await countFailedPayments(learner.userId)).toBe(0);
  await db.update(orders).set({ status: "completed", paidAt: new Date() }).where(eq(orders.id, paidLater));
  expect(await countFailedPayments(admin.userId)).toBe(1);
});
