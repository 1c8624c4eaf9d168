import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeUntaxed, taxOrder } from "@/lib/fulfillment/tax-order";
import { minor } from "@/lib/money";
import { type CheckoutFacts, findMismatch } from "@/lib/payments/checkout-facts";

const tax = (amount: number, reason = "standard_rated") => ({
  name: "VAT",
  percentage: "19",
  country: "DE",
  reason,
  amount,
});

const order = {
  subtotalAmount: minor(4900),
  discountAmount: minor(900),
  taxAmount: minor(0),
  currency: "usd",
  livemode: false,
  stripeCheckoutSessionId: "cs_1",
};
const facts = {
  sessionId: "cs_1",
  subtotalAmount: 4900,
  discountAmount: 900,
  taxAmount: 760,
  totalAmount: 4760,
  currency: "usd",
  livemode: false,
  automaticTax: true,
} as CheckoutFacts;

describe("the session against the order", () => {
  it("takes the tax that Stripe computed, and nothing else, from the session", () => {
    expect(findMismatch(order, facts)).toBeNull();
    expect(findMismatch(order, { ...facts, automaticTax: false })).toBe("tax");
    expect(findMismatch(order, { ...facts, totalAmount: 4759 })).toBe("total");
    expect(findMismatch(order, { ...facts, subtotalAmount: 4800, totalAmount: 4660 })).toBe("subtotal");
    expect(findMismatch(order, { ...facts, discountAmount: 800, totalAmount: 4860 })).toBe("discount");
    expect(findMismatch({ ...order, taxAmount: minor(700) }, facts)).toBe("tax");
  });
});

describe("an order with its tax", () => {
  const line = fc.record({
    price: fc.integer({ min: 1, max: 100_000 }),
    tax: fc.integer({ min: 0, max: 20_000 }),
  });

  it("has on each item the tax of its own line, in whatever order the lines come", () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), fc.boolean(), (parts, turned) => {
        const items = parts.map(({ price }, index) => ({
          title: `Course ${index}`,
          priceAmount: minor(price),
          netAmount: minor(price),
          taxAmount: minor(0),
        }));
        const lines = parts.map((part, index) => ({
          title: `Course ${index}`,
          priceAmount: part.price,
          taxes: [tax(part.tax)],
        }));
        const subtotalAmount = minor(parts.reduce((sum, part) => sum + part.price, 0));
        const taxAmount = parts.reduce((sum, part) => sum + part.tax, 0);
        const placed = {
          items,
          subtotalAmount,
          discountAmount: minor(0),
          taxAmount: minor(0),
          totalAmount: subtotalAmount,
        };
        const taxed = taxOrder(placed, { taxAmount, lines: turned ? lines.toReversed() : lines });
        expect(taxed.items.map((item) => item.taxAmount)).toEqual(parts.map((part) => part.tax));
        expect(taxed).toMatchObject({ taxAmount, totalAmount: subtotalAmount + taxAmount });
      }),
    );
  });

  it("carries what was charged even when the lines cannot be told apart or do not add up", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 6 }),
        fc.nat(50_000),
        (nets, taxAmount) => {
          const items = nets.map((net) => ({
            title: "Course",
            priceAmount: minor(net),
            netAmount: minor(net),
            taxAmount: minor(0),
          }));
          const subtotalAmount = minor(nets.reduce((sum, net) => sum + net, 0));
          const placed = {
            items,
            subtotalAmount,
            discountAmount: minor(0),
            taxAmount: minor(0),
            totalAmount: subtotalAmount,
          };
          const taxed = taxOrder(placed, { taxAmount, lines: [] });
          expect(taxed.taxAmount).toBe(taxAmount);
          expect(taxed.items.flatMap((item) => item.taxes).reduce((sum, one) => sum + one.amount, 0)).toBe(
            taxAmount,
          );
        },
      ),
    );
  });

  it("says why nothing was charged", () => {
    expect(describeUntaxed([{ taxes: [tax(0, "reverse_charge")] }])).toMatch(/article 196/);
    expect(describeUntaxed([{ taxes: [tax(760)] }])).toBeNull();
  });
});
