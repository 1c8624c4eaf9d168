import type { Metadata, Route } from "next";
import { notFound } from "next/navigation";
import { PageHead } from "@/components/layout/page";
import { RequestForm } from "@/components/orders/request-form";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { BackLink } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { requireViewer } from "@/lib/identity/session";
import { describePaymentMethod } from "@/lib/orders/describe-order";
import { orderNumber } from "@/lib/orders/schema";
import { mayAsk } from "@/lib/refund-requests/judge-request";
import { findOwnRequestable } from "@/lib/refund-requests/queries";

export const metadata: Metadata = { title: "Ask for a refund" };

/** Asks for the money of an own order back. */
export default async function AskForRefundPage({
  params,
}: PageProps<"/account/orders/[orderNumber]/refund">) {
  const number = orderNumber.safeParse((await params).orderNumber);
  const viewer = await requireViewer(
    number.success ? `/account/orders/${number.data}/refund` : "/account/orders",
  );
  const found = number.success ? await findOwnRequestable(viewer.userId, number.data) : null;
  if (!found || !number.success) notFound();
  const { paymentMethod, ...requestable } = found;
  const order = `/account/orders/${number.data}` as Route;
  return (
    <>
      <PageHead
        back={<BackLink href={order}>{number.data}</BackLink>}
        title="Ask for a refund"
        lead={
          <>
            Within fourteen days of buying you need no reason: see{" "}
            <Link href="/refunds">how refunds work</Link>.
          </>
        }
      />
      {mayAsk(requestable) ? (
        <RequestForm
          orderNumber={number.data}
          requestable={requestable}
          method={describePaymentMethod(paymentMethod)}
        />
      ) : (
        <Panel dashed>
          <EmptyState
            title="There is nothing to refund"
            action={<ButtonLink href={order}>Back to the order</ButtonLink>}
          >
            This order is already waiting for an answer, has been refunded, or cost nothing. Its page says
            which.
          </EmptyState>
        </Panel>
      )}
    </>
  );
}
