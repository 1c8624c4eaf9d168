import type { Metadata } from "next";
import { AnalyticsTabs } from "@/components/admin/analytics-tabs";
import { ExportLink } from "@/components/admin/export-link";
import { FunnelTable, FunnelTiles } from "@/components/admin/funnel-tables";
import { ReportFilters } from "@/components/admin/report-filters";
import { PageHead } from "@/components/layout/page";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { addFunnels } from "@/lib/analytics/funnel";
import { namePeriod, periodBefore } from "@/lib/analytics/period";
import { findToday, listFunnels } from "@/lib/analytics/queries";
import { readReportQuery, reportQuery } from "@/lib/analytics/read-report-query";
import { readReaderZone } from "@/lib/identity/reader-zone";
import { requirePermission } from "@/lib/identity/session";
import { roleMay } from "@/lib/permissions";

export const metadata: Metadata = { title: "Funnel" };

/** From looking at a course to paying for it. */
export default async function FunnelPage({ searchParams }: PageProps<"/admin/analytics/funnel">) {
  const staff = await requirePermission("analytics.see");
  const { zone } = await readReaderZone(staff);
  const today = await findToday(zone);
  const query = readReportQuery(await searchParams, today);
  const before = periodBefore(query.period);
  const [funnels, earlier] = await Promise.all([
    listFunnels(staff.userId, query.period, zone),
    listFunnels(staff.userId, before, zone),
  ]);
  return (
    <>
      <PageHead
        title="Analytics"
        lead={`${namePeriod(query.period)}, compared with ${namePeriod(before)}`}
        aside={
          roleMay(staff.role, "analytics.export") ? (
            <ExportLink
              href={`/admin/analytics/export${reportQuery(query, { by: "funnel" })}`}
              of="the funnel"
            />
          ) : null
        }
      />
      <AnalyticsTabs current="funnel" />
      <ReportFilters
        path="/admin/analytics/funnel"
        query={query}
        today={today}
        currency=""
        currencies={[]}
        zone={zone}
      />
      <FunnelTiles now={addFunnels(funnels)} before={addFunnels(earlier)} />
      {funnels.length > 0 ? (
        <FunnelTable funnels={funnels} />
      ) : (
        <Panel dashed className="mt-8">
          <EmptyState title="Nothing happened in these days">Choose other days.</EmptyState>
        </Panel>
      )}
      <p className="mt-3 text-xs text-ink-muted">
        Courses are counted, not people, and nothing about anybody is kept: no cookie, no script, nobody else.
        Views are pages that the shop answered to a browser; within half an hour the same one counts once, and
        a page that is fetched because its link was pointed at counts. Orders count by the day when they were
        placed.
      </p>
    </>
  );
}
