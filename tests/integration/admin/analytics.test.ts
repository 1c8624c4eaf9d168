import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { disputes } from "@/db/schema/disputes";
import { refunds } from "@/db/schema/orders";
import { activityQuarters } from "@/db/schema/progress";
import { findToday, findTraffic, listCurrencies, listDaySales, listSlices } from "@/lib/analytics/queries";
import { addSales, netAmount } from "@/lib/analytics/sum-sales";
import { newId } from "@/lib/ids";
import { minor } from "@/lib/money";
import { addDays } from "@/lib/progress/streak";
import { createTestDatabase } from "../../support/database";
import { addCourse, addOrder, addUser } from "../learning/course-factory";

const database = await createTestDatabase();
const { db } = database;
afterAll(database.close);
const [admin, support, learner] = [
  await addUser(db, "admin"),
  await addUser(db, "support"),
  await addUser(db),
];
const course = await addCourse(db);
const other = await addCourse(db);

type Values = Parameters<typeof addOrder>[3];
const sell = (at: string, values: Values = {}, what = course) =>
  addOrder(db, learner.userId, what, { createdAt: new Date(at), paidAt: new Date(at), ...values });
const giveBack = (
  order: Awaited<ReturnType<typeof sell>>,
  amount: number,
  at: string,
  status: "succeeded" | "failed" | "pending" = "succeeded",
) =>
  db.insert(refunds).values({
    orderId: order.id,
    status,
    amount: minor(amount),
    currency: "usd",
    reason: "duplicate",
    createdAt: new Date(at),
  });

const ZONE = "Europe/Berlin";
const day = async (from: string, to = from, zone = ZONE, currency = "usd", who = admin) =>
  listDaySales(who.userId, { from, to }, zone, currency);

beforeAll(async () => {
  // The two edges of 26 October 2025, a day of 25 hours in Berlin: 25 Oct 22:00 UTC to 26 Oct 23:00 UTC.
  await sell("2025-10-25T21:59:59.999Z");
  await sell("2025-10-25T22:00:00Z");
  await sell("2025-10-26T22:59:59.999Z", { couponCode: "SPRING", billingAddress: { country: "DE" } }, other);
  await sell("2025-10-26T23:00:00Z");
  // A day of 23 hours: 29 Mar 23:00 UTC to 30 Mar 22:00 UTC.
  await sell("2025-03-30T21:59:59Z");
  await sell("2025-03-30T22:00:00Z");
});

describe("Sales by day", () => {
  test("are those between two midnights of the zone, also where the clocks change", async () => {
    const counts = async (...of: Parameters<typeof day>) =>
      (await day(...of)).map((one) => [one.day, one.orders]);
    expect(await counts("2025-10-26")).toEqual([["2025-10-26", 2]]);
    expect(await counts("2025-10-25", "2025-10-27")).toEqual([
      ["2025-10-25", 1],
      ["2025-10-26", 2],
      ["2025-10-27", 1],
    ]);
    expect(await counts("2025-03-30")).toEqual([["2025-03-30", 1]]);
    expect(await counts("2025-10-26", "2025-10-26", "UTC")).toEqual([["2025-10-26", 2]]);
    expect(await counts("2025-10-25", "2025-10-25", "Pacific/Kiritimati")).toEqual([]);
    expect(await counts("2025-10-26", "2025-10-26", "Pacific/Kiritimati")).toEqual([["2025-10-26", 2]]);
  });

  test("count what was paid, and a refund on the day when it was given; failed ones never", async () => {
    const paid = await sell("2025-05-01T12:00:00Z");
    await sell("2025-05-01T12:00:00Z", { status: "failed", paidAt: null });
    await sell("2025-05-01T12:00:00Z", { status: "pending", paidAt: null });
    await giveBack(paid, 900, "2025-05-03T12:00:00Z");
    await giveBack(paid, 4_000, "2025-05-03T12:00:00Z", "failed");
    await giveBack(paid, 100, "2025-05-03T12:00:00Z", "pending");
    const days = await day("2025-05-01", "2025-05-03");
    expect(days).toEqual([
      {
        day: "2025-05-01",
        orders: 1,
        grossAmount: 4_900,
        taxAmount: 0,
        refunds: 0,
        refundedAmount: 0,
        lostAmount: 0,
      },
      {
        day: "2025-05-03",
        orders: 0,
        grossAmount: 0,
        taxAmount: 0,
        refunds: 2,
        refundedAmount: 1_000,
        lostAmount: 0,
      },
    ]);
    expect(netAmount(addSales(days))).toBe(3_900);
  });

  test("lose what a bank took on the day when it decided; undecided and won disputes take nothing", async () => {
    const order = await sell("2025-04-01T12:00:00Z", {
      couponCode: "LOST",
      billingAddress: { country: "FR" },
    });
    const dispute = (state: "open" | "kept" | "lost", amount: number, closedAt: string | null) => ({
      orderId: order.id,
      state,
      stripeDisputeId: `du_${newId()}`,
      stripeStatus: state,
      reason: "fraudulent",
      amount: minor(amount),
      currency: "usd",
      openedAt: new Date("2025-04-02T12:00:00Z"),
      closedAt: closedAt ? new Date(closedAt) : null,
    });
    await db
      .insert(disputes)
      .values([
        dispute("lost", 4_900, "2025-04-05T21:59:59Z"),
        dispute("kept", 900, "2025-04-05T12:00:00Z"),
        dispute("open", 800, null),
      ]);
    const days = await day("2025-04-01", "2025-04-06");
    expect(days.map((one) => [one.day, one.orders, one.lostAmount])).toEqual([
      ["2025-04-01", 1, 0],
      ["2025-04-05", 0, 4_900],
    ]);
    expect(netAmount(addSales(days))).toBe(0);
    for (const by of ["course", "type", "coupon", "country"] as const)
      expect(
        await listSlices(admin.userId, by, { from: "2025-04-01", to: "2025-04-01" }, ZONE, "usd"),
        by,
      ).toMatchObject([{ sold: 1, paidAmount: 4_900, refundedAmount: 0, lostAmount: 4_900 }]);
  });

  test("are of one currency at a time", async () => {
    await sell("2025-06-01T12:00:00Z", { currency: "eur" });
    await sell("2025-06-01T12:00:00Z");
    expect((await day("2025-06-01")).map((one) => one.grossAmount)).toEqual([4_900]);
    expect((await day("2025-06-01", "2025-06-01", ZONE, "eur")).map((one) => one.grossAmount)).toEqual([
      4_900,
    ]);
    expect(await listCurrencies(admin.userId)).toEqual(["eur", "usd"]);
    expect(await listCurrencies(learner.userId)).toEqual([]);
  });

  test("add up beyond what an integer column holds", async () => {
    const price = { ...course, priceAmount: minor(2_000_000_000) };
    await sell("2025-07-01T12:00:00Z", {}, price);
    await sell("2025-07-01T12:00:00Z", {}, price);
    expect((await day("2025-07-01"))[0]?.grossAmount).toBe(4_000_000_000);
  });
});

describe("Sales by what", () => {
  const period = { from: "2025-10-26", to: "2025-10-26" };
  const by = (dimension: Parameters<typeof listSlices>[1], who = admin) =>
    listSlices(who.userId, dimension, period, ZONE, "usd");

  test("are named as people know it", async () => {
    const one = { sold: 1, paidAmount: 4_900, taxAmount: 0, refundedAmount: 0, lostAmount: 0 };
    expect(await by("course")).toEqual([
      { name: course.title, ...one },
      { name: other.title, ...one },
    ]);
    expect(await by("type")).toEqual([{ name: "Python", ...one, sold: 2, paidAmount: 9_800 }]);
    expect(new Set(await by("coupon"))).toEqual(
      new Set([
        { name: "SPRING", ...one },
        { name: "No coupon", ...one },
      ]),
    );
    expect(new Set(await by("country"))).toEqual(
      new Set([
        { name: "Germany", ...one },
        { name: "Not known", ...one },
      ]),
    );
  });

  test("say what went back of these very sales, whenever", async () => {
    const order = await sell("2025-08-01T12:00:00Z", { couponCode: "BACK", heldRefundAmount: minor(900) });
    await giveBack(order, 900, "2026-01-01T12:00:00Z");
    const slices = await listSlices(
      admin.userId,
      "coupon",
      { from: "2025-08-01", to: "2025-08-01" },
      ZONE,
      "usd",
    );
    expect(slices).toMatchObject([{ name: "BACK", sold: 1, paidAmount: 4_900, refundedAmount: 900 }]);
  });

  test("are staff's only, asked of the database", async () => {
    for (const dimension of ["course", "type", "coupon", "country"] as const) {
      expect(await by(dimension, learner)).toEqual([]);
      expect(await by(dimension, support)).toEqual(await by(dimension));
    }
    expect(await day("2025-10-26", "2025-10-26", ZONE, "usd", learner)).toEqual([]);
    expect(await findTraffic(learner.userId, period, ZONE)).toEqual({ placed: 0, paid: 0, active: 0 });
  });
});

test("Traffic is who went to pay, who paid, and who learned", async () => {
  await sell("2025-09-01T12:00:00Z");
  await sell("2025-09-01T12:00:00Z", { status: "expired", paidAt: null });
  for (const at of ["2025-09-01T12:00:00Z", "2025-09-01T12:15:00Z"])
    await db
      .insert(activityQuarters)
      .values({ userId: learner.userId, courseId: course.id, startsAt: new Date(at), seconds: 60 });
  const period = { from: "2025-09-01", to: "2025-09-01" };
  expect(await findTraffic(admin.userId, period, "UTC")).toEqual({ placed: 2, paid: 1, active: 1 });
});

test("Who learned on past days and today is one learner", async () => {
  const today = await findToday("UTC");
  const yesterday = addDays(today, -1);
  const another = await addUser(db);
  for (const [userId, at] of [
    [learner.userId, `${yesterday}T12:00:00Z`],
    [learner.userId, `${today}T00:00:00Z`],
    [another.userId, `${today}T00:15:00Z`],
  ] as const)
    await db
      .insert(activityQuarters)
      .values({ userId, courseId: course.id, startsAt: new Date(at), seconds: 60 });
  const active = async (from: string, to: string) =>
    (await findTraffic(admin.userId, { from, to }, "UTC")).active;
  expect(await active(yesterday, yesterday)).toBe(1);
  expect(await active(today, today)).toBe(2);
  expect(await active(yesterday, today)).toBe(2);
});

test("Today is the day of the zone", async () => {
  const [now] = await db.execute<{ day: string }>(
    sql`select to_char(now() at time zone 'Asia/Tokyo', 'YYYY-MM-DD') as day`,
  );
  expect(await findToday("Asia/Tokyo")).toBe(now?.day);
});
