import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { composeCreditNote } from "@/lib/documents/compose-credit-note";
import { composeInvoice, type ItemTax, paperOf } from "@/lib/documents/compose-invoice";
import { composeReplacement } from "@/lib/documents/compose-replacement";
import type { CreditLine, InvoiceData } from "@/lib/documents/schema";
import { sampleInvoice } from "./sample-document";

const amounts = fc.integer({ min: 0, max: 100_000 });
const tax = fc.record({
  name: fc.constantFrom("VAT", "Sales tax"),
  percentage: fc.constantFrom("19", "7", "8.875", null),
  country: fc.constantFrom("DE", "US", null),
  amount: fc.integer({ min: 0, max: 20_000 }),
});
const item = fc
  .record({ price: amounts, off: amounts, taxes: fc.array(tax, { maxLength: 3 }) })
  .map(({ price, off, taxes }) => ({ price, off: Math.min(price, off), taxes }));
const items = fc.array(item, { minLength: 1, maxLength: 5 });

type Items = readonly { price: number; off: number; taxes: readonly ItemTax[] }[];
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

function invoiceOf(of: Items): InvoiceData {
  const sample = sampleInvoice().data;
  const subtotalAmount = total(of.map((one) => one.price));
  const discountAmount = total(of.map((one) => one.off));
  const taxAmount = total(of.flatMap((one) => one.taxes.map((part) => part.amount)));
  return composeInvoice(
    {
      ...sample,
      subtotalAmount,
      discountAmount,
      taxAmount,
      totalAmount: subtotalAmount - discountAmount + taxAmount,
      items: of.map(({ price, off, taxes }, index) => ({
        id: `${index}`,
        title: `Course ${index}`,
        priceAmount: price,
        discountAmount: off,
        netAmount: price - off,
        taxes,
      })),
    },
    {
      seller: sample.seller,
      buyer: sample.buyer,
      paidAt: new Date(0),
      paymentReference: null,
      taxNote: null,
    },
  );
}

describe("an invoice", () => {
  it("has one row per tax whose amounts are the sum of the lines that bear it", () => {
    fc.assert(
      fc.property(items, (of) => {
        const data = invoiceOf(of);
        expect(total(data.rates.map((rate) => rate.taxAmount))).toBe(data.taxAmount);
        const names = data.rates.map((rate) => `${rate.name} ${rate.percentage} ${rate.country}`);
        expect(new Set(names).size).toBe(names.length);
        for (const [index, rate] of data.rates.entries()) {
          const bearing = data.lines.flatMap((line) =>
            line.taxes
              .filter((part) => part.rate === index)
              .map((part) => [line.netAmount, part.amount] as const),
          );
          expect(rate.netAmount).toBe(total(bearing.map(([net]) => net)));
          expect(rate.taxAmount).toBe(total(bearing.map(([, part]) => part)));
        }
      }),
    );
  });

  it("lies on the paper of the buyer's country, or of the currency", () => {
    expect(paperOf("us", "eur")).toBe("letter");
    expect(paperOf("DE", "usd")).toBe("a4");
    expect(paperOf(null, "usd")).toBe("letter");
    expect(paperOf(null, "eur")).toBe("a4");
  });
});

describe("credit notes", () => {
  const parts = fc.array(fc.tuple(fc.double({ min: 0.001, max: 1, noNaN: true }), fc.option(fc.nat(4))), {
    minLength: 1,
    maxLength: 6,
  });

  it("are never more than the invoice, line by line and rate by rate, and all of it in the end", () => {
    fc.assert(
      fc.property(items, parts, (of, cuts) => {
        const data = invoiceOf(of);
        fc.pre(data.totalAmount > 0);
        const invoice = { number: "INV-2026-0001", issuedAt: new Date(0), data };
        const credited: CreditLine[] = [];
        let left = data.totalAmount;
        const take = (amount: number, itemIndex: number | null) => {
          const shares = itemIndex === null ? [] : [{ orderItemId: `${itemIndex}`, amount }];
          const note = composeCreditNote(invoice, credited, amount, shares, "refund");
          expect(note).not.toBeNull();
          if (!note) return;
          left -= amount;
          credited.push(...note.lines);
          const taxes = note.lines.flatMap((line) => line.taxes.map((part) => part.amount));
          const every = [...note.lines.map((line) => line.netAmount), ...taxes];
          expect(Math.min(...every)).toBeGreaterThanOrEqual(0);
          expect(total(every)).toBe(amount);
          expect(note.netAmount + note.taxAmount).toBe(amount);
          expect(total(note.rates.map((rate) => rate.taxAmount))).toBe(note.taxAmount);
        };
        for (const [share, itemIndex] of cuts)
          if (left > 0) take(Math.max(1, Math.floor(left * share)), itemIndex ?? null);
        const replacement = composeReplacement(data, credited, data.buyer, invoice.number);
        expect(replacement?.totalAmount ?? 0).toBe(left);
        expect(total(replacement?.rates.map((rate) => rate.taxAmount) ?? [])).toBe(
          replacement?.taxAmount ?? 0,
        );
        if (left > 0) take(left, null);
        for (const line of data.lines) {
          const back = credited.filter((part) => part.orderItemId === line.orderItemId);
          expect(total(back.map((part) => part.netAmount))).toBe(line.netAmount);
          for (const [index, part] of line.taxes.entries())
            expect(total(back.map((one) => one.taxes[index]?.amount ?? 0))).toBe(part.amount);
        }
        expect(composeCreditNote(invoice, credited, 1, [], "refund")).toBeNull();
      }),
    );
  });

  it("name the invoice and credit the item that was given back", () => {
    const invoice = sampleInvoice({ taxes: [{ name: "VAT", percentage: "19", country: "DE", amount: 745 }] });
    const note = composeCreditNote(invoice, [], 4665, [{ orderItemId: "item-1", amount: 4665 }], "refund");
    expect(note?.invoice).toEqual({ number: "INV-2026-0148", issuedAt: "2026-11-23T19:44:01.000Z" });
    expect(note?.lines).toEqual([
      { orderItemId: "item-1", title: "Course number 2", netAmount: 3920, taxes: [{ rate: 0, amount: 745 }] },
    ]);
  });
});
