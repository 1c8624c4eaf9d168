import { formatMoney } from "@/lib/money";
import type { RefundDeclined, RefundFailed, RefundRefused, RefundRequested } from "../refund-mails";
import { LetterPaper, Paragraph, PressLink, Quote, type Shop, TextLink } from "./letter";

const orderAddress = (shop: Shop, orderNumber: string) => `${shop.url}/account/orders/${orderNumber}`;

export const refundRequestedSubject = ({ orderNumber }: RefundRequested) =>
  `You asked for a refund of order ${orderNumber}`;

/** Sent at once: what was asked for, in writing. */
export function RefundRequestedLetter({
  request,
  shop,
}: {
  readonly request: RefundRequested;
  readonly shop: Shop;
}) {
  const address = orderAddress(shop, request.orderNumber);
  return (
    <LetterPaper shop={shop} preview="We look at it and write to you." heading="We have your request">
      <Paragraph>Hello {request.name},</Paragraph>
      <Paragraph>
        You asked for {formatMoney(request.refundAmount, request.currency)} of order{" "}
        <TextLink href={address}>{request.orderNumber}</TextLink> back: {request.titles.join(", ")}. Your
        reason: {request.reason}.
      </Paragraph>
      {request.body ? <Quote>{request.body}</Quote> : null}
      <Paragraph>
        A person looks at it and writes to you. Until then nothing changes: you keep your access, and you can
        take the request back on the order’s page.
      </Paragraph>
      <PressLink href={address}>See the order</PressLink>
    </LetterPaper>
  );
}

export const refundDeclinedSubject = ({ orderNumber }: RefundDeclined) =>
  `Your refund request for order ${orderNumber}`;

/** Sent when staff declined; the answer is theirs. */
export function RefundDeclinedLetter({
  decision,
  shop,
}: {
  readonly decision: RefundDeclined;
  readonly shop: Shop;
}) {
  const address = orderAddress(shop, decision.orderNumber);
  return (
    <LetterPaper
      shop={shop}
      preview="We have looked at your request."
      heading="We cannot give this money back"
    >
      <Paragraph>Hello {decision.name},</Paragraph>
      <Paragraph>
        We have looked at your request for order <TextLink href={address}>{decision.orderNumber}</TextLink>{" "}
        and have declined it, for this reason:
      </Paragraph>
      <Quote>{decision.answer}</Quote>
      <Paragraph>
        You keep what you bought. If you think we are wrong, reply to this e-mail and we will look again. This
        does not affect the rights that you have by law.
      </Paragraph>
      <PressLink href={address}>See the order</PressLink>
    </LetterPaper>
  );
}

export const refundFailedSubject = ({ refundAmount, currency }: RefundFailed) =>
  `Your refund of ${formatMoney(refundAmount, currency)} did not arrive`;

/** Sent when the bank sent a refund back. */
export function RefundFailedLetter({ refund, shop }: { readonly refund: RefundFailed; readonly shop: Shop }) {
  return (
    <LetterPaper
      shop={shop}
      preview="We are looking for another way to pay you."
      heading="Your bank sent the refund back"
    >
      <Paragraph>Hello {refund.name},</Paragraph>
      <Paragraph>
        We sent {formatMoney(refund.refundAmount, refund.currency)} of order{" "}
        <TextLink href={orderAddress(shop, refund.orderNumber)}>{refund.orderNumber}</TextLink> back, but your
        bank did not accept it: often because the card or account has since been closed.
      </Paragraph>
      <Paragraph>
        The money is still yours. Reply to this e-mail so that we can find another way to pay you. The order
        is as it was before, and you can go on learning until then.
      </Paragraph>
    </LetterPaper>
  );
}

export const refundRefusedSubject = ({ refundAmount, currency }: RefundRefused) =>
  `Your refund of ${formatMoney(refundAmount, currency)} is not on its way yet`;

/** Sent when a refund that its buyer was told of could not be made at all. */
export function RefundRefusedLetter({
  refund,
  shop,
}: {
  readonly refund: RefundRefused;
  readonly shop: Shop;
}) {
  return (
    <LetterPaper
      shop={shop}
      preview="We are looking for another way to pay you."
      heading="Your refund could not be made"
    >
      <Paragraph>Hello {refund.name},</Paragraph>
      <Paragraph>
        We wanted to send {formatMoney(refund.refundAmount, refund.currency)} of order{" "}
        <TextLink href={orderAddress(shop, refund.orderNumber)}>{refund.orderNumber}</TextLink> back, but the
        service that takes our payments did not carry it out. No money has moved.
      </Paragraph>
      <Paragraph>
        We know about it and are looking for another way; you need not ask again. The order is as it was
        before, and you can go on learning until then. Reply to this e-mail if you would rather have the money
        in another way.
      </Paragraph>
    </LetterPaper>
  );
}
