import type { Metadata, Route } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { ApproveForm, DeclineForm } from "@/components/admin/request-decision";
import { REQUEST_STATE_WORDS } from "@/components/admin/request-table";
import { PageHead } from "@/components/layout/page";
import { Badge } from "@/components/ui/badge";
import { DateTime } from "@/components/ui/date-time";
import { Link } from "@/components/ui/link";
import { BackLink } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import { requirePermission } from "@/lib/identity/session";
import { formatMoney } from "@/lib/money";
import { describePaymentMethod } from "@/lib/orders/describe-order";
import { roleMay } from "@/lib/permissions";
import { findRequestToDecide, type RequestToDecide } from "@/lib/refund-requests/queries";
import { REQUEST_CATEGORIES, withdrawInput } from "@/lib/refund-requests/schema";
import { describeRefundRejection } from "@/lib/refunds/describe-rejection";
import { planRefund } from "@/lib/refunds/refund-policy";

export const metadata: Metadata = { title: "Refund request" };

/** One request, with what approving it would do. */
export default async function RefundRequestPage({ params }: PageProps<"/admin/refund-requests/[request]">) {
  const staff = await requirePermission("refund_requests.see");
  const asked = withdrawInput.safeParse(await params);
  const request = asked.success ? await findRequestToDecide(staff.userId, asked.data.request) : null;
  if (!request) notFound();
  const [words, tone] = REQUEST_STATE_WORDS[request.state];
  return (
    <>
      <PageHead
        back={<BackLink href="/admin/refund-requests">All requests</BackLink>}
        title={`Refund request for ${request.orderNumber}`}
        lead={
          <>
            Asked on <DateTime at={request.createdAt} /> by {request.learner.name}
          </>
        }
        aside={<Badge tone={tone}>{words}</Badge>}
      />
      <div className="grid max-w-[48rem] gap-6">
        <Wish request={request} />
        {request.state === "open" ? (
          <Decision request={request} mayDecide={roleMay(staff.role, "refund_requests.decide")} />
        ) : (
          <Outcome request={request} />
        )}
      </div>
    </>
  );
}

function Wish({ request }: { readonly request: RequestToDecide }) {
  return (
    <Panel as="section" aria-labelledby="wish">
      <PanelHead id="wish" title="What was asked for" />
      <PanelBody>
        <dl className="grid gap-x-6 gap-y-3 text-sm sm:grid-cols-[9rem_minmax(0,1fr)] [&_dt]:text-ink-muted">
          <Fact name="Courses">{request.titles?.join(", ") ?? "The whole order"}</Fact>
          <Fact name="About">{REQUEST_CATEGORIES[request.category]}</Fact>
          <Fact name="In their words">
            <span className="whitespace-pre-line">{request.body || "Nothing was written."}</span>
          </Fact>
          <Fact name="Customer">
            {request.learner.name}, {request.learner.email}
          </Fact>
          <Fact name="Order">
            <Link href={`/admin/orders/${request.orderNumber}` as Route} prefetch={false}>
              {request.orderNumber}
            </Link>
            , {formatMoney(request.totalAmount, request.currency)}
          </Fact>
          <Fact name="Paid">
            {request.paidAt ? <DateTime at={request.paidAt} /> : "Not paid"}
            {request.paymentMethod ? ` with ${describePaymentMethod(request.paymentMethod)}` : null}
          </Fact>
        </dl>
      </PanelBody>
    </Panel>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </>
  );
}

function Decision({
  request,
  mayDecide,
}: {
  readonly request: RequestToDecide;
  readonly mayDecide: boolean;
}) {
  const plan = planRefund(request.refundable, request.scope);
  if (!mayDecide) return <Notice title="An admin decides about it.">You see what was asked for.</Notice>;
  return (
    <>
      {plan.ok ? (
        <Panel as="section" aria-labelledby="approve">
          <PanelHead id="approve" title="Approve" />
          <PanelBody>
            <ApproveForm
              request={request.id}
              plan={plan.value}
              subject={{
                orderId: request.orderId,
                orderNumber: request.orderNumber,
                buyerName: request.learner.name,
                buyerEmail: request.learner.email,
                method: describePaymentMethod(request.paymentMethod),
                order: request.refundable,
              }}
            />
          </PanelBody>
        </Panel>
      ) : (
        <Notice tone="warning" title="This can no longer be given back.">
          {describeRefundRejection(plan.error)} Decline the request and say so.
        </Notice>
      )}
      <Panel as="section" aria-labelledby="decline">
        <PanelHead id="decline" title="Decline" />
        <PanelBody>
          <DeclineForm request={request.id} name={request.learner.name} />
        </PanelBody>
      </Panel>
    </>
  );
}

const refundWords = {
  pending: "on its way",
  succeeded: "sent",
  failed: "failed; see the order",
  canceled: "not made; see the order",
} as const;

function Outcome({ request }: { readonly request: RequestToDecide }) {
  const { refund, answer, decidedAt, decidedBy } = request;
  const who = request.state === "withdrawn" ? request.learner.name : (decidedBy ?? "An account that is gone");
  return (
    <Panel as="section" aria-labelledby="outcome">
      <PanelHead id="outcome" title={REQUEST_STATE_WORDS[request.state][0]} />
      <PanelBody className="grid gap-2 text-sm">
        {refund ? (
          <p>
            Refund of {formatMoney(refund.amount, refund.currency)}: {refundWords[refund.status]}.
          </p>
        ) : null}
        {answer ? <p className="wrap-anywhere whitespace-pre-line">{answer}</p> : null}
        <p className="text-ink-muted">
          {who}
          {decidedAt ? (
            <>
              , <DateTime at={decidedAt} />
            </>
          ) : null}
        </p>
      </PanelBody>
    </Panel>
  );
}
