import { formatMoney } from "@/lib/money";
import { describeDecline, describePaymentMethod } from "./describe-order";

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
/** Who reads the timeline: the buyer is spoken to, staff are told about the buyer. */
export type EventReader = "buyer" | "staff";

type OrderFacts = {
  readonly currency: string;
  readonly totalAmount: number;
  /** Courses that were bought for the buyer, and for others. */
  readonly itemCount: number;
  readonly giftCount: number;
  readonly paymentMethod: string | null;
};

type Said = {
  readonly order: OrderFacts;
  readonly detail: EventDetail;
  /** The detail's amount, and the title in it. */
  readonly amount: string;
  readonly title: string | null;
  readonly method: string | null;
};

type Words = readonly [title: string, text?: string | null];

/** What happened, to the buyer (null: not told), and to staff where they are told it in other words. */
type Line = { readonly kind: EventKind; readonly buyer: Words | null; readonly staff?: Words };

const LINES: Readonly<Record<string, (said: Said) => Line>> = {
  created: () => ({ kind: "placed", buyer: ["Order placed"] }),
  checkout_opened: () => ({ kind: "opened", buyer: ["Payment page opened"] }),
  payment_failed: ({ detail }) => ({
    kind: "declined",
    buyer: ["A payment did not go through", describeDecline(detail.reason)],
  }),
  processing: () => ({
    kind: "waiting",
    buyer: ["Payment on its way", "Some banks take a few days. Access begins when it arrives."],
  }),
  paid: ({ order, method }) => {
    const title = titlePaid(order, method);
    return {
      kind: "paid",
      buyer: [title, describeGranted(order, "your account", "the day you chose")],
      staff: [title, describeGranted(order, "the buyer’s account", "the day the buyer chose")],
    };
  },
  gift_sent: ({ detail, title }) => ({
    kind: "gift",
    buyer: [
      detail.again === true ? "Gift sent again" : "Gift sent",
      `${title ?? "The course"}. Only the newest link works.`,
    ],
  }),
  gift_claimed: ({ title }) => ({
    kind: "gift",
    buyer: ["Gift accepted", title && `${title} is open for them.`],
    staff: ["Gift accepted", title && `${title} is open for whoever got it.`],
  }),
  expired: () => ({
    kind: "ended",
    buyer: ["Payment not completed in time", "You were not charged."],
    staff: ["Payment not completed in time", "The buyer was not charged."],
  }),
  failed: () => ({
    kind: "ended",
    buyer: ["Payment failed", "The bank returned it. You were not charged."],
    staff: ["Payment failed", "The bank returned it. The buyer was not charged, and was told by mail."],
  }),
  refund_requested: ({ amount }) => ({ kind: "refund", buyer: [`Refund of ${amount} started`] }),
  refund_wished: ({ amount }) => ({
    kind: "asked",
    buyer: [`Asked for ${amount} back`, "We look at it and write to you."],
    staff: [`The buyer asked for ${amount} back`, "It waits under Refund requests until it is decided."],
  }),
  refund_wish_withdrawn: () => ({
    kind: "asked",
    buyer: ["Refund request taken back"],
    staff: ["The buyer took the refund request back"],
  }),
  refund_wish_approved: () => ({ kind: "asked", buyer: ["Refund request approved"] }),
  refund_wish_declined: () => ({
    kind: "asked",
    buyer: ["Refund request declined", "The reason stands above and in our mail."],
    staff: ["Refund request declined", "The buyer was told the reason by mail."],
  }),
  refunded: ({ amount, method }) => ({
    kind: "refund",
    buyer: [
      `Refund of ${amount} sent`,
      `${method ? `To ${method}. ` : ""}Banks show it within 5 to 10 working days.`,
    ],
  }),
  refund_pending: ({ amount }) => ({
    kind: "refund",
    buyer: [`Refund of ${amount} on its way`, "The bank has not confirmed it yet."],
  }),
  refund_failed: ({ amount }) => ({
    kind: "refund",
    buyer: [
      `Refund of ${amount} did not arrive`,
      "Your bank sent it back. We look for another way and write to you.",
    ],
    staff: [
      `Refund of ${amount} did not arrive`,
      "The buyer’s bank sent it back. Find another way and write to the buyer.",
    ],
  }),
  refund_refused: refundNotMade,
  refund_canceled: refundNotMade,
  dispute_inquiry: ({ amount }) => ({
    kind: "check",
    buyer: null,
    staff: [`The buyer’s bank asks about ${amount}`, "No money has moved. Access goes on."],
  }),
  dispute_opened: ({ amount }) => ({
    kind: "check",
    buyer: [
      "Your bank has asked this payment back",
      "Until it decides, access is paused and we can refund nothing.",
    ],
    staff: [
      `The buyer’s bank has taken ${amount} until it decides`,
      "Until then access is paused and refunds are locked.",
    ],
  }),
  dispute_won: () => ({
    kind: "paid",
    buyer: ["Your bank has decided for the payment", "Access goes on as before."],
    staff: ["Dispute won", "The money is back and access goes on as before."],
  }),
  dispute_lost: ({ amount }) => ({
    kind: "ended",
    buyer: ["Your bank has taken the payment back", "Access to what was bought has ended."],
    staff: [
      `Dispute lost, ${amount} is gone`,
      "Access to what was bought has ended, and refunds stay locked.",
    ],
  }),
  fraud_warning: () => ({
    kind: "check",
    buyer: null,
    staff: ["Stripe warned that the card may be stolen", "Nothing was taken from the buyer for it."],
  }),
  duplicate_refunded: ({ title }) => ({
    kind: "refund",
    buyer: ["Paid twice, so one payment goes back", title && `You already had ${title}.`],
    staff: ["Paid twice, so one payment goes back", title && `The buyer already had ${title}.`],
  }),
  amount_mismatch: () => ({
    kind: "check",
    buyer: ["We are checking this payment", "Its amount is not the order's. Nothing was granted yet."],
    staff: ["This payment must be checked", "Its amount is not the order’s. Nothing was granted yet."],
  }),
};

function refundNotMade({ amount }: Said): Line {
  return { kind: "refund", buyer: [`Refund of ${amount} not made`] };
}

function titlePaid({ currency, totalAmount, itemCount }: OrderFacts, method: string | null): string {
  if (totalAmount > 0) return `Paid ${formatMoney(totalAmount, currency)}${method ? ` with ${method}` : ""}`;
  return itemCount > 0 ? "Enrolled, nothing to pay" : "Nothing to pay";
}

/** "The course was added to your account. 2 gifts go out at once, or on the day you chose." */
function describeGranted({ itemCount, giftCount }: OrderFacts, account: string, day: string): string {
  const courses = itemCount === 1 ? "The course was" : `${itemCount} courses were`;
  const gifts = giftCount === 1 ? "The gift goes out" : `${giftCount} gifts go out`;
  return [
    ...(itemCount > 0 ? [`${courses} added to ${account}.`] : []),
    ...(giftCount > 0 ? [`${gifts} at once, or on ${day}.`] : []),
  ].join(" ");
}

/** A line of the timeline in words; null for what only machines care about, or its reader is not told. */
export function describeEvent(
  type: string,
  detail: EventDetail,
  order: OrderFacts,
  reader: EventReader,
): EventWords | null {
  const line = Object.hasOwn(LINES, type)
    ? LINES[type]?.({
        order,
        detail,
        amount: typeof detail.amount === "number" ? formatMoney(detail.amount, order.currency) : "the amount",
        title: typeof detail.title === "string" ? detail.title : null,
        method: describePaymentMethod(order.paymentMethod),
      })
    : undefined;
  const words = reader === "staff" ? (line?.staff ?? line?.buyer) : line?.buyer;
  return line && words ? { kind: line.kind, title: words[0], text: words[1] ?? null } : null;
}
