import type { Metadata, Route } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { EventStateBadge } from "@/components/admin/payment-badges";
import { RetryEvent } from "@/components/admin/payment-buttons";
import { PageHead } from "@/components/layout/page";
import { CodeBlock } from "@/components/ui/code-block";
import { DateTime } from "@/components/ui/date-time";
import { Link } from "@/components/ui/link";
import { BackLink } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { type EventDetails, findEvent } from "@/lib/bookkeeping/queries";
import { eventId } from "@/lib/bookkeeping/schema";
import { requirePermission } from "@/lib/identity/session";
import { roleMay } from "@/lib/permissions";

export const metadata: Metadata = { title: "Payment event" };

/** One event: what became of it, and what it said without anything about a person. */
export default async function EventPage({ params }: PageProps<"/admin/payments/events/[event]">) {
  const staff = await requirePermission("payments.see");
  const id = eventId.safeParse((await params).event);
  const event = id.success ? await findEvent(staff.userId, id.data) : null;
  if (!event) notFound();
  return (
    <>
      <PageHead
        back={<BackLink href="/admin/payments/events">All events</BackLink>}
        title={event.type}
        lead={event.id}
        aside={
          <div className="flex flex-wrap items-center gap-3">
            <EventStateBadge state={event.state} />
            {event.state !== "processed" && roleMay(staff.role, "payments.settle") ? (
              <RetryEvent event={event.id} />
            ) : null}
          </div>
        }
      />
      {event.problem ? (
        <Notice
          tone={event.state === "quarantined" ? "danger" : "warning"}
          title={
            event.state === "quarantined"
              ? "Set aside: nothing was granted"
              : "Failing: Stripe sends it again"
          }
          className="mb-6"
        >
          <p className="wrap-anywhere">{event.problem.replaceAll("_", " ")}</p>
        </Notice>
      ) : null}
      <Facts event={event} />
      <h2 className="mt-8 mb-3 text-lg">What it said</h2>
      <p className="mb-3 text-sm text-ink-muted">
        Names, addresses and everything else about a person are masked. Stripe’s Dashboard shows all of it.
      </p>
      <CodeBlock label="The event, masked">{JSON.stringify(event.payload, null, 2)}</CodeBlock>
    </>
  );
}

function Facts({ event }: { readonly event: EventDetails }) {
  return (
    <dl className="grid gap-3 text-sm sm:grid-cols-2 lg:grid-cols-3">
      <Fact name="Happened">
        <DateTime at={event.createdAt} />
      </Fact>
      <Fact name="Received">
        <DateTime at={event.receivedAt} />
      </Fact>
      <Fact name="Worked on">{event.processedAt ? <DateTime at={event.processedAt} /> : "Not yet"}</Fact>
      <Fact name="Tries">{event.attempts}</Fact>
      <Fact name="Mode">{event.livemode ? "Real money" : "Test"}</Fact>
      <Fact name="About">{event.objectId ?? "Nothing named"}</Fact>
      {event.orderNumber ? (
        <Fact name="Order">
          <Link
            href={`/admin/orders/${event.orderNumber}` as Route}
            prefetch={false}
            className="inline-flex min-h-target items-center tabular-nums"
          >
            {event.orderNumber}
          </Link>
        </Fact>
      ) : null}
    </dl>
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
