import { formatMoney } from "@/lib/money";
import type { OrderStatus } from "./order-status";

export type OrderTone = "success" | "warning" | "danger" | "neutral";
export type StatusWords = {
  readonly status: OrderStatus;
  readonly words: string;
  readonly tone: OrderTone;
};

type StatusFacts = {
  readonly status: OrderStatus;
  readonly currency: string;
  readonly totalAmount: number;
  /** What has gone back so far, in minor units. */
  readonly refundedAmount: number;
};

/** An order's state in the words of a shop, never in the database's. */
export function describeStatus({ status, currency, totalAmount, refundedAmount }: StatusFacts): StatusWords {
  const words: Readonly<Record<OrderStatus, readonly [string, OrderTone]>> = {
    pending: ["Payment open", "neutral"],
    processing: ["Waiting for the bank", "warning"],
    completed: [totalAmount === 0 ? "Nothing to pay" : "Paid", "success"],
    failed: ["Failed", "danger"],
    expired: ["Expired", "neutral"],
    partially_refunded: [`Part refunded ${formatMoney(refundedAmount, currency)}`, "warning"],
    refunded: ["Refunded", "neutral"],
  };
  const [said, tone] = words[status];
  return { status, words: said, tone };
}

/** Stripe's words for brands and means of payment that are not spelt as they are said. */
const METHOD_NAMES: Readonly<Record<string, string>> = {
  acss_debit: "Pre-authorized debit",
  amex: "American Express",
  au_becs_debit: "BECS direct debit",
  bacs_debit: "Bacs direct debit",
  diners: "Diners Club",
  eps: "EPS",
  ideal: "iDEAL",
  jcb: "JCB",
  p24: "Przelewy24",
  paypal: "PayPal",
  sepa_debit: "SEPA direct debit",
  unionpay: "UnionPay",
  us_bank_account: "US bank account",
};

/** `visa 4242` → `Visa ending 4242`; `sepa_debit` → `SEPA direct debit`. Null when the payment had no method. */
export function describePaymentMethod(method: string | null): string | null {
  if (!method) return null;
  const card = /^(.+) (\d{4})$/.exec(method);
  const name = nameMethod(card?.[1] ?? method);
  return card ? `${name} ending ${card[2]}` : name;
}

function nameMethod(method: string): string {
  const words = method.replaceAll("_", " ");
  const known = Object.hasOwn(METHOD_NAMES, method) ? METHOD_NAMES[method] : undefined;
  return known ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** Why a payment was refused, in words that fit a card and a bank account alike where both can have it. Source: docs.stripe.com/declines/codes. */
const DECLINES: Readonly<Record<string, string>> = {
  insufficient_funds: "There was not enough money for it.",
  expired_card: "The card has expired.",
  incorrect_cvc: "The security code was not right.",
  incorrect_number: "The card number was not right.",
  incorrect_zip: "The postal code was not the card's.",
  lost_card: "The bank refused the card.",
  stolen_card: "The bank refused the card.",
  card_not_supported: "The card does not allow this kind of purchase.",
  currency_not_supported: "The card does not pay in this currency.",
  authentication_required: "The bank wanted a confirmation that did not come.",
  payment_intent_authentication_failure: "The confirmation with the bank did not succeed.",
  processing_error: "The bank could not be reached.",
};

export function describeDecline(reason: unknown): string {
  const known = typeof reason === "string" && Object.hasOwn(DECLINES, reason) ? DECLINES[reason] : undefined;
  return `${known ?? "The bank refused the payment."} Nothing was charged.`;
}
