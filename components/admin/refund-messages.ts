import { commonMessages } from "@/components/identity/rejections";
import type { CommonRejection } from "@/lib/action";
import type { SaleRefundRejection } from "@/lib/desk/refund-limit";

const common = (code: CommonRejection) => commonMessages[code].text;

/** What the dialog says when nothing was given back. */
export const refundMessages = {
  foreign_origin: common("foreign_origin"),
  signed_out: common("signed_out"),
  forbidden: common("forbidden"),
  invalid_input: "Choose what goes back first.",
  wrong_password: "This is not your password.",
  throttled: "Too many wrong passwords in a row. Wait ten minutes, then try again.",
  changed_meanwhile:
    "Something else was given back in the meantime, so this would no longer be the amount you saw. Close the dialog and look again.",
  unknown_order: "There is no such order.",
  not_paid: "This order was not paid, so there is nothing to give back.",
  nothing_was_paid: "This order cost nothing, so there is nothing to give back.",
  nothing_left: "All of this payment has been given back or is on its way.",
  disputed:
    "The buyer's bank has disputed this payment. It decides about the money; answer it in Stripe's Dashboard.",
  invalid_amount: "Enter an amount above zero.",
  exceeds_left: "So much of this payment can no longer be given back.",
  unknown_item: "A chosen course is not part of this order.",
  item_settled: "A chosen course was given back already, or nothing was paid for it.",
  already_refunded: "Stripe has given this money back already. The order now shows what Stripe knows.",
  refused_by_stripe: "Stripe refused this refund. The reason stands under “Needs attention” on the overview.",
} satisfies Record<SaleRefundRejection | CommonRejection, string>;

/** What it says when no answer came: the form names its refund, and an approval its request, so a second press finds the first. */
export const unsureRefund =
  "The money may be on its way back all the same: look at the order in another tab before you press again. Pressed again here, it goes back only once.";
