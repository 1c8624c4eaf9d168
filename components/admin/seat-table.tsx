import type { Route } from "next";
import { DateTime } from "@/components/ui/date-time";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { Progress } from "@/components/ui/progress";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import type { SeatRow } from "@/lib/seats/queries";
import { SeatEnd } from "./seat-end";
import { SEAT_TYPE_NAMES, SeatStateBadge } from "./seat-state-badge";

/** Who may read what; on phones a card for each. */
export function SeatTable({ seats }: { readonly seats: readonly SeatRow[] }) {
  return (
    <Panel className="overflow-hidden">
      <Table caption="Enrollments, newest first">
        <thead>
          <tr>
            <Th>Learner</Th>
            <Th>Course</Th>
            <Th>Since</Th>
            <Th>Last day</Th>
            <Th>Progress</Th>
            <Th>State</Th>
          </tr>
        </thead>
        <tbody>
          {seats.map((seat) => (
            <tr key={seat.id}>
              <Td lead>
                <TwoLines small={seat.learner.email}>
                  <Link
                    href={`/admin/enrollments/${seat.id}` as Route}
                    prefetch={false}
                    className="font-medium max-md:inline-flex max-md:min-h-target max-md:items-center"
                  >
                    {seat.learner.name}
                    <span className="sr-only">, {seat.course.title}</span>
                  </Link>
                </TwoLines>
              </Td>
              <Td label="Course">
                <TwoLines small={SEAT_TYPE_NAMES[seat.type]}>{seat.course.title}</TwoLines>
              </Td>
              <Td label="Since" className="whitespace-nowrap text-ink-soft tabular-nums">
                <DateTime at={seat.enrolledAt} format="date" />
              </Td>
              <Td label="Last day" className="whitespace-nowrap text-ink-soft tabular-nums">
                <SeatEnd at={seat.expiresAt} />
              </Td>
              <Td label="Progress" className="min-w-28">
                <Progress value={seat.progress} label={`${seat.learner.name}, ${seat.course.title}`} />
              </Td>
              <Td label="State">
                <SeatStateBadge state={seat.state} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
