import { stringify } from "csv-stringify/sync";
import { CSV_OPTIONS } from "@/lib/csv";
import { formatDecimal } from "@/lib/money";
import { type Cohort, type CourseFunnel, type DropOff, FUNNEL_NAMES, FUNNEL_STEPS } from "./funnel";
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
      [
        "From",
        "To",
        "Currency",
        "Orders",
        "Gross",
        "Tax",
        "Refunds",
        "Refunded",
        "Lost to disputes",
        "Net incl. tax",
      ],
      ...rows.map(({ bucket, sales }) => [
        bucket.from,
        bucket.to,
        currency.toUpperCase(),
        sales.orders,
        money(sales.grossAmount),
        money(sales.taxAmount),
        sales.refunds,
        money(sales.refundedAmount),
        money(sales.lostAmount),
        money(netAmount(sales)),
      ]),
    ],
    CSV_OPTIONS,
  );
}

export function slicesCsv(by: Dimension, slices: readonly Slice[], currency: string): string {
  const money = (amount: number) => formatDecimal(amount, currency);
  return stringify(
    [
      [
        DIMENSION_NAMES[by],
        "Currency",
        "Sold",
        "Paid",
        "Tax",
        "Paid without tax",
        "Refunded",
        "Lost to disputes",
      ],
      ...slices.map(({ name, sold, paidAmount, taxAmount, refundedAmount, lostAmount }) => [
        name,
        currency.toUpperCase(),
        sold,
        money(paidAmount),
        money(taxAmount),
        money(paidAmount - taxAmount),
        money(refundedAmount),
        money(lostAmount),
      ]),
    ],
    CSV_OPTIONS,
  );
}

export function funnelCsv(funnels: readonly CourseFunnel[]): string {
  return stringify(
    [
      ["Course", ...FUNNEL_STEPS.map((step) => FUNNEL_NAMES[step])],
      ...funnels.map((funnel) => [funnel.title, ...FUNNEL_STEPS.map((step) => funnel[step])]),
    ],
    CSV_OPTIONS,
  );
}

/** Only the head for an unknown course. */
export function dropOffCsv(dropOff: DropOff | null): string {
  const rows = dropOff?.lessons.map(({ title, completed, stopped }, index) => [
    index + 1,
    title,
    completed,
    stopped,
  ]);
  return stringify(
    [
      ["Place", "Lesson", "Completed by", "Stopped here"],
      ...(dropOff ? [[0, "No lesson completed yet", "", dropOff.notBegun]] : []),
      ...(rows ?? []),
    ],
    CSV_OPTIONS,
  );
}

export function cohortsCsv(cohorts: readonly Cohort[]): string {
  return stringify(
    [
      ["Began in", "Learners", "In 7 days", "In 30 days", "In 90 days", "By now"],
      ...cohorts.map(({ month, seats, within7, within30, within90, ever }) => [
        month,
        seats,
        within7,
        within30,
        within90,
        ever,
      ]),
    ],
    CSV_OPTIONS,
  );
}
