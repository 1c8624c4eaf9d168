import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, db as sharedDatabase } from "@/db/client";
import { disputes } from "@/db/schema/disputes";
import { documentCounters, invoices } from "@/db/schema/documents";
import { gifts } from "@/db/schema/gifts";
import { users } from "@/db/schema/identity";
import { orderItems, orders, refunds } from "@/db/schema/orders";
import { secondPayments, stripeEvents } from "@/db/schema/payments";
import { newId, type OrderId } from "@/lib/ids";
import { minor } from "@/lib/money";
import { exportSales, listSales } from "@/lib/sales/queries";
import { readSaleFilter } from "@/lib/sales/read-sale-filter";
import { createTestDatabase } from "../../support/database";
import { addCourse, addOrder, addUser } from "../learning/course-factory";

const database = await createTestDatabase();
afterAll(database.close);
const { db } = database;
const [admin, support, learner] = [
  await addUser(db, "admin"),
  await addUser(db, "support"),
  await addUser(db),
];
const course = await addCourse(db);

/** Orders of which several were placed in the same microsecond or cost the same. */
beforeAll(async () => {
  for (let n = 0; n < 23; n += 1) {
    const price = minor([4900, 5900, 4900, 12_000][n % 4] ?? 0);
    await addOrder(
      db,
      learner.userId,
      { ...course, priceAmount: price },
      {
        createdAt: new Date(Date.UTC(2026, 0, 1 + Math.floor(n / 3))),
        status: n % 5 === 0 ? "failed" : "completed",
        paidAt: n % 5 === 0 ? null : new Date(),
        couponCode: n % 2 === 0 ? "SPRING10" : null,
        stripePaymentIntentId: `pi_number${n}`,
      },
    );
  }
});

/** An invoice of the order, as far as the search reads it. */
async function addInvoice(orderId: OrderId | undefined, sequence: number, buyer: Record<string, string>) {
  const [series, at] = ["INV-2026", new Date()];
  await db.insert(documentCounters).values({ series, lastNumber: 1, lastIssuedAt: at }).onConflictDoNothing();
  const before = await db.select({ id: invoices.id }).from(invoices);
  await db.insert(invoices).values({
    orderId: orderId ?? newId<"order">(),
    replacesId: before.at(-1)?.id ?? null,
    series,
    sequence,
    number: `${series}-000${sequence}`,
    currency: "usd",
    totalAmount: minor(4900),
    data: { buyer },
    dataSha256: "",
    templateVersion: 1,
    issuedAt: at,
  });
}

const ask = (query: Record<string, string>) => readSaleFilter(query, "UTC");
const numbers = async (query: Record<string, string>, staff = admin) =>
  (await listSales(staff.userId, ask(query), {}, 100)).orders.map((order) => order.orderNumber);

describe("everybody's orders", () => {
  test.each([
    ["placed", "desc", sql`created_at desc, id desc`],
    ["placed", "asc", sql`created_at, id`],
    ["total", "desc", sql`total_amount desc, id desc`],
    ["total", "asc", sql`total_amount, id`],
  ])("come in pages by %s %s that leave nothing out, both ways", async (sort, direction, order) => {
    const all = await db.select({ number: orders.orderNumber }).from(orders).orderBy(order);
    const filter = ask({ sort, direction });
    const read = (cursor: { before?: string; after?: string }) => listSales(admin.userId, filter, cursor, 4);
    const down = [await read({})];
    for (let page = down[0]; page?.older; page = down.at(-1)) down.push(await read({ before: page.older }));
    const up = down.slice(-1);
    for (let page = up[0]; page?.newer; page = up[0]) up.unshift(await read({ after: page.newer }));
    const wanted = all.map(({ number }) => number);
    expect(down.flatMap((page) => page.orders.map((row) => row.orderNumber))).toEqual(wanted);
    expect(up.flatMap((page) => page.orders.map((row) => row.orderNumber))).toEqual(wanted);
  });

  test("are narrowed by status, days, coupon, course and amount", async () => {
    const all = await db.select().from(orders);
    const wanted = (keep: (order: (typeof all)[number]) => boolean) =>
      all
        .filter(keep)
        .map((order) => order.orderNumber)
        .sort();
    const found = async (query: Record<string, string>) => (await numbers(query)).sort();
    expect(await found({ status: "failed" })).toEqual(wanted((order) => order.status === "failed"));
    expect(await found({ coupon: "spring10" })).toEqual(wanted((order) => order.couponCode !== null));
    expect(await found({ least: "49.01", most: "60" })).toEqual(
      wanted((order) => order.totalAmount === 5900),
    );
    expect(await found({ from: "2026-01-02", to: "2026-01-03" })).toEqual(
      wanted(({ createdAt }) => [2, 3].includes(createdAt.getUTCDate())),
    );
    expect(await found({ course: course.title.slice(1, 5).toUpperCase() })).toHaveLength(all.length);
    expect(await found({ course: "%" })).toEqual([]);
  });

  test("are those of the reader's own days", async () => {
    const on = async (day: string, zone: string) => {
      const { orders: found } = await listSales(
        admin.userId,
        readSaleFilter({ from: day, to: day }, zone),
        {},
        100,
      );
      return [...new Set(found.map(({ createdAt }) => createdAt.getUTCDate()))];
    };
    expect(await on("2026-01-02", "UTC")).toEqual([2]);
    // Midnight of London is two in the afternoon of Honolulu, a day before.
    expect(await on("2026-01-02", "Pacific/Honolulu")).toEqual([3]);
    expect(await on("2026-01-02", "Asia/Kathmandu")).toEqual([2]);
  });

  test("are found by number, address, course and Stripe's ids", async () => {
    const [first] = await db.select().from(orders).where(eq(orders.stripePaymentIntentId, "pi_number3"));
    const number = first?.orderNumber ?? "";
    expect(await numbers({ q: number.toLowerCase() })).toEqual([number]);
    expect(await numbers({ q: "pi_number3" })).toEqual([number]);
    expect(await numbers({ q: "pi_number" })).toEqual([]);
    expect(await numbers({ q: learner.email.slice(0, 8).toUpperCase() })).toHaveLength(23);
    expect(await numbers({ q: course.title.slice(0, 4) })).toHaveLength(23);
    await db.insert(refunds).values({
      id: newId<"refund">(),
      orderId: first?.id ?? newId<"order">(),
      amount: minor(100),
      currency: "usd",
      reason: "duplicate",
      stripeRefundId: "re_one",
    });
    expect(await numbers({ q: "re_one" })).toEqual([number]);
    await db.update(users).set({ stripeCustomerId: "cus_one" }).where(eq(users.id, learner.userId));
    expect(await numbers({ q: "cus_one" })).toHaveLength(23);
  });

  test("are found by the customer's name, and by the last six signs of their number", async () => {
    await db.update(users).set({ name: "Änne Müller-Lund" }).where(eq(users.id, learner.userId));
    for (const q of ["müller", "LUND", "lund änn", "Müller-Lund"])
      expect(await numbers({ q }), q).toHaveLength(23);
    expect(await numbers({ q: "müller nobody" })).toEqual([]);
    const [order] = await db.select().from(orders).where(eq(orders.stripePaymentIntentId, "pi_number4"));
    const number = order?.orderNumber ?? "";
    for (const q of [number.slice(-6), `-${number.slice(-6).toLowerCase()}`])
      expect(await numbers({ q }), q).toEqual([number]);
    expect(await numbers({ q: number.slice(-5) })).toEqual([]);
    expect(await numbers({ q: number.slice(-6) }, learner)).toEqual([]);
  });

  test("are found by the whole address that a gift goes to", async () => {
    const [order] = await db.select().from(orders).where(eq(orders.stripePaymentIntentId, "pi_number7"));
    const [item] = await db
      .select()
      .from(orderItems)
      .where(eq(orderItems.orderId, order?.id ?? newId<"order">()));
    if (!order || !item) throw new Error("no order");
    await db.insert(gifts).values({
      orderId: order.id,
      orderItemId: item.id,
      recipientEmail: "friend@example.net",
      message: "",
      timeZone: "UTC",
      deliverAt: new Date(),
    });
    expect(await numbers({ q: " Friend@Example.net" })).toEqual([order.orderNumber]);
    expect(await numbers({ q: "friend@example" })).toEqual([]);
  });

  test("are found by a dispute, a second payment and an event about any of them", async () => {
    const [order] = await db.select().from(orders).where(eq(orders.stripePaymentIntentId, "pi_number6"));
    if (!order) throw new Error("no order");
    const { id: orderId, orderNumber: number } = order;
    const money = { orderId, amount: minor(4900), currency: "usd" };
    const opened = { state: "open", stripeStatus: "needs_response", reason: "fraudulent" } as const;
    await db.insert(disputes).values([
      { ...money, ...opened, stripeDisputeId: "dp_one", openedAt: new Date() },
      { ...money, ...opened, stripeDisputeId: "du_one", openedAt: new Date() },
    ]);
    await db.insert(secondPayments).values({
      ...money,
      id: newId<"refund">(),
      stripePaymentIntentId: "pi_second",
      stripeRefundId: "re_second",
      settledAt: new Date(),
    });
    const events = [
      ["evt_named", null, { metadata: { order_id: orderId } }],
      ["evt_dispute", "dp_one", {}],
      ["evt_charge", "ch_one", { payment_intent: "pi_number6" }],
      ["evt_second", "pi_second", { metadata: { order_id: "of another shop" } }],
      ["evt_payout", "po_one", {}],
      ["evt_nothing", null, {}],
    ] as const;
    await db.insert(stripeEvents).values(
      events.map(([id, objectId, object]) => ({
        id,
        objectId,
        type: "some.event",
        livemode: false,
        createdAt: new Date(),
        payload: { data: { object } },
      })),
    );
    const whole = ["dp_one", "du_one", "pi_second", "re_second"];
    for (const q of [...whole, "evt_named", "evt_dispute", "evt_charge", "evt_second"]) {
      expect(await numbers({ q }), q).toEqual([number]);
      expect(await numbers({ q }, learner), q).toEqual([]);
    }
    for (const q of ["dp_on", "evt_payout", "evt_nothing", "evt_never", "ch_3PqXyz0123456789abcdefgh"])
      expect(await numbers({ q }), q).toEqual([]);
  });

  test("are not found by signs that mean something to SQL", async () => {
    for (const q of ["%", "_", "' or 1=1 --", "\\", "reader-1%", "ORD-%", "nobody@"])
      expect(await numbers({ q }), q).toEqual([]);
  });

  test("are staff's only, asked of the database; the file is an admin's", async () => {
    expect(await numbers({}, learner)).toEqual([]);
    expect(await numbers({}, support)).toHaveLength(23);
    const exported = async (who: typeof admin) => {
      const rows = [];
      for await (const batch of exportSales(who.userId, ask({ sort: "total" }), 4)) rows.push(...batch);
      return rows;
    };
    expect(await exported(learner)).toEqual([]);
    expect(await exported(support)).toEqual([]);
    expect((await exported(admin)).map((row) => row.orderNumber)).toEqual(await numbers({ sort: "total" }));
  });

  test("are found by the company, name and VAT id of any of their invoices, until their buyer is erased", async () => {
    const buyer = await addUser(db);
    await addOrder(db, buyer.userId, course, { stripePaymentIntentId: "pi_company" });
    const [order] = await db.select().from(orders).where(eq(orders.stripePaymentIntentId, "pi_company"));
    await addInvoice(order?.id, 1, { company: "ACME S.A.R.L.", name: "Zoé Petit", vatId: "FR12345678901" });
    await addInvoice(order?.id, 2, {
      company: "Acme/Nord Holding",
      name: "Zoé Petit",
      vatId: "FR12345678901",
    });
    const words = ["acme", "S.A.R.L.", "nord holding", "zoé", "FR12345678901", "fr 123 456 789 01"];
    for (const q of words) expect(await numbers({ q }), q).toEqual([order?.orderNumber]);
    for (const q of ["acme süd", "FR1234567890", "12345678901"]) expect(await numbers({ q }), q).toEqual([]);
    await db.update(users).set({ erasedAt: sql`now()` }).where(eq(users.id, buyer.userId));
    for (const q of words) expect(await numbers({ q }), q).toEqual([]);
    expect(await numbers({ q: "INV-2026-0001" })).toEqual([order?.orderNumber]);
  });
});

test("no list of a large shop reads all its orders", async () => {
  await db.execute(sql`
    insert into users (id, email, name, password_hash)
    select gen_random_uuid(), 'bulk-' || n || '@example.test', 'Bulk', 'none' from generate_series(1, 2000) n`);
  await db.execute(sql`
    insert into orders (id, user_id, order_number, status, subtotal_amount, discount_amount, tax_amount, total_amount,
      currency, livemode, expires_at, created_at, paid_at, coupon_code, stripe_payment_intent_id)
    select gen_random_uuid(), u.id, 'ORD-20250101-' || lpad(u.n || '' || k, 6, '0'), 'completed', 4900 + u.n, 0, 0, 4900 + u.n,
      'usd', false, now(), timestamptz '2025-01-01' + u.n * interval '7 minutes' + k * interval '1 day', now(),
      case when u.n % 50 = 0 then 'RARE' end, 'pi_bulk' || u.n || '_' || k
    from (select id, row_number() over () as n from users where name = 'Bulk') u, generate_series(1, 10) k`);
  await db.execute(sql`
    insert into order_items (id, order_id, course_id, course_slug, title, price_amount, discount_amount, net_amount,
      tax_amount, refunded_amount, position)
    select gen_random_uuid(), id, ${course.id}, 'bulk', 'Bulk', total_amount, 0, total_amount, 0, 0, 0
    from orders where stripe_payment_intent_id like 'pi_bulk%'`);
  await db.execute(sql`analyze`);
  const atFirst = await scansOfOrders();
  await closeDatabase();
  await sharedDatabase().execute(sql`select count(*) from orders where billing_name = 'Nobody'`);
  await closeDatabase();
  expect(await scansOfOrders(), "a scan would be noticed").not.toEqual(atFirst);
  const [deep] = await db.select().from(orders).where(eq(orders.stripePaymentIntentId, "pi_bulk100_2"));
  const lists: readonly (readonly [Record<string, string>, { before?: string }?])[] = [
    [{}],
    [{}, { before: deep?.orderNumber ?? "" }],
    [{ sort: "total" }, { before: deep?.orderNumber ?? "" }],
    [{ status: "failed" }],
    [{ coupon: "RARE" }],
    [{ from: "2025-01-05", to: "2025-01-06" }],
    [{ least: "68", most: "68.50" }],
    [{ q: "ORD-20250101-0100" }],
    [{ q: "bulk-77@" }],
    [{ q: "pi_bulk77_3" }],
  ];
  for (const [query, cursor] of lists) {
    // A connection tells what it read when it ends.
    await closeDatabase();
    const before = await scansOfOrders();
    const { orders: found } = await listSales(admin.userId, ask(query), cursor);
    await closeDatabase();
    expect(found.length, JSON.stringify(query)).toBeGreaterThan(0);
    expect(await scansOfOrders(), `${JSON.stringify(query)} reads no table from end to end`).toEqual(before);
  }
});

test("a name that more people have than are looked up leaves no order out, page by page", async () => {
  const all = await db.execute<{ number: string }>(sql`
    select order_number as number from orders where user_id in (select id from users where name = 'Bulk')
    order by created_at desc, id desc limit 200`);
  const first = await listSales(admin.userId, ask({ q: "bul" }), {}, 100);
  const second = await listSales(admin.userId, ask({ q: "bul" }), { before: first.older ?? "" }, 100);
  expect([...first.orders, ...second.orders].map((row) => row.orderNumber)).toEqual(
    all.map(({ number }) => number),
  );
});

async function scansOfOrders() {
  await new Promise((resolve) => setTimeout(resolve, 50));
  await db.execute(sql`select pg_stat_clear_snapshot()`);
  return db.execute(sql`
    select relname, seq_scan from pg_stat_user_tables
    where relname in ('orders', 'order_items', 'users') order by relname`);
}
