import { formatMoney } from "@/lib/money";
import type { DuplicateRefund } from "../schema";
import { AmountTable, LetterPaper, Paragraph, type Shop, TextLink } from "./letter";

export const duplicateRefundSubject = (refund: DuplicateRefund) =>
  `You paid twice: ${formatMoney(refund.refundAmount, refund.currency)} is on its way back`;

/** Sent when a course was paid for that the learner already had. */
export function DuplicateRefundLetter({
  refund,
  shop,
}: {
  readonly refund: DuplicateRefund;
  readonly shop: Shop;
}) {
  const amount = formatMoney(refund.refundAmount, refund.currency);
  const what = refund.items.length === 1 ? "a course that you already had" : "courses that you already had";
  return (
    <LetterPaper shop={shop} preview="You need not do anything." heading="We are paying you back">
      <Paragraph>Hello {refund.name},</Paragraph>
      <Paragraph>
        With order{" "}
        <TextLink href={`${shop.url}/account/orders/${refund.orderNumber}`}>{refund.orderNumber}</TextLink>{" "}
        you paid for {what}. We are returning that part to the way you paid:
      </Paragraph>
      <AmountTable
        rows={[
          ...refund.items.map((item) => ({
            key: item.title,
            label: item.title,
            amount: formatMoney(item.refundAmount, refund.currency),
          })),
          { key: "total", label: "Refund", amount, strong: true },
        ]}
      />
      <Paragraph>
        You need not do anything. Banks usually show a refund within 5 to 10 working days. You keep the
        course.
      </Paragraph>
    </LetterPaper>
  );
}
