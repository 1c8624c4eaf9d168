import type { Metadata, Route } from "next";
import { PageHead } from "@/components/layout/page";
import { OrderFilters } from "@/components/orders/order-filters";
import { OrderTable } from "@/components/orders/order-table";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState, OpenBook } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { Pagination } from "@/components/ui/tabs";
import { requireViewer } from "@/lib/identity/session";
import { ordersHref, readFilter } from "@/lib/orders/order-filter";
import { listOrders, listOrderYears } from "@/lib/orders/queries";
import { readCursor } from "@/lib/orders/read-cursor";

export const metadata: Metadata = { title: "Orders" };

/** The learner's orders, newest first. */
export default async function OrdersPage({ searchParams }: PageProps<"/account/orders">) {
  const query = await searchParams;
  const filter = readFilter(query);
  const viewer = await requireViewer(ordersHref(filter));
  const [{ orders, newer, older }, years] = await Promise.all([
    listOrders(viewer.userId, readCursor(query), filter),
    listOrderYears(viewer.userId),
  ]);
  if (years.length === 0) return <NoOrders />;
  return (
    <>
      <PageHead title="Orders" />
      <OrderFilters filter={filter} years={years} />
      {orders.length > 0 ? (
        <OrderTable orders={orders} />
      ) : (
        <EmptyState
          title="No order matches"
          action={<ButtonLink href="/account/orders">Show all orders</ButtonLink>}
        >
          Try fewer letters of the number or the course, or another status or year.
        </EmptyState>
      )}
      {newer || older ? (
        <Pagination
          newer={newer ? (ordersHref(filter, { after: newer }) as Route) : null}
          older={older ? (ordersHref(filter, { before: older }) as Route) : null}
        >
          {orders.length} {orders.length === 1 ? "order" : "orders"}, newest first
        </Pagination>
      ) : null}
    </>
  );
}

function NoOrders() {
  return (
    <>
      <PageHead title="Orders" />
      <Panel dashed>
        <EmptyState
          title="No orders yet"
          figure={<OpenBook />}
          action={
            <ButtonLink href="/courses" variant="primary">
              Browse the courses
            </ButtonLink>
          }
        >
          Every order appears here with its receipt, from the moment you go to pay. Free courses need no
          order: they are in My courses.
        </EmptyState>
      </Panel>
    </>
  );
}
