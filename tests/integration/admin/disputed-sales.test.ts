import { eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { disputes } from "@/db/schema/disputes";
import { findSale } from "@/lib/desk/queries";
import { newId } from "@/lib/ids";
import { minor } from "@/lib/money";
import { findPerson } from "@/lib/people/queries";
import { exportSales, listSales } from "@/lib/sales/queries";
import { readSaleFilter } from "@/lib/sales/read-sale-filter";
import { createTestDatabase } from "../../support/database";
import { addCourse, addOrder, addUser } from "../learning/course-factory";

const database = await createTestDatabase();
afterAll(database.close);
const { db } = database;
const admin = await addUser(db, "admin");
const course = await addCourse(db);

const ask = (query: Record<string, string>) => readSaleFilter(query, "UTC");
const numbers = async (query: Record<string, string>) =>
  (await listSales(admin.userId, ask(query))).orders.map((order) => order.orderNumber);

test("orders that a bank wants back, or took, are found as such and say so beside their state, also in the file", async () => {
  const learner = await addUser(db);
  const wanted = await addOrder(db, learner.userId, course, { createdAt: new Date("2025-02-01") });
  const taken = await addOrder(db, learner.userId, course, { createdAt: new Date("2025-02-02") });
  const won = await addOrder(db, learner.userId, course, { createdAt: new Date("2025-02-03") });
  const respondBy = new Date("2026-12-07T23:59:59Z");
  const dispute = (orderId: typeof won.id, state: "open" | "kept" | "lost", stripeStatus: string) => ({
    orderId,
    state,
    stripeStatus,
    respondBy,
    stripeDisputeId: `du_${newId()}`,
    reason: "fraudulent",
    amount: minor(4_900),
    currency: "usd",
    openedAt: new Date(),
    closedAt: state === "open" ? null : new Date(),
  });
  await db
    .insert(disputes)
    .values([
      dispute(wanted.id, "open", "needs_response"),
      dispute(wanted.id, "kept", "won"),
      dispute(taken.id, "lost", "lost"),
      dispute(won.id, "kept", "won"),
    ]);
  const days = { from: "2025-02-01", to: "2025-02-03" };
  expect(await numbers({ ...days, status: "disputed" })).toEqual([wanted.orderNumber]);
  expect(await numbers({ ...days, status: "lost" })).toEqual([taken.orderNumber]);
  expect(await numbers({ ...days, status: "completed" })).toHaveLength(3);
  const standings = async () => {
    const listed = (await listSales(admin.userId, ask(days))).orders;
    for await (const rows of exportSales(admin.userId, ask(days)))
      expect(rows.map((row) => row.dispute)).toEqual(listed.map((row) => row.dispute));
    return listed.map((row) => row.dispute);
  };
  const lost = { state: "lost", answerBy: null, lostAmount: 4_900 };
  const asked = { state: "open", answerBy: expect.stringMatching(/^2026-12-0/), lostAmount: 0 };
  expect(await standings()).toEqual([null, lost, asked]);
  expect((await findSale(admin.userId, wanted.orderNumber))?.dispute).toEqual(asked);
  expect((await findSale(admin.userId, wanted.orderNumber))?.disputes).toHaveLength(2);
  expect((await findPerson(admin.userId, learner.userId))?.orders.map((row) => row.dispute)).toContainEqual(
    lost,
  );

  await db.update(disputes).set({ stripeStatus: "under_review" }).where(eq(disputes.state, "open"));
  expect((await standings()).at(-1), "answered: no day is asked for any more").toMatchObject({
    state: "open",
    answerBy: null,
  });
});
