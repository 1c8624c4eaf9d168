import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { creditNotes, invoices } from "@/db/schema/documents";
import { findViolations } from "@/lib/audit/queries";
import { confirmCheckout } from "@/lib/checkout/mutations";
import { correctInvoice, saveBillingDetails } from "@/lib/documents/mutations";
import { billingDetailsInput, creditNoteData, invoiceData } from "@/lib/documents/schema";
import { newId, type OrderId } from "@/lib/ids";
import { minor } from "@/lib/money";
import { refundOrder } from "@/lib/refunds/mutations";
import type { RefundScope } from "@/lib/refunds/schema";
import { startTestShop } from "../../support/shop";
import { openCheckout, type TestShop } from "../commerce/buying";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop({ delays: { refundFails: null, refundSettles: null } });
});
afterAll(async () => {
  expect(await findViolations()).toEqual([]);
  await shop.close();
});

const details = billingDetailsInput.parse({
  name: "Mira Vale",
  line1: "1 Bridge Road",
  city: "Köln",
  country: "de",
});

async function buy(prices: readonly number[], card?: string) {
  const learner = await shop.factories.learner();
  const courses = [];
  for (const price of prices) courses.push(await shop.factories.course({ priceAmount: minor(price) }));
  const { order, sessionId } = await openCheckout(
    shop,
    learner,
    courses.map((course) => course.slug),
  );
  const { payment_intent: intent } = await shop.stripe.pay(sessionId, card ? { card } : {});
  await confirmCheckout(learner, sessionId);
  const [invoice] = await shop.db.select().from(invoices).where(eq(invoices.orderId, order.id));
  return { order, intent: intent ?? "", invoice, courses };
}

const giveBack = (orderId: OrderId, scope: RefundScope) =>
  refundOrder({
    refundId: newId<"refund">(),
    orderId,
    scope,
    reason: "requested_by_customer",
    requestedBy: null,
  });

const notesOf = async (orderId: OrderId) => {
  const rows = await shop.db
    .select()
    .from(creditNotes)
    .where(eq(creditNotes.orderId, orderId))
    .orderBy(asc(creditNotes.sequence));
  return rows.map((row) => ({ ...row, data: creditNoteData.parse(row.data) }));
};

/** The bank sends a refund back that had arrived. */
async function fail(intent: string, amount: number): Promise<void> {
  const response = await fetch(`${shop.sandboxUrl}/v1/refunds?payment_intent=${intent}`, {
    headers: { authorization: "Bearer sk_test_tests" },
  });
  const { data } = (await response.json()) as { data: { id: string; amount: number }[] };
  await shop.stripe.control(`/refunds/${data.find((one) => one.amount === amount)?.id}/fail`);
  await shop.stripe.idle();
}

/** The amounts of the order's invoices, the newest last, and the invoice that stands. */
async function invoicesOf(orderId: OrderId) {
  const rows = await shop.db
    .select()
    .from(invoices)
    .where(eq(invoices.orderId, orderId))
    .orderBy(asc(invoices.sequence));
  return { amounts: rows.map((row) => row.totalAmount), standing: rows.at(-1) };
}

test("each refund that arrives has its credit note, naming the invoice; together they are the invoice", async () => {
  const { order, invoice, courses } = await buy([4900, 2900]);
  await giveBack(order.id, { kind: "amount", amount: 1000 });
  await giveBack(order.id, { kind: "whole" });
  await shop.stripe.idle();
  const notes = await notesOf(order.id);
  expect(notes.map((note) => note.totalAmount)).toEqual([1000, 6800]);
  for (const note of notes) {
    expect(note.number).toMatch(/^TEST-CN-\d{4}-\d{4}$/);
    expect(note.invoiceId).toBe(invoice?.id);
    expect(note.data.invoice.number).toBe(invoice?.number);
  }
  const titles = notes[1]?.data.lines.map((line) => line.title);
  expect(titles).toEqual(courses.map((course) => course.title));
});

test("a refund made in Stripe's Dashboard has one too, however often its event comes", async () => {
  const { order, intent } = await buy([4900]);
  const response = await fetch(`${shop.sandboxUrl}/v1/refunds`, {
    method: "POST",
    headers: { authorization: "Bearer sk_test_tests", "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ payment_intent: intent, amount: "4900" }),
  });
  expect(response.status).toBe(200);
  await shop.stripe.idle();
  expect((await notesOf(order.id)).map((note) => note.totalAmount)).toEqual([4900]);
});

test("a refund that comes back: the invoice is replaced, and the next refund names the new one", async () => {
  const { order, intent, invoice } = await buy([4900, 2900]);
  await giveBack(order.id, { kind: "amount", amount: 800 });
  await giveBack(order.id, { kind: "amount", amount: 1500 });
  await fail(intent, 1500);
  const issued = await shop.db.select().from(invoices).where(eq(invoices.orderId, order.id));
  const second = issued.find((row) => row.replacesId === invoice?.id);
  expect(second).toMatchObject({ totalAmount: 7000 });
  expect((await notesOf(order.id)).map((note) => [note.totalAmount, note.data.reason])).toEqual([
    [800, "refund"],
    [1500, "refund"],
    [5500, "correction"],
  ]);
  await giveBack(order.id, { kind: "whole" });
  await shop.stripe.idle();
  expect((await notesOf(order.id)).at(-1)).toMatchObject({ totalAmount: 7000, invoiceId: second?.id });
});

test("a refund comes back after the invoice was corrected: the next one is over the whole sale again", async () => {
  const { order, intent } = await buy([4900, 2900]);
  await giveBack(order.id, { kind: "amount", amount: 1000 });
  await shop.stripe.idle();
  await saveBillingDetails(order.userId, details);
  expect(await correctInvoice(order.userId, order.orderNumber)).toMatchObject({ ok: true });
  await fail(intent, 1000);
  const { amounts, standing } = await invoicesOf(order.id);
  expect(amounts).toEqual([7800, 6800, 7800]);
  expect(invoiceData.parse(standing?.data)).toMatchObject({
    buyer: { name: "Mira Vale" },
    subtotalAmount: 7800,
    lines: [{ priceAmount: 4900 }, { priceAmount: 2900 }],
  });
  await giveBack(order.id, { kind: "whole" });
  await shop.stripe.idle();
  expect((await notesOf(order.id)).at(-1)).toMatchObject({ totalAmount: 7800, invoiceId: standing?.id });
});

test("refunds come back one after the other: each time the invoice says what the shop has", async () => {
  const { order, intent } = await buy([4900, 2900]);
  await giveBack(order.id, { kind: "amount", amount: 2000 });
  await giveBack(order.id, { kind: "amount", amount: 3000 });
  await shop.stripe.idle();
  await fail(intent, 2000);
  await fail(intent, 3000);
  expect((await invoicesOf(order.id)).amounts).toEqual([7800, 4800, 7800]);
  expect((await notesOf(order.id)).map((note) => note.totalAmount)).toEqual([2000, 3000, 2800, 4800]);
});
