import type { Core } from "../core";
import type { BillingDetails } from "../store/record";
import type { PaymentMethod } from "../store/records";
import type { DebitOutcome } from "../store/rows";
import { type Card, TEST_CARDS } from "./cards";
import type { TaxId } from "./tax-ids";

/** Who pays, as typed on the hosted page. */
export interface Buyer {
  email: string;
  name: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  postal_code: string;
  business_name?: string;
  tax_id?: TaxId | null;
}

/** The bank debit offered beside the card, by currency: Stripe's own pairing. */
const DEBIT_BY_CURRENCY: Record<string, string> = {
  usd: "us_bank_account",
  eur: "sepa_debit",
  gbp: "bacs_debit",
};

/** The test account behind each outcome, by its last digits. */
export const DEBIT_LAST4: Record<DebitOutcome, string> = {
  account_closed: "1113",
  insufficient_funds: "2227",
  succeeds: "6789",
  waits: "0001",
};

export function debitTypeFor(currency: string): string | null {
  return DEBIT_BY_CURRENCY[currency] ?? null;
}

export function billingDetails(buyer: Buyer): BillingDetails {
  const address = {
    city: null,
    country: buyer.country,
    line1: null,
    line2: null,
    postal_code: buyer.postal_code || null,
    state: null,
  };
  return { address, email: buyer.email, name: buyer.name, phone: null, tax_id: null };
}

export function makeCardMethod(
  core: Core,
  card: Card,
  billing: BillingDetails,
  customer: string | null,
): PaymentMethod {
  return put(core, "card", billing, customer, {
    brand: card.brand,
    checks: {
      address_line1_check: null,
      address_postal_code_check: billing.address?.postal_code ? "pass" : null,
      cvc_check: "pass",
    },
    country: "US",
    display_brand: brandName(card.brand),
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    fingerprint: fingerprint(card.kind.number),
    funding: "credit",
    generated_from: null,
    last4: card.last4,
    networks: { available: [card.brand], preferred: null },
    regulated_status: "unregulated",
    three_d_secure_usage: { supported: true },
    wallet: null,
  });
}

export function makeDebitMethod(
  core: Core,
  type: string,
  outcome: DebitOutcome,
  billing: BillingDetails,
  customer: string | null,
): PaymentMethod {
  return put(core, type, billing, customer, debitMethodDetails(type, DEBIT_LAST4[outcome]));
}

function put(
  core: Core,
  type: string,
  billing: BillingDetails,
  customer: string | null,
  details: object,
): PaymentMethod {
  return core.store.paymentMethods.put({
    id: core.ids.make("payment_method"),
    object: "payment_method",
    allow_redisplay: "limited",
    billing_details: billing,
    created: core.clock.seconds(),
    customer,
    customer_account: null,
    livemode: false,
    metadata: {},
    type,
    [type]: details,
  });
}

const TEST_BANK = "STRIPE TEST BANK";
const DEBIT_FINGERPRINT = fingerprint("000123456789");

function debitMethodDetails(type: string, last4: string): object {
  if (type === "sepa_debit") {
    const generated_from = { charge: null, setup_attempt: null };
    return {
      bank_code: "37040044",
      branch_code: "",
      country: "DE",
      fingerprint: DEBIT_FINGERPRINT,
      generated_from,
      last4,
    };
  }
  if (type === "bacs_debit") return { fingerprint: DEBIT_FINGERPRINT, last4, sort_code: "108800" };
  return {
    account_holder_type: "individual",
    account_type: "checking",
    bank_name: TEST_BANK,
    financial_connections_account: null,
    fingerprint: DEBIT_FINGERPRINT,
    last4,
    networks: { preferred: "ach", supported: ["ach"] },
    routing_number: "110000000",
    status_details: {},
  };
}

/** How a stored bank account will pay, by its last digits. */
export function debitOutcomeOf(method: PaymentMethod): DebitOutcome {
  const { last4 } = { last4: "", ...(method.us_bank_account ?? method.sepa_debit ?? method.bacs_debit) };
  const found = Object.entries(DEBIT_LAST4).find(([, digits]) => digits === last4)?.[0];
  return found === "account_closed" || found === "insufficient_funds" || found === "waits"
    ? found
    : "succeeds";
}

/** The card behind a stored method, by its last digits: only test cards exist. */
export function cardOf(method: PaymentMethod): Card {
  const details = { brand: "visa", exp_month: 12, exp_year: 2099, last4: "", ...method.card };
  const kind = TEST_CARDS.find((card) => card.number.endsWith(details.last4));
  if (kind === undefined) throw new Error(`no test card ends in ${details.last4}`);
  return {
    kind,
    brand: kind.brand ?? "visa",
    last4: details.last4,
    exp_month: details.exp_month,
    exp_year: details.exp_year,
  };
}

/** `payment_method_details` of a charge by bank debit. */
export function debitChargeDetails(type: string, outcome: DebitOutcome): { type: string } {
  const last4 = DEBIT_LAST4[outcome];
  if (type === "sepa_debit") {
    const details = {
      bank_code: "37040044",
      branch_code: "",
      country: "DE",
      expected_debit_date: null,
      fingerprint: DEBIT_FINGERPRINT,
      last4,
      mandate: null,
    };
    return Object.assign({ type }, { sepa_debit: details });
  }
  if (type === "bacs_debit") {
    const details = {
      expected_debit_date: null,
      fingerprint: DEBIT_FINGERPRINT,
      last4,
      mandate: null,
      sort_code: "108800",
    };
    return Object.assign({ type }, { bacs_debit: details });
  }
  const details = {
    account_holder_type: "individual",
    account_type: "checking",
    bank_name: TEST_BANK,
    fingerprint: DEBIT_FINGERPRINT,
    last4,
    payment_reference: null,
    routing_number: "110000000",
  };
  return Object.assign({ type }, { us_bank_account: details });
}

/** `payment_method_details` of a charge by card. */
export function cardChargeDetails(
  card: Card,
  amount: number,
  approved: boolean,
  authenticated: boolean,
): { type: string } {
  const failedCheck = card.kind.decline?.code === "incorrect_cvc";
  const threeDSecure = {
    authentication_flow: "challenge",
    electronic_commerce_indicator: "05",
    exemption_indicator: null,
    result: "authenticated",
    result_reason: null,
    transaction_id: null,
    version: "2.2.0",
  };
  const details = {
    amount_authorized: approved ? amount : null,
    authorization_code: approved ? "123456" : null,
    brand: card.brand,
    checks: {
      address_line1_check: null,
      address_postal_code_check: null,
      cvc_check: failedCheck ? "fail" : "pass",
    },
    country: "US",
    electronic_commerce_indicator: authenticated ? "05" : null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    fingerprint: fingerprint(card.kind.number),
    funding: "credit",
    installments: null,
    last4: card.last4,
    mandate: null,
    network: card.brand,
    network_transaction_id: null,
    regulated_status: "unregulated",
    three_d_secure: authenticated ? threeDSecure : null,
    transaction_link_id: null,
    wallet: null,
  };
  return Object.assign({ type: "card" }, { card: details });
}

export function brandName(brand: Card["brand"]): string {
  const names = { amex: "american_express", discover: "discover", mastercard: "mastercard", visa: "visa" };
  return names[brand];
}

/** The same number gives the same fingerprint, as with Stripe. */
function fingerprint(number: string): string {
  let hash = 5381n;
  for (const digit of number) hash = (hash * 33n + BigInt(digit.charCodeAt(0))) % 2n ** 80n;
  return hash.toString(36).padStart(16, "0").slice(-16);
}
