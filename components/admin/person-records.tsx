import type { Route } from "next";
import type { ReactNode } from "react";
import { OrderStatusBadge } from "@/components/orders/order-status-badge";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { DateTime } from "@/components/ui/date-time";
import { Link } from "@/components/ui/link";
import { MoreLink } from "@/components/ui/link-button";
import { Money } from "@/components/ui/money";
import { Panel } from "@/components/ui/panel";
import { Progress } from "@/components/ui/progress";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import { AUDIT_ACTIONS } from "@/lib/audit/schema";
import { describeDevice } from "@/lib/identity/describe-device";
import type { Person, PersonMail } from "@/lib/people/queries";
import { StandingBadge } from "./payment-badges";
import { EndOneSession } from "./person-actions";
import { SeatStateBadge } from "./seat-state-badge";

const rowLink = "font-medium max-md:inline-flex max-md:min-h-target max-md:items-center";

type SectionProps = {
  readonly id: string;
  readonly title: string;
  readonly aside?: ReactNode;
  readonly empty: string | null;
  readonly children: ReactNode;
};

function Records({ id, title, aside, empty, children }: SectionProps) {
  return (
    <section aria-labelledby={id} className="mt-10 first:mt-0">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id={id} className="text-lg">
          {title}
        </h2>
        {aside}
      </div>
      {empty === null ? (
        <Panel className="overflow-hidden">{children}</Panel>
      ) : (
        <p className="text-sm text-ink-muted">{empty}</p>
      )}
    </section>
  );
}

export function PersonOrders({ person }: { readonly person: Person }) {
  return (
    <Records
      id="orders"
      title="Orders"
      empty={person.orders.length === 0 ? "None yet." : null}
      aside={
        person.orderCount > person.orders.length ? (
          <MoreLink href={`/admin/orders?q=${encodeURIComponent(person.email)}` as Route}>
            All {person.orderCount} orders
          </MoreLink>
        ) : null
      }
    >
      <Table caption="Orders of this person, newest first">
        <thead>
          <tr>
            <Th>Order</Th>
            <Th>Placed</Th>
            <Th>Courses</Th>
            <Th align="right">Total</Th>
            <Th>Status</Th>
          </tr>
        </thead>
        <tbody>
          {person.orders.map((order) => (
            <tr key={order.orderNumber}>
              <Td lead>
                <Link
                  href={`/admin/orders/${order.orderNumber}` as Route}
                  prefetch={false}
                  className={`${rowLink} whitespace-nowrap tabular-nums`}
                >
                  {order.orderNumber}
                </Link>
              </Td>
              <Td label="Placed" className="whitespace-nowrap text-ink-soft tabular-nums">
                <DateTime at={order.createdAt} format="short" />
              </Td>
              <Td label="Courses">{order.titles.join(", ")}</Td>
              <Td label="Total" align="right" className="font-semibold">
                <Money amount={order.totalAmount} currency={order.currency} />
              </Td>
              <Td label="Status">
                <span className="inline-flex flex-wrap gap-1 max-md:justify-end">
                  <OrderStatusBadge order={order} />
                  <StandingBadge dispute={order.dispute} />
                </span>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Records>
  );
}

export function PersonSeats({ person }: { readonly person: Person }) {
  return (
    <Records
      id="seats"
      title="Courses"
      empty={person.seats.length === 0 ? "None yet." : null}
      aside={
        person.erasedAt ? null : (
          <MoreLink href={`/admin/enrollments/new?email=${encodeURIComponent(person.email)}` as Route}>
            Give a seat
          </MoreLink>
        )
      }
    >
      <Table caption="Courses of this person, newest first">
        <thead>
          <tr>
            <Th>Course</Th>
            <Th>Since</Th>
            <Th>Progress</Th>
            <Th>State</Th>
          </tr>
        </thead>
        <tbody>
          {person.seats.map((seat) => (
            <tr key={seat.id}>
              <Td lead>
                <Link href={`/admin/enrollments/${seat.id}` as Route} prefetch={false} className={rowLink}>
                  {seat.title}
                </Link>
              </Td>
              <Td label="Since" className="whitespace-nowrap text-ink-soft tabular-nums">
                <DateTime at={seat.enrolledAt} format="date" />
              </Td>
              <Td label="Progress" className="min-w-28">
                <Progress value={seat.progress} label={seat.title} />
              </Td>
              <Td label="State">
                <SeatStateBadge state={seat.state} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Records>
  );
}

type SessionsProps = { readonly person: Person; readonly mayEnd: boolean };

export function PersonSessions({ person, mayEnd }: SessionsProps) {
  return (
    <Records
      id="sessions"
      title="Sessions"
      empty={person.sessions.length === 0 ? "Signed in nowhere." : null}
    >
      <Table caption="Where this person is signed in, the one used last first">
        <thead>
          <tr>
            <Th>Browser</Th>
            <Th>Since</Th>
            <Th>Seen last</Th>
            {mayEnd ? <Th align="right">Sign out</Th> : null}
          </tr>
        </thead>
        <tbody>
          {person.sessions.map((session) => {
            const device = describeDevice(session.userAgent);
            return (
              <tr key={session.id}>
                <Td lead>
                  <TwoLines small={session.addressPrefix ?? "From an unknown address"}>{device}</TwoLines>
                </Td>
                <Td label="Since" className="text-ink-soft tabular-nums">
                  <DateTime at={session.createdAt} format="short" />
                </Td>
                <Td label="Seen last" className="text-ink-soft tabular-nums">
                  <DateTime at={session.lastSeenAt} format="short" />
                </Td>
                {mayEnd ? (
                  <Td align="right">
                    <EndOneSession user={person.id} session={session.id} device={device} />
                  </Td>
                ) : null}
              </tr>
            );
          })}
        </tbody>
      </Table>
    </Records>
  );
}

const mailWords: Readonly<Record<PersonMail["status"], readonly [string, BadgeTone]>> = {
  queued: ["Waiting to be sent", "warning"],
  sent: ["Sent", "success"],
  failed: ["Failed", "danger"],
};

/** `order_confirmation` → Order confirmation */
const nameOf = (kind: string) => {
  const words = kind.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export function PersonMails({ person }: { readonly person: Person }) {
  return (
    <Records id="mails" title="Mails" empty={person.mails.length === 0 ? "None yet." : null}>
      <Table caption="Mails to this person, newest first">
        <thead>
          <tr>
            <Th>Mail</Th>
            <Th>When</Th>
            <Th>State</Th>
          </tr>
        </thead>
        <tbody>
          {person.mails.map((mail) => {
            const [words, tone] = mailWords[mail.status];
            return (
              <tr key={mail.id}>
                <Td lead>{nameOf(mail.kind)}</Td>
                <Td label="When" className="text-ink-soft tabular-nums">
                  <DateTime at={mail.at} format="short" />
                </Td>
                <Td label="State">
                  <TwoLines small={mail.status === "sent" ? null : mail.lastError}>
                    <Badge tone={tone}>{words}</Badge>
                  </TwoLines>
                </Td>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </Records>
  );
}

export function PersonChanges({ person }: { readonly person: Person }) {
  if (person.changes.length === 0) return null;
  return (
    <section aria-labelledby="changes" className="mt-10">
      <h2 id="changes" className="mb-3 text-lg">
        What staff did
      </h2>
      <ul className="divide-y divide-hairline border-y border-hairline">
        {person.changes.map(({ number, action, actor, detail, at }) => (
          <li key={number} className="py-3 text-sm">
            <p className="wrap-anywhere">
              {AUDIT_ACTIONS[action]}
              {detail.after?.role ? `: ${String(detail.before?.role)} → ${String(detail.after.role)}` : null}
              {detail.reason ? `: ${detail.reason}` : null}
            </p>
            <p className="mt-1 text-xs text-ink-muted">
              {actor ?? "An account that is gone"}, <DateTime at={at} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
