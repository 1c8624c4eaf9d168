import type { Metadata } from "next";
import { type ComponentProps, Suspense } from "react";
import { AnalyticsTabs } from "@/components/admin/analytics-tabs";
import { ExportLink } from "@/components/admin/export-link";
import { ReportFilters } from "@/components/admin/report-filters";
import { SalesChart } from "@/components/admin/sales-chart";
import { SalesTable, SalesTiles, SlicePanel, SliceSkeleton } from "@/components/admin/sales-numbers";
import { PageHead } from "@/components/layout/page";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel, PanelHead } from "@/components/ui/panel";
import { namePeriod, periodBefore } from "@/lib/analytics/period";
import { findToday, findTraffic, listCurrencies, listDaySales, listSlices } from "@/lib/analytics/queries";
import { readReportQuery, reportQuery } from "@/lib/analytics/read-report-query";
import { DIMENSIONS, type Slice } from "@/lib/analytics/schema";
import { addSales, pairBuckets } from "@/lib/analytics/sum-sales";
import { env } from "@/lib/env";
import { readReaderZone } from "@/lib/identity/reader-zone";
import { requirePermission } from "@/lib/identity/session";
import { roleMay } from "@/lib/permissions";

export const metadata: Metadata = { title: "Analytics" };

/** What was sold and what went back. */
export default async function AnalyticsPage({ searchParams }: PageProps<"/admin/analytics">) {
  const staff = await requirePermission("analytics.see");
  const { zone } = await readReaderZone(staff);
  const today = await findToday(zone);
  const query = readReportQuery(await searchParams, today);
  const { period } = query;
  const before = periodBefore(period);
  const currencies = await listCurrencies(staff.userId);
  const currency = query.currency ?? env().STORE_CURRENCY;
  const [days, daysBefore, traffic, trafficBefore] = await Promise.all([
    listDaySales(staff.userId, period, zone, currency),
    listDaySales(staff.userId, before, zone, currency),
    findTraffic(staff.userId, period, zone),
    findTraffic(staff.userId, before, zone),
  ]);
  const columns = pairBuckets(days, period, daysBefore);
  const mayExport = roleMay(staff.role, "analytics.export");
  const file = (by: string) => `/admin/analytics/export${reportQuery({ ...query, currency }, { by })}`;
  return (
    <>
      <PageHead
        title="Analytics"
        lead={`${namePeriod(period)}, compared with ${namePeriod(before)}`}
        aside={mayExport ? <ExportLink href={file("time")} of="sales over time" /> : null}
      />
      <AnalyticsTabs current="sales" />
      <ReportFilters
        query={query}
        today={today}
        currency={currency}
        currencies={[...new Set([env().STORE_CURRENCY, ...currencies])]}
        zone={zone}
      />
      <SalesTiles
        now={addSales(days)}
        before={addSales(daysBefore)}
        currency={currency}
        traffic={{ now: traffic, before: trafficBefore }}
      />
      <Panel as="section" aria-labelledby="over-time" className="mt-8 overflow-hidden">
        <PanelHead id="over-time" title="Net revenue, incl. tax" />
        <SalesChart columns={columns} currency={currency} />
        <SalesTable columns={columns} currency={currency} />
      </Panel>
      <p className="mt-3 text-xs text-ink-muted">
        Net is what was paid less refunds and lost disputes, with its tax. A sale counts on the day when it
        was paid, a refund on the day when it was given, a lost dispute on the day when the bank decided. Tax
        is that of the sales; what refunds gave back of it stands on the credit notes. The tables below are
        about the sales of the period: what was given back of these or lost, whenever.
      </p>
      {days.some(({ orders }) => orders > 0) ? (
        <div className="mt-8 grid grid-cols-[minmax(0,1fr)] gap-6 xl:grid-cols-2 xl:items-start">
          {DIMENSIONS.map((by) => (
            // A year of a large shop takes seconds: the page does not wait for it.
            <Suspense
              key={`${by} ${period.from} ${period.to} ${currency}`}
              fallback={<SliceSkeleton by={by} />}
            >
              <Slices
                by={by}
                slices={listSlices(staff.userId, by, period, zone, currency)}
                currency={currency}
                aside={mayExport ? <ExportLink href={file(by)} of={`sales by ${by}`} small /> : null}
              />
            </Suspense>
          ))}
        </div>
      ) : (
        <Panel dashed className="mt-8">
          <EmptyState title="Nothing was sold in these days">
            Choose other days, or another currency, to see sales by course, coupon and country.
          </EmptyState>
        </Panel>
      )}
    </>
  );
}

type SlicesProps = Omit<ComponentProps<typeof SlicePanel>, "slices"> & {
  readonly slices: Promise<readonly Slice[]>;
};

async function Slices({ slices, ...panel }: SlicesProps) {
  return <SlicePanel {...panel} slices={await slices} />;
}
