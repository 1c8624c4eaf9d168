/** An amount in the currency's smallest unit (cents, yen, fils). Always a whole number. */
export type Minor = number & { readonly __money: "minor" };

/** Currencies whose smallest unit is not a hundredth. Source: ISO 4217 and Stripe's list of special cases. */
const EXPONENTS: Readonly<Record<string, number>> = {
  bif: 0,
  clp: 0,
  djf: 0,
  gnf: 0,
  jpy: 0,
  kmf: 0,
  krw: 0,
  mga: 0,
  pyg: 0,
  rwf: 0,
  vnd: 0,
  vuv: 0,
  xaf: 0,
  xof: 0,
  xpf: 0,
  bhd: 3,
  jod: 3,
  kwd: 3,
  omr: 3,
  tnd: 3,
};

/** Stripe's least charge per currency, in minor units. Source: docs.stripe.com/currencies#minimum-and-maximum-charge-amounts. */
const STRIPE_MINIMUMS: Readonly<Record<string, number>> = {
  usd: 50,
  aed: 200,
  aud: 50,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17500,
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
};

/** Throws on anything that is not a whole, safe, non-negative number: such a value is a bug, never a user's mistake. */
export function minor(value: number): Minor {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`not an amount in minor units: ${value}`);
  return value as Minor;
}

export const ZERO = minor(0);

export function sum(amounts: readonly Minor[]): Minor {
  return minor(amounts.reduce<number>((total, amount) => total + amount, 0));
}

/** How many decimals a currency's amounts show. */
export function currencyExponent(currency: string): number {
  return EXPONENTS[currency.toLowerCase()] ?? 2;
}

/** The least amount Stripe charges in `currency`; currencies without a published minimum are held to one unit. */
export function minimumCharge(currency: string): Minor {
  const known = STRIPE_MINIMUMS[currency.toLowerCase()];
  return minor(known ?? 10 ** currencyExponent(currency));
}

/** For buyers, and for who sets a price; a sentence but for its full stop. */
export function describeMinimum(currency: string): string {
  return `The least that can be paid by card is ${formatMoney(minimumCharge(currency), currency)}`;
}

/**
 * Stripe charges some currencies only in whole steps: three-decimal ones end in 0, króna and shilling in 00.
 * Source: docs.stripe.com/currencies, special cases.
 */
export function chargeStep(currency: string): number {
  if (currency === "isk" || currency === "ugx") return 100;
  return currencyExponent(currency) === 3 ? 10 : 1;
}

const formats = new Map<string, Intl.NumberFormat>();

/** Kept, since making one takes longer than a hundred amounts; there are as many as currencies and locales in use. */
function moneyFormat(currency: string, locale: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formats.get(key);
  if (known) return known;
  const digits = currencyExponent(currency);
  const made = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: currency.toUpperCase(),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  formats.set(key, made);
  return made;
}

/** `15000000, "usd"` → `$150K`: for the lines of a chart, where three digits are enough. */
export function shortMoney(amount: number, currency: string, locale = "en-US"): string {
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: currency.toUpperCase(),
    notation: "compact",
    minimumFractionDigits: 0,
    maximumSignificantDigits: 3,
  }).format(amount / 10 ** currencyExponent(currency));
}

/** `4900, "usd"` → `$49.00`. Minus is the typographic one. */
export function formatMoney(amount: number, currency: string, locale = "en-US"): string {
  const text = moneyFormat(currency, locale).format(amount / 10 ** currencyExponent(currency));
  return text.replace("-", "−");
}

/** `4900, "usd"` → `49.00`: digits alone, for files that other programs read. */
export function formatDecimal(amount: number, currency: string): string {
  const digits = currencyExponent(currency);
  return (amount / 10 ** digits).toFixed(digits);
}

/** `"49.00", "usd"` → 4900. Null for what is no amount of this currency: too many decimals, a sign, or too large. */
export function readAmount(typed: string, currency: string): Minor | null {
  const found = /^(\d{1,9})(?:[.,](\d{1,3}))?$/.exec(typed.trim());
  if (!found) return null;
  const digits = currencyExponent(currency);
  const [, whole = "", decimals = ""] = found;
  if (decimals.length > digits) return null;
  const amount = Number(whole) * 10 ** digits + Number(decimals.padEnd(digits, "0"));
  return amount <= MOST ? minor(amount) : null;
}

/** What to enter where `readAmount` found none. */
export function describeAmount(currency: string): string {
  const digits = currencyExponent(currency);
  if (digits === 0) return "Enter an amount such as 20.";
  return `Enter an amount such as 20 or ${formatDecimal(205 * 10 ** (digits - 1), currency)}.`;
}

/** What an integer column holds. */
const MOST = 2_147_483_647;

/** The largest amount that can be typed: nine digits before the point, and no more than is kept. */
export const largestAmount = (currency: string): Minor =>
  minor(Math.min(MOST, 10 ** (9 + currencyExponent(currency)) - 1));

/** Splits `total` over `weights` by largest remainder: the parts are whole, within their weight's share ± 1, and add up exactly. */
export function splitByWeight(total: Minor, weights: readonly Minor[]): Minor[] {
  const whole = sum(weights);
  if (whole === 0) return weights.map(() => ZERO);
  const shares = weights.map((weight, index) => {
    const product = BigInt(total) * BigInt(weight);
    return { index, floor: Number(product / BigInt(whole)), remainder: product % BigInt(whole) };
  });
  let left = total - shares.reduce((taken, share) => taken + share.floor, 0);
  const byRemainder = shares.toSorted((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  for (const share of byRemainder) {
    if (left <= 0) break;
    share.floor += 1;
    left -= 1;
  }
  return shares.map((share) => minor(share.floor));
}
