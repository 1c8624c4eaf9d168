import { type DisputeFact, type DisputeState, disputeStateOf } from "@/lib/disputes/dispute-state";

/** The shop's side. Amounts in minor units. */
export type OurPayment = {
  readonly orderId: string;
  readonly orderNumber: string;
  readonly paymentIntentId: string;
  readonly amount: number;
  readonly currency: string;
};
export type OurRefund = {
  readonly id: string;
  readonly stripeRefundId: string;
  readonly paymentIntentId: string | null;
  readonly amount: number;
  readonly status: string;
};
export type OurDispute = { readonly stripeDisputeId: string; readonly state: DisputeState };
type BookedPayment = {
  readonly paymentIntentId: string;
  readonly orderId: string | null;
  readonly amount: number;
  readonly currency: string;
};
type BookedRefund = Omit<OurRefund, "id"> & {
  /** Of the row that it was made for; null for one from the Dashboard. */
  readonly refundId: string | null;
};

type BookedDispute = Pick<DisputeFact, "stripeDisputeId" | "paymentIntentId" | "stripeStatus">;

export const LEDGER_INVARIANTS = [
  { name: "payment-at-stripe", holds: "What an order says was paid, Stripe has taken, to the cent" },
  {
    name: "payment-has-order",
    holds: "What Stripe took for an order, a paid order of ours knows, or it went back",
  },
  {
    name: "refund-at-stripe",
    holds: "What we say was given back, Stripe has given back, with the same state",
  },
  { name: "refund-is-ours", holds: "What Stripe gave back of our payments, we know" },
  { name: "refund-made-once", holds: "What was to be given back once, Stripe has given back once" },
  { name: "dispute-is-known", holds: "What a bank wants back of our payments, we know, and how it stands" },
] as const;

export type Difference = {
  readonly invariant: (typeof LEDGER_INVARIANTS)[number]["name"];
  readonly id: string;
  readonly detail: string;
};

/** Both books against each other, in both directions. */
export function compareLedger(
  ours: {
    readonly payments: readonly OurPayment[];
    readonly refunds: readonly OurRefund[];
    readonly disputes: readonly OurDispute[];
  },
  stripes: {
    readonly payments: readonly BookedPayment[];
    readonly refunds: readonly BookedRefund[];
    readonly disputes: readonly BookedDispute[];
  },
): Difference[] {
  return [
    ...ours.payments.flatMap((payment) => paymentAtStripe(payment, stripes.payments)),
    ...stripes.payments.flatMap((payment) => paymentHasOrder(payment, ours.payments, stripes.refunds)),
    ...ours.refunds.flatMap((refund) => refundAtStripe(refund, stripes.refunds)),
    ...stripes.refunds.flatMap((refund) => refundIsOurs(refund, ours)),
    ...stripes.refunds.flatMap((refund, index) => refundMadeOnce(refund, stripes.refunds.slice(0, index))),
    ...stripes.disputes.flatMap((dispute) => disputeIsKnown(dispute, ours)),
  ];
}

function paymentAtStripe(payment: OurPayment, booked: readonly BookedPayment[]): Difference[] {
  const taken = booked.filter((one) => one.paymentIntentId === payment.paymentIntentId);
  const amount = taken.reduce((sum, one) => sum + one.amount, 0);
  if (amount === payment.amount && taken.every((one) => one.currency === payment.currency)) return [];
  const detail = `${payment.orderNumber}: paid ${payment.amount} ${payment.currency}, Stripe took ${amount} ${taken[0]?.currency ?? ""}`;
  return [{ invariant: "payment-at-stripe", id: payment.orderId, detail }];
}

function paymentHasOrder(
  payment: BookedPayment,
  ours: readonly OurPayment[],
  refunds: readonly BookedRefund[],
): Difference[] {
  if (payment.orderId === null) return [];
  if (ours.some((one) => one.paymentIntentId === payment.paymentIntentId)) return [];
  const back = refunds.filter((one) => one.paymentIntentId === payment.paymentIntentId && isHeld(one));
  if (back.reduce((sum, one) => sum + one.amount, 0) >= payment.amount) return [];
  const detail = `${payment.paymentIntentId}: ${payment.amount} ${payment.currency} for order ${payment.orderId}`;
  return [{ invariant: "payment-has-order", id: payment.paymentIntentId, detail }];
}

function refundAtStripe(refund: OurRefund, booked: readonly BookedRefund[]): Difference[] {
  const made = booked.find((one) => one.stripeRefundId === refund.stripeRefundId);
  if (made && made.amount === refund.amount && stateOf(made.status) === stateOf(refund.status)) return [];
  const detail = `${refund.amount} ${refund.status}, at Stripe ${made ? `${made.amount} ${made.status}` : "none"}`;
  return [{ invariant: "refund-at-stripe", id: refund.id, detail }];
}

function refundIsOurs(
  refund: BookedRefund,
  ours: { readonly payments: readonly OurPayment[]; readonly refunds: readonly OurRefund[] },
): Difference[] {
  if (!ours.payments.some((one) => one.paymentIntentId === refund.paymentIntentId)) return [];
  if (ours.refunds.some((one) => one.stripeRefundId === refund.stripeRefundId)) return [];
  const detail = `${refund.amount} ${refund.status} of ${refund.paymentIntentId}`;
  return [{ invariant: "refund-is-ours", id: refund.stripeRefundId, detail }];
}

/** A second refund of the same row would else pass for one from the Dashboard. */
function refundMadeOnce(refund: BookedRefund, others: readonly BookedRefund[]): Difference[] {
  if (refund.refundId === null || !isHeld(refund)) return [];
  const twin = others.find((one) => one.refundId === refund.refundId && isHeld(one));
  if (!twin) return [];
  const detail = `${refund.amount} of ${refund.paymentIntentId}, and ${twin.stripeRefundId} for the same refund ${refund.refundId}`;
  return [{ invariant: "refund-made-once", id: refund.stripeRefundId, detail }];
}

function disputeIsKnown(
  dispute: BookedDispute,
  ours: { readonly payments: readonly OurPayment[]; readonly disputes: readonly OurDispute[] },
): Difference[] {
  if (!ours.payments.some((one) => one.paymentIntentId === dispute.paymentIntentId)) return [];
  const row = ours.disputes.find((one) => one.stripeDisputeId === dispute.stripeDisputeId);
  if (row?.state === disputeStateOf(dispute.stripeStatus)) return [];
  const detail = `${dispute.stripeStatus} of ${dispute.paymentIntentId}, here ${row?.state ?? "not known"}`;
  return [{ invariant: "dispute-is-known", id: dispute.stripeDisputeId, detail }];
}

const isHeld = ({ status }: BookedRefund) => ["pending", "requires_action", "succeeded"].includes(status);

/** Stripe's wish for an action is our pending. */
const stateOf = (status: string) => (status === "requires_action" ? "pending" : status);
