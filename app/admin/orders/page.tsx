import { Download } from "lucide-react";
import type { Metadata, Route } from "next";
import { SaleFilters, SEARCHED } from "@/components/admin/sale-filters";
import { SaleTable } from "@/components/admin/sale-table";
import { PageHead } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { Pagination } from "@/components/ui/tabs";
import { env } from "@/lib/env";
import { readReaderZone } from "@/lib/identity/reader-zone";
import { requirePermission } from "@/lib/identity/session";
import { readCursor } from "@/lib/orders/read-cursor";
import { roleMay } from "@/lib/permissions";
import { readSaleSearch, type UnkeptObject } from "@/lib/sale-search/read-sale-search";
import { listSales } from "@/lib/sales/queries";
import { isNarrowed, readSaleFilter, saleQuery } from "@/lib/sales/read-sale-filter";
import type { SaleFilter } from "@/lib/sales/schema";

export const metadata: Metadata = { title: "Orders" };

/** Everybody's orders. */
export default async function AdminOrdersPage({ searchParams }: PageProps<"/admin/orders">) {
  const staff = await requirePermission("orders.see");
  const [sent, { zone }] = await Promise.all([searchParams, readReaderZone(staff)]);
  const filter = readSaleFilter(sent, zone);
  const { orders, newer, older } = await listSales(staff.userId, filter, readCursor(sent));
  const href = (place: "before" | "after", orderNumber: string) =>
    `/admin/orders${saleQuery(filter, { [place]: orderNumber })}` as Route;
  return (
    <>
      <PageHead
        title="Orders"
        aside={
          roleMay(staff.role, "orders.export") ? (
            // No Link: what answers is a file, not a page.
            <a href={`/admin/orders/export${saleQuery(filter)}`} download className={buttonClass()}>
              <Download />
              Export CSV
            </a>
          ) : null
        }
      />
      <SaleFilters filter={filter} currency={env().STORE_CURRENCY.toUpperCase()} />
      {orders.length > 0 ? <SaleTable sales={orders} filter={filter} /> : <NoSales filter={filter} />}
      {newer || older ? (
        <Pagination
          newer={newer ? href("after", newer) : null}
          older={older ? href("before", older) : null}
          words={filter.sort === "placed" && filter.direction === "desc" ? undefined : ["Back", "Next"]}
        >
          {orders.length} {orders.length === 1 ? "order" : "orders"}
        </Pagination>
      ) : null}
    </>
  );
}

const unkeptWords: Readonly<Record<UnkeptObject, string>> = {
  charge: "Charges are not kept here",
  invoice: "Stripe’s invoices are not kept here",
};

function NoSales({ filter }: { readonly filter: SaleFilter }) {
  const search = readSaleSearch(filter.q);
  if (!isNarrowed(filter))
    return (
      <Panel dashed>
        <EmptyState title="No orders yet">
          The first one appears here as soon as somebody goes to pay.
        </EmptyState>
      </Panel>
    );
  return (
    <Panel dashed>
      <EmptyState
        title={search?.by === "unkept" ? unkeptWords[search.object] : "No order matches"}
        action={<ButtonLink href="/admin/orders">Show all orders</ButtonLink>}
      >
        {search?.by === "unkept"
          ? "Search by the payment, pi_…, which Stripe shows beside it."
          : `Take a filter away, or search by something else. The search finds ${SEARCHED}`}
      </EmptyState>
    </Panel>
  );
}
