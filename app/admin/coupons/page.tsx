import { Download, Layers, Plus } from "lucide-react";
import type { Metadata, Route } from "next";
import { CouponFilters, CouponTabs } from "@/components/admin/coupon-filters";
import { CouponTable } from "@/components/admin/coupon-table";
import { SwitchBatch } from "@/components/admin/switch-coupon";
import { PageHead } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/empty-state";
import { BackLink } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { Pagination } from "@/components/ui/tabs";
import { type BatchRow, findBatch, listCoupons } from "@/lib/campaigns/queries";
import { couponQuery, readCouponFilter } from "@/lib/campaigns/read-coupon-filter";
import { couponCode } from "@/lib/coupons/schema";
import { requirePermission } from "@/lib/identity/session";
import { readPlace } from "@/lib/keyset";
import { roleMay } from "@/lib/permissions";

export const metadata: Metadata = { title: "Coupons" };

/** Every code, or the codes of one batch. */
export default async function CouponsPage({ searchParams }: PageProps<"/admin/coupons">) {
  const staff = await requirePermission("coupons.see");
  const sent = await searchParams;
  const filter = readCouponFilter(sent);
  const [page, batch] = await Promise.all([
    listCoupons(staff.userId, filter, readPlace(sent, couponCode)),
    filter.batch ? findBatch(staff.userId, filter.batch) : null,
  ]);
  const { rows, newer, older } = page;
  const href = (place: "before" | "after", code: string) =>
    `/admin/coupons${couponQuery(filter, { [place]: code })}` as Route;
  const mayEdit = roleMay(staff.role, "coupons.edit");
  return (
    <>
      <PageHead
        back={batch ? <BackLink href="/admin/coupons/batches">All batches</BackLink> : undefined}
        title={batch ? batch.description : "Coupons"}
        lead={batch ? describeBatch(batch) : undefined}
        aside={
          <div className="flex flex-wrap items-start gap-3">
            {roleMay(staff.role, "coupons.export") ? (
              // No Link: what answers is a file, not a page.
              <a href={`/admin/coupons/export${couponQuery(filter)}`} download className={buttonClass()}>
                <Download />
                Export CSV
              </a>
            ) : null}
            {mayEdit && batch ? (
              <SwitchBatch batch={batch.id} active={batch.switchedOff === batch.size} />
            ) : null}
            {mayEdit && !batch ? <NewLinks /> : null}
          </div>
        }
      />
      {batch ? null : <CouponTabs current="codes" />}
      <CouponFilters filter={filter} />
      {rows.length > 0 ? (
        <CouponTable coupons={rows} />
      ) : (
        <NoCoupons isNarrowed={Boolean(filter.q || filter.state || filter.batch)} />
      )}
      {newer || older ? (
        <Pagination newer={newer ? href("after", newer) : null} older={older ? href("before", older) : null}>
          {rows.length} {rows.length === 1 ? "code" : "codes"}
        </Pagination>
      ) : null}
    </>
  );
}

function NewLinks() {
  return (
    <>
      <ButtonLink href="/admin/coupons/batches/new">
        <Layers />
        Many codes
      </ButtonLink>
      <ButtonLink href="/admin/coupons/new" variant="primary">
        <Plus />
        New code
      </ButtonLink>
    </>
  );
}

function describeBatch({ size, used, switchedOff }: BatchRow): string {
  const off = switchedOff === 0 ? "" : `, ${switchedOff.toLocaleString("en-US")} switched off`;
  return `${used.toLocaleString("en-US")} of ${size.toLocaleString("en-US")} codes used${off}`;
}

function NoCoupons({ isNarrowed }: { readonly isNarrowed: boolean }) {
  return (
    <Panel dashed>
      {isNarrowed ? (
        <EmptyState
          title="No code matches"
          action={<ButtonLink href="/admin/coupons">Show all codes</ButtonLink>}
        >
          Search by the beginning of a code, or take the filter away.
        </EmptyState>
      ) : (
        <EmptyState title="No codes yet">
          A code lowers the price of some or all courses. Made here, it works at once.
        </EmptyState>
      )}
    </Panel>
  );
}
