import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { users } from "@/db/schema/identity";
import { seedLarge } from "@/db/seed/large";
import { findTraffic, listCurrencies, listDaySales } from "@/lib/analytics/queries";
import { listActors, listAuditEntries } from "@/lib/audit/queries";
import { listCourseRows } from "@/lib/authoring/queries";
import { readCourseFilter } from "@/lib/authoring/read-course-filter";
import { countUndecided, listAlerts, listDisputeRows, listEvents } from "@/lib/bookkeeping/queries";
import { readEventFilter } from "@/lib/bookkeeping/read-event-filter";
import { listBatches, listCoupons } from "@/lib/campaigns/queries";
import { readCouponFilter } from "@/lib/campaigns/read-coupon-filter";
import type { UserId } from "@/lib/ids";
import { listFailedEmails } from "@/lib/notifications/queries";
import { countFailedPayments, listPaymentTrouble } from "@/lib/orders/queries";
import { findPerson, listPeople } from "@/lib/people/queries";
import { readPersonFilter } from "@/lib/people/read-person-filter";
import { countOpenRequests } from "@/lib/refund-requests/queries";
import { exportSales, listSales } from "@/lib/sales/queries";
import { readSaleFilter } from "@/lib/sales/read-sale-filter";
import { listSeats } from "@/lib/seats/queries";
import { readSeatFilter } from "@/lib/seats/read-seat-filter";
import { findWebhookHealth } from "@/lib/store/queries";
import { createTestDatabase } from "../../support/database";

/** A twentieth of the shop that `npm run seed:large` makes: enough that reading a whole table is never the cheapest way to a page. */
const SIZE = { orders: 50_000, learners: 10_000, courses: 100 };
/** What grows with the shop's years. */
const BIG =
  /^(orders|order_items|order_events|users|enrollments|stripe_events|emails|refunds|lesson_completions|activity_quarters|invoices|gifts)$/;

const database = await createTestDatabase();
type Statement = { readonly text: string; readonly parameters: readonly unknown[] };
let asked: Statement[] = [];
let admin: UserId;
let middle: {
  number: string;
  user: string;
  email: string;
  name: string;
  whole: string;
  seat: string;
  event: string;
};

beforeAll(async () => {
  await seedLarge(database.sql, SIZE);
  await billCompanies();
  const [made] = await database.db
    .insert(users)
    .values({ email: "admin@example.test", name: "The admin", role: "admin" })
    .returning({ id: users.id });
  if (!made) throw new Error("no admin");
  admin = made.id;
  const [row] = await database.sql<(typeof middle)[]>`
    select o.order_number as number, u.id as user, u.email, split_part(u.name, ' ', 2) as name, u.name as whole,
      (select id from enrollments order by enrolled_at offset 20000 limit 1) as seat,
      (select id from stripe_events order by received_at offset 20000 limit 1) as event
    from orders o join users u on u.id = o.user_id order by o.created_at offset 25000 limit 1`;
  if (!row) throw new Error("no orders");
  middle = row;
  listen();
}, 120_000);
afterAll(database.close);

/** An invoice for every other order, one in fifty of a company, and a few gifts: the large shop has neither. */
async function billCompanies(): Promise<void> {
  await database.sql`insert into document_counters values ('TEST-INV-2026', 1, now())`;
  await database.sql`
    insert into invoices (id, order_id, series, sequence, number, currency, total_amount, data, data_sha256, template_version, issued_at)
    select gen_random_uuid(), id, 'TEST-INV-2026', n, 'TEST-INV-2026-' || lpad(n::text, 7, '0'), currency, total_amount,
      jsonb_build_object('buyer', jsonb_build_object('name', billing_name, 'company', case when n % 50 = 0 then 'Acme ' || n end,
        'vatId', case when n % 50 = 0 then 'DE' || lpad(n::text, 9, '0') end)), '', 1, now()
    from (select *, row_number() over (order by created_at) as n from orders where paid_at is not null) o where n % 2 = 0`;
  await database.sql`
    insert into gifts (id, order_id, order_item_id, recipient_email, message, time_zone, deliver_at)
    select gen_random_uuid(), order_id, id, 'friend-' || n || '@large.example', '', 'UTC', now()
    from (select *, row_number() over (order by id) as n from order_items) i where n % 5 = 0`;
  await database.sql`analyze`;
}

/** The shop's own statements, as it sends them, on the way to the database. */
function listen(): void {
  const logQuery = (text: string, parameters: unknown[]) => void asked.push({ text, parameters });
  const db = drizzle(database.sql, { casing: "snake_case", logger: { logQuery } });
  const shared = globalThis as { __lecternDatabase?: unknown };
  shared.__lecternDatabase = { db, sql: database.sql, close: async () => {} };
}

type Plan = {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly Plans?: readonly Plan[];
};

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** Big tables that a statement reads from end to end. */
async function readWhole({ text, parameters }: Statement): Promise<string[]> {
  const [explained] = await database.sql.unsafe(`explain (format json) ${text}`, [...parameters] as never[]);
  const [top] = (explained?.["QUERY PLAN"] ?? []) as { readonly Plan: Plan }[];
  return (top ? nodesOf(top.Plan) : [])
    .filter((node) => node["Node Type"] === "Seq Scan" && BIG.test(node["Relation Name"] ?? ""))
    .map((node) => `${node["Relation Name"]} in ${text.slice(0, 4_000)}`);
}

const sales = (asks: Record<string, string>, place = {}) =>
  listSales(admin, readSaleFilter(asks, "UTC"), place);
const period = () => {
  const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
  return { from: day(27), to: day(0) };
};

const lists: Readonly<Record<string, () => Promise<unknown>>> = {
  "orders, first page": () => sales({}),
  "orders, deep": () => sales({}, { before: middle.number }),
  "orders, up again": () => sales({}, { after: middle.number }),
  "orders by total": () => sales({ sort: "total" }, { before: middle.number }),
  "orders of a status": () => sales({ status: "refunded" }, { before: middle.number }),
  "orders that a bank wants back": () => sales({ status: "disputed" }),
  "orders lost to disputes": () => sales({ status: "lost" }, { before: middle.number }),
  "orders of some days": () => sales({ from: "2024-03-01", to: "2024-03-31" }),
  "orders of a coupon": () => sales({ coupon: "large7" }),
  "orders of a course": () => sales({ course: "queries 7" }),
  "orders of an amount": () => sales({ least: "50", most: "60", sort: "total" }),
  "orders by number": () => sales({ q: middle.number.slice(0, 12) }),
  "orders by e-mail": () => sales({ q: middle.email }),
  "orders by course title": () => sales({ q: "models" }),
  "orders by a customer's whole name": () => sales({ q: middle.whole }),
  "orders by a name that many have": () => sales({ q: middle.name }),
  "orders by a name that many have, deep": () => sales({ q: middle.name }, { before: middle.number }),
  "orders by a letter": () => sales({ q: "a" }),
  "orders by a company": () => sales({ q: "Acme 100" }),
  "orders by a company that many are of": () => sales({ q: "acme" }),
  "orders by a VAT id": () => sales({ q: "DE 000000100" }),
  "orders by a gift's address": () => sales({ q: "friend-100@large.example" }),
  "orders by the end of a number": () => sales({ q: middle.number.slice(-6) }),
  "orders by Stripe's id": () => sales({ q: "pi_large77" }),
  "orders by Stripe's customer": () => sales({ q: "cus_large77" }),
  "orders by Stripe's refund": () => sales({ q: "re_large77" }),
  "orders by Stripe's dispute": () => sales({ q: "dp_large77" }),
  "orders by Stripe's event": () => sales({ q: middle.event }),
  "orders by a document's number": () => sales({ q: "INV-2026-0077" }),
  "orders, exported": async () => {
    for await (const rows of exportSales(admin, readSaleFilter({ status: "failed" }, "UTC")))
      if (rows.length > 0) return;
  },
  overview: () =>
    Promise.all([
      countOpenRequests(admin),
      listPaymentTrouble(admin),
      countFailedPayments(admin),
      listFailedEmails(admin),
      listDaySales(admin, period(), "Europe/Berlin", "usd"),
      findTraffic(admin, period(), "Europe/Berlin"),
      listCurrencies(admin),
    ]),
  users: () => listPeople(admin, readPersonFilter({})),
  "users, deep": () => listPeople(admin, readPersonFilter({}), { before: middle.user }),
  "users by e-mail": () => listPeople(admin, readPersonFilter({ q: middle.email.slice(0, 12) })),
  "users by name": () => listPeople(admin, readPersonFilter({ q: middle.name.slice(0, 4) })),
  "users of the staff": () => listPeople(admin, readPersonFilter({ role: "admin" })),
  "users, blocked": () => listPeople(admin, readPersonFilter({ state: "blocked" })),
  "one user": () => findPerson(admin, middle.user),
  seats: () => listSeats(admin, readSeatFilter({})),
  "seats, deep": () => listSeats(admin, readSeatFilter({}), { before: middle.seat }),
  "seats of a person": () => listSeats(admin, readSeatFilter({ q: middle.email })),
  "seats of a course": () => listSeats(admin, readSeatFilter({ course: "large-00007" })),
  "seats of a state": () => listSeats(admin, readSeatFilter({ state: "revoked" })),
  courses: () => listCourseRows(admin, readCourseFilter({ q: "queries" })),
  coupons: () => listCoupons(admin, readCouponFilter({})),
  batches: () => listBatches(admin),
  events: () => listEvents(admin, readEventFilter({})),
  "events, deep": () => listEvents(admin, readEventFilter({}), { before: middle.event }),
  "events of an object": () => listEvents(admin, readEventFilter({ q: "cs_large77" })),
  "events that fail": () => listEvents(admin, readEventFilter({ state: "failing" })),
  alerts: () => listAlerts(admin, false),
  "the audit log": () =>
    Promise.all([
      listAuditEntries(admin, { actor: admin, from: "2026-11-01", to: "2026-11-30" }, {}),
      listActors(admin, middle.user as UserId),
    ]),
  disputes: () => Promise.all([listDisputeRows(admin, true), countUndecided(admin)]),
  "the health of the webhook": () => findWebhookHealth(admin),
};

test.each(Object.entries(lists))("%s: no big table is read from end to end", async (_name, ask) => {
  asked = [];
  await ask();
  const statements = asked;
  expect(statements.length).toBeGreaterThan(0);
  const whole = [];
  for (const statement of statements) whole.push(...(await readWhole(statement)));
  expect(whole).toEqual([]);
});

test("a table that is read from end to end would be noticed", async () => {
  expect(
    await readWhole({ text: "select * from orders where payment_method = $1", parameters: ["x"] }),
  ).toHaveLength(1);
});
