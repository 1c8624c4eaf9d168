import { formatDay } from "@/lib/format-day";
import { formatMoney } from "@/lib/money";
import type { DisputeNotice, RefundRequestOpened, SenderTest } from "../refund-mails";
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

const disputeWords: Readonly<
  Record<DisputeNotice["state"], { readonly heading: string; readonly says: string }>
> = {
  inquiry: {
    heading: "A bank asks about a payment",
    says: "No money has moved and access goes on. A good answer often ends it here.",
  },
  open: {
    heading: "A bank wants a payment back",
    says: "The money is held by the bank, access is paused and refunds of the order are locked until it decides.",
  },
  lost: {
    heading: "A dispute is lost",
    says: "The money is gone and access has ended. There is nothing more to do.",
  },
};

/** Of a second payment: nothing happens to the order. */
const secondSays: Readonly<Record<DisputeNotice["state"], string>> = {
  inquiry:
    "It is a second payment of the order, and we give it back by ourselves: say so in the answer. Access goes on.",
  open: "It is a second payment of the order, and we give it back by ourselves: say so in the answer, or the money leaves twice. Access goes on.",
  lost: "It was a second payment of the order. See in Stripe’s Dashboard whether our refund of it went out too. Access goes on.",
};

export const disputeNoticeSubject = ({ state, orderNumber, amount, currency }: DisputeNotice) =>
  `${disputeWords[state].heading}: ${formatMoney(amount, currency)} of order ${orderNumber}`;

/** To admins: a bank has a deadline for the answer. */
export function DisputeNoticeLetter({
  dispute,
  shop,
}: {
  readonly dispute: DisputeNotice;
  readonly shop: Shop;
}) {
  const { heading, says: ofOrder } = disputeWords[dispute.state];
  const says = dispute.isSecond ? secondSays[dispute.state] : ofOrder;
  return (
    <LetterPaper shop={shop} preview={says} heading={heading}>
      <Paragraph>
        It is about {formatMoney(dispute.amount, dispute.currency)} of order {dispute.orderNumber}. The bank’s
        reason: {dispute.reason.replaceAll("_", " ")}.
      </Paragraph>
      <Paragraph>{says}</Paragraph>
      {dispute.respondBy && dispute.state !== "lost" ? (
        <Paragraph>Answer in Stripe’s Dashboard by {formatDay(dispute.respondBy)}.</Paragraph>
      ) : null}
      <PressLink href={`${shop.url}/admin/orders/${dispute.orderNumber}`}>See the order</PressLink>
    </LetterPaper>
  );
}

export const senderTestSubject = (shop: Shop) => `The mails of ${shop.name} arrive`;

/** To an admin who wants to know whether mails come through. */
export function SenderTestLetter({ test, shop }: { readonly test: SenderTest; readonly shop: Shop }) {
  return (
    <LetterPaper
      shop={shop}
      preview="It came by the way that every mail of the shop goes."
      heading="Mails of the shop arrive"
    >
      <Paragraph>
        Hello {test.name}, you asked for this mail in the settings. It was queued, sent by the worker and
        taken by the mail service like every other mail of the shop, from {test.from}.
      </Paragraph>
      <Paragraph>
        If it lies among the spam, check the SPF, DKIM and DMARC records of the sender’s domain.
      </Paragraph>
      <PressLink href={`${shop.url}/admin/settings`}>Back to the settings</PressLink>
    </LetterPaper>
  );
}
