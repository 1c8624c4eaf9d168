import { stringify } from "csv-stringify/sync";
import { CSV_OPTIONS } from "@/lib/csv";
import { formatDecimal } from "@/lib/money";
import type { Bucket } from "./period";
import { DIMENSION_NAMES, type Dimension, type Slice } from "./schema";
import { netAmount, type Sales } from "./sum-sales";

/** The table of the chart, as CSV. */
export function salesCsv(
  rows: readonly { readonly bucket: Bucket; readonly sales: Sales }[],
  currency: string,
): string {
  const money = (amount: number) => formatDecimal(amount, currency);
  return stringify(
    [
      ["From", "To", "Currency", "Orders", "Gross", "Tax", "Refunds", "Refunded", "Net"],
      ...rows.map(({ bucket, sales }) => [
        bucket.from,
        bucket.to,
        currency.toUpperCase(),
        sales.orders,
        money(sales.grossAmount),
        money(sales.taxAmount),
        sales.refunds,
        money(sales.refundedAmount),
        money(netAmount(sales)),
      ]),
    ],
    CSV_OPTIONS,
  );
}

export function slicesCsv(by: Dimension, slices: readonly Slice[], currency: string): string {
  return stringify(
    [
      [DIMENSION_NAMES[by], "Currency", "Sold", "Paid", "Refunded"],
      ...slices.map(({ name, sold, paidAmount, refundedAmount }) => [
        name,
        currency.toUpperCase(),
        sold,
        formatDecimal(paidAmount, currency),
        formatDecimal(refundedAmount, currency),
      ]),
    ],
    CSV_OPTIONS,
  );
}
