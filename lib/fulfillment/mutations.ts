import "server-only";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { runTogether } from "@/db/run-together";
import { removeBoughtStatements } from "@/lib/cart/mutations";
import { redeemReleased, redeemReservationStatement } from "@/lib/coupons/mutations";
import { issueInvoice, type PaidOrder } from "@/lib/documents/mutations";
import { buyerOf } from "@/lib/documents/schema";
import {
  endWishesStatement,
  seatAfterExpiry,
  seatItemsStatement,
  welcomeStatement,
} from "@/lib/enrollments/mutations";
import { openGifts } from "@/lib/gifts/mutations";
import { emailStatement } from "@/lib/notifications/mutations";
import type { NewEmail } from "@/lib/notifications/schema";
import {
  keepTaxes,
  type LockedOrder,
  lockOrder,
  orderEventStatement,
  payOrderStatement,
} from "@/lib/orders/mutations";
import { isPaid } from "@/lib/orders/order-status";
import { type CheckoutFacts, findMismatch } from "@/lib/payments/checkout-facts";
import { requestDuplicateRefund } from "@/lib/refunds/mutations";
import { describeUntaxed, type Taxed, taxOrder } from "./tax-order";

export type FulfillOutcome =
  | { readonly kind: "fulfilled" | "already_fulfilled" | "processing" | "unpaid" }
  | { readonly kind: "quarantined"; readonly reason: string };

/**
 * What a paid session does to its order: called by the webhook, the success page and the expiry job, in any number and
 * order, with one effect. A session whose figures contradict the frozen order grants nothing.
 */
export async function fulfillOrder(tx: Transaction, facts: CheckoutFacts): Promise<FulfillOutcome> {
  const order = await lockOrder(tx, facts.orderId);
  if (!order) return { kind: "quarantined", reason: "unknown_order" };
  if (isPaid(order.status)) {
    const same = order.stripePaymentIntentId === facts.paymentIntentId;
    return same ? { kind: "already_fulfilled" } : { kind: "quarantined", reason: "second_payment" };
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
  const done = await runTogether(tx, {
    paid: payOrderStatement(order, "completed", facts),
    seated: seatItemsStatement(order.userId, own),
    redeemed: redeemReservationStatement(order.id),
    wishes: endWishesStatement(
      order.userId,
      own.map((item) => item.courseId),
    ),
    ...removeBoughtStatements(order.userId, order.items),
    told: orderEventStatement(order.id, "paid", { amount: order.totalAmount }),
    welcomed: own.length > 0 ? welcomeStatement(order) : sql`select 1 as nobody where false`,
    mailed: emailStatement(confirmation(order)),
  });
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

function confirmation(order: TaxedOrder): NewEmail {
  return {
    kind: "order_confirmation",
    subjectId: order.id,
    userId: order.userId,
    toAddress: order.buyer.email,
    payload: {
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
    },
  };
}

/** What the invoice is made from: the frozen order, billed to whom the payment page asked for. */
function paidOrder(order: TaxedOrder, { billing, paymentIntentId }: CheckoutFacts): PaidOrder {
  const { email, name } = order.buyer;
  return {
    ...order,
    buyer: order.billing
      ? buyerOf(email, order.billing)
      : {
          name: billing.name || name,
          company: billing.company,
          email,
          address: billing.address,
          vatId: billing.taxId,
        },
    stripePaymentIntentId: paymentIntentId,
    taxNote: describeUntaxed(order.items),
  };
}

/** A delayed payment is on its way: no access yet, the coupon's use stays reserved, and the cart offers it no second time. */
async function startProcessing(tx: Transaction, order: LockedOrder, facts: CheckoutFacts): Promise<void> {
  const [moved] = await tx.execute(payOrderStatement(order, "processing", facts));
  if (!moved) return;
  await runTogether(tx, {
    ...removeBoughtStatements(order.userId, order.items),
    told: orderEventStatement(order.id, "processing", {}),
  });
}
