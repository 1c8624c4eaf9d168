import { DateTime } from "@/components/ui/date-time";
import { Money } from "@/components/ui/money";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import type { OrderRow } from "@/lib/orders/queries";
import { OrderNumberCell, ReceiptCell } from "./order-cells";
import { OrderStatusBadge } from "./order-status-badge";

/** The learner's orders; on phones a card for each. */
export function OrderTable({ orders }: { readonly orders: readonly OrderRow[] }) {
  return (
    <Panel className="overflow-hidden">
      <Table caption="Orders, newest first">
        <thead>
          <tr>
            <Th>Order</Th>
            <Th>Placed</Th>
            <Th>Courses</Th>
            <Th align="right">Total</Th>
            <Th>Status</Th>
            <Th>Receipt</Th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <tr key={order.orderNumber}>
              <OrderNumberCell href={`/account/orders/${order.orderNumber}`}>
                {order.orderNumber}
              </OrderNumberCell>
              <CommonCells order={order} />
              <ReceiptCell {...order} />
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function CommonCells({ order }: { readonly order: OrderRow }) {
  const [first, ...others] = order.titles;
  return (
    <>
      <Td label="Placed" className="text-ink-soft tabular-nums">
        <DateTime at={order.createdAt} format="short" />
      </Td>
      <Td label="Courses">
        {others.length > 0 ? <TwoLines small={`and ${others.length} more`}>{first}</TwoLines> : first}
      </Td>
      <Td label="Total" align="right" className="font-semibold">
        <Money amount={order.totalAmount} currency={order.currency} />
      </Td>
      <Td label="Status">
        <OrderStatusBadge order={order} />
      </Td>
    </>
  );
}
