import { formatMoney } from "@/lib/money";
import type { RefundRequestOpened } from "../refund-mails";
import { LetterPaper, Paragraph, PressLink, Quote, type Shop } from "./letter";

export const refundRequestOpenedSubject = ({ orderNumber, refundAmount, currency }: RefundRequestOpened) =>
  `Refund asked for: ${formatMoney(refundAmount, currency)} of order ${orderNumber}`;

/** To staff: somebody waits for an answer. */
export function RefundRequestOpenedLetter({
  request,
  shop,
}: {
  readonly request: RefundRequestOpened;
  readonly shop: Shop;
}) {
  return (
    <LetterPaper shop={shop} preview={request.reason} heading="Somebody asks for money back">
      <Paragraph>
        {request.learner} ({request.learnerEmail}) asks for{" "}
        {formatMoney(request.refundAmount, request.currency)} of order {request.orderNumber}:{" "}
        {request.titles.join(", ")}.
      </Paragraph>
      <Paragraph>The reason: {request.reason}.</Paragraph>
      {request.body ? <Quote>{request.body}</Quote> : null}
      <PressLink href={`${shop.url}/admin/refund-requests/${request.requestId}`}>Decide about it</PressLink>
    </LetterPaper>
  );
}
