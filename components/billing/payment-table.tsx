import { OrderNumberCell, ReceiptCell } from "@/components/orders/order-cells";
import { DateTime } from "@/components/ui/date-time";
import { Money } from "@/components/ui/money";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th } from "@/components/ui/table";
import { describePaymentMethod } from "@/lib/orders/describe-order";
import type { PaymentRow } from "@/lib/payments/queries";

/** What was paid and what went back; on phones a card for each payment. */
export function PaymentTable({ payments }: { readonly payments: readonly PaymentRow[] }) {
  return (
    <Panel className="overflow-hidden">
      <Table caption="Payments, newest first">
        <thead>
          <tr>
            <Th>Order</Th>
            <Th>Paid</Th>
            <Th>With</Th>
            <Th align="right">Amount</Th>
            <Th align="right">Refunded</Th>
            <Th>Receipt</Th>
          </tr>
        </thead>
        <tbody>
          {payments.map((payment) => (
            <tr key={payment.orderNumber}>
              <OrderNumberCell href={`/account/orders/${payment.orderNumber}`}>
                {payment.orderNumber}
              </OrderNumberCell>
              <Td label="Paid" className="text-ink-soft tabular-nums">
                {payment.paidAt ? <DateTime at={payment.paidAt} format="date" /> : null}
              </Td>
              <Td label="With">{describePaymentMethod(payment.paymentMethod) ?? "Not known yet"}</Td>
              <Td label="Amount" align="right">
                <Money amount={payment.totalAmount} currency={payment.currency} />
              </Td>
              <Td label="Refunded" align="right">
                {payment.refundedAmount > 0 ? (
                  <Money amount={-payment.refundedAmount} currency={payment.currency} />
                ) : (
                  <span className="text-ink-muted">None</span>
                )}
              </Td>
              <ReceiptCell {...payment} />
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
