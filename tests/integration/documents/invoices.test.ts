import { asc, eq } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { withTransaction } from "@/db/client";
import { creditNotes, documentCounters, invoices } from "@/db/schema/documents";
import { users } from "@/db/schema/identity";
import { findDocument } from "@/lib/documents/queries";
import { renderDocument } from "@/lib/documents/render-document";
import { fulfillOrder } from "@/lib/fulfillment/mutations";
import type { UserId } from "@/lib/ids";
import { startTestShop } from "../../support/shop";
import { fillCart, pressCheckout, type TestShop } from "../commerce/buying";
import { placeUnpaid } from "./issuing";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());

const year = new Date().getUTCFullYear();
const series = `TEST-INV-${year}`;

class Aborted extends Error {}

describe("numbers", () => {
  test("two hundred payments at once, a third of them aborted at the last moment: no gap, no number twice", async () => {
    const waiting = await Promise.all(Array.from({ length: 200 }, () => placeUnpaid(shop)));
    const pay = ({ facts }: (typeof waiting)[number], abort: boolean) =>
      withTransaction(async (tx) => {
        await fulfillOrder(tx, facts);
        if (abort) throw new Aborted();
      });
    const tries = await Promise.allSettled(waiting.map((order, index) => pay(order, index % 3 === 0)));
    expect(tries.filter((one) => one.status === "rejected")).toHaveLength(67);
    expect(await numbersWithoutGap()).toBe(133);
    await Promise.all(waiting.filter((_, index) => index % 3 === 0).map((order) => pay(order, false)));
    expect(await numbersWithoutGap()).toBe(200);
  });

  test("paid again and again, an order has one invoice", async () => {
    const { facts } = await placeUnpaid(shop);
    const before = await numbersWithoutGap();
    await Promise.all(Array.from({ length: 5 }, () => withTransaction((tx) => fulfillOrder(tx, facts))));
    expect(await numbersWithoutGap()).toBe(before + 1);
  });

  test("an order that cost nothing has no invoice and uses no number", async () => {
    const before = await numbersWithoutGap();
    const learner = await shop.factories.learner();
    const code = (await shop.factories.coupon({ discountValue: 100 })).code;
    await fillCart(learner, [(await shop.factories.course()).slug], code);
    const started = await pressCheckout(learner);
    expect(started).toMatchObject({ ok: true, value: { kind: "enrolled" } });
    expect(await numbersWithoutGap()).toBe(before);
  });

  /** How many invoices there are; throws on a gap, on one out of order, and when the counter disagrees. */
  async function numbersWithoutGap(): Promise<number> {
    const rows = await shop.db.select().from(invoices).orderBy(asc(invoices.sequence));
    expect(rows.map((row) => row.sequence)).toEqual(rows.map((_, index) => index + 1));
    for (const [index, row] of rows.entries()) {
      expect(row.number).toBe(`${series}-${String(row.sequence).padStart(4, "0")}`);
      expect(row.issuedAt.getTime()).toBeGreaterThanOrEqual(rows[index - 1]?.issuedAt.getTime() ?? 0);
    }
    const [counter] = await shop.db.select().from(documentCounters);
    expect(counter).toMatchObject({ series, lastNumber: rows.length });
    return rows.length;
  }
});

describe("an issued invoice", () => {
  const changes = (sql: postgres.Sql) => [
    sql`update invoices set total_amount = 1`,
    sql`delete from invoices`,
    sql`truncate invoices cascade`,
    sql`truncate credit_notes`,
  ];

  test("may not be changed or deleted by the role that the shop has, nor may a line of an order's timeline", async () => {
    const { id, facts } = await placeUnpaid(shop);
    await withTransaction((tx) => fulfillOrder(tx, facts));
    const others = [
      shop.sql`update credit_notes set data = '{}'`,
      shop.sql`delete from credit_notes`,
      shop.sql`update order_events set type = 'paid'`,
      shop.sql`delete from order_events`,
    ];
    for (const change of [...changes(shop.sql), ...others])
      await expect(change).rejects.toThrow(/permission denied for table/);
    // The column that foreign keys lock by is no way in.
    await expect(shop.sql`update invoices set id = gen_random_uuid() where order_id = ${id}`).rejects.toThrow(
      /never changed/,
    );
  });

  test("cannot be changed by a superuser either, nor by the owner who takes the rights back", async () => {
    const { facts } = await placeUnpaid(shop);
    await withTransaction((tx) => fulfillOrder(tx, facts));
    const [{ name } = { name: "" }] = await shop.sql<{ name: string }[]>`select current_database() as name`;
    const superuser = postgres(inject("cluster").superuserUrl.replace(/\/postgres$/, `/${name}`), {
      max: 1,
      onnotice: () => {},
    });
    for (const change of changes(superuser)) await expect(change).rejects.toThrow(/never changed/);
    await superuser.end();
    await shop.sql
      .begin(async (owner) => {
        await owner`grant update on invoices to current_user`;
        await owner`update invoices set total_amount = 1`;
      })
      .then(
        () => expect.unreachable("the owner changed an invoice"),
        (error: Error) => expect(error.message).toMatch(/never changed/),
      );
  });

  test("keeps what was true when it was issued, and its fingerprint", async () => {
    const { id, facts } = await placeUnpaid(shop);
    await withTransaction((tx) => fulfillOrder(tx, facts));
    const order = await shop.factories.orderById(id);
    const before = await document(order.userId, order.orderNumber, id);
    await shop.db.update(users).set({ name: "Somebody Else" }).where(eq(users.id, order.userId));
    await shop.sql`update courses set title = 'Another title'`;
    const after = await document(order.userId, order.orderNumber, id);
    expect((await renderDocument(after)).equals(await renderDocument(before))).toBe(true);
    expect(after.data.buyer).toMatchObject({ name: "Mira Vale", address: { city: "Köln" } });
    const [same] = await shop.sql<{ same: boolean }[]>`
      select data_sha256 = encode(sha256(convert_to(number || ' ' || extract(epoch from issued_at) || ' ' || data, 'UTF8')), 'hex') as same
      from invoices where order_id = ${id}`;
    expect(same?.same).toBe(true);
  });

  test("is found by its buyer and by an admin, under its own order only", async () => {
    const [mine, other] = [await placeUnpaid(shop), await placeUnpaid(shop)];
    for (const { facts } of [mine, other]) await withTransaction((tx) => fulfillOrder(tx, facts));
    const [order, another] = [
      await shop.factories.orderById(mine.id),
      await shop.factories.orderById(other.id),
    ];
    const { number } = await document(order.userId, order.orderNumber, mine.id);
    const admin = await shop.factories.learner("Admin");
    await shop.db.update(users).set({ role: "admin" }).where(eq(users.id, admin));
    expect(await findDocument(admin, order.orderNumber, number, true)).not.toBeNull();
    expect(await findDocument(admin, order.orderNumber, number), "without the second factor").toBeNull();
    expect(await findDocument(another.userId, order.orderNumber, number, true)).toBeNull();
    expect(await findDocument(another.userId, order.orderNumber, number)).toBeNull();
    expect(await findDocument(another.userId, another.orderNumber, number)).toBeNull();
    expect(await findDocument(admin, another.orderNumber, number)).toBeNull();
  });

  async function document(userId: UserId, orderNumber: string, orderId: string) {
    const [row] = await shop.db
      .select({ number: invoices.number })
      .from(invoices)
      .where(eq(invoices.orderId, orderId as never));
    const found = row ? await findDocument(userId, orderNumber, row.number) : null;
    if (!found) throw new Error("no invoice");
    return found;
  }
});

test("no credit note without a refund", async () => {
  expect(await shop.db.select().from(creditNotes)).toEqual([]);
});
