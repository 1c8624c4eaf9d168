import { csvLines, csvName, csvResponse } from "@/lib/csv";
import { requirePermission } from "@/lib/identity/session";
import { exportHead, exportRows } from "@/lib/invoice-register/export-row";
import { recordRegisterExport } from "@/lib/invoice-register/mutations";
import { exportRegister } from "@/lib/invoice-register/queries";
import { readRegisterFilter, registerQuery } from "@/lib/invoice-register/read-register-filter";

/** The documents of a filter as CSV, a row for each rate of tax, sent while they are read. */
export async function GET(request: Request): Promise<Response> {
  const staff = await requirePermission("documents.export");
  const { filter, problems } = readRegisterFilter(Object.fromEntries(new URL(request.url).searchParams));
  const problem = problems.from ?? problems.to;
  if (problem) return new Response(problem, { status: 400 });
  await recordRegisterExport(staff.userId, registerQuery(filter) || "all documents");
  const rows = csvLines(exportRegister(staff.userId, filter), exportRows);
  return csvResponse(csvName("documents", filter), exportHead(), rows);
}
