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
  const [first, ...others] = order.items.filter((item) => !item.isGift);
  const orderPage = `${shop.url}/account/orders/${order.orderNumber}`;
  const start =
    first && others.length === 0 ? `${shop.url}/learn/${first.slug}` : `${shop.url}/account/courses`;
  const news = whatHappens(order);
  return (
    <LetterPaper shop={shop} preview={news} heading="Thank you for your order">
      <Paragraph>Hello {order.name},</Paragraph>
      <Paragraph>
        {news} Order <TextLink href={orderPage}>{order.orderNumber}</TextLink>:
      </Paragraph>
      <AmountTable rows={[...itemRows(order, shop), ...sumRows(order)]} />
      {first ? (
        <PressLink href={start}>Start learning</PressLink>
      ) : (
        <PressLink href={orderPage}>See your gift</PressLink>
      )}
    </LetterPaper>
  );
}

/** "Your course is open. Your gift is sent on the day you chose; its page tells when it was accepted." */
function whatHappens({ items }: OrderConfirmation): string {
  const gifts = items.filter((item) => item.isGift).length;
  const own = items.length - gifts;
  const courses = own === 1 ? "Your course is open." : `Your ${own} courses are open.`;
  const given =
    gifts === 1
      ? "Your gift goes out on the day you chose; the order’s page shows when it is accepted."
      : `Your ${gifts} gifts go out on the days you chose; the order’s page shows when they are accepted.`;
  return [...(own > 0 ? [courses] : []), ...(gifts > 0 ? [given] : [])].join(" ");
}

function itemRows(order: OrderConfirmation, shop: Shop): AmountRow[] {
  return order.items.map((item) => ({
    key: item.slug,
    label: item.isGift ? (
      `${item.title} (gift)`
    ) : (
      <TextLink href={`${shop.url}/learn/${item.slug}`}>{item.title}</TextLink>
    ),
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
