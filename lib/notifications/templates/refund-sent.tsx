import { formatMoney } from "@/lib/money";
import type { RefundSent } from "../schema";
import { AmountTable, LetterPaper, Paragraph, type Shop, TextLink } from "./letter";

export const refundSentSubject = (refund: RefundSent) =>
  `Your refund of ${formatMoney(refund.refundAmount, refund.currency)}`;

/** Sent when Stripe has confirmed that money went back, whoever gave it back. */
export function RefundSentLetter({ refund, shop }: { readonly refund: RefundSent; readonly shop: Shop }) {
  const amount = formatMoney(refund.refundAmount, refund.currency);
  return (
    <LetterPaper
      shop={shop}
      preview="It goes back to the way you paid."
      heading={`${amount} is on its way back`}
    >
      <Paragraph>Hello {refund.name},</Paragraph>
      <Paragraph>
        We have paid back a part or all of order{" "}
        <TextLink href={`${shop.url}/account/orders/${refund.orderNumber}`}>{refund.orderNumber}</TextLink>,
        to the way you paid:
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
      <Paragraph>Banks usually show a refund within 5 to 10 working days. {access(refund)}</Paragraph>
    </LetterPaper>
  );
}

function access({ endedTitles, endedGiftTitles = [] }: RefundSent): string {
  const gifts =
    endedGiftTitles.length > 0 ? `Your gift of ${endedGiftTitles.join(", ")} has ended with it. ` : "";
  if (endedTitles.length === 0) return gifts || "You keep access to what you bought.";
  return `${gifts}Access to ${endedTitles.join(", ")} has ended; your progress is kept, should you come back.`;
}
