import { formatMoney } from "@/lib/money";
import type { OrderConfirmation } from "../schema";
import {
  type AmountRow,
  AmountTable,
  LetterPaper,
  Paragraph,
  PressLink,
  type Shop,
  TextLink,
} from "./letter";

export const orderConfirmationSubject = (order: OrderConfirmation) => `Your order ${order.orderNumber}`;

/** Sent when an order is paid (or cost nothing): what was bought, what it cost, where to begin. */
export function OrderConfirmationLetter({
  order,
  shop,
}: {
  readonly order: OrderConfirmation;
  readonly shop: Shop;
}) {
  const [first, ...others] = order.items;
  const start =
    first && others.length === 0 ? `${shop.url}/learn/${first.slug}` : `${shop.url}/account/courses`;
  const courses = order.items.length === 1 ? "Your course is" : `Your ${order.items.length} courses are`;
  return (
    <LetterPaper shop={shop} preview={`${courses} open.`} heading="Thank you for your order">
      <Paragraph>Hello {order.name},</Paragraph>
      <Paragraph>
        {courses} open. Order{" "}
        <TextLink href={`${shop.url}/account/orders/${order.orderNumber}`}>{order.orderNumber}</TextLink>:
      </Paragraph>
      <AmountTable rows={[...itemRows(order, shop), ...sumRows(order)]} />
      <PressLink href={start}>Start learning</PressLink>
    </LetterPaper>
  );
}

function itemRows(order: OrderConfirmation, shop: Shop): AmountRow[] {
  return order.items.map((item) => ({
    key: item.slug,
    label: <TextLink href={`${shop.url}/learn/${item.slug}`}>{item.title}</TextLink>,
    amount: formatMoney(item.priceAmount, order.currency),
  }));
}

/** Subtotal and tax only where they say something the total does not. */
function sumRows(order: OrderConfirmation): AmountRow[] {
  const money = (amount: number) => formatMoney(amount, order.currency);
  const rows: AmountRow[] = [];
  if (order.discountAmount > 0) {
    const label = order.couponCode ? `Discount ${order.couponCode}` : "Discount";
    rows.push({ key: "subtotal", label: "Subtotal", amount: money(order.subtotalAmount) });
    rows.push({ key: "discount", label, amount: money(-order.discountAmount) });
  }
  if (order.taxAmount > 0) rows.push({ key: "tax", label: "Tax", amount: money(order.taxAmount) });
  return [...rows, { key: "total", label: "Total", amount: money(order.totalAmount), strong: true }];
}
