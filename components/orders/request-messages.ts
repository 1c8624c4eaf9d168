import { commonMessages } from "@/components/identity/rejections";
import type { CommonRejection } from "@/lib/action";
import type { RequestRejection, WithdrawRejection } from "@/lib/refund-requests/schema";

/** What the form says when no request was made. */
export const requestMessages = {
  foreign_origin: commonMessages.foreign_origin.text,
  signed_out: commonMessages.signed_out.text,
  forbidden: commonMessages.forbidden.text,
  invalid_input: commonMessages.invalid_input.text,
  already_open: "You have asked already. Your request is on the order’s page; take it back to ask again.",
  asked_often: "You asked three times for this order. Write to us instead.",
  too_late:
    "This order is more than fourteen days old. We can still give money back where the course is broken or you were charged by mistake.",
  unknown_order: "There is no such order.",
  not_paid: "This order was not paid, so there is nothing to give back.",
  nothing_was_paid: "This order cost nothing, so there is nothing to give back.",
  nothing_left: "All of this payment has been given back or is on its way.",
  disputed: "Your bank has already asked for this payment back. It now decides about the money.",
  unknown_item: "A chosen course is not part of this order.",
  item_settled: "A chosen course was given back already, or nothing was paid for it.",
  invalid_amount: "Choose at least one course.",
  exceeds_left: "That much of this payment can no longer be given back.",
  changed_meanwhile: "Something was given back in the meantime. Look again.",
  already_refunded: "All of this payment has been given back or is on its way.",
  refused_by_stripe: "This payment cannot be given back by us. Write to us.",
} satisfies Record<RequestRejection | CommonRejection, string>;

export const withdrawMessages = {
  foreign_origin: commonMessages.foreign_origin.text,
  signed_out: commonMessages.signed_out.text,
  forbidden: commonMessages.forbidden.text,
  invalid_input: commonMessages.invalid_input.text,
  unknown_request: "There is no such request.",
  decided_already: "It was decided in the meantime. Load the page again.",
} satisfies Record<WithdrawRejection | CommonRejection, string>;
