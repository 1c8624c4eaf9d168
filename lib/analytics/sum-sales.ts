import { addDays } from "@/lib/progress/streak";
import { type Bucket, bucketsOf, daysIn, type Period } from "./period";

/**
 * What came in and went back, in minor units of one currency. A sale counts on the day when it was paid, a refund on the day when it was
 * asked for and not failed since, a lost dispute on the day when the bank decided; so what went back today lowers today, not the day of
 * the sale.
 */
export type Sales = {
  /** Paid orders, those that cost nothing included. */
  readonly orders: number;
  /** All that was paid, tax included. */
  readonly grossAmount: number;
  readonly taxAmount: number;
  readonly refunds: number;
  readonly refundedAmount: number;
  /** What banks took for good. */
  readonly lostAmount: number;
};

export type DaySales = Sales & { readonly day: string };

export const NO_SALES: Sales = {
  orders: 0,
  grossAmount: 0,
  taxAmount: 0,
  refunds: 0,
  refundedAmount: 0,
  lostAmount: 0,
};

/** What the shop keeps of it, tax included. */
export const netAmount = ({ grossAmount, refundedAmount, lostAmount }: Sales): number =>
  grossAmount - refundedAmount - lostAmount;

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
      lostAmount: sum.lostAmount + one.lostAmount,
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
  readonly before: Sales;
};

/**
 * Each part beside the same days of the period before: as many days, that many days earlier. The two periods follow each other and are
 * equally long, so each day before is in one pair, however the calendar cuts weeks and months.
 */
export function pairBuckets(
  days: readonly DaySales[],
  period: Period,
  daysBefore: readonly DaySales[],
): PairedSales[] {
  const back = -daysIn(period);
  const earlier = bucketsOf(period).map((bucket) => ({
    ...bucket,
    from: addDays(bucket.from, back),
    to: addDays(bucket.to, back),
  }));
  const before = sumBuckets(daysBefore, earlier);
  return sumBuckets(days, bucketsOf(period)).map(({ bucket, sales }, index) => ({
    bucket,
    sales,
    before: before[index]?.sales ?? NO_SALES,
  }));
}
