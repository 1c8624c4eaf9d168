import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { invoices } from "@/db/schema/documents";
import { listRegister, sumRegister } from "@/lib/invoice-register/queries";
import { readRegisterFilter } from "@/lib/invoice-register/read-register-filter";
import type { Cursor } from "@/lib/keyset";
import { createTestDatabase } from "../../support/database";
import { issueMany } from "../../support/issue-many";
import { addUser } from "../learning/course-factory";

/** Three of one instant every half an hour, from the beginning of 2024 on. */
const COUNT = 20_000;
const database = await createTestDatabase();
const { db } = database;
afterAll(database.close);
const [admin, learner] = [await addUser(db, "admin"), await addUser(db)];
let asked: { readonly text: string; readonly parameters: readonly unknown[] }[] = [];

beforeAll(async () => {
  await issueMany(db, learner.userId, 1);
  await db.execute(sql`insert into document_counters values ('INV-2024', ${COUNT}, '2025-02-20')`);
  await db.execute(sql`
    with sold as (
      insert into orders (id, user_id, order_number, status, subtotal_amount, discount_amount, tax_amount, total_amount,
        currency, livemode, expires_at, paid_at)
      select gen_random_uuid(), ${learner.userId}, 'ORD-20240101-' || lpad(n::text, 6, '0'), 'completed', 4900, 0, 0, 4900,
        'usd', true, now(), now()
      from generate_series(1, ${COUNT}::integer) n
      returning id, right(order_number, 6)::integer as n)
    insert into invoices (id, order_id, series, sequence, number, currency, total_amount, data, data_sha256, template_version, issued_at)
    select gen_random_uuid(), sold.id, 'INV-2024', n, 'INV-2024-' || lpad(n::text, greatest(4, length(n::text)), '0'), 'usd', 4900,
      (select data from ${invoices} limit 1), 'unchecked', 1,
      timestamptz '2024-01-01 00:00+00' + (n - 1) / 3 * interval '30 minutes'
    from sold`);
  await db.execute(sql`analyze`);
  const logQuery = (text: string, parameters: unknown[]) => void asked.push({ text, parameters });
  const shared = globalThis as { __lecternDatabase?: unknown };
  shared.__lecternDatabase = {
    db: drizzle(database.sql, { casing: "snake_case", logger: { logQuery } }),
    sql: database.sql,
    close: async () => {},
  };
}, 60_000);

const ask = (query: Record<string, string>) => readRegisterFilter(query).filter;
const list = (query: Record<string, string>, cursor: Cursor = {}) =>
  listRegister(admin.userId, ask(query), cursor);

test("days are those printed on the documents, from midnight to midnight UTC", async () => {
  const leapDay = { from: "2024-02-29", to: "2024-02-29" };
  const perDay = 48 * 3;
  const [sum] = await sumRegister(admin.userId, ask(leapDay));
  expect(sum).toMatchObject({ documents: perDay, totalAmount: perDay * 4900, isTest: false });
  const first = 59 * perDay + 1;
  const { rows, newer, older } = await list(leapDay);
  expect(rows[0]).toMatchObject({ issuedOn: "2024-02-29", number: `INV-2024-${first + perDay - 1}` });
  expect(newer).toBeNull();
  let [at, last] = [older, rows.at(-1)];
  while (at) {
    const page = await list(leapDay, { before: at });
    [at, last] = [page.older, page.rows.at(-1)];
  }
  expect(last).toMatchObject({ issuedOn: "2024-02-29", number: `INV-2024-${first}` });
  expect((await list({ from: "2023-12-31", to: "2023-12-31" })).rows).toEqual([]);
  expect((await list({ to: "2023-12-31" })).rows).toEqual([]);
});

test("documents of one instant keep the order of their numbers, also from 9999 to 10000", async () => {
  const page = await list({}, { before: "INV-2024-10002" });
  const wanted = Array.from({ length: 25 }, (_, n) => `INV-2024-${10_001 - n}`);
  expect(page.rows.map((row) => row.number)).toEqual(wanted);
  const back = await list({}, { after: wanted.at(-1) ?? "" });
  expect(back.rows.map((row) => row.number).slice(-24)).toEqual(wanted.slice(0, 24));
});

test.each<[string, Record<string, string>, Cursor?]>([
  ["the first page", {}],
  ["a page in the middle", {}, { before: "INV-2024-10002" }],
  ["a page in the middle, upwards", {}, { after: "INV-2024-10002" }],
  ["a page of a month", { from: "2024-03-01", to: "2024-03-31" }],
  ["the only corrections", { kind: "correction" }],
  ["a document by its number", { q: "INV-2024-0077" }],
  ["an order by its number", { q: "ORD-20240101-000077" }],
])("%s reads no more of a large shop than a page", async (_what, query, cursor) => {
  asked = [];
  await list(query, cursor);
  const statements = asked;
  expect(statements.length).toBeGreaterThan(0);
  for (const { text, parameters } of statements) {
    const [explained] = await database.sql.unsafe(`explain (analyze, buffers, format json) ${text}`, [
      ...parameters,
    ] as never[]);
    const [top] = (explained?.["QUERY PLAN"] ?? []) as { Plan: Record<string, number> }[];
    const pages = (top?.Plan["Shared Hit Blocks"] ?? 0) + (top?.Plan["Shared Read Blocks"] ?? 0);
    expect(pages, text).toBeLessThan(500);
  }
});
