import { csvLines, csvName, csvResponse } from "@/lib/csv";
import { readReaderZone } from "@/lib/identity/reader-zone";
import { requirePermission } from "@/lib/identity/session";
import { exportHead, exportRows } from "@/lib/sales/export-row";
import { recordSalesExport } from "@/lib/sales/mutations";
import { exportSales } from "@/lib/sales/queries";
import { readSaleFilter, saleQuery } from "@/lib/sales/read-sale-filter";

/** The orders of a filter as CSV, sent while they are read. */
export async function GET(request: Request): Promise<Response> {
  const staff = await requirePermission("orders.export");
  const { zone } = await readReaderZone(staff);
  const filter = readSaleFilter(Object.fromEntries(new URL(request.url).searchParams), zone);
  await recordSalesExport(staff.userId, saleQuery(filter) || "all orders");
  const rows = csvLines(exportSales(staff.userId, filter), exportRows);
  return csvResponse(csvName("orders", filter), exportHead(), rows);
}
