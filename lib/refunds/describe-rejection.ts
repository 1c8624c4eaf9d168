import { formatMoney } from "@/lib/money";
import type { RefundRejection } from "./schema";

/** Why not, for the admin who pressed the button. */
export function describeRefundRejection(rejection: RefundRejection): string {
  switch (rejection.code) {
    case "unknown_order":
      return "There is no such order.";
    case "not_paid":
      return "This order was not paid, so there is nothing to give back.";
    case "nothing_was_paid":
      return "This order cost nothing, so there is nothing to give back.";
    case "nothing_left":
      return "All of this payment has been given back or is on its way.";
    case "disputed":
      return "The buyer's bank has disputed this payment. It decides about the money; answer it in Stripe's Dashboard.";
    case "changed_meanwhile":
      return "Something else was given back in the meantime. Look again.";
    case "invalid_amount":
      return "Enter an amount above zero.";
    case "exceeds_left":
      return `At most ${formatMoney(rejection.leftAmount, rejection.currency)} of this payment can still be given back.`;
    case "unknown_item":
      return "A chosen course is not part of this order.";
    case "item_settled":
      return `${rejection.titles.join(", ")}: given back already, or nothing was paid for it.`;
    case "already_refunded":
      return "Stripe has given this money back already. The order now shows what Stripe knows.";
    case "refused_by_stripe":
      return "Stripe refused this refund. The reason stands in the order's alerts.";
  }
}
