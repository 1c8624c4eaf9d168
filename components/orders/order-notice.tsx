import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { OrderStatus } from "@/lib/orders/order-status";

/** What an unfinished order waits for, and what to do. Nothing for one that is paid. */
export function OrderNotice({ status }: { readonly status: OrderStatus }) {
  switch (status) {
    case "pending":
      return (
        <Notice title="This order is not paid yet." className="mb-6">
          <p>
            You have not been charged. <Link href="/cart">Continue paying from your cart</Link>, as it was.
          </p>
        </Notice>
      );
    case "processing":
      return (
        <Notice tone="warning" title="Your payment is on its way." className="mb-6">
          <p>
            Some banks take a few days. The courses open automatically when it arrives, and you get an e-mail.
          </p>
        </Notice>
      );
    case "failed":
    case "expired":
      return (
        <Notice
          tone={status === "failed" ? "danger" : "accent"}
          title={
            status === "failed" ? "The payment did not succeed." : "The payment was not completed in time."
          }
          className="mb-6"
        >
          <p>
            You were not charged. <Link href="/cart">Try again from your cart</Link>.
          </p>
        </Notice>
      );
    default:
      return null;
  }
}
