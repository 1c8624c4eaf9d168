import { Search } from "lucide-react";
import type { Metadata, Route } from "next";
import { z } from "zod";
import { PageHead, SectionHead } from "@/components/layout/page";
import { Attention } from "@/components/orders/attention";
import { AdminOrderTable } from "@/components/orders/order-table";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { TextField } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { Pagination } from "@/components/ui/tabs";
import { requireAdmin } from "@/lib/identity/session";
import { listFailedEmails } from "@/lib/notifications/queries";
import { readOrderSearch } from "@/lib/orders/order-search";
import { listAllOrders, listPaymentTrouble } from "@/lib/orders/queries";
import { readCursor } from "@/lib/orders/read-cursor";

export const metadata: Metadata = { title: "Admin" };

const typed = z.string().max(200).catch("");

/** What needs a person, and everybody's orders. */
export default async function AdminPage({ searchParams }: PageProps<"/admin">) {
  const admin = await requireAdmin();
  const query = await searchParams;
  const q = typed.parse(query.q).trim();
  const [page, trouble, emails] = await Promise.all([
    listAllOrders(admin.userId, readOrderSearch(q), readCursor(query)),
    listPaymentTrouble(admin.userId),
    listFailedEmails(admin.userId),
  ]);
  const href = (place: "before" | "after", orderNumber: string) =>
    `/admin?${new URLSearchParams({ ...(q ? { q } : {}), [place]: orderNumber })}` as Route;
  return (
    <>
      <PageHead title="Admin" />
      <section aria-labelledby="attention" className="mb-12">
        <SectionHead id="attention" title="Needs attention" />
        <Attention trouble={trouble} emails={emails} />
      </section>
      <section aria-labelledby="orders">
        <SectionHead id="orders" title="Orders" />
        <OrderSearchForm q={q} />
        {page.orders.length > 0 ? <AdminOrderTable orders={page.orders} /> : <NoOrders q={q} />}
        {page.newer || page.older ? (
          <Pagination
            newer={page.newer ? href("after", page.newer) : null}
            older={page.older ? href("before", page.older) : null}
          >
            {page.orders.length} {page.orders.length === 1 ? "order" : "orders"}, newest first
          </Pagination>
        ) : null}
      </section>
    </>
  );
}

function OrderSearchForm({ q }: { readonly q: string }) {
  return (
    <search>
      <form action="/admin" className="mb-6 flex max-w-[36rem] flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-60">
          <TextField
            label="Search"
            name="q"
            type="search"
            defaultValue={q}
            placeholder="Order number or e-mail"
            icon={<Search />}
            autoComplete="off"
          />
        </div>
        <Button type="submit">Search</Button>
      </form>
    </search>
  );
}

function NoOrders({ q }: { readonly q: string }) {
  if (q === "") {
    return (
      <Panel dashed>
        <EmptyState title="No orders yet" level="h3">
          The first one appears here as soon as somebody goes to pay.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel dashed>
      <EmptyState
        title="No order matches"
        level="h3"
        action={<ButtonLink href="/admin">Show all orders</ButtonLink>}
      >
        Nothing begins with “{q}”. Search by the beginning of an order number or of an e-mail address.
      </EmptyState>
    </Panel>
  );
}
