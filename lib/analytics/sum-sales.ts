import type { Bucket } from "./period";

/**
 * What came in and went back, in minor units of one currency. A sale counts on the day when it was paid, a refund on the day when it was
 * asked for and not failed since; so what went back today lowers today, not the day of the sale.
 */
export type Sales = {
  /** Paid orders, those that cost nothing included. */
  readonly orders: number;
  /** All that was paid, tax included. */
  readonly grossAmount: number;
  readonly taxAmount: number;
  readonly refunds: number;
  readonly refundedAmount: number;
};

export type DaySales = Sales & { readonly day: string };

export const NO_SALES: Sales = { orders: 0, grossAmount: 0, taxAmount: 0, refunds: 0, refundedAmount: 0 };

export const netAmount = ({ grossAmount, refundedAmount }: Sales): number => grossAmount - refundedAmount;

/** Of the orders that cost something or not alike; 0 without any. Rounded to whole minor units. */
export const averageAmount = ({ grossAmount, orders }: Sales): number =>
  orders === 0 ? 0 : Math.round(grossAmount / orders);

export function addSales(all: readonly Sales[]): Sales {
  return all.reduce(
    (sum, one) => ({
      orders: sum.orders + one.orders,
      grossAmount: sum.grossAmount + one.grossAmount,
      taxAmount: sum.taxAmount + one.taxAmount,
      refunds: sum.refunds + one.refunds,
      refundedAmount: sum.refundedAmount + one.refundedAmount,
    }),
    NO_SALES,
  );
}

/** Days into the parts of a chart, parts without a sale included. */
export function sumBuckets(
  days: readonly DaySales[],
  buckets: readonly Bucket[],
): { readonly bucket: Bucket; readonly sales: Sales }[] {
  return buckets.map((bucket) => ({
    bucket,
    sales: addSales(days.filter(({ day }) => bucket.from <= day && day <= bucket.to)),
  }));
}

/** The change against the period before in percent, with one decimal; null where there was nothing to compare with. */
export function changeOf(now: number, before: number): number | null {
  return before === 0 ? null : Math.round(((now - before) / Math.abs(before)) * 1_000) / 10;
}

export type PairedSales = {
  readonly bucket: Bucket;
  readonly sales: Sales;
  readonly before: Sales | null;
};

/**
 * Each part beside the one at its place in the period before. Weeks and months of the two may be cut differently at the ends, so only days,
 * which never are, are paired.
 */
export function pairBuckets(
  days: readonly DaySales[],
  buckets: readonly Bucket[],
  daysBefore: readonly DaySales[],
  bucketsBefore: readonly Bucket[],
): PairedSales[] {
  const before = sumBuckets(daysBefore, bucketsBefore);
  return sumBuckets(days, buckets).map(({ bucket, sales }, index) => ({
    bucket,
    sales,
    before: bucket.size === "day" ? (before[index]?.sales ?? null) : null,
  }));
}
