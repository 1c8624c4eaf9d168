import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { invoices } from "@/db/schema/documents";
import { orderItems, orderItemTaxes } from "@/db/schema/orders";
import { findViolations } from "@/lib/audit/queries";
import { confirmCheckout } from "@/lib/checkout/mutations";
import { correctInvoice, saveBillingDetails } from "@/lib/documents/mutations";
import { type BillingDetails, billingDetailsInput, invoiceData } from "@/lib/documents/schema";
import { newId } from "@/lib/ids";
import { minor } from "@/lib/money";
import { refundOrder } from "@/lib/refunds/mutations";
import { startTestShop } from "../../support/shop";
import { openCheckout, type TestShop } from "../commerce/buying";

let shop: TestShop;
beforeAll(async () => {
  process.env.STORE_TAX = "stripe";
  shop = await startTestShop();
});
afterAll(async () => {
  expect(await findViolations()).toEqual([]);
  await shop.close();
});

async function buy(
  prices: readonly number[],
  how: Record<string, string>,
  page: boolean,
  saved?: BillingDetails,
) {
  const learner = await shop.factories.learner();
  if (saved) await saveBillingDetails(learner, saved);
  const courses = [];
  for (const price of prices) courses.push(await shop.factories.course({ priceAmount: minor(price) }));
  const coupon = await shop.factories.coupon({ discountValue: 10 });
  const slugs = courses.map((course) => course.slug);
  const { order, sessionId } = await openCheckout(shop, learner, slugs, coupon.code);
  await shop.stripe.deliveryFault({ kind: page ? "drop" : "duplicate" }).catch(() => {});
  await shop.stripe.control(`/sessions/${sessionId}/pay`, how);
  if (page) await confirmCheckout(learner, sessionId);
  else await shop.stripe.idle();
  await shop.stripe.control("/delivery-faults", {}, "DELETE");
  const items = await shop.db
    .select()
    .from(orderItems)
    .where(eq(orderItems.orderId, order.id))
    .orderBy(asc(orderItems.position));
  const [row] = await shop.db.select().from(invoices).where(eq(invoices.orderId, order.id));
  return {
    order: await shop.factories.orderById(order.id),
    items,
    invoice: row ? invoiceData.parse(row.data) : null,
  };
}

describe.each([
  ["the webhook", false],
  ["the success page", true],
])("tax by Stripe, fulfilled by %s", (_who, page) => {
  test("is learnt with the payment and stands per rate on order and invoice", async () => {
    const { order, items, invoice } = await buy([4900, 2950], { country: "DE" }, page);
    // 10 % off, then 19 % of 4410 and of 2655, each rounded by itself.
    expect(items.map((item) => item.taxAmount)).toEqual([838, 504]);
    expect(order).toMatchObject({
      status: "completed",
      subtotalAmount: 7850,
      discountAmount: 785,
      taxAmount: 1342,
    });
    expect(order.totalAmount).toBe(8407);
    expect(invoice?.rates).toMatchObject([
      { percentage: "19", country: "DE", netAmount: 7065, taxAmount: 1342 },
    ]);
    expect(invoice).toMatchObject({ taxAmount: 1342, totalAmount: 8407, taxNote: null });
    const first = items[0];
    const kept = first
      ? await shop.db.select().from(orderItemTaxes).where(eq(orderItemTaxes.orderItemId, first.id))
      : [];
    expect(kept).toMatchObject([{ amount: 838, percentage: "19", country: "DE", reason: "standard_rated" }]);
  });
});

test("a business abroad owes the tax itself, and its invoice says so", async () => {
  const how = { country: "DE", business_name: "Muster GmbH", tax_id: "DE123456789" };
  const { order, invoice } = await buy([4900], how, false);
  expect(order).toMatchObject({ taxAmount: 0, totalAmount: 4410 });
  expect(invoice?.taxNote).toMatch(/Reverse charge/);
  expect(invoice?.buyer).toMatchObject({ company: "Muster GmbH", vatId: "DE123456789" });
});

test("the VAT id that left the tax to the buyer stays on the invoice, whatever the billing details say", async () => {
  const details = {
    name: "Mira Vale",
    line1: "1 Bridge Road",
    city: "Köln",
    postalCode: "50667",
    country: "DE",
  };
  const saved = billingDetailsInput.parse({ ...details, company: "", vatId: "", line2: "", state: "" });
  const how = { country: "DE", business_name: "Muster GmbH", tax_id: "DE123456789" };
  const { order, invoice } = await buy([4900], how, false, saved);
  expect(invoice?.taxNote).toMatch(/Reverse charge/);
  expect(invoice?.buyer).toMatchObject({ name: "Mira Vale", vatId: "DE123456789" });

  await saveBillingDetails(order.userId, { ...saved, company: "Vale GmbH" });
  expect(await correctInvoice(order.userId, order.orderNumber)).toMatchObject({ ok: true });
  const [, corrected] = await shop.db
    .select()
    .from(invoices)
    .where(eq(invoices.orderId, order.id))
    .orderBy(asc(invoices.sequence));
  const { buyer, taxNote } = invoiceData.parse(corrected?.data);
  expect(taxNote).toMatch(/Reverse charge/);
  expect(buyer).toMatchObject({ company: "Vale GmbH", vatId: "DE123456789" });
});

test("a refund gives the tax back too", async () => {
  const { order, items } = await buy([4900, 2950], { country: "DE" }, false);
  const whole = { kind: "items", itemIds: [items[0]?.id] } as never;
  const refunded = await refundOrder({
    refundId: newId<"refund">(),
    orderId: order.id,
    scope: whole,
    reason: "requested_by_customer",
    requestedBy: null,
  });
  expect(refunded).toMatchObject({ ok: true, value: { amount: 4410 + 838 } });
});
