import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { OrderNotes } from "@/components/admin/order-notes";
import { StandingBadge } from "@/components/admin/payment-badges";
import { RefundButton } from "@/components/admin/refund-button";
import { SaleAside } from "@/components/admin/sale-aside";
import { SaleDisputes } from "@/components/admin/sale-disputes";
import { SaleGifts } from "@/components/admin/sale-gifts";
import { SaleMails, SaleRefunds } from "@/components/admin/sale-records";
import { PageHead } from "@/components/layout/page";
import { OrderLines, OrderSums } from "@/components/orders/order-lines";
import { OrderStatusBadge } from "@/components/orders/order-status-badge";
import { OrderTimeline } from "@/components/orders/order-timeline";
import { DateTime } from "@/components/ui/date-time";
import { BackLink } from "@/components/ui/link-button";
import { findSale, type Sale } from "@/lib/desk/queries";
import { env } from "@/lib/env";
import { requirePermission } from "@/lib/identity/session";
import { describePaymentMethod } from "@/lib/orders/describe-order";
import { isPaid } from "@/lib/orders/order-status";
import { orderNumber } from "@/lib/orders/schema";
import { roleMay } from "@/lib/permissions";

export const metadata: Metadata = { title: "Order" };

/** One order, with all that staff need to answer for it. */
export default async function AdminOrderPage({ params }: PageProps<"/admin/orders/[orderNumber]">) {
  const staff = await requirePermission("orders.see");
  const number = orderNumber.safeParse((await params).orderNumber);
  const sale = number.success ? await findSale(staff.userId, number.data) : null;
  if (!sale) notFound();
  return (
    <>
      <PageHead
        back={<BackLink href="/admin/orders">All orders</BackLink>}
        title={sale.orderNumber}
        lead={
          <>
            Placed on <DateTime at={sale.createdAt} /> by {sale.buyer.name}
          </>
        }
        aside={
          <div className="flex flex-wrap items-center gap-3">
            <OrderStatusBadge order={sale} />
            <StandingBadge dispute={sale.dispute} />
            {roleMay(staff.role, "orders.refund") && hasSomethingLeft(sale) ? (
              <RefundButton subject={refundSubject(sale)} />
            ) : null}
          </div>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10 xl:grid-cols-[minmax(0,1fr)_18rem] xl:items-start xl:gap-10 print:block">
        <div>
          <SaleDisputes sale={sale} standIn={env().STRIPE_API_BASE} />
          <OrderLines order={sale} linked={false} />
          <OrderSums order={sale} lostAmount={sale.dispute?.lostAmount ?? 0} />
          <SaleGifts sale={sale} mayResend={roleMay(staff.role, "mails.resend")} />
          <SaleRefunds sale={sale} />
          <SaleMails sale={sale} mayResend={roleMay(staff.role, "mails.resend")} />
          <OrderTimeline order={sale} reader="staff" />
          <OrderNotes
            orderId={sale.id}
            notes={sale.notes}
            nextId={randomUUID()}
            mayWrite={roleMay(staff.role, "orders.note")}
          />
        </div>
        <SaleAside sale={sale} standIn={env().STRIPE_API_BASE} />
      </div>
    </>
  );
}

const hasSomethingLeft = ({ status, refundable }: Sale) =>
  isPaid(status) && refundable.totalAmount > refundable.heldAmount && !refundable.isDisputed;

function refundSubject(sale: Sale) {
  return {
    orderId: sale.id,
    orderNumber: sale.orderNumber,
    buyerName: sale.buyer.name,
    buyerEmail: sale.billing.email ?? sale.buyer.email,
    method: describePaymentMethod(sale.paymentMethod),
    order: sale.refundable,
  };
}
