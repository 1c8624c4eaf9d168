import type { Route } from "next";
import { OrderStatusBadge } from "@/components/orders/order-status-badge";
import { DateTime } from "@/components/ui/date-time";
import { Link } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import type { SaleRow } from "@/lib/sales/queries";
import { saleQuery } from "@/lib/sales/read-sale-filter";
import type { SaleFilter, SaleSort } from "@/lib/sales/schema";
import { StandingBadge } from "./payment-badges";

type SaleTableProps = { readonly sales: readonly SaleRow[]; readonly filter: SaleFilter };

/** Everybody's orders, sorted by what its heads say; on phones a card for each. */
export function SaleTable({ sales, filter }: SaleTableProps) {
  const sorted = (by: SaleSort) => {
    const isSorted = filter.sort === by;
    const direction = isSorted && filter.direction === "desc" ? "asc" : "desc";
    const sort = filter.direction === "desc" ? ("descending" as const) : ("ascending" as const);
    return {
      href: `/admin/orders${saleQuery({ ...filter, sort: by, direction })}` as Route,
      ...(isSorted ? { sort } : {}),
    };
  };
  return (
    <Panel className="overflow-hidden">
      <Table caption="Everybody's orders">
        <thead>
          <tr>
            <Th>Order</Th>
            <Th {...sorted("placed")}>Placed</Th>
            <Th>Customer</Th>
            <Th>Courses</Th>
            <Th align="right" {...sorted("total")}>
              Total
            </Th>
            <Th>Status</Th>
          </tr>
        </thead>
        <tbody>
          {sales.map((sale) => (
            <Row key={sale.orderNumber} sale={sale} />
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function Row({ sale }: { readonly sale: SaleRow }) {
  const [first, ...others] = sale.titles;
  return (
    <tr>
      <Td lead>
        <Link
          href={`/admin/orders/${sale.orderNumber}` as Route}
          prefetch={false}
          className="font-medium whitespace-nowrap tabular-nums max-md:inline-flex max-md:min-h-target max-md:items-center"
        >
          {sale.orderNumber}
        </Link>
      </Td>
      <Td label="Placed" className="whitespace-nowrap text-ink-soft tabular-nums">
        <DateTime at={sale.createdAt} format="short" />
      </Td>
      <Td label="Customer">
        <TwoLines small={sale.buyer.email}>{sale.buyer.name}</TwoLines>
      </Td>
      <Td label="Courses">
        {others.length > 0 ? <TwoLines small={`and ${others.length} more`}>{first}</TwoLines> : first}
      </Td>
      <Td label="Total" align="right" className="font-semibold">
        <Money amount={sale.totalAmount} currency={sale.currency} />
      </Td>
      <Td label="Status">
        <span className="inline-flex flex-wrap gap-1 max-md:justify-end">
          <OrderStatusBadge order={sale} />
          <StandingBadge dispute={sale.dispute} />
        </span>
      </Td>
    </tr>
  );
}
