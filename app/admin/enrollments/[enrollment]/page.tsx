import type { Metadata, Route } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { z } from "zod";
import { ExtendSeat, RevokeSeat } from "@/components/admin/seat-actions";
import { SeatEnd } from "@/components/admin/seat-end";
import { SeatChanges, SeatProgress } from "@/components/admin/seat-progress";
import { SEAT_TYPE_NAMES, SeatStateBadge } from "@/components/admin/seat-state-badge";
import { WithdrawCertificate } from "@/components/admin/withdraw-certificate";
import { PageHead } from "@/components/layout/page";
import { DateTime } from "@/components/ui/date-time";
import { Link } from "@/components/ui/link";
import { BackLink } from "@/components/ui/link-button";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import { requirePermission } from "@/lib/identity/session";
import { roleMay } from "@/lib/permissions";
import { findSeat, type SeatDetails } from "@/lib/seats/queries";

export const metadata: Metadata = { title: "Enrollment" };

/** One learner's seat in one course: how far they are, and what staff can do. */
export default async function EnrollmentPage({ params }: PageProps<"/admin/enrollments/[enrollment]">) {
  const staff = await requirePermission("seats.see");
  const id = z.uuid().safeParse((await params).enrollment);
  const seat = id.success ? await findSeat(staff.userId, id.data) : null;
  if (!seat) notFound();
  const isHeld = !["refunded", "revoked"].includes(seat.state);
  const about = { seat: seat.id, learner: seat.learner.name, course: seat.course.title };
  return (
    <>
      <PageHead
        back={<BackLink href="/admin/enrollments">All enrollments</BackLink>}
        title={seat.course.title}
        lead={`${seat.learner.name}, ${seat.learner.email}`}
        aside={
          <div className="flex flex-wrap items-center gap-3">
            <SeatStateBadge state={seat.state} />
            {seat.certificateId && roleMay(staff.role, "seats.change") ? (
              <WithdrawCertificate {...about} />
            ) : null}
            {isHeld && roleMay(staff.role, "seats.change") ? (
              <>
                {seat.expiresAt ? <ExtendSeat {...about} endsAt={seat.expiresAt.toISOString()} /> : null}
                <RevokeSeat {...about} isPaid={seat.type === "paid"} />
              </>
            ) : null}
          </div>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10 xl:grid-cols-[minmax(0,1fr)_18rem] xl:items-start">
        <div>
          <SeatProgress seat={seat} />
          <SeatChanges seat={seat} />
        </div>
        <Facts seat={seat} />
      </div>
    </>
  );
}

function Facts({ seat }: { readonly seat: SeatDetails }) {
  return (
    <Panel as="section" aria-labelledby="seat" className="max-xl:order-first">
      <PanelHead id="seat" title="Seat" />
      <PanelBody>
        <dl className="grid gap-3 text-sm max-xl:sm:grid-cols-2">
          <Fact name="Kind">{SEAT_TYPE_NAMES[seat.type]}</Fact>
          <Fact name="Since">
            <DateTime at={seat.enrolledAt} />
          </Fact>
          <Fact name="Last day">
            <SeatEnd at={seat.expiresAt} />
          </Fact>
          {seat.orderNumber ? (
            <Fact name="Order">
              <Link
                href={`/admin/orders/${seat.orderNumber}` as Route}
                prefetch={false}
                className="inline-flex min-h-target items-center tabular-nums"
              >
                {seat.orderNumber}
              </Link>
            </Fact>
          ) : null}
          {seat.suspendedAt ? (
            <Fact name="Paused since">
              <DateTime at={seat.suspendedAt} />
            </Fact>
          ) : null}
          {seat.completedAt ? (
            <Fact name="Completed">
              <DateTime at={seat.completedAt} />
            </Fact>
          ) : null}
          {seat.certificateId ? (
            <Fact name="Certificate">
              <Link
                href={`/certificates/${seat.certificateId}` as Route}
                prefetch={false}
                className="inline-flex min-h-target items-center"
              >
                Look at it
              </Link>
            </Fact>
          ) : null}
        </dl>
      </PanelBody>
    </Panel>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-ink-muted">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  );
}
