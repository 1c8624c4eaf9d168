import type { Metadata, Route } from "next";
import { EventFilters, EventTable } from "@/components/admin/event-list";
import { PaymentTabs } from "@/components/admin/payment-tabs";
import { PageHead } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { Pagination } from "@/components/ui/tabs";
import { listEvents } from "@/lib/bookkeeping/queries";
import { eventQuery, readEventFilter } from "@/lib/bookkeeping/read-event-filter";
import { eventId } from "@/lib/bookkeeping/schema";
import { requirePermission } from "@/lib/identity/session";
import { readPlace } from "@/lib/keyset";

export const metadata: Metadata = { title: "Payment events" };

/** Everything that Stripe told the shop. */
export default async function EventsPage({ searchParams }: PageProps<"/admin/payments/events">) {
  const staff = await requirePermission("payments.see");
  const sent = await searchParams;
  const filter = readEventFilter(sent);
  const { rows, newer, older } = await listEvents(staff.userId, filter, readPlace(sent, eventId));
  const href = (place: "before" | "after", id: string) =>
    `/admin/payments/events${eventQuery(filter, { [place]: id })}` as Route;
  return (
    <>
      <PageHead title="Payments" />
      <PaymentTabs current="events" />
      <EventFilters filter={filter} />
      {rows.length > 0 ? (
        <EventTable events={rows} />
      ) : (
        <Panel dashed>
          {filter.q || filter.state ? (
            <EmptyState
              title="No event matches"
              action={<ButtonLink href="/admin/payments/events">Show all events</ButtonLink>}
            >
              Search by a whole id, such as evt_…, pi_… or cs_…, or by the beginning of a type.
            </EmptyState>
          ) : (
            <EmptyState title="No events yet">
              Stripe’s first one appears here when somebody pays. Until then, check the webhook’s address.
            </EmptyState>
          )}
        </Panel>
      )}
      {newer || older ? (
        <Pagination newer={newer ? href("after", newer) : null} older={older ? href("before", older) : null}>
          {rows.length} {rows.length === 1 ? "event" : "events"}
        </Pagination>
      ) : null}
    </>
  );
}
