import type { CourseId } from "@/lib/ids";
import { type Minor, minor, splitByWeight, sum, ZERO } from "@/lib/money";

export type PriceableLine = { readonly courseId: CourseId; readonly priceAmount: Minor };

/** What a coupon is worth on one cart: an amount, and the lines it may touch. */
export type Discount = { readonly amount: Minor; readonly courseIds: ReadonlySet<CourseId> };

export type PricedLine<L> = L & { readonly discountAmount: Minor; readonly netAmount: Minor };

export type PricedCart<L> = {
  readonly lines: readonly PricedLine<L>[];
  readonly subtotalAmount: Minor;
  readonly discountAmount: Minor;
  readonly taxAmount: Minor;
  readonly totalAmount: Minor;
};

/**
 * The one calculation of a total: cart page, checkout and order all call it. Splits the discount over the lines it
 * touches by largest remainder, so that the parts always add up; the order of the lines does not matter. Minor units.
 */
export function priceCart<L extends PriceableLine>(
  lines: readonly L[],
  discount: Discount | null,
): PricedCart<L> {
  const touched = lines
    .filter((line) => discount?.courseIds.has(line.courseId))
    .toSorted((a, b) => (a.courseId < b.courseId ? -1 : 1));
  const touchedTotal = sum(touched.map((line) => line.priceAmount));
  const amount = discount ? minor(Math.min(discount.amount, touchedTotal)) : ZERO;
  const parts = splitByWeight(
    amount,
    touched.map((line) => line.priceAmount),
  );
  const partOf = new Map(touched.map((line, index) => [line.courseId, parts[index] ?? ZERO]));

  const priced = lines.map((line) => {
    const discountAmount = partOf.get(line.courseId) ?? ZERO;
    return { ...line, discountAmount, netAmount: minor(line.priceAmount - discountAmount) };
  });
  const subtotalAmount = sum(lines.map((line) => line.priceAmount));
  return {
    lines: priced,
    subtotalAmount,
    discountAmount: amount,
    taxAmount: ZERO,
    totalAmount: minor(subtotalAmount - amount),
  };
}
