/** Stripe's test cards (https://docs.stripe.com/testing) and how a card form is read. */

export interface Decline {
  code: string;
  decline_code?: string;
  /** What Stripe tells the buyer. */
  message: string;
  advice: "try_again_later" | "confirm_card_data" | "do_not_try_again";
  param?: "number" | "exp_month" | "exp_year" | "cvc";
}

export interface TestCard {
  number: string;
  /** Read after the number: "4242 4242 4242 4242 pays". */
  does: string;
  brand?: "visa" | "mastercard" | "amex" | "discover";
  decline?: Decline;
  threeDSecure?: true;
  afterwards?: "disputed" | "refund_fails" | "refund_pending";
}

const refused = (
  decline_code: string,
  message = "Your card was declined.",
  advice: Decline["advice"] = "try_again_later",
): Decline => ({
  code: "card_declined",
  decline_code,
  message,
  advice,
});

export const TEST_CARDS: readonly TestCard[] = [
  { number: "4242424242424242", does: "pays" },
  { number: "5555555555554444", does: "pays (Mastercard)", brand: "mastercard" },
  { number: "378282246310005", does: "pays (American Express)", brand: "amex" },
  { number: "4000000000000002", does: "is declined", decline: refused("generic_decline") },
  {
    number: "4000000000009995",
    does: "has insufficient funds",
    decline: refused("insufficient_funds", "Your card has insufficient funds."),
  },
  {
    number: "4000000000009987",
    does: "was reported lost",
    decline: refused("lost_card", undefined, "do_not_try_again"),
  },
  {
    number: "4000000000009979",
    does: "was reported stolen",
    decline: refused("stolen_card", undefined, "do_not_try_again"),
  },
  {
    number: "4000000000000069",
    does: "has expired",
    decline: {
      code: "expired_card",
      message: "Your card has expired.",
      advice: "do_not_try_again",
      param: "exp_month",
    },
  },
  {
    number: "4000000000000127",
    does: "has another security code",
    decline: {
      code: "incorrect_cvc",
      message: "Your card's security code is incorrect.",
      advice: "confirm_card_data",
      param: "cvc",
    },
  },
  {
    number: "4000000000000119",
    does: "meets a processing error",
    decline: {
      code: "processing_error",
      message: "An error occurred while processing your card. Try again in a little bit.",
      advice: "try_again_later",
    },
  },
  { number: "4000002760003184", does: "asks for 3-D Secure", threeDSecure: true },
  { number: "4000002500003155", does: "asks for 3-D Secure (not set up)", threeDSecure: true },
  { number: "4000000000000259", does: "pays, then the buyer disputes it", afterwards: "disputed" },
  { number: "4000000000007726", does: "pays; a refund is pending at first", afterwards: "refund_pending" },
  { number: "4000000000005126", does: "pays; a refund succeeds, then fails", afterwards: "refund_fails" },
];

export interface Card {
  kind: TestCard;
  brand: NonNullable<TestCard["brand"]>;
  last4: string;
  exp_month: number;
  exp_year: number;
}

export interface CardInput {
  number: string;
  /** "04 / 29", "0429" or "04/2029". */
  expiry: string;
  cvc: string;
}

export type CardField = "number" | "expiry" | "cvc";
export type CardReading =
  | { ok: true; card: Card }
  | { ok: false; errors: Partial<Record<CardField, string>> };

/** Reads a card form as the hosted page does before anything is sent to a bank. Messages are for the buyer. */
export function readCard(input: CardInput, now: Date): CardReading {
  const errors: Partial<Record<CardField, string>> = {};
  const number = input.number.replace(/[\s-]/g, "");
  const kind = TEST_CARDS.find((card) => card.number === number);
  if (number.length < 13) errors.number = "Your card number is incomplete.";
  else if (!/^\d{13,19}$/.test(number) || !passesLuhn(number)) errors.number = "Your card number is invalid.";
  else if (kind === undefined) errors.number = "Only test cards work here. Take one of the list.";

  const expiry = readExpiry(input.expiry);
  if (expiry === null) errors.expiry = "Your card's expiration date is incomplete.";
  else if (expiry.month < 1 || expiry.month > 12) errors.expiry = "Your card's expiration date is invalid.";
  else if (isPast(expiry, now)) errors.expiry = "Your card's expiration date is in the past.";

  const cvcLength = kind?.brand === "amex" ? 4 : 3;
  if (!new RegExp(`^\\d{${cvcLength}}$`).test(input.cvc.trim()))
    errors.cvc = "Your card's security code is incomplete.";

  if (kind === undefined || expiry === null || Object.keys(errors).length > 0) return { ok: false, errors };
  const card = {
    kind,
    brand: kind.brand ?? ("visa" as const),
    last4: number.slice(-4),
    exp_month: expiry.month,
    exp_year: expiry.year,
  };
  return { ok: true, card };
}

/** Numbers in the groups people read: 4-4-4-4, American Express 4-6-5. */
export function groupDigits(number: string): string {
  const sizes = number.startsWith("3") ? [4, 6, 5] : [4, 4, 4, 4];
  let from = 0;
  const groups = sizes.map((size) => {
    from += size;
    return number.slice(from - size, from);
  });
  return groups.join(" ");
}

function readExpiry(text: string): { month: number; year: number } | null {
  const match = /^(\d{1,2})\s*\/\s*(\d{2}|\d{4})$/.exec(text.trim()) ?? /^(\d{2})(\d{2})$/.exec(text.trim());
  if (match === null) return null;
  const year = Number(match[2]);
  return { month: Number(match[1]), year: year < 100 ? 2000 + year : year };
}

function isPast(expiry: { month: number; year: number }, now: Date): boolean {
  return expiry.year * 12 + expiry.month < now.getUTCFullYear() * 12 + now.getUTCMonth() + 1;
}

function passesLuhn(number: string): boolean {
  let sum = 0;
  for (const [index, digit] of [...number].reverse().entries()) {
    const doubled = index % 2 === 0 ? Number(digit) : Number(digit) * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
