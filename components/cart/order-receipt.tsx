import { Check, ReceiptText } from "lucide-react";
import { CourseCover } from "@/components/catalog/course-cover";
import { Badge } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import { SumRow, Sums } from "@/components/ui/sums";
import { describePaymentMethod, describeStatus } from "@/lib/orders/describe-order";
import { isPaid } from "@/lib/orders/order-status";
import type { OrderDetails } from "@/lib/orders/queries";

/** What was bought and paid, for the page after paying. */
export function OrderReceipt({ order }: { readonly order: OrderDetails }) {
  const { words, tone } = describeStatus(order);
  const method = describePaymentMethod(order.paymentMethod);
  const paid = isPaid(order.status);
  return (
    <Panel as="section" aria-labelledby="order">
      <PanelHead
        id="order"
        title={`Order ${order.orderNumber}`}
        aside={
          <Badge tone={tone} icon={paid ? <Check /> : undefined}>
            {words}
          </Badge>
        }
      />
      <PanelBody>
        <ul className="mb-4">
          {order.items.map((item) => (
            <li key={item.slug} className="flex items-center gap-4 border-b border-hairline py-4 first:pt-0">
              <div className="aspect-8/5 w-20 flex-none overflow-hidden rounded-xs">
                <CourseCover slug={item.slug} type={item.courseType} />
              </div>
              <div className="min-w-0 flex-1">
                <p className="font-semibold">{item.title}</p>
                {item.isGift ? <p className="text-sm text-ink-soft">A gift</p> : null}
                {item.hasAccess ? (
                  <Link
                    href={`/learn/${item.slug}`}
                    className="inline-flex min-h-target items-center text-sm"
                  >
                    Open the first lesson
                  </Link>
                ) : null}
              </div>
              <Money amount={item.priceAmount} currency={order.currency} />
            </li>
          ))}
        </ul>
        <Sums>
          <SumRow label="Subtotal">
            <Money amount={order.subtotalAmount} currency={order.currency} />
          </SumRow>
          {order.discountAmount > 0 ? (
            <SumRow kind="saving" label={`Discount ${order.couponCode ?? ""}`.trim()}>
              <Money amount={-order.discountAmount} currency={order.currency} />
            </SumRow>
          ) : null}
          <SumRow label="Tax">
            <Money amount={order.taxAmount} currency={order.currency} />
          </SumRow>
          <SumRow kind="total" label={paid && method ? `Paid with ${method}` : "Total"}>
            <Money amount={order.totalAmount} currency={order.currency} />
          </SumRow>
        </Sums>
        {order.receiptUrl ? (
          <p className="mt-5 border-t border-hairline pt-3">
            <a href={order.receiptUrl} className="inline-flex min-h-target items-center gap-2 text-sm">
              <ReceiptText className="size-4.5!" />
              Receipt
            </a>
          </p>
        ) : null}
      </PanelBody>
    </Panel>
  );
}
