import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { GivenGifts } from "@/components/gifts/given-gifts";
import { PageHead } from "@/components/layout/page";
import { OrderAside } from "@/components/orders/order-aside";
import { OrderLines, OrderSums } from "@/components/orders/order-lines";
import { OrderNotice } from "@/components/orders/order-notice";
import { OrderStatusBadge } from "@/components/orders/order-status-badge";
import { OrderTimeline } from "@/components/orders/order-timeline";
import { RequestNotice } from "@/components/orders/request-notice";
import { DateTime } from "@/components/ui/date-time";
import { BackLink } from "@/components/ui/link-button";
import { lastDay } from "@/lib/gifts/judge-day";
import { listGivenGifts } from "@/lib/gifts/queries";
import { readReaderZone } from "@/lib/identity/reader-zone";
import { requireViewer } from "@/lib/identity/session";
import { dayIn } from "@/lib/identity/zone";
import { findOrder } from "@/lib/orders/queries";
import { orderNumber } from "@/lib/orders/schema";
import { mayAsk } from "@/lib/refund-requests/judge-request";
import { findOwnRequest, findOwnRequestable } from "@/lib/refund-requests/queries";

export const metadata: Metadata = { title: "Order" };

/** One of the learner's own orders. */
export default async function OrderPage({ params }: PageProps<"/account/orders/[orderNumber]">) {
  const number = orderNumber.safeParse((await params).orderNumber);
  const viewer = await requireViewer(number.success ? `/account/orders/${number.data}` : "/account/orders");
  if (!number.success) notFound();
  const [order, request, requestable] = await Promise.all([
    findOrder(viewer.userId, number.data),
    findOwnRequest(viewer.userId, number.data),
    findOwnRequestable(viewer.userId, number.data),
  ]);
  if (!order) notFound();
  const gifts = order.items.some((item) => item.isGift)
    ? await listGivenGifts(viewer.userId, order.orderNumber)
    : [];
  const { zone } = await readReaderZone(viewer);
  const today = dayIn(zone, new Date());
  return (
    <>
      <PageHead
        back={<BackLink href="/account/orders">All orders</BackLink>}
        title={order.orderNumber}
        lead={
          <>
            Placed on <DateTime at={order.createdAt} />
          </>
        }
        aside={<OrderStatusBadge order={order} />}
      />
      <OrderNotice status={order.status} />
      <RequestNotice request={request} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10 lg:grid-cols-[minmax(0,1fr)_18rem] lg:items-start lg:gap-12 print:block">
        <div>
          <OrderLines order={order} />
          <OrderSums order={order} />
          <GivenGifts gifts={gifts} calendar={{ zone, today, last: lastDay(today) }} />
          <OrderTimeline order={order} />
        </div>
        <OrderAside order={order} mayAsk={requestable !== null && mayAsk(requestable)} />
      </div>
    </>
  );
}
