import type { Route } from "next";
import { DateTime } from "@/components/ui/date-time";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import type { EventRow } from "@/lib/bookkeeping/queries";
import type { EventFilter } from "@/lib/bookkeeping/read-event-filter";
import { EVENT_STATES } from "@/lib/bookkeeping/schema";
import { ListFilters } from "./list-filters";
import { EVENT_STATE_NAMES, EventStateBadge } from "./payment-badges";

export const EventFilters = ({ filter }: { readonly filter: EventFilter }) => (
  <ListFilters
    action="/admin/payments/events"
    typed={filter.q}
    placeholder="An id of Stripe, or the beginning of a type"
    choices={[
      {
        label: "State",
        name: "state",
        chosen: filter.state,
        unset: "Any state",
        options: EVENT_STATES.map((state) => [state, EVENT_STATE_NAMES[state]]),
      },
    ]}
  />
);

export function EventTable({ events }: { readonly events: readonly EventRow[] }) {
  return (
    <Panel className="overflow-hidden">
      <Table caption="Stripe’s events, newest first">
        <thead>
          <tr>
            <Th>Event</Th>
            <Th>About</Th>
            <Th>Received</Th>
            <Th align="right">Tries</Th>
            <Th>State</Th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={event.id}>
              <Td lead>
                <TwoLines small={event.id}>
                  <Link
                    href={`/admin/payments/events/${event.id}` as Route}
                    prefetch={false}
                    className="font-medium wrap-anywhere max-md:inline-flex max-md:min-h-target max-md:items-center"
                  >
                    {event.type}
                  </Link>
                </TwoLines>
              </Td>
              <Td label="About" className="text-xs wrap-anywhere text-ink-soft">
                {event.objectId ?? "Nothing named"}
              </Td>
              <Td label="Received" className="whitespace-nowrap text-ink-soft tabular-nums">
                <DateTime at={event.receivedAt} format="short" />
              </Td>
              <Td label="Tries" align="right" className="tabular-nums">
                {event.attempts}
              </Td>
              <Td label="State">
                <TwoLines small={event.problem?.replaceAll("_", " ") ?? null}>
                  <EventStateBadge state={event.state} />
                </TwoLines>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
