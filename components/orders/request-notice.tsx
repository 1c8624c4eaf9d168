import { DateTime } from "@/components/ui/date-time";
import { Notice, type Tone } from "@/components/ui/notice";
import { formatMoney } from "@/lib/money";
import type { OwnRequest } from "@/lib/refund-requests/queries";
import { REQUEST_CATEGORIES } from "@/lib/refund-requests/schema";
import { WithdrawRequest } from "./withdraw-request";

/** How the learner's latest request for a refund stands. Nothing for one that was taken back. */
export function RequestNotice({ request }: { readonly request: OwnRequest | null }) {
  if (!request || request.state === "withdrawn") return null;
  const about = request.titles ? request.titles.join(", ") : "the whole order";
  const asked = (
    <p>
      Asked on <DateTime at={request.createdAt} format="date" /> for {about}:{" "}
      {REQUEST_CATEGORIES[request.category]}.
    </p>
  );
  if (request.state === "open") {
    return (
      <Notice tone="warning" title="You asked for a refund." className="mb-6">
        {asked}
        {request.body ? <Words>{request.body}</Words> : null}
        <p>A person looks at it and writes to you. Until then you keep your access.</p>
        <WithdrawRequest request={request.id} />
      </Notice>
    );
  }
  if (request.state === "declined") {
    return (
      <Notice tone="danger" title="We declined your refund request." className="mb-6">
        {asked}
        <Words>{request.answer ?? ""}</Words>
      </Notice>
    );
  }
  const [tone, title] = describeRefund(request.refund);
  return (
    <Notice tone={tone} title={title} className="mb-6">
      {asked}
    </Notice>
  );
}

function Words({ children }: { readonly children: string }) {
  return (
    <blockquote className="my-2 border-l-3 border-hairline-strong pl-3 wrap-anywhere whitespace-pre-line text-ink">
      {children}
    </blockquote>
  );
}

function describeRefund(refund: OwnRequest["refund"]): readonly [Tone, string] {
  if (!refund) return ["success", "Your refund request was approved."];
  const amount = formatMoney(refund.amount, refund.currency);
  switch (refund.status) {
    case "succeeded":
      return ["success", `Your refund request was approved: ${amount} was sent back.`];
    case "pending":
      return ["success", `Your refund request was approved: ${amount} is on its way.`];
    case "failed":
    case "canceled":
      return [
        "warning",
        `Your refund request was approved, but ${amount} did not reach you. We are looking for another way.`,
      ];
  }
}
