import { type DisputeFact, isOvertaken } from "@/lib/disputes/dispute-state";
import type { OrderId } from "@/lib/ids";
import { formatMoney } from "@/lib/money";
import { isPaid, type OrderStatus } from "@/lib/orders/order-status";
import type { RefundFact, RefundStatus } from "@/lib/refunds/match-refunds";

export type OurOrder = {
  readonly orderId: OrderId;
  readonly orderNumber: string;
  readonly status: OrderStatus;
  readonly totalAmount: number;
  readonly currency: string;
  readonly paymentIntentId: string | null;
};

export const DIFFERENCES = [
  "payment_not_fulfilled",
  "payment_of_unknown_order",
  "second_payment",
  "payment_differs",
  "payment_missing",
  "refund_not_known",
  "refund_differs",
  "refund_missing",
  "dispute_not_known",
  "dispute_differs",
] as const;

/** Something that Stripe's books and ours do not tell alike. */
export type Difference = {
  readonly kind: (typeof DIFFERENCES)[number];
  /** Stripe's id of what it is about. */
  readonly subject: string;
  readonly orderId: OrderId | null;
  /** What bringing the payment's order in line with Stripe can mend; null when only a person can. */
  readonly repair: { readonly paymentIntentId: string } | null;
  /** A sentence for the admin. */
  readonly problem: string;
};

type Charge = {
  readonly chargeId: string;
  readonly paymentIntentId: string;
  readonly orderId: OrderId | null;
  readonly amount: number;
  readonly currency: string;
};

/**
 * Money that came in at Stripe, against the orders it names. A charge that names none is another program's; `second` are
 * payments that are known as second ones.
 */
export function compareCharges(
  orders: readonly OurOrder[],
  charges: readonly Charge[],
  second: ReadonlySet<string>,
): Difference[] {
  return charges.flatMap((charge) => {
    if (second.has(charge.paymentIntentId)) return [];
    const order =
      orders.find((one) => one.paymentIntentId === charge.paymentIntentId) ??
      orders.find((one) => one.orderId === charge.orderId);
    const problem = order ? compareCharge(order, charge) : unknownOrder(charge);
    return problem ? [problem] : [];
  });
}

function unknownOrder(charge: Charge): Difference | null {
  if (charge.orderId === null) return null;
  const amount = formatMoney(charge.amount, charge.currency);
  return {
    kind: "payment_of_unknown_order",
    subject: charge.chargeId,
    orderId: null,
    repair: null,
    problem: `Stripe took ${amount} for an order that is not here. Was the database restored from an older backup?`,
  };
}

function compareCharge(order: OurOrder, charge: Charge): Difference | null {
  const { orderId, orderNumber } = order;
  const amount = formatMoney(charge.amount, charge.currency);
  const about = { subject: charge.chargeId, orderId };
  if (!isPaid(order.status)) {
    const problem = `Order ${orderNumber} is paid at Stripe (${amount}) but ${order.status} here.`;
    const repair = { paymentIntentId: charge.paymentIntentId };
    return { ...about, kind: "payment_not_fulfilled", repair, problem };
  }
  if (order.paymentIntentId !== charge.paymentIntentId) {
    const problem = `Order ${orderNumber} was paid a second time (${amount}). This payment goes back.`;
    const repair = { paymentIntentId: charge.paymentIntentId };
    return { ...about, kind: "second_payment", repair, problem };
  }
  if (order.totalAmount === charge.amount && order.currency === charge.currency) return null;
  const expected = formatMoney(order.totalAmount, order.currency);
  const problem = `Order ${orderNumber} costs ${expected}, but Stripe took ${amount}.`;
  return { ...about, kind: "payment_differs", repair: null, problem };
}

export type OurRefund = {
  readonly stripeRefundId: string;
  readonly orderId: OrderId;
  readonly status: RefundStatus;
  readonly amount: number;
};

/** Refunds at Stripe of payments that are ours, against our rows. */
export function compareRefunds(
  orders: readonly OurOrder[],
  ours: readonly OurRefund[],
  theirs: readonly (RefundFact & { readonly paymentIntentId: string })[],
): Difference[] {
  return theirs.flatMap((refund): Difference[] => {
    const order = orders.find((one) => one.paymentIntentId === refund.paymentIntentId);
    if (!order) return [];
    const row = ours.find((one) => one.stripeRefundId === refund.stripeRefundId);
    const amount = formatMoney(refund.amount, refund.currency);
    const about = { subject: refund.stripeRefundId, orderId: order.orderId };
    const repair = { paymentIntentId: refund.paymentIntentId };
    if (!row) {
      const problem = `Stripe has a refund of ${amount} for order ${order.orderNumber} that is not here.`;
      return [{ ...about, kind: "refund_not_known", repair, problem }];
    }
    if (row.amount !== refund.amount) {
      const problem = `A refund for order ${order.orderNumber} is ${amount} at Stripe and ${formatMoney(row.amount, order.currency)} here.`;
      return [{ ...about, kind: "refund_differs", repair: null, problem }];
    }
    if (row.status === refund.status) return [];
    const problem = `A refund of ${amount} for order ${order.orderNumber} is ${refund.status} at Stripe and ${row.status} here.`;
    return [{ ...about, kind: "refund_differs", repair, problem }];
  });
}

export type OurDispute = { readonly stripeDisputeId: string; readonly stripeStatus: string };

/** Disputes at Stripe of payments that are ours, against our rows. */
export function compareDisputes(
  orders: readonly OurOrder[],
  ours: readonly OurDispute[],
  theirs: readonly DisputeFact[],
): Difference[] {
  return theirs.flatMap((dispute): Difference[] => {
    const order = orders.find((one) => one.paymentIntentId === dispute.paymentIntentId);
    if (!order) return [];
    const row = ours.find((one) => one.stripeDisputeId === dispute.stripeDisputeId);
    if (
      row &&
      (row.stripeStatus === dispute.stripeStatus || isOvertaken(row.stripeStatus, dispute.stripeStatus))
    )
      return [];
    return [
      {
        kind: row ? "dispute_differs" : "dispute_not_known",
        subject: dispute.stripeDisputeId,
        orderId: order.orderId,
        repair: { paymentIntentId: dispute.paymentIntentId },
        problem: `The dispute of order ${order.orderNumber} is ${dispute.stripeStatus} at Stripe and ${row?.stripeStatus ?? "not known"} here.`,
      },
    ];
  });
}
