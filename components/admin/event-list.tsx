import { Search } from "lucide-react";
import type { Route } from "next";
import { Button } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { SelectField, TextField } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import type { EventRow } from "@/lib/bookkeeping/queries";
import type { EventFilter } from "@/lib/bookkeeping/read-event-filter";
import { EVENT_STATES } from "@/lib/bookkeeping/schema";
import { EVENT_STATE_NAMES, EventStateBadge } from "./payment-badges";

export function EventFilters({ filter }: { readonly filter: EventFilter }) {
  return (
    <search>
      <form action="/admin/payments/events" className="mb-6 flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-60">
          <TextField
            label="Search"
            name="q"
            type="search"
            defaultValue={filter.q}
            placeholder="An id of Stripe, or the beginning of a type"
            icon={<Search />}
            autoComplete="off"
          />
        </div>
        <div className="min-w-0 flex-1 basis-44">
          <SelectField label="State" name="state" defaultValue={filter.state ?? ""}>
            <option value="">Any state</option>
            {EVENT_STATES.map((state) => (
              <option key={state} value={state}>
                {EVENT_STATE_NAMES[state]}
              </option>
            ))}
          </SelectField>
        </div>
        <Button type="submit" className="max-sm:w-full">
          Filter
        </Button>
      </form>
    </search>
  );
}

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
