import { parse } from "csv-parse/sync";
import { eq, inArray, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withTransaction } from "@/db/client";
import { auditEntries } from "@/db/schema/audit";
import { creditNotes, invoices } from "@/db/schema/documents";
import { users } from "@/db/schema/identity";
import { orders, refunds } from "@/db/schema/orders";
import { findViolations } from "@/lib/audit/queries";
import { confirmCheckout } from "@/lib/checkout/mutations";
import { correctInvoice, issueCreditNote, issueInvoice, saveBillingDetails } from "@/lib/documents/mutations";
import { billingDetailsInput } from "@/lib/documents/schema";
import { newId, newOrderNumber, type OrderId, type UserId } from "@/lib/ids";
import { exportHead, exportRows } from "@/lib/invoice-register/export-row";
import { recordRegisterExport } from "@/lib/invoice-register/mutations";
import { exportRegister, listRegister, sumRegister } from "@/lib/invoice-register/queries";
import { readRegisterFilter } from "@/lib/invoice-register/read-register-filter";
import { minor, ZERO } from "@/lib/money";
import { eraseDueAccounts } from "@/lib/privacy/mutations";
import { refundOrder } from "@/lib/refunds/mutations";
import type { RefundScope } from "@/lib/refunds/schema";
import { startTestShop } from "../../support/shop";
import { openCheckout, type TestShop } from "../commerce/buying";
import { addUser } from "../learning/course-factory";

const MUSTER = { country: "DE", business_name: "Muster GmbH", tax_id: "DE123456789" };
const details = billingDetailsInput.parse({
  name: "Mira Vale",
  line1: "1 Quay",
  city: "Lyon",
  country: "fr",
});

let shop: TestShop;
let staff: { admin: UserId; support: UserId; learner: UserId };
let german: Awaited<ReturnType<typeof buy>>;
let business: typeof german;
let corrected: typeof german;

beforeAll(async () => {
  process.env.STORE_TAX = "stripe";
  shop = await startTestShop({ delays: { refundFails: null, refundSettles: null } });
  const made = { admin: await addUser(shop.db, "admin"), support: await addUser(shop.db, "support") };
  staff = { admin: made.admin.id, support: made.support.id, learner: (await addUser(shop.db)).id };
  german = await buy([4900, 2950], { country: "DE" });
  await giveBack(german.id, { kind: "amount", amount: 1001 });
  business = await buy([4900], MUSTER);
  corrected = await buy([2999], { country: "FR" });
  await saveBillingDetails(corrected.userId, details);
  expect(await correctInvoice(corrected.userId, corrected.orderNumber)).toMatchObject({ ok: true });
  const whole = await buy([3333], { country: "FR" });
  await giveBack(whole.id, { kind: "whole" });
  const returned = await buy([4900, 2900], { country: "DE" });
  await giveBack(returned.id, { kind: "amount", amount: 1500 });
  await failRefund(returned.stripePaymentIntentId ?? "");
}, 60_000);
afterAll(() => shop.close());

async function buy(prices: readonly number[], how: Record<string, string>) {
  const learner = await shop.factories.learner();
  const courses = [];
  for (const price of prices) courses.push(await shop.factories.course({ priceAmount: minor(price) }));
  const slugs = courses.map((course) => course.slug);
  const { order, sessionId } = await openCheckout(shop, learner, slugs);
  await shop.stripe.control(`/sessions/${sessionId}/pay`, how);
  await confirmCheckout(learner, sessionId);
  return shop.factories.orderById(order.id);
}

async function giveBack(orderId: OrderId, scope: RefundScope): Promise<void> {
  const terms = { orderId, scope, reason: "requested_by_customer", requestedBy: null } as const;
  expect(await refundOrder({ refundId: newId<"refund">(), ...terms })).toMatchObject({ ok: true });
  await shop.stripe.idle();
}

/** The bank sends the payment's refund back. */
async function failRefund(intent: string): Promise<void> {
  const [refund] = await shop.db
    .select({ id: refunds.stripeRefundId })
    .from(refunds)
    .innerJoin(orders, eq(orders.id, refunds.orderId))
    .where(eq(orders.stripePaymentIntentId, intent));
  await shop.stripe.control(`/refunds/${refund?.id}/fail`);
  await shop.stripe.idle();
}

const ask = (query: Record<string, string> = {}) => readRegisterFilter(query).filter;
const list = async (query: Record<string, string> = {}, who: UserId = staff.admin) =>
  (await listRegister(who, ask(query), {}, 100)).rows;
async function listExported(query: Record<string, string> = {}, who: UserId = staff.admin) {
  const rows = [];
  for await (const batch of exportRegister(who, ask(query), 3)) rows.push(...batch);
  return rows;
}
const total = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0);

describe("the register of documents", () => {
  test("adds up to what was paid less what went back, to the cent", async () => {
    expect(await findViolations()).toEqual([]);
    const paid = await shop.db.select().from(orders).where(sql`paid_at is not null`);
    const back = await shop.db.select().from(refunds).where(eq(refunds.status, "succeeded"));
    const [sum, ...others] = await sumRegister(staff.admin, ask());
    expect(others).toEqual([]);
    expect(sum).toMatchObject({ currency: "usd", isTest: true, documents: (await list()).length });
    expect(sum?.totalAmount).toBe(
      total(paid.map((order) => order.totalAmount)) - total(back.map((refund) => refund.amount)),
    );
    expect(sum?.netAmount).toBe((sum?.totalAmount ?? 0) - (sum?.taxAmount ?? 0));
    const rows = await list();
    expect(total(rows.map((row) => row.taxAmount))).toBe(sum?.taxAmount);
    // An order of which nothing went back owes the tax that it was paid with, also when its invoice was replaced.
    for (const order of [business, corrected]) {
      const own = rows.filter((row) => row.orderNumber === order.orderNumber);
      expect(total(own.map((row) => row.taxAmount))).toBe(order.taxAmount);
      expect(total(own.map((row) => row.totalAmount))).toBe(order.totalAmount);
    }
  });

  test("is a file whose rows add up by rate, country and reverse charge", async () => {
    const exported = await listExported();
    const records = parse<Record<string, string>>(exportHead() + exportRows(exported), { columns: true });
    const cents = (record: Record<string, string>, name: string) => Math.round(Number(record[name]) * 100);
    const [sum] = await sumRegister(staff.admin, ask());
    expect(total(records.map((record) => cents(record, "Net")))).toBe(sum?.netAmount);
    expect(total(records.map((record) => cents(record, "Tax")))).toBe(sum?.taxAmount);
    expect(total(records.map((record) => cents(record, "Total")))).toBe(sum?.totalAmount);
    for (const document of exported) {
      const own = records.filter((record) => record.Number === document.number);
      expect(total(own.map((record) => cents(record, "Total"))), document.number).toBe(document.totalAmount);
      expect(total(own.map((record) => cents(record, "Tax"))), document.number).toBe(document.taxAmount);
    }
    const free = records.filter((record) => record["Reverse charge"] === "yes");
    expect(free).toMatchObject([
      {
        Order: business.orderNumber,
        Company: "Muster GmbH",
        Country: "Germany",
        "Country code": "DE",
        "VAT id": "DE123456789",
        Tax: "0.00",
        Total: "49.00",
        Kind: "invoice",
        Test: "yes",
      },
    ]);
    const rates = new Set(records.map((record) => `${record["Taxed in"]} ${record.Rate || "none"}`));
    expect(rates).toEqual(new Set(["DE 19", "DE none", "FR 20"]));
    expect(records.findLast((record) => record.Kind === "credit note")).toMatchObject({
      Amends: expect.stringMatching(/^TEST-INV-/),
      Total: "-10.01",
    });
  });

  test("knows several rates of one document, and takes back only what a credit note does", async () => {
    const before = await sumRegister(staff.admin, ask());
    const id = newId<"order">();
    const [orderNumber, refundId] = [newOrderNumber(new Date()), newId<"refund">()];
    const amounts = { subtotalAmount: minor(6900), discountAmount: ZERO, taxAmount: minor(1071) };
    const order = { ...amounts, orderNumber, currency: "eur", livemode: true, totalAmount: minor(7971) };
    await shop.db.insert(orders).values({
      ...order,
      id,
      userId: staff.learner,
      expiresAt: new Date(),
    });
    const tax = (percentage: string, amount: number) => ({ name: "VAT", percentage, country: "DE", amount });
    const line = (lineId: string, netAmount: number, one: ReturnType<typeof tax>) => {
      return {
        id: lineId,
        title: lineId,
        priceAmount: netAmount,
        discountAmount: 0,
        netAmount,
        taxes: [one],
      };
    };
    const items = [line("book", 2000, tax("7", 140)), line("course", 4900, tax("19", 931))];
    const buyer = { name: "Vale", company: null, email: "vale@example.test", address: null, vatId: null };
    const paid = { ...order, id, buyer, items, couponCode: null, stripePaymentIntentId: null, taxNote: null };
    await withTransaction(async (tx) => issueInvoice(tx, paid, new Date()));
    const refund = { id: refundId, amount: minor(2140) };
    await shop.db.insert(refunds).values({
      ...refund,
      orderId: id,
      currency: "eur",
      reason: "duplicate",
      status: "succeeded",
    });
    const shares = [{ orderItemId: "book", amount: 2140 }];
    await withTransaction((tx) => issueCreditNote(tx, id, { ...refund, shares }));

    expect(await sumRegister(staff.admin, ask())).toEqual([
      { currency: "eur", isTest: false, documents: 2, netAmount: 4900, taxAmount: 931, totalAmount: 5831 },
      ...before,
    ]);
    const parts = (await listExported({ q: orderNumber })).map((document) =>
      document.parts.map((part) => [part.percentage, part.netAmount, part.taxAmount]),
    );
    expect(parts).toEqual([
      [["7", -2000, -140]],
      [
        ["7", 2000, 140],
        ["19", 4900, 931],
      ],
    ]);
  });

  test("tells invoices, credit notes and corrections apart", async () => {
    const kinds = async (kind: string) =>
      (await list({ kind })).map((row) => `${row.number.includes("INV") ? "INV" : "CN"} ${row.kind}`).sort();
    expect(new Set(await kinds("invoice"))).toEqual(new Set(["INV invoice"]));
    expect(new Set(await kinds("credit_note"))).toEqual(new Set(["CN credit_note"]));
    expect(await kinds("correction")).toEqual([
      "CN correction",
      "CN correction",
      "INV correction",
      "INV correction",
    ]);
    const all = await list();
    const parts = await Promise.all(["invoice", "credit_note", "correction"].map((kind) => list({ kind })));
    expect(
      parts
        .flat()
        .map((row) => row.number)
        .sort(),
    ).toEqual(all.map((row) => row.number).sort());
    const own = all.filter((row) => row.orderNumber === corrected.orderNumber);
    const [first] = own.filter((row) => row.kind === "invoice");
    expect(own.filter((row) => row.kind === "correction").map((row) => row.amends)).toEqual([
      first?.number,
      first?.number,
    ]);
    expect(own.map((row) => row.customer)).toContain("Mira Vale");
  });

  test("comes in pages that leave nothing out, both ways", async () => {
    const wanted = (await list()).map((row) => row.number);
    const stored = await shop.db.execute<{ number: string }>(sql`
      select number from (
        select number, issued_at, sequence, series from ${invoices}
        union all select number, issued_at, sequence, series from ${creditNotes}) as issued
      order by issued_at desc, sequence desc, series desc`);
    expect(wanted).toEqual(stored.map(({ number }) => number));
    const read = (cursor: { before?: string; after?: string }) => listRegister(staff.admin, ask(), cursor, 4);
    const down = [await read({})];
    for (let page = down[0]; page?.older; page = down.at(-1)) down.push(await read({ before: page.older }));
    const up = down.slice(-1);
    for (let page = up[0]; page?.newer; page = up[0]) up.unshift(await read({ after: page.newer }));
    expect(down.flatMap((page) => page.rows.map((row) => row.number))).toEqual(wanted);
    expect(up.flatMap((page) => page.rows.map((row) => row.number))).toEqual(wanted);
    const lost = await read({ before: "INV-2020-0001" });
    expect(lost.rows.map((row) => row.number)).toEqual(wanted.slice(0, 4));
  });

  test("is searched by the number of a document or an order and by the beginning of an address", async () => {
    const [person] = await shop.db.select().from(users).where(eq(users.id, german.userId));
    const own = (await list()).filter((row) => row.orderNumber === german.orderNumber);
    expect(own).toHaveLength(2);
    expect(await list({ q: german.orderNumber.toLowerCase() })).toEqual(own);
    expect(await list({ q: person?.email.slice(0, 12) ?? "" })).toEqual(own);
    expect(await list({ q: own[0]?.number.toLowerCase() ?? "" })).toEqual(own.slice(0, 1));
    expect(await list({ q: own[0]?.number ?? "", kind: "correction" })).toEqual([]);
    for (const q of ["%", "_", "' or 1=1 --", "ORD-", "INV-2026", "pi_number3", "Muster GmbH", "nobody@"])
      expect(await list({ q }), q).toEqual([]);
  });

  test("is staff's only, asked of the database; the file is an admin's, and leaves a line in the log", async () => {
    const count = (await list()).length;
    expect(count).toBeGreaterThan(10);
    expect(await list({}, staff.learner)).toEqual([]);
    expect(await sumRegister(staff.learner, ask())).toEqual([]);
    expect(await list({}, staff.support)).toHaveLength(count);
    expect(await listExported({}, staff.learner)).toEqual([]);
    expect(await listExported({}, staff.support)).toEqual([]);
    expect(await listExported()).toHaveLength(count);
    await recordRegisterExport(staff.admin, "?kind=invoice");
    const lines = await shop.db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.action, "documents.exported"));
    expect(lines).toMatchObject([{ actorId: staff.admin, detail: { after: { filter: "?kind=invoice" } } }]);
  });

  test("names nobody whose account is erased; the file still says what the documents do", async () => {
    await shop.db
      .update(users)
      .set({ deletionDueAt: sql`now() - interval '1 minute'` })
      .where(inArray(users.id, [business.userId]));
    expect(await eraseDueAccounts()).toBe(1);
    const [row] = await list({ q: business.orderNumber });
    expect(row).toMatchObject({ customer: "Deleted account", company: null, country: null, vatId: null });
    expect(row).toMatchObject({ totalAmount: business.totalAmount });
    expect(await listExported({ q: business.orderNumber })).toMatchObject([
      { company: "Muster GmbH", vatId: "DE123456789", country: "DE" },
    ]);
  });
});
