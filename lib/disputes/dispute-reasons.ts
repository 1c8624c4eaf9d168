/** Why a bank asks a payment back, in words; Stripe's own are in docs.stripe.com/disputes/categories. */
const REASONS: Readonly<Record<string, string>> = {
  bank_cannot_process: "The bank could not process the payment",
  check_returned: "The check was returned",
  credit_not_processed: "A refund that was promised did not come",
  customer_initiated: "The buyer asked the bank for it",
  debit_not_authorized: "The buyer had not allowed the debit",
  duplicate: "The buyer says it was paid twice",
  fraudulent: "The buyer says the payment was not theirs",
  general: "The bank names no reason",
  incorrect_account_details: "The account’s details were wrong",
  insufficient_funds: "There was not enough money in the account",
  product_not_received: "The buyer says nothing was delivered",
  product_unacceptable: "The buyer says it was not as described",
  subscription_canceled: "The buyer says it was canceled before",
  unrecognized: "The buyer does not recognize the payment",
};

export function describeReason(reason: string): string {
  const known = Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
  const words = reason.replaceAll("_", " ");
  return known ?? words.charAt(0).toUpperCase() + words.slice(1);
}
