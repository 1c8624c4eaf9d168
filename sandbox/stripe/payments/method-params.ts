/** Payment methods made by an API call instead of by a buyer on the payment page. */
import type { Core } from "../core";
import type { Address, BillingDetails } from "../store/record";
import type { PaymentMethod } from "../store/records";
import type { DebitOutcome } from "../store/rows";
import { invalidRequest, noSuch, StripeError } from "../stripe-error";
import { type Card, readCard, TEST_CARDS } from "./cards";
import { makeCardMethod, makeDebitMethod } from "./payment-methods";

export interface MethodParams {
  type?: string;
  bacs_debit?: { account_number?: string; sort_code?: string };
  billing_details?: {
    address?: Partial<Address> | "";
    email?: string;
    name?: string;
    phone?: string;
  };
  card?: { cvc?: string; exp_month?: number; exp_year?: number; number?: string; token?: string };
  metadata?: Record<string, string>;
  sepa_debit?: { iban: string };
  us_bank_account?: { account_number?: string };
}

/** Stripe's ready-made cards: `pm_card_visa`, and `tok_visa` for the same. Source: docs.stripe.com/testing. */
const READY_MADE: Record<string, string> = {
  amex: "378282246310005",
  bypassPending: "4242424242424242",
  chargeDeclined: "4000000000000002",
  chargeDeclinedExpiredCard: "4000000000000069",
  chargeDeclinedIncorrectCvc: "4000000000000127",
  chargeDeclinedInsufficientFunds: "4000000000009995",
  chargeDeclinedLostCard: "4000000000009987",
  chargeDeclinedProcessingError: "4000000000000119",
  chargeDeclinedStolenCard: "4000000000009979",
  createDispute: "4000000000000259",
  mastercard: "5555555555554444",
  pendingRefund: "4000000000007726",
  refundFail: "4000000000005126",
  threeDSecure2Required: "4000002760003184",
  visa: "4242424242424242",
};

/** Accounts of Stripe's test mode, by their end, that fail; others pay. */
const FAILING_ACCOUNTS: Record<string, DebitOutcome> = {
  "1113": "account_closed",
  "2227": "insufficient_funds",
  "3202": "account_closed",
  "3220": "insufficient_funds",
};

/** The ready-made card of this name ("visa", "visa_chargeDeclined"); null when there is none. */
function readyMade(name: string): Card | null {
  const number = READY_MADE[name] ?? READY_MADE[name.replace(/^visa_/, "")];
  const kind = TEST_CARDS.find((card) => card.number === number);
  if (kind === undefined) return null;
  return {
    kind,
    brand: kind.brand ?? "visa",
    last4: kind.number.slice(-4),
    exp_month: 12,
    exp_year: new Date().getUTCFullYear() + 1,
  };
}

/** A method to pay with: one that exists, or a new one of a ready-made card. Throws Stripe's error for others. */
export function methodToPayWith(core: Core, id: string, customer: string | null): PaymentMethod {
  const card = id.startsWith("pm_card_") ? readyMade(id.slice("pm_card_".length)) : null;
  if (card) return makeCardMethod(core, card, billingOf({}), customer);
  const method = core.store.paymentMethods.get(id);
  if (method === undefined) throw noSuch("PaymentMethod", id, "payment_method");
  if (method.customer !== null && method.customer !== customer) {
    throw invalidRequest(
      "The provided PaymentMethod belongs to a customer. Please include that customer with the PaymentIntent.",
      { code: "payment_method_customer_mismatch", param: "payment_method" },
    );
  }
  return method;
}

/** Throws Stripe's error, a card error included, for what cannot be a method. */
export function makeMethod(core: Core, params: MethodParams): PaymentMethod {
  const billing = billingOf(params.billing_details ?? {});
  const { type } = params;
  if (type === "card") return makeCardMethod(core, cardOfParams(core, params), billing, null);
  if (type === "sepa_debit" || type === "us_bank_account" || type === "bacs_debit") {
    const account =
      params.sepa_debit?.iban ?? params[type === "sepa_debit" ? "bacs_debit" : type]?.account_number;
    if (account === undefined) throw missing(`${type}[${type === "sepa_debit" ? "iban" : "account_number"}]`);
    return makeDebitMethod(core, type, FAILING_ACCOUNTS[account.slice(-4)] ?? "succeeds", billing, null);
  }
  if (type === undefined) throw missing("type");
  throw invalidRequest(`The sandbox makes no payment methods of type ${type}.`, { param: "type" });
}

function cardOfParams(core: Core, { card }: MethodParams): Card {
  if (card?.token !== undefined) {
    const found = card.token.startsWith("tok_") ? readyMade(card.token.slice(4)) : null;
    if (found) return found;
    throw noSuch("token", card.token, "card[token]");
  }
  if (card?.number === undefined) throw missing("card[number]");
  if (card.exp_month === undefined || card.exp_year === undefined) throw missing("card[exp_month]");
  const reading = readCard(
    { number: card.number, expiry: `${card.exp_month}/${card.exp_year}`, cvc: card.cvc ?? "123" },
    new Date(core.clock.now()),
  );
  if (reading.ok) return reading.card;
  throw new StripeError(402, "card_error", Object.values(reading.errors)[0] ?? "", {
    code: "incorrect_number",
  });
}

function billingOf(details: NonNullable<MethodParams["billing_details"]>): BillingDetails {
  const none = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
  return {
    address: { ...none, ...(details.address || {}) },
    email: details.email || null,
    name: details.name || null,
    phone: details.phone || null,
    tax_id: null,
  };
}

function missing(param: string): StripeError {
  return invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
}
