import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withTransaction } from "@/db/client";
import { creditNotes, invoices } from "@/db/schema/documents";
import { users } from "@/db/schema/identity";
import { orders } from "@/db/schema/orders";
import { findViolations } from "@/lib/audit/queries";
import { findSale } from "@/lib/desk/queries";
import { buyerLines } from "@/lib/documents/describe-document";
import { correctInvoice, saveBillingDetails } from "@/lib/documents/mutations";
import { listDocumentPage, listInvoicedOrders, listOwnDocuments } from "@/lib/documents/queries";
import { billingDetailsInput, invoiceData } from "@/lib/documents/schema";
import { zipDocuments } from "@/lib/documents/zip-documents";
import { fulfillOrder } from "@/lib/fulfillment/mutations";
import { findOrder } from "@/lib/orders/queries";
import { listSales } from "@/lib/sales/queries";
import { readSaleFilter } from "@/lib/sales/read-sale-filter";
import { issueMany } from "../../support/issue-many";
import { startTestShop } from "../../support/shop";
import type { TestShop } from "../commerce/buying";
import { placeUnpaid } from "./issuing";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());

const typed = {
  name: "Mira Vale",
  company: "Vale & Söhne GmbH",
  line1: "1 Bridge Road",
  line2: "",
  city: "Köln",
  state: "",
  postalCode: "50667",
  country: "de",
  vatId: "de 123 456 789",
};

test("saved details are checked, normalised, and what the next invoice says", async () => {
  expect(billingDetailsInput.safeParse({ ...typed, vatId: "DE12" }).success).toBe(false);
  expect(billingDetailsInput.safeParse({ ...typed, name: " " }).success).toBe(false);
  const { id, facts } = await placeUnpaid(shop);
  const { userId } = await shop.factories.orderById(id);
  await saveBillingDetails(userId, billingDetailsInput.parse(typed));
  await withTransaction((tx) => fulfillOrder(tx, facts));
  const [row] = await shop.db.select().from(invoices).where(eq(invoices.orderId, id));
  expect(invoiceData.parse(row?.data).buyer).toMatchObject({
    company: "Vale & Söhne GmbH",
    vatId: "DE123456789",
    address: { country: "DE", line2: null },
  });
});

test("an order is billed to whom its newest invoice names, for its buyer and at the desk alike", async () => {
  const { id, facts } = await placeUnpaid(shop);
  const { userId, orderNumber } = await shop.factories.orderById(id);
  const staff = await shop.factories.learner();
  await shop.db.update(users).set({ role: "support" }).where(eq(users.id, staff));
  const billed = async () => {
    const [own, sale] = [await findOrder(userId, orderNumber), await findSale(staff, orderNumber)];
    expect(sale?.billing).toEqual(own?.billing);
    return own?.billing;
  };
  expect(await billed()).toMatchObject({ name: null, company: null, vatId: null, taxNote: null });
  const company = { company: "ACME SARL", taxId: "FR12345678901" };
  await withTransaction((tx) => fulfillOrder(tx, { ...facts, billing: { ...facts.billing, ...company } }));
  expect(await billed()).toMatchObject({ name: "Mira Vale", company: "ACME SARL", vatId: "FR12345678901" });
  await saveBillingDetails(userId, billingDetailsInput.parse(typed));
  await correctInvoice(userId, orderNumber);
  const newest = await billed();
  expect(newest).toMatchObject({ company: "Vale & Söhne GmbH", vatId: "DE123456789" });
  expect(newest && buyerLines(newest).at(-1)).toBe("Germany");
  const numbers = async (q: string) =>
    (await listSales(staff, readSaleFilter({ q }, "UTC"))).orders.map((order) => order.orderNumber);
  for (const q of ["acme sarl", "vale söhne", "DE 123456789"])
    expect(await numbers(q), q).toContain(orderNumber);
});

test("an issued invoice is corrected by a credit note and a new one, once, and by its buyer only", async () => {
  const { id, facts } = await placeUnpaid(shop);
  await withTransaction((tx) => fulfillOrder(tx, facts));
  const { userId, orderNumber } = await shop.factories.orderById(id);
  const correct = () => correctInvoice(userId, orderNumber);
  expect(await correct()).toEqual({ ok: false, error: "no_details" });
  await saveBillingDetails(userId, billingDetailsInput.parse(typed));
  const stranger = await shop.factories.learner();
  expect(await correctInvoice(stranger, orderNumber)).toEqual({ ok: false, error: "unknown_order" });
  const pressed = await Promise.all([correct(), correct(), correct()]);
  expect(pressed.filter((one) => one.ok)).toHaveLength(1);
  const [first, second, ...more] = await shop.db
    .select()
    .from(invoices)
    .where(eq(invoices.orderId, id))
    .orderBy(invoices.sequence);
  expect(more).toEqual([]);
  expect(second).toMatchObject({ replacesId: first?.id, totalAmount: 4900 });
  expect(invoiceData.parse(second?.data)).toMatchObject({
    replaces: first?.number,
    buyer: { vatId: "DE123456789" },
  });
  const notes = await shop.db.select().from(creditNotes).where(eq(creditNotes.orderId, id));
  expect(notes).toMatchObject([{ invoiceId: first?.id, refundId: null, totalAmount: 4900 }]);
  // Staff find the order by what is printed on either, whoever the buyer was.
  const staff = await shop.factories.learner();
  const find = async (q: string) =>
    (await listSales(staff, readSaleFilter({ q }, "UTC"))).orders.map((order) => order.orderNumber);
  expect(await find(first?.number ?? "")).toEqual([]);
  await shop.db.update(users).set({ role: "admin" }).where(eq(users.id, staff));
  for (const document of [first, second, ...notes])
    expect(await find(document?.number.toLowerCase() ?? "")).toEqual([orderNumber]);
  expect(await find(`${first?.number}0`)).toEqual([]);
  expect((await findViolations()).filter((one) => /document|invoice|credit/.test(one.invariant))).toEqual([]);
});

test("a year's documents are one ZIP, rendered one after the other as they are read", async () => {
  const { id } = await placeUnpaid(shop);
  const { userId } = await shop.factories.orderById(id);
  for (let n = 0; n < 6; n += 1) {
    const placed = await placeUnpaid(shop);
    await shop.db.update(orders).set({ userId }).where(eq(orders.id, placed.id));
    await withTransaction((tx) => fulfillOrder(tx, placed.facts));
  }
  const year = new Date().getUTCFullYear();
  const documents = await listOwnDocuments(userId, year);
  expect(documents).toHaveLength(6);
  expect(await listOwnDocuments(userId, year - 1)).toEqual([]);
  const chunks: Uint8Array[] = [];
  for await (const chunk of zipDocuments(userId, documents)) chunks.push(chunk as Uint8Array);
  const zip = Buffer.concat(chunks);
  for (const { number } of documents) expect(zip.includes(`${number}.pdf`)).toBe(true);
  expect(zip.toString("latin1").split("%PDF-1.3").length - 1).toBe(6);
});

test("of 300 documents few are rendered ahead of the reader, and none for a download that is broken off", async () => {
  const [reader, other] = [await shop.factories.learner(), await shop.factories.learner()];
  await issueMany(shop.db, reader, 300);
  const documents = await listOwnDocuments(reader, new Date().getUTCFullYear());
  expect(documents).toHaveLength(300);
  const stream = zipDocuments(reader, documents).getReader();
  const received: Uint8Array[] = [];
  const pdfs = () => Buffer.concat(received).toString("latin1").split("%PDF-1.3").length - 1;
  while (pdfs() < 2) received.push((await stream.read()).value as Uint8Array);
  // What is not rendered by now cannot be read any more: the orders are somebody else's.
  await shop.sql`update orders set user_id = ${other} where user_id = ${reader}`;
  const rest = async () => {
    for (;;) {
      const { done, value } = await stream.read();
      if (done) return;
      received.push(value as Uint8Array);
    }
  };
  await expect(rest()).rejects.toThrow(/is gone/);
  expect(pdfs()).toBeLessThan(8);
});

test("documents are read in pages, across invoices and credit notes, and only one's own", async () => {
  const { id, facts } = await placeUnpaid(shop);
  const { userId } = await shop.factories.orderById(id);
  await saveBillingDetails(userId, billingDetailsInput.parse(typed));
  await withTransaction((tx) => fulfillOrder(tx, { ...facts }));
  const orderNumbers = [(await shop.factories.orderById(id)).orderNumber];
  for (let n = 0; n < 3; n += 1) {
    const placed = await placeUnpaid(shop);
    await shop.db.update(orders).set({ userId }).where(eq(orders.id, placed.id));
    await withTransaction((tx) => fulfillOrder(tx, placed.facts));
    orderNumbers.unshift((await shop.factories.orderById(placed.id)).orderNumber);
  }
  await saveBillingDetails(userId, billingDetailsInput.parse({ ...typed, company: "Another" }));
  await correctInvoice(userId, orderNumbers[3] ?? "");
  const all = await listOwnDocuments(userId);
  expect(all.map(({ kind }) => kind).toSorted()).toEqual(["credit_note", ...Array(5).fill("invoice")]);
  const seen: string[] = [];
  let page = await listDocumentPage(userId, {}, 4);
  expect(page.newer).toBeNull();
  seen.push(...page.documents.map(({ number }) => number));
  page = await listDocumentPage(userId, { before: page.older ?? "" }, 4);
  seen.push(...page.documents.map(({ number }) => number));
  expect(page.older).toBeNull();
  expect(seen).toEqual(all.map(({ number }) => number));
  const back = await listDocumentPage(userId, { after: page.newer ?? "" }, 4);
  expect(back.documents.map(({ number }) => number)).toEqual(seen.slice(0, 4));
  expect(back.newer).toBeNull();
  const stranger = await shop.factories.learner();
  expect((await listDocumentPage(stranger, { before: seen[1] })).documents).toEqual([]);
  expect(await listInvoicedOrders(userId)).toEqual(orderNumbers);
  expect(await listInvoicedOrders(stranger)).toEqual([]);
});
