/** Currencies as Stripe charges them: https://docs.stripe.com/currencies */
import { invalidRequest } from "../stripe-error";

const ZERO_DECIMAL = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" "));
const THREE_DECIMAL = new Set("bhd jod kwd omr tnd".split(" "));

/** Without decimals in the world, yet written with two in the API; the last two digits must be 00. */
const WHOLE_WITH_TWO_DECIMALS = new Set(["isk", "ugx"]);

/** The least amount of one charge in minor units, where Stripe publishes one. */
const PUBLISHED_MINIMUM: Record<string, number> = {
  aed: 200,
  aud: 50,
  bgn: 100,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
  usd: 50,
};

const GREATEST_AMOUNT = 99_999_999;

const KNOWN = new Set([...Intl.supportedValuesOf("currency").map((code) => code.toLowerCase())]);

export function exponentOf(currency: string): 0 | 2 | 3 {
  if (ZERO_DECIMAL.has(currency)) return 0;
  return THREE_DECIMAL.has(currency) ? 3 : 2;
}

/** Amounts of a charge are multiples of this many minor units. */
export function stepOf(currency: string): 1 | 10 | 100 {
  if (THREE_DECIMAL.has(currency)) return 10;
  return WHOLE_WITH_TWO_DECIMALS.has(currency) ? 100 : 1;
}

/** "$49.00", "¥500", "KWD 1.500", for people. `amount` is in minor units. */
export function formatMoney(amount: number, currency: string): string {
  const digits = exponentOf(currency);
  const format = new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: currency.toUpperCase(),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(amount / 10 ** digits).replace(/^-/, "−");
}

/** Amount typed by a person ("12.50") in minor units; null when it is not an amount of this currency. */
export function parseMoney(text: string, currency: string): number | null {
  const digits = exponentOf(currency);
  const match = /^(\d{1,8})(?:\.(\d+))?$/.exec(text.trim());
  const [, whole = "", fraction = ""] = match ?? [];
  if (match === null || fraction.length > digits) return null;
  return Number(whole + fraction.padEnd(digits, "0"));
}

/** The lower-case code. Throws Stripe's error for one it does not know. */
export function readCurrency(currency: string, param: string): string {
  const code = currency.toLowerCase();
  if (KNOWN.has(code)) return code;
  throw invalidRequest(
    `Invalid currency: ${currency}. Stripe currently supports these currencies: ${[...KNOWN].sort().join(", ")}`,
    { param },
  );
}

/** Half a US dollar, or its published counterpart; elsewhere half a unit, which is only roughly right. */
export function minimumAmount(currency: string): number {
  return PUBLISHED_MINIMUM[currency] ?? (exponentOf(currency) === 0 ? 50 : 10 ** exponentOf(currency) / 2);
}

/** Throws when an amount above zero cannot be charged in its currency. */
export function checkChargeable(amount: number, currency: string, what: string): void {
  const code = currency.toUpperCase();
  if (amount < minimumAmount(currency)) {
    throw invalidRequest(
      `${what} must add up to at least ${formatMoney(minimumAmount(currency), currency)} ${currency}`,
      { code: "amount_too_small" },
    );
  }
  if (amount > GREATEST_AMOUNT) {
    throw invalidRequest(
      `${what} must be no more than ${formatMoney(GREATEST_AMOUNT, currency)} ${currency}`,
      {
        code: "amount_too_large",
      },
    );
  }
  if (THREE_DECIMAL.has(currency) && amount % 10 !== 0) {
    throw invalidRequest(
      `Invalid amount: ${code} amounts must be rounded to the nearest ten, so their last digit is 0`,
    );
  }
  if (WHOLE_WITH_TWO_DECIMALS.has(currency) && amount % 100 !== 0) {
    throw invalidRequest(`Invalid amount: ${code} has no decimals, so the last two digits must be 00`);
  }
}
