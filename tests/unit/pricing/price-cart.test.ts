import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CourseId } from "@/lib/ids";
import { type Minor, minor } from "@/lib/money";
import { type Discount, priceCart } from "@/lib/pricing/price-cart";

/** Dollars, yen and thousandths of a dinar are all whole numbers here; only their usual size differs. */
const anyPrice = fc
  .oneof(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 2_000_000 }))
  .map((value) => minor(value));

const anyCart = fc
  .uniqueArray(fc.uuid(), { maxLength: 12 })
  .chain((ids) =>
    fc.tuple(...ids.map((id) => anyPrice.map((priceAmount) => ({ courseId: id as CourseId, priceAmount })))),
  );

const anyPricing = anyCart.chain((lines) =>
  fc.record({
    lines: fc.constant(lines as readonly { courseId: CourseId; priceAmount: Minor }[]),
    discount: fc.option(
      fc.record({
        amount: anyPrice,
        courseIds: fc.subarray(lines.map((line) => line.courseId)).map((ids) => new Set(ids)),
      }) satisfies fc.Arbitrary<Discount>,
    ),
  }),
);

const add = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

describe("priceCart", () => {
  test("the parts add up to the totals, to the last minor unit", () => {
    fc.assert(
      fc.property(anyPricing, ({ lines, discount }) => {
        const cart = priceCart(lines, discount);
        expect(add(cart.lines.map((line) => line.priceAmount))).toBe(cart.subtotalAmount);
        expect(add(cart.lines.map((line) => line.discountAmount))).toBe(cart.discountAmount);
        expect(add(cart.lines.map((line) => line.netAmount))).toBe(cart.totalAmount);
        expect(cart.subtotalAmount - cart.discountAmount + cart.taxAmount).toBe(cart.totalAmount);
      }),
    );
  });

  test("no line and no total is ever negative, and a discount never passes what its lines cost", () => {
    fc.assert(
      fc.property(anyPricing, ({ lines, discount }) => {
        const cart = priceCart(lines, discount);
        for (const line of cart.lines) {
          expect(line.netAmount).toBeGreaterThanOrEqual(0);
          expect(line.discountAmount).toBeLessThanOrEqual(line.priceAmount);
        }
        const touched = lines.filter((line) => discount?.courseIds.has(line.courseId));
        expect(cart.discountAmount).toBe(
          Math.min(discount?.amount ?? 0, add(touched.map((line) => line.priceAmount))),
        );
      }),
    );
  });

  test("lines that the discount does not name keep their price", () => {
    fc.assert(
      fc.property(anyPricing, ({ lines, discount }) => {
        for (const line of priceCart(lines, discount).lines) {
          if (!discount?.courseIds.has(line.courseId)) expect(line.netAmount).toBe(line.priceAmount);
        }
      }),
    );
  });

  test("the order of the lines does not matter", () => {
    fc.assert(
      fc.property(anyPricing, fc.infiniteStream(fc.nat()), ({ lines, discount }, random) => {
        const shuffled = lines
          .map((line) => ({ line, key: random.next().value ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ line }) => line);
        const net = (cart: ReturnType<typeof priceCart>) =>
          Object.fromEntries(cart.lines.map((line) => [line.courseId, line.netAmount]));
        expect(net(priceCart(shuffled, discount))).toEqual(net(priceCart(lines, discount)));
      }),
    );
  });

  test("a third of 1.00 over three equal lines leaves no cent over", () => {
    const ids = ["a", "b", "c"].map((id) => id as CourseId);
    const lines = ids.map((courseId) => ({ courseId, priceAmount: minor(500) }));
    const cart = priceCart(lines, { amount: minor(100), courseIds: new Set(ids) });
    expect(cart.lines.map((line) => line.discountAmount)).toEqual([34, 33, 33]);
  });
});
