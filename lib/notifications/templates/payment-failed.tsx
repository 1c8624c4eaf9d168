import { formatMoney } from "@/lib/money";
import type { PaymentFailed } from "../schema";
import { LetterPaper, Paragraph, type Shop, TextLink } from "./letter";

export const paymentFailedSubject = (order: PaymentFailed) =>
  `Your payment for order ${order.orderNumber} did not arrive`;

/** Sent when a bank sends a delayed payment back days after the order. */
export function PaymentFailedLetter({ order, shop }: { readonly order: PaymentFailed; readonly shop: Shop }) {
  return (
    <LetterPaper shop={shop} preview="You were not charged." heading="Your bank did not pay">
      <Paragraph>Hello {order.name},</Paragraph>
      <Paragraph>
        Your bank sent back the payment of {formatMoney(order.totalAmount, order.currency)} for order{" "}
        <TextLink href={`${shop.url}/account/orders/${order.orderNumber}`}>{order.orderNumber}</TextLink>. You
        were not charged, and the order is closed.
      </Paragraph>
      <Paragraph>If you still want to learn with us, buy again with a card or another account:</Paragraph>
      {order.items.map((item) => (
        <Paragraph key={item.slug}>
          <TextLink href={`${shop.url}/courses/${item.slug}`}>{item.title}</TextLink>
        </Paragraph>
      ))}
    </LetterPaper>
  );
}
