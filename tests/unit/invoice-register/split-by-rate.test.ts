import fc from "fast-check";
import { expect, test } from "vitest";
import { composeCreditNote } from "@/lib/documents/compose-credit-note";
import { composeInvoice, type ItemTax } from "@/lib/documents/compose-invoice";
import { exportRows } from "@/lib/invoice-register/export-row";
import { splitByRate } from "@/lib/invoice-register/split-by-rate";

const tax = (name: string, percentage: string, country: string, amount: number): ItemTax => ({
  name,
  percentage,
  country,
  amount,
});
type Item = { readonly netAmount: number; readonly taxes: readonly ItemTax[] };

function invoiceOf(items: readonly Item[], taxNote: string | null = null) {
  const net = items.reduce((total, item) => total + item.netAmount, 0);
  const taxAmount = items.flatMap((item) => item.taxes).reduce((total, one) => total + one.amount, 0);
  const data = composeInvoice(
    {
      orderNumber: "ORD-20261128-ABCDEF",
      livemode: true,
      currency: "eur",
      subtotalAmount: net,
      discountAmount: 0,
      taxAmount,
      totalAmount: net + taxAmount,
      couponCode: null,
      items: items.map((item, index) => ({
        id: `item-${index}`,
        title: `Course ${index}`,
        priceAmount: item.netAmount,
        discountAmount: 0,
        ...item,
      })),
    },
    {
      seller: { name: "Lectern", address: [], vatId: null },
      buyer: { name: "Mira Vale", company: null, email: "mira@example.test", address: null, vatId: null },
      paidAt: new Date("2026-11-28T12:00:00Z"),
      paymentReference: null,
      taxNote,
    },
  );
  return { kind: "invoice", data } as const;
}

const credit = (invoice: ReturnType<typeof invoiceOf>, amount: number) => {
  const issued = { number: "INV-2026-0001", issuedAt: new Date("2026-11-28T12:00:00Z"), data: invoice.data };
  const data = composeCreditNote(issued, [], amount, [{ orderItemId: "item-0", amount }], "refund");
  if (!data) throw new Error("nothing credited");
  return { kind: "credit_note", data } as const;
};

test("each rate has its own net amount and tax", () => {
  const invoice = invoiceOf([
    { netAmount: 4900, taxes: [tax("VAT", "19", "DE", 931)] },
    { netAmount: 2000, taxes: [tax("VAT", "7", "DE", 140)] },
  ]);
  expect(splitByRate(invoice)).toMatchObject([
    { percentage: "19", taxCountry: "DE", taxableAmount: 4900, netAmount: 4900, taxAmount: 931 },
    { percentage: "7", taxCountry: "DE", taxableAmount: 2000, netAmount: 2000, taxAmount: 140 },
  ]);
  const note = credit(invoice, 4900 + 931);
  expect(splitByRate(note), "nothing of 7% went back").toMatchObject([
    { percentage: "19", taxableAmount: -4900, netAmount: -4900, taxAmount: -931 },
  ]);
});

test("a line that bears two taxes counts once", () => {
  const taxes = [tax("State tax", "6.25", "US", 306), tax("City tax", "2", "US", 98)];
  expect(splitByRate(invoiceOf([{ netAmount: 4900, taxes }]))).toMatchObject([
    { taxName: "State tax", taxableAmount: 4900, netAmount: 4900, taxAmount: 306 },
    { taxName: "City tax", taxableAmount: 4900, netAmount: 0, taxAmount: 98 },
  ]);
});

test("only untaxed parts of a reverse charge are one", () => {
  const note = "Reverse charge: the customer owes the VAT (Directive 2006/112/EC, article 196).";
  const items = [
    { netAmount: 4900, taxes: [tax("VAT", "0", "DE", 0)] },
    { netAmount: 2000, taxes: [tax("VAT", "7", "DE", 140)] },
  ];
  const marks = (words: string | null) =>
    splitByRate(invoiceOf(items, words)).map((part) => part.isReverseCharge);
  expect(marks(note)).toEqual([true, false]);
  expect(marks("The customer is exempt from tax.")).toEqual([false, false]);
  expect(marks(null)).toEqual([false, false]);
});

const amount = fc.integer({ min: 1, max: 50_000 });
const item = fc.record({
  netAmount: amount,
  taxes: fc.array(
    fc.record({
      name: fc.constantFrom("VAT", "City tax"),
      percentage: fc.constantFrom("19", "7", "0"),
      country: fc.constant("DE"),
      amount: fc.integer({ min: 0, max: 9_000 }),
    }),
    { maxLength: 2 },
  ),
});

test("the parts add up to the document, and never hold a negative zero", () => {
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 4 }), fc.nat(), (items, seed) => {
      const invoice = invoiceOf(items);
      const note = credit(invoice, 1 + (seed % invoice.data.totalAmount));
      for (const document of [invoice, note]) {
        const sign = document.kind === "invoice" ? 1 : -1;
        const parts = splitByRate(document);
        const total = (of: "netAmount" | "taxAmount") => parts.reduce((sum, part) => sum + part[of], 0);
        expect(total("taxAmount")).toBe(sign * document.data.taxAmount + 0);
        expect(total("netAmount") + total("taxAmount")).toBe(sign * document.data.totalAmount);
        for (const part of parts)
          expect([part.taxableAmount, part.netAmount, part.taxAmount].some((one) => Object.is(one, -0))).toBe(
            false,
          );
      }
    }),
  );
});

test("the file has a row for each rate, amounts as digits with their sign, and no formula", () => {
  const note = credit(invoiceOf([{ netAmount: 4900, taxes: [tax("VAT", "19", "DE", 931)] }]), 5831);
  const row = {
    number: "CN-2026-0001",
    issuedOn: "2026-11-28",
    kind: "credit_note",
    amends: "INV-2026-0001",
    orderNumber: "ORD-20261128-ABCDEF",
    customer: "=HYPERLINK(1)",
    company: "+Vale GmbH",
    country: "DE",
    vatId: "DE123456789",
    netAmount: -4900,
    taxAmount: -931,
    totalAmount: -5831,
    currency: "eur",
    isTest: false,
  } as const;
  expect(exportRows([{ ...row, parts: splitByRate(note) }])).toBe(
    "CN-2026-0001,2026-11-28,credit note,INV-2026-0001,ORD-20261128-ABCDEF,'=HYPERLINK(1),'+Vale GmbH,Germany,DE,DE123456789,,DE,VAT,19,-49.00,-49.00,-9.31,-58.31,EUR,\r\n",
  );
});
