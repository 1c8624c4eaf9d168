import { OrderNumberCell } from "@/components/orders/order-cells";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { DateTime } from "@/components/ui/date-time";
import { Money } from "@/components/ui/money";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import type { QueuedRequest } from "@/lib/refund-requests/queries";
import { REQUEST_CATEGORIES, type RequestState } from "@/lib/refund-requests/schema";

export const REQUEST_STATE_WORDS: Readonly<Record<RequestState, readonly [string, BadgeTone]>> = {
  open: ["Waiting for an answer", "warning"],
  approved: ["Approved", "success"],
  declined: ["Declined", "neutral"],
  withdrawn: ["Taken back", "neutral"],
};

/** Requests for refunds; on phones a card for each. */
export function RequestTable({ requests }: { readonly requests: readonly QueuedRequest[] }) {
  return (
    <Panel className="overflow-hidden">
      <Table caption="Refund requests, newest first">
        <thead>
          <tr>
            <Th>Order</Th>
            <Th>Asked</Th>
            <Th>Customer</Th>
            <Th>For</Th>
            <Th align="right">Paid</Th>
            <Th>State</Th>
          </tr>
        </thead>
        <tbody>
          {requests.map((request) => (
            <Row key={request.id} request={request} />
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function Row({ request }: { readonly request: QueuedRequest }) {
  const [words, tone] = REQUEST_STATE_WORDS[request.state];
  const [first, ...others] = request.titles ?? ["The whole order"];
  return (
    <tr>
      <OrderNumberCell href={`/admin/refund-requests/${request.id}`}>{request.orderNumber}</OrderNumberCell>
      <Td label="Asked" className="whitespace-nowrap text-ink-soft tabular-nums">
        <DateTime at={request.createdAt} format="short" />
      </Td>
      <Td label="Customer">
        <TwoLines small={request.learner.email}>{request.learner.name}</TwoLines>
      </Td>
      <Td label="For">
        <TwoLines small={REQUEST_CATEGORIES[request.category]}>
          {others.length > 0 ? `${first} and ${others.length} more` : first}
        </TwoLines>
      </Td>
      <Td label="Paid" align="right" className="font-semibold">
        <Money amount={request.totalAmount} currency={request.currency} />
      </Td>
      <Td label="State">
        <Badge tone={tone}>{words}</Badge>
      </Td>
    </tr>
  );
}
