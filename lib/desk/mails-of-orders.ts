/** Mails about an order that may be sent again: none holds a secret or a link that works once. */
export const MAILS_OF_ORDERS = [
  "order_confirmation",
  "enrollment_welcome",
  "payment_receipt",
  "payment_failed",
  "refund_sent",
  "refund_failed",
  "refund_refused",
  "duplicate_refund",
  "refund_requested",
  "refund_declined",
  "gift_claimed",
  "gift_ended",
] as const;

/** The mail with a gift holds its link: it is not copied, but sent again with a fresh one (`resendGift`). */
export const GIFT_MAIL = "gift_received";

export const MAIL_NAMES: Readonly<Record<(typeof MAILS_OF_ORDERS)[number] | typeof GIFT_MAIL, string>> = {
  order_confirmation: "Order confirmation",
  enrollment_welcome: "Welcome to a course",
  payment_receipt: "Receipt",
  payment_failed: "Payment failed",
  refund_sent: "Refund",
  refund_failed: "Refund did not arrive",
  refund_refused: "Refund could not be made",
  duplicate_refund: "Refund of a double payment",
  refund_requested: "Refund asked for",
  refund_declined: "Refund request declined",
  gift_received: "Gift",
  gift_claimed: "Gift accepted",
  gift_ended: "Gift ended",
};

/** More would be pestering: the address is wrong, or the reader does not want it. */
export const MOST_COPIES = 5;
