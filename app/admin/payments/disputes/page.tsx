import { ExternalLink } from "lucide-react";
import type { Metadata, Route } from "next";
import { DisputeBadge } from "@/components/admin/payment-badges";
import { PaymentTabs } from "@/components/admin/payment-tabs";
import { PageHead } from "@/components/layout/page";
import { SegmentedLinks } from "@/components/ui/choice";
import { DateTime } from "@/components/ui/date-time";
import { Link } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import { Pagination } from "@/components/ui/tabs";
import { type DisputeRow, listDisputeRows } from "@/lib/bookkeeping/queries";
import { stripeAddress } from "@/lib/desk/stripe-address";
import { describeReason } from "@/lib/disputes/dispute-reasons";
import { env } from "@/lib/env";
import { requirePermission } from "@/lib/identity/session";
import { readPlace } from "@/lib/keyset";

export const metadata: Metadata = { title: "Disputes" };

/** Payments that a buyer’s bank wants back. They are answered at Stripe. */
export default async function DisputesPage({ searchParams }: PageProps<"/admin/payments/disputes">) {
  const staff = await requirePermission("payments.see");
  const sent = await searchParams;
  const all = sent.all === "yes";
  const { rows, newer, older } = await listDisputeRows(staff.userId, !all, readPlace(sent));
  const href = (place: "before" | "after", id: string) =>
    `/admin/payments/disputes?${all ? "all=yes&" : ""}${place}=${id}` as Route;
  return (
    <>
      <PageHead title="Payments" />
      <PaymentTabs current="disputes" />
      <div className="mb-4">
        <SegmentedLinks
          label="Which"
          items={[
            { href: "/admin/payments/disputes", label: "Undecided", current: !all },
            { href: "/admin/payments/disputes?all=yes", label: "All", current: all },
          ]}
        />
      </div>
      {rows.length > 0 ? (
        <DisputeTable rows={rows} standIn={env().STRIPE_API_BASE} />
      ) : (
        <p className="text-ink-soft">
          {all ? "There was no dispute yet." : "No dispute waits for a decision."}
        </p>
      )}
      {newer || older ? (
        <Pagination newer={newer ? href("after", newer) : null} older={older ? href("before", older) : null}>
          {rows.length} {rows.length === 1 ? "dispute" : "disputes"}
        </Pagination>
      ) : null}
    </>
  );
}

type TableProps = { readonly rows: readonly DisputeRow[]; readonly standIn: string | undefined };

function DisputeTable({ rows, standIn }: TableProps) {
  return (
    <Panel className="overflow-hidden">
      <Table caption="Disputes, newest first">
        <thead>
          <tr>
            <Th>Order</Th>
            <Th>Opened</Th>
            <Th>Answer by</Th>
            <Th align="right">Amount</Th>
            <Th>State</Th>
            <Th>At Stripe</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((dispute) => (
            <tr key={dispute.id}>
              <Td lead>
                <TwoLines small={describeReason(dispute.reason)}>
                  <Link
                    href={`/admin/orders/${dispute.orderNumber}` as Route}
                    prefetch={false}
                    className="font-medium whitespace-nowrap tabular-nums max-md:inline-flex max-md:min-h-target max-md:items-center"
                  >
                    {dispute.orderNumber}
                  </Link>
                </TwoLines>
              </Td>
              <Td label="Opened" className="text-ink-soft tabular-nums">
                <DateTime at={dispute.openedAt} format="short" />
              </Td>
              <Td label="Answer by" className="text-ink-soft tabular-nums">
                {dispute.respondBy ? <DateTime at={dispute.respondBy} format="date" /> : "No day is set"}
              </Td>
              <Td label="Amount" align="right" className="font-semibold">
                <Money amount={dispute.amount} currency={dispute.currency} />
              </Td>
              <Td label="State">
                <DisputeBadge state={dispute.state} />
              </Td>
              <Td label="At Stripe">
                {dispute.paymentIntentId ? (
                  <a
                    href={stripeAddress("payments", dispute.paymentIntentId, {
                      livemode: dispute.livemode,
                      standIn,
                    })}
                    className="inline-flex min-h-target items-center gap-1.5"
                  >
                    Answer<span className="sr-only"> the dispute of {dispute.orderNumber}</span>
                    <ExternalLink className="size-4!" />
                  </a>
                ) : (
                  "No payment"
                )}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
