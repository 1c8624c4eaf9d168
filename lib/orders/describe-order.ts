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

/** `visa 4242` → `Visa ending 4242`; `sepa_debit` → `Sepa debit`. Null when the payment had no method. */
export function describePaymentMethod(method: string | null): string | null {
  if (!method) return null;
  const card = /^(.+) (\d{4})$/.exec(method);
  const name = (card?.[1] ?? method).replaceAll("_", " ");
  const capital = name.charAt(0).toUpperCase() + name.slice(1);
  return card ? `${capital} ending ${card[2]}` : capital;
}

/** Why a card was refused, in words. Source: docs.stripe.com/declines/codes. */
const DECLINES: Readonly<Record<string, string>> = {
  insufficient_funds: "The card had not enough money on it.",
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
  return `${known ?? "The bank refused the card."} Nothing was charged.`;
}

export type EventDetail = Readonly<Record<string, string | number | boolean | null>>;
export type EventKind =
  | "placed"
  | "opened"
  | "declined"
  | "waiting"
  | "paid"
  | "ended"
  | "asked"
  | "refund"
  | "check"
  | "gift";
export type EventWords = { readonly kind: EventKind; readonly title: string; readonly text: string | null };

type OrderFacts = {
  readonly currency: string;
  readonly totalAmount: number;
  /** Courses that were bought for the buyer, and for others. */
  readonly itemCount: number;
  readonly giftCount: number;
  readonly paymentMethod: string | null;
};

/** "The course was added to your account. 2 gifts go out on their day." */
function describeGranted({ itemCount, giftCount }: OrderFacts): string {
  const courses = itemCount === 1 ? "The course was" : `${itemCount} courses were`;
  const gifts = giftCount === 1 ? "The gift goes out" : `${giftCount} gifts go out`;
  return [
    ...(itemCount > 0 ? [`${courses} added to your account.`] : []),
    ...(giftCount > 0 ? [`${gifts} at once, or on the day you chose.`] : []),
  ].join(" ");
}

/** A line of the timeline in words; null for what only machines care about. */
export function describeEvent(type: string, detail: EventDetail, order: OrderFacts): EventWords | null {
  const money = (amount: unknown) =>
    typeof amount === "number" ? formatMoney(amount, order.currency) : "the amount";
  const method = describePaymentMethod(order.paymentMethod);
  const granted = describeGranted(order);
  const say = (kind: EventKind, title: string, text: string | null = null): EventWords => ({
    kind,
    title,
    text,
  });
  switch (type) {
    case "created":
      return say("placed", "Order placed");
    case "checkout_opened":
      return say("opened", "Payment page opened");
    case "payment_failed":
      return say("declined", "A payment did not go through", describeDecline(detail.reason));
    case "processing":
      return say(
        "waiting",
        "Payment on its way",
        "Some banks take a few days. Access begins when it arrives.",
      );
    case "paid":
      if (order.totalAmount === 0)
        return say("paid", order.itemCount > 0 ? "Enrolled, nothing to pay" : "Nothing to pay", granted);
      return say("paid", `Paid ${money(order.totalAmount)}${method ? ` with ${method}` : ""}`, granted);
    case "gift_sent":
      return say(
        "gift",
        detail.again === true ? "Gift sent again" : "Gift sent",
        `${typeof detail.title === "string" ? detail.title : "The course"}. Only the newest link works.`,
      );
    case "gift_claimed":
      return say(
        "gift",
        "Gift accepted",
        typeof detail.title === "string" ? `${detail.title} is open for them.` : null,
      );
    case "expired":
      return say("ended", "Payment not completed in time", "You were not charged.");
    case "failed":
      return say("ended", "Payment failed", "The bank returned it. You were not charged.");
    case "refund_requested":
      return say("refund", `Refund of ${money(detail.amount)} started`);
    case "refund_wished":
      return say("asked", `Asked for ${money(detail.amount)} back`, "We look at it and write to you.");
    case "refund_wish_withdrawn":
      return say("asked", "Refund request taken back");
    case "refund_wish_approved":
      return say("asked", "Refund request approved");
    case "refund_wish_declined":
      return say("asked", "Refund request declined", "The reason stands above and in our mail.");
    case "refunded":
      return say(
        "refund",
        `Refund of ${money(detail.amount)} sent`,
        `${method ? `To ${method}. ` : ""}Banks show it within 5 to 10 working days.`,
      );
    case "refund_pending":
      return say(
        "refund",
        `Refund of ${money(detail.amount)} on its way`,
        "The bank has not confirmed it yet.",
      );
    case "refund_failed":
      return say(
        "refund",
        `Refund of ${money(detail.amount)} did not arrive`,
        "Your bank sent it back. We look for another way and write to you.",
      );
    case "refund_refused":
    case "refund_canceled":
      return say("refund", `Refund of ${money(detail.amount)} not made`);
    case "dispute_opened":
      return say(
        "check",
        "Your bank has asked this payment back",
        "Until it decides, access is paused and we can refund nothing.",
      );
    case "dispute_won":
      return say("paid", "Your bank has decided for the payment", "Access goes on as before.");
    case "dispute_lost":
      return say("ended", "Your bank has taken the payment back", "Access to what was bought has ended.");
    case "duplicate_refunded":
      return say(
        "refund",
        "Paid twice, so one payment goes back",
        typeof detail.title === "string" ? `You already had ${detail.title}.` : null,
      );
    case "amount_mismatch":
      return say(
        "check",
        "We are checking this payment",
        "Its amount is not the order's. Nothing was granted yet.",
      );
    default:
      return null;
  }
}
