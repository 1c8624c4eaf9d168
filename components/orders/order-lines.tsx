import { CourseCover } from "@/components/catalog/course-cover";
import { LineItem, LineList, LineNote } from "@/components/ui/line-item";
import { Link } from "@/components/ui/link";
import { Money, Price } from "@/components/ui/money";
import { SumRow, Sums } from "@/components/ui/sums";
import { COURSE_LEVEL_NAMES, COURSE_TYPE_NAMES } from "@/lib/catalog/course-kinds";
import { formatMoney } from "@/lib/money";
import { describePaymentMethod } from "@/lib/orders/describe-order";
import { isPaid } from "@/lib/orders/order-status";
import type { OrderDetails, OrderItem } from "@/lib/orders/queries";

/** The courses of an order at the prices of its day. */
export function OrderLines({
  order,
  linked = true,
}: {
  readonly order: OrderDetails;
  /** Whether a title leads to the lessons; not for staff, whose courses they are not. */
  readonly linked?: boolean;
}) {
  return (
    <LineList label="Courses">
      {order.items.map((item) => (
        <LineItem
          key={item.slug}
          level="h2"
          thumb={<CourseCover slug={item.slug} type={item.courseType} />}
          title={
            linked && item.hasAccess ? (
              <Link href={`/learn/${item.slug}`} prefetch={false}>
                {item.title}
              </Link>
            ) : (
              item.title
            )
          }
          meta={`${COURSE_TYPE_NAMES[item.courseType]} · ${COURSE_LEVEL_NAMES[item.level]}`}
          note={<ItemNote item={item} order={order} />}
          end={
            <Price
              amount={item.priceAmount}
              currency={order.currency}
              className={item.isRefunded ? "text-ink-muted" : undefined}
            />
          }
        />
      ))}
    </LineList>
  );
}

function ItemNote({ item, order }: { readonly item: OrderItem; readonly order: OrderDetails }) {
  return (
    <>
      {item.isGift ? <LineNote>A gift</LineNote> : null}
      <MoneyNote item={item} order={order} />
    </>
  );
}

function MoneyNote({ item, order }: { readonly item: OrderItem; readonly order: OrderDetails }) {
  if (item.isRefunded) {
    if (item.isGift) return <LineNote>Refunded.</LineNote>;
    return (
      <LineNote>
        {item.hasAccess ? "Refunded." : "Refunded. Access has ended, your progress is kept."}
      </LineNote>
    );
  }
  if (item.refundedAmount > 0) {
    return <LineNote>{formatMoney(item.refundedAmount, order.currency)} of it was refunded.</LineNote>;
  }
  if (item.discountAmount > 0) {
    return (
      <LineNote saving>
        {order.couponCode ?? "The coupon"} took {formatMoney(item.discountAmount, order.currency)} off
      </LineNote>
    );
  }
  return null;
}

type SumsProps = {
  readonly order: OrderDetails;
  /** What the buyer's bank took for good; told to staff. */
  readonly lostAmount?: number;
};

/** Subtotal, discount, tax, total, and what went back. */
export function OrderSums({ order, lostAmount = 0 }: SumsProps) {
  const { currency, refundedAmount } = order;
  const method = describePaymentMethod(order.paymentMethod);
  return (
    <Sums className="mt-5 lg:ml-auto lg:w-88">
      <SumRow label="Subtotal">
        <Money amount={order.subtotalAmount} currency={currency} />
      </SumRow>
      {order.discountAmount > 0 ? (
        <SumRow kind="saving" label={order.couponCode ? `Discount ${order.couponCode}` : "Discount"}>
          <Money amount={-order.discountAmount} currency={currency} />
        </SumRow>
      ) : null}
      <SumRow label="Tax">
        <Money amount={order.taxAmount} currency={currency} />
      </SumRow>
      <SumRow kind="total" label={isPaid(order.status) ? "Total paid" : "Total"}>
        <Money amount={order.totalAmount} currency={currency} />
      </SumRow>
      {refundedAmount > 0 ? (
        <>
          <SumRow label={method ? `Refunded to ${method}` : "Refunded"}>
            <Money amount={-refundedAmount} currency={currency} />
          </SumRow>
          <SumRow kind="strong" label="Paid after the refund">
            <Money amount={order.totalAmount - refundedAmount} currency={currency} />
          </SumRow>
        </>
      ) : null}
      {lostAmount > 0 ? (
        <>
          <SumRow label="Lost to a dispute">
            <Money amount={-lostAmount} currency={currency} />
          </SumRow>
          <SumRow kind="strong" label="Left for the shop">
            <Money amount={order.totalAmount - refundedAmount - lostAmount} currency={currency} />
          </SumRow>
        </>
      ) : null}
    </Sums>
  );
}
