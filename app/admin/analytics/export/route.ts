import { z } from "zod";
import { recordReportExport } from "@/lib/analytics/mutations";
import { bucketsOf } from "@/lib/analytics/period";
import {
  findDropOff,
  findToday,
  listCohorts,
  listDaySales,
  listFunnels,
  listSlices,
} from "@/lib/analytics/queries";
import { type ReportQuery, readReportQuery, reportQuery } from "@/lib/analytics/read-report-query";
import { cohortsCsv, dropOffCsv, funnelCsv, salesCsv, slicesCsv } from "@/lib/analytics/report-rows";
import { DIMENSIONS } from "@/lib/analytics/schema";
import { sumBuckets } from "@/lib/analytics/sum-sales";
import { slug } from "@/lib/catalog/schema";
import { csvName, csvResponse, once } from "@/lib/csv";
import { env } from "@/lib/env";
import { readReaderZone } from "@/lib/identity/reader-zone";
import { requirePermission } from "@/lib/identity/session";
import type { UserId } from "@/lib/ids";

const reports = z.enum(["time", "funnel", "drop-off", "cohorts", ...DIMENSIONS]).catch("time");

/** One table of the report as CSV, over the same days in the same zone. */
export async function GET(request: Request): Promise<Response> {
  const staff = await requirePermission("analytics.export");
  const sent = Object.fromEntries(new URL(request.url).searchParams);
  const by = reports.parse(sent.by);
  const { zone } = await readReaderZone(staff);
  const query = readReportQuery(sent, await findToday(zone));
  const currency = query.currency ?? env().STORE_CURRENCY;
  await recordReportExport(staff.userId, reportQuery({ ...query, currency }, { by }));
  const course = slug.catch("").parse(sent.course);
  const text = await writeReport(staff.userId, by, { query, zone, currency, course });
  const name = by === "time" || DIMENSIONS.some((one) => one === by) ? `sales-by-${by}` : by;
  // Cohorts are of all time.
  const days = by === "cohorts" ? {} : query.period;
  return csvResponse(csvName(name, days), "", once(text));
}

type Asked = {
  readonly query: ReportQuery;
  readonly zone: string;
  readonly currency: string;
  readonly course: string;
};

async function writeReport(
  staffId: UserId,
  by: z.output<typeof reports>,
  { query: { period }, zone, currency, course }: Asked,
): Promise<string> {
  if (by === "funnel") return funnelCsv(await listFunnels(staffId, period, zone));
  if (by === "cohorts") return cohortsCsv(await listCohorts(staffId, course, zone));
  if (by === "drop-off") return dropOffCsv(await findDropOff(staffId, course, period, zone));
  if (by !== "time") return slicesCsv(by, await listSlices(staffId, by, period, zone, currency), currency);
  return salesCsv(
    sumBuckets(await listDaySales(staffId, period, zone, currency), bucketsOf(period)),
    currency,
  );
}
