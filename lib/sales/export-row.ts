import { stringify } from "csv-stringify/sync";
import { CSV_OPTIONS } from "@/lib/csv";
import { formatDecimal } from "@/lib/money";
import type { ExportedSale } from "./queries";

const COLUMNS = [
  "Order",
  "Placed",
  "Paid",
  "Status",
  "Customer",
  "E-mail",
  "Country",
  "Courses",
  "Currency",
  "Subtotal",
  "Discount",
  "Tax",
  "Total",
  "Refunded",
  "Coupon",
  "Payment",
  "Dispute",
  "Lost to disputes",
] as const;

export const exportHead = (): string => stringify([COLUMNS], CSV_OPTIONS);

export function exportRows(sales: readonly ExportedSale[]): string {
  return stringify(
    sales.map((sale) => {
      const money = (amount: number) => formatDecimal(amount, sale.currency);
      return [
        sale.orderNumber,
        sale.createdAt.toISOString(),
        sale.paidAt?.toISOString() ?? "",
        sale.status,
        sale.buyer.name,
        sale.buyer.email,
        sale.country ?? "",
        sale.titles.join("; "),
        sale.currency.toUpperCase(),
        money(sale.subtotalAmount),
        money(sale.discountAmount),
        money(sale.taxAmount),
        money(sale.totalAmount),
        money(sale.refundedAmount),
        sale.couponCode ?? "",
        sale.stripePaymentIntentId ?? "",
        sale.dispute?.state ?? "",
        money(sale.dispute?.lostAmount ?? 0),
      ];
    }),
    CSV_OPTIONS,
  );
}
