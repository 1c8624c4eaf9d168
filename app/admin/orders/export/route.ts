import { requirePermission } from "@/lib/identity/session";
import { exportHead, exportRows } from "@/lib/sales/export-row";
import { recordSalesExport } from "@/lib/sales/mutations";
import { exportSales } from "@/lib/sales/queries";
import { readSaleFilter, saleQuery } from "@/lib/sales/read-sale-filter";

/** The orders of a filter as CSV, sent while they are read. */
export async function GET(request: Request): Promise<Response> {
  const staff = await requirePermission("orders.export");
  const filter = readSaleFilter(Object.fromEntries(new URL(request.url).searchParams));
  await recordSalesExport(staff.userId, saleQuery(filter) || "all orders");
  const batches = exportSales(staff.userId, filter);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(`\uFEFF${exportHead()}`)),
    async pull(controller) {
      const next = await batches.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(exportRows(next.value)));
    },
    async cancel() {
      await batches.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="orders.csv"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
