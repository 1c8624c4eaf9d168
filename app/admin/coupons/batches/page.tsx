import { Layers } from "lucide-react";
import type { Metadata, Route } from "next";
import { CouponTabs } from "@/components/admin/coupon-filters";
import { BatchTable } from "@/components/admin/coupon-table";
import { PageHead } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { Pagination } from "@/components/ui/tabs";
import { listBatches } from "@/lib/campaigns/queries";
import { requirePermission } from "@/lib/identity/session";
import { readPlace } from "@/lib/keyset";
import { roleMay } from "@/lib/permissions";

export const metadata: Metadata = { title: "Batches of codes" };

/** Codes that were made together and work once each. */
export default async function BatchesPage({ searchParams }: PageProps<"/admin/coupons/batches">) {
  const staff = await requirePermission("coupons.see");
  const { rows, newer, older } = await listBatches(staff.userId, readPlace(await searchParams));
  const href = (place: "before" | "after", id: string) => `/admin/coupons/batches?${place}=${id}` as Route;
  return (
    <>
      <PageHead
        title="Coupons"
        aside={
          roleMay(staff.role, "coupons.edit") ? (
            <ButtonLink href="/admin/coupons/batches/new" variant="primary">
              <Layers />
              Many codes
            </ButtonLink>
          ) : null
        }
      />
      <CouponTabs current="batches" />
      {rows.length > 0 ? (
        <BatchTable batches={rows} />
      ) : (
        <Panel dashed>
          <EmptyState title="No batches yet">
            A batch is a list of codes that work once each, to print or to send one by one.
          </EmptyState>
        </Panel>
      )}
      {newer || older ? (
        <Pagination newer={newer ? href("after", newer) : null} older={older ? href("before", older) : null}>
          {rows.length} {rows.length === 1 ? "batch" : "batches"}
        </Pagination>
      ) : null}
    </>
  );
}
