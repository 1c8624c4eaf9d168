import "server-only";
import type { Transaction } from "@/db/client";
import { idArray, statement } from "@/db/statement";
import { together } from "@/db/together";
import { removeBoughtStatements } from "@/lib/cart/mutations";
import { redeemReleased, redeemReservationStatement } from "@/lib/coupons/mutations";
import { issueInvoice, type PaidOrder } from "@/lib/documents/mutations";
import { buyerOf } from "@/lib/documents/schema";
import {
  endWishesStatement,
  seatAfterExpiry,
  seatItemsStatement,
  seatsOf,
  welcomeStatement,
} from "@/lib/enrollments/mutations";
import { openGifts } from "@/lib/gifts/mutations";
import { type CourseId, type EmailId, newId } from "@/lib/ids";
import { emailStatement } from "@/lib/notifications/mutations";
import type { EmailPayload } from "@/lib/notifications/schema";
import {
  keepTaxes,
  type LockedOrder,
  lockOrder,
  orderEventStatement,
  paymentOf,
  payOrderStatement,
} from "@/lib/orders/mutations";
import { isPaid } from "@/lib/orders/order-status";
import { type CheckoutFacts, findMismatch } from "@/lib/payments/checkout-facts";
import { requestDuplicateRefund } from "@/lib/refunds/mutations";
import { keepSecondPayment } from "@/lib/second-payments/mutations";
import { describeUntaxed, type Taxed, taxOrder } from "./tax-order";

export type FulfillOutcome =
  | { readonly kind: "fulfilled" | "already_fulfilled" | "processing" | "unpaid" }
  /** Of an order that another session has paid. It goes back, and says nothing about the order. */
  | { readonly kind: "second_payment" }
  | { readonly kind: "quarantined"; readonly reason: string };

/**
 * What a paid session does to its order: called by the webhook, the success page and the expiry job, in any number and
 * order, with one effect. A session whose figures contradict the frozen order grants nothing.
 */
export async function fulfillOrder(tx: Transaction, facts: CheckoutFacts): Promise<FulfillOutcome> {
  const order = await lockOrder(tx, facts.orderId);
  if (!order) return { kind: "quarantined", reason: "unknown_order" };
  if (isPaid(order.status)) {
    if (order.stripePaymentIntentId === facts.paymentIntentId) return { kind: "already_fulfilled" };
    return judgeSecondPayment(tx, order, facts);
  }
  const mismatch = findMismatch(order, facts);
  if (mismatch) return { kind: "quarantined", reason: `${mismatch}_mismatch` };
  if (facts.status !== "complete") return { kind: "unpaid" };
  if (facts.paymentStatus === "unpaid") {
    await startProcessing(tx, order, facts);
    return { kind: "processing" };
  }
  await completeOrder(tx, order, facts);
  return { kind: "fulfilled" };
}

/** Paid by another session than the one that paid the order. One session has one payment: two of them are a riddle. */
async function judgeSecondPayment(
  tx: Transaction,
  order: LockedOrder,
  facts: CheckoutFacts,
): Promise<FulfillOutcome> {
  const { paymentIntentId } = facts;
  if (paymentIntentId === null || facts.sessionId === order.stripeCheckoutSessionId)
    return { kind: "quarantined", reason: "second_payment" };
  if (facts.status === "complete" && facts.paymentStatus === "paid")
    await keepSecondPayment(tx, order, { ...facts, paymentIntentId });
  return { kind: "second_payment" };
}

/**
 * Grants everything the order bought, in the caller's transaction: seats to its buyer, and the links of its gifts. `facts`
 * is null when nothing was left to pay. All that always happens travels as one statement; the invoice goes with the commit.
 */
export async function completeOrder(
  tx: Transaction,
  placed: LockedOrder,
  facts: CheckoutFacts | null,
): Promise<void> {
  const order = taxOrder(placed, facts ?? { taxAmount: 0, lines: [] });
  const own = order.items.filter((item) => item.giftId === null);
  const [answer] = await grant(tx, {
    ...paidValues(order, facts),
    ...seatsOf(own),
    eventId: newId<"order-event">(),
    detail: JSON.stringify({ amount: order.totalAmount }),
    welcomeId: newId<"email">(),
    confirmationId: newId<"email">(),
    confirmation: JSON.stringify(confirmation(order)),
    buyerName: order.buyer.name,
    buyerEmail: order.buyer.email,
  });
  const done = answer as Granted;
  if (done.paid.length === 0)
    throw new Error(`order ${order.id} cannot become completed from ${order.status}`);
  await keepTaxes(tx, order.items);
  if (order.couponId && done.redeemed.length === 0) await redeemReleased(tx, order.id, order.couponId);
  const seated = new Set(done.seated.map((seat) => seat.course_id));
  const taken = own.filter((item) => !seated.has(item.courseId));
  const unseated = taken.length > 0 ? await seatAfterExpiry(tx, order.userId, taken) : [];
  if (unseated.length > 0) await requestDuplicateRefund(tx, order, unseated);
  if (own.length < order.items.length) await openGifts(tx, order);
  if (facts) issueInvoice(tx, paidOrder(order, facts), order.at);
}

type TaxedOrder = Taxed<LockedOrder>;

const grant = statement<GrantValues>((value) =>
  together({
    paid: payOrderStatement(value, "completed"),
    seated: seatItemsStatement(value.userId, value),
    redeemed: redeemReservationStatement(value.orderId),
    wishes: endWishesStatement(value.userId, value.ownCourseIds),
    ...removeBoughtStatements(value),
    told: orderEventStatement({
      eventId: value.eventId,
      orderId: value.orderId,
      type: "paid",
      detail: value.detail,
    }),
    welcomed: welcomeStatement(value),
    mailed: emailStatement(
      {
        id: value.confirmationId,
        kind: "order_confirmation",
        subjectId: value.orderId,
        userId: value.userId,
        toAddress: value.buyerEmail,
      },
      value.confirmation,
    ),
  }),
);

type GrantValues = ReturnType<typeof paidValues> &
  ReturnType<typeof seatsOf> &
  Readonly<
    Record<"eventId" | "detail" | "confirmationId" | "confirmation" | "buyerName" | "buyerEmail", string>
  > & { readonly welcomeId: EmailId };
type Granted = {
  readonly paid: readonly unknown[];
  readonly redeemed: readonly unknown[];
  readonly seated: readonly { readonly course_id: CourseId }[];
};

/** What every paid order writes, or one whose payment is on its way. */
function paidValues(order: LockedOrder | TaxedOrder, facts: CheckoutFacts | null) {
  const coursesOf = (items: LockedOrder["items"]) => idArray(items.map((item) => item.courseId));
  return {
    ...paymentOf(facts),
    orderId: order.id,
    userId: order.userId,
    taxAmount: order.taxAmount,
    totalAmount: order.totalAmount,
    ownCourseIds: coursesOf(order.items.filter((item) => item.giftId === null)),
    givenCourseIds: coursesOf(order.items.filter((item) => item.giftId !== null)),
  };
}

function confirmation(order: TaxedOrder): EmailPayload<"order_confirmation"> {
  return {
    name: order.buyer.name,
    orderNumber: order.orderNumber,
    currency: order.currency,
    items: order.items.map((item) => ({
      title: item.title,
      slug: item.courseSlug,
      priceAmount: item.priceAmount,
      netAmount: item.netAmount,
      isGift: item.giftId !== null,
    })),
    subtotalAmount: order.subtotalAmount,
    discountAmount: order.discountAmount,
    taxAmount: order.taxAmount,
    totalAmount: order.totalAmount,
    couponCode: order.couponCode,
  };
}

/** What the invoice is made from: the frozen order, billed to whom the payment page asked for. */
function paidOrder(order: TaxedOrder, { billing, paymentIntentId }: CheckoutFacts): PaidOrder {
  const { email, name } = order.buyer;
  const taxNote = describeUntaxed(order.items);
  return {
    ...order,
    buyer: order.billing
      ? buyerOf(email, order.billing, taxNote ? billing.taxId : null)
      : {
          name: billing.name || name,
          company: billing.company,
          email,
          address: billing.address,
          vatId: billing.taxId,
        },
    stripePaymentIntentId: paymentIntentId,
    taxNote,
  };
}

/** A delayed payment is on its way: no access yet, the coupon's use stays reserved, and the cart offers it no second time. */
async function startProcessing(tx: Transaction, order: LockedOrder, facts: CheckoutFacts): Promise<void> {
  const values = paidValues(order, facts);
  const [moved] = await tx.execute(payOrderStatement(values, "processing"));
  if (!moved) return;
  const event = { eventId: newId<"order-event">(), orderId: order.id, type: "processing", detail: "{}" };
  await tx.execute(together({ ...removeBoughtStatements(values), told: orderEventStatement(event) }));
}
