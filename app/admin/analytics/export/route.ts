import { z } from "zod";
import { recordReportExport } from "@/lib/analytics/mutations";
import { bucketsOf } from "@/lib/analytics/period";
import { findToday, listDaySales, listSlices } from "@/lib/analytics/queries";
import { readReportQuery, reportQuery } from "@/lib/analytics/read-report-query";
import { salesCsv, slicesCsv } from "@/lib/analytics/report-rows";
import { DIMENSIONS } from "@/lib/analytics/schema";
import { sumBuckets } from "@/lib/analytics/sum-sales";
import { csvResponse, once } from "@/lib/csv";
import { env } from "@/lib/env";
import { readReaderZone } from "@/lib/identity/reader-zone";
import { requirePermission } from "@/lib/identity/session";

const reports = z.enum(["time", ...DIMENSIONS]).catch("time");

/** One table of the report as CSV, over the same days in the same zone. */
export async function GET(request: Request): Promise<Response> {
  const staff = await requirePermission("analytics.export");
  const sent = Object.fromEntries(new URL(request.url).searchParams);
  const by = reports.parse(sent.by);
  const { zone } = await readReaderZone(staff);
  const query = readReportQuery(sent, await findToday(zone));
  const currency = query.currency ?? env().STORE_CURRENCY;
  await recordReportExport(staff.userId, reportQuery({ ...query, currency }, { by }));
  const text =
    by === "time"
      ? salesCsv(
          sumBuckets(await listDaySales(staff.userId, query.period, zone, currency), bucketsOf(query.period)),
          currency,
        )
      : slicesCsv(by, await listSlices(staff.userId, by, query.period, zone, currency), currency);
  return csvResponse(`sales-by-${by}.csv`, "", once(text));
}
