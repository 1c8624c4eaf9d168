import { formatMoney } from "@/lib/money";
import { describePaymentMethod } from "@/lib/orders/describe-order";
import type { PaymentReceipt } from "../schema";
import { AmountTable, LetterPaper, Paragraph, PressLink, type Shop, TextLink } from "./letter";

export const paymentReceiptSubject = ({ orderNumber, totalAmount, currency }: PaymentReceipt) =>
  `Receipt: ${formatMoney(totalAmount, currency)} for order ${orderNumber}`;

/** Sent once the payment's receipt is known: what was paid, when and with what, as the statement will show it. */
export function PaymentReceiptLetter({
  receipt,
  shop,
}: {
  readonly receipt: PaymentReceipt;
  readonly shop: Shop;
}) {
  const { orderNumber, paidAt, paymentMethod, receiptUrl } = receipt;
  const amount = formatMoney(receipt.totalAmount, receipt.currency);
  const method = describePaymentMethod(paymentMethod);
  return (
    <LetterPaper shop={shop} preview={`${amount}${method ? `, ${method}` : ""}`} heading="Your receipt">
      <Paragraph>Hello {receipt.name},</Paragraph>
      <Paragraph>
        We have received your payment for order{" "}
        <TextLink href={`${shop.url}/account/orders/${orderNumber}`}>{orderNumber}</TextLink>:
      </Paragraph>
      <AmountTable
        rows={[
          { key: "when", label: "Paid on", amount: `${paidAt.slice(0, 10)}, ${paidAt.slice(11, 16)} UTC` },
          ...(method ? [{ key: "with", label: "With", amount: method }] : []),
          { key: "total", label: "Amount", amount, strong: true },
        ]}
      />
      <Paragraph>
        The receipt of the payment provider is for your records; invoices are on the order’s page.
      </Paragraph>
      <PressLink href={receiptUrl}>Open the receipt</PressLink>
    </LetterPaper>
  );
}
