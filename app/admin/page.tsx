import type { Metadata } from "next";
import { FailedPayments } from "@/components/admin/failed-payments";
import { OpenRequests } from "@/components/admin/open-requests";
import { SalesChart } from "@/components/admin/sales-chart";
import { SalesTable, SalesTiles } from "@/components/admin/sales-numbers";
import { PageHead, SectionHead } from "@/components/layout/page";
import { Attention, NothingToSee } from "@/components/orders/attention";
import { Disclosure } from "@/components/ui/accordion";
import { MoreLink } from "@/components/ui/link-button";
import { Panel, PanelHead } from "@/components/ui/panel";
import { periodBefore, periodOf } from "@/lib/analytics/period";
import { findToday, findTraffic, listDaySales } from "@/lib/analytics/queries";
import { addSales, pairBuckets } from "@/lib/analytics/sum-sales";
import { env } from "@/lib/env";
import { readReaderZone } from "@/lib/identity/reader-zone";
import { requirePermission } from "@/lib/identity/session";
import type { Viewer } from "@/lib/identity/viewer";
import { listFailedEmails } from "@/lib/notifications/queries";
import { countFailedPayments, listPaymentTrouble } from "@/lib/orders/queries";
import { roleMay } from "@/lib/permissions";
import { countOpenRequests } from "@/lib/refund-requests/queries";

export const metadata: Metadata = { title: "Overview" };

/** What needs a person, and how the shop does. */
export default async function OverviewPage() {
  const staff = await requirePermission("overview.see");
  const [requests, failedPayments, trouble, emails] = await Promise.all([
    countOpenRequests(staff.userId),
    countFailedPayments(staff.userId),
    listPaymentTrouble(staff.userId),
    listFailedEmails(staff.userId),
  ]);
  return (
    <>
      <PageHead title="Overview" />
      <section aria-labelledby="attention">
        <SectionHead id="attention" title="Needs attention" />
        <OpenRequests count={requests} />
        <FailedPayments count={failedPayments} />
        {requests + failedPayments + trouble.length + emails.length === 0 ? (
          <NothingToSee />
        ) : (
          <Attention trouble={trouble} emails={emails} />
        )}
      </section>
      {roleMay(staff.role, "analytics.see") ? <LatelySold staff={staff} /> : null}
    </>
  );
}

/** The last four weeks against the four before, in the shop's currency. */
async function LatelySold({ staff }: { readonly staff: Viewer }) {
  const { zone } = await readReaderZone(staff);
  const period = periodOf("28-days", await findToday(zone));
  const before = periodBefore(period);
  const currency = env().STORE_CURRENCY;
  const [days, daysBefore, traffic, trafficBefore] = await Promise.all([
    listDaySales(staff.userId, period, zone, currency),
    listDaySales(staff.userId, before, zone, currency),
    findTraffic(staff.userId, period, zone),
    findTraffic(staff.userId, before, zone),
  ]);
  const columns = pairBuckets(days, period, daysBefore);
  return (
    <section aria-labelledby="lately" className="mt-10">
      <SectionHead
        id="lately"
        title="The last 28 days"
        aside={<MoreLink href="/admin/analytics">Analytics</MoreLink>}
      />
      <SalesTiles
        now={addSales(days)}
        before={addSales(daysBefore)}
        currency={currency}
        traffic={{ now: traffic, before: trafficBefore }}
      />
      <Panel as="section" aria-labelledby="per-day" className="mt-6 overflow-hidden">
        <PanelHead id="per-day" title="Net revenue per day, incl. tax" />
        <SalesChart columns={columns} currency={currency} />
        <div className="border-t border-hairline px-5 lg:px-6">
          <Disclosure summary="The numbers day by day">
            <div className="-mx-5 lg:-mx-6">
              <SalesTable columns={columns} currency={currency} />
            </div>
          </Disclosure>
        </div>
      </Panel>
    </section>
  );
}
