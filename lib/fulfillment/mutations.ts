import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { orderItems, orderItemTaxes } from "@/db/schema/orders";
import { type Columns, statement } from "@/db/statement";
import { removeBoughtStatements } from "@/lib/cart/mutations";
import { redeemReleased, redeemReservationStatement } from "@/lib/coupons/mutations";
import { issueInvoice, type PaidOrder } from "@/lib/documents/mutations";
import { buyerOf } from "@/lib/documents/schema";
import {
  endWishesStatement,
  NEW_SEATS,
  replaceTimedSeats,
  seatItemsStatement,
  seatsOf,
  welcomeStatement,
} from "@/lib/enrollments/mutations";
import { openGifts } from "@/lib/gifts/mutations";
import { type CourseId, newId, type OrderItemId } from "@/lib/ids";
import { type Minor, minor } from "@/lib/money";
import { emailStatement } from "@/lib/notifications/mutations";
import type { EmailPayload } from "@/lib/notifications/schema";
import {
  type LockedOrder,
  lockOrder,
  orderEventStatement,
  PAID_ORDER,
  paymentOf,
  payOrderStatement,
  recordOrderEvent,
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
    ...seatsOf(order.userId, own),
    eventId: newId<"order-event">(),
    welcomeId: newId<"email">(),
    confirmationId: newId<"email">(),
    confirmation: confirmation(order),
    buyerName: order.buyer.name,
    buyerEmail: order.buyer.email,
  });
  const done = answer as Granted;
  if (!done.paid) throw new Error(`order ${order.id} cannot become completed from ${order.status}`);
  await keepTaxes(tx, order.items);
  if (order.couponId && !done.redeemed) await redeemReleased(tx, order.id, order.couponId);
  const taken = own.filter((item) => !done.seated.includes(item.id));
  const unseated = taken.length > 0 ? await replaceTimedSeats(tx, order.userId, taken) : [];
  if (unseated.length > 0) await requestDuplicateRefund(tx, order, unseated);
  if (own.length < order.items.length) await openGifts(tx, order);
  if (facts) issueInvoice(tx, paidOrder(order, facts), order.at);
}

type TaxedOrder = Taxed<LockedOrder>;

type Sold = ReturnType<typeof paidValues>;
type Grant = Sold &
  ReturnType<typeof seatsOf> & {
    readonly eventId: string;
    readonly welcomeId: string;
    readonly confirmationId: string;
    readonly confirmation: EmailPayload<"order_confirmation">;
    readonly buyerName: string;
    readonly buyerEmail: string;
  };

const SOLD: Columns<Sold> = {
  ...PAID_ORDER,
  userId: "uuid",
  ownCourseIds: "uuid[]",
  givenCourseIds: "uuid[]",
};

const GRANT: Columns<Grant> = {
  ...SOLD,
  ...NEW_SEATS,
  eventId: "uuid",
  welcomeId: "uuid",
  confirmationId: "uuid",
  confirmation: "jsonb",
  buyerName: "text",
  buyerEmail: "text",
};

/** What it writes must not need rows of each other: all see the database as it was before any of them. */
const grant = statement<Grant>("orderId", GRANT, (given) => ({
  first: {
    paid: payOrderStatement(given, "completed"),
    seated: seatItemsStatement(given),
    redeemed: redeemReservationStatement(given),
    wishes: endWishesStatement(given),
    ...removeBoughtStatements(given),
    told: orderEventStatement({
      ...given,
      type: sql`'paid'`,
      detail: sql`jsonb_build_object('amount', ${given.totalAmount})`,
    }),
    welcomed: welcomeStatement(given),
    mailed: emailStatement(
      "order_confirmation",
      {
        ...given,
        id: given.confirmationId,
        subjectId: sql`${given.orderId}::text`,
        toAddress: given.buyerEmail,
      },
      given.confirmation,
    ),
  },
  last: sql`
    select ${given.orderId} as order_id,
      exists (select from paid where paid.order_id = ${given.orderId}) as paid,
      exists (select from redeemed where redeemed.order_id = ${given.orderId}) as redeemed,
      array(select seated.order_item_id from seated where seated.order_item_id = any(${given.seatItemIds})) as seated
    from given`,
}));

type Granted = {
  readonly paid: boolean;
  readonly redeemed: boolean;
  /** The items that got their seat. */
  readonly seated: readonly OrderItemId[];
};

/** What every paid order writes, or one whose payment is on its way. */
function paidValues(order: LockedOrder | TaxedOrder, facts: CheckoutFacts | null) {
  const coursesOf = (items: LockedOrder["items"]): readonly CourseId[] => items.map((item) => item.courseId);
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

type ItemTax = Omit<typeof orderItemTaxes.$inferInsert, "orderItemId" | "position" | "amount"> & {
  readonly amount: number;
};

/** Writes the tax that was learnt with the payment beside the items. Nothing to do where there is none. */
async function keepTaxes(
  tx: Transaction,
  items: readonly {
    readonly id: OrderItemId;
    readonly taxAmount: Minor;
    readonly taxes: readonly ItemTax[];
  }[],
): Promise<void> {
  const rows = items.flatMap(({ id, taxes }) =>
    taxes.map((tax, position) => ({ ...tax, orderItemId: id, position, amount: minor(tax.amount) })),
  );
  if (rows.length === 0) return;
  await tx.insert(orderItemTaxes).values(rows);
  for (const { id, taxAmount } of items)
    await tx.update(orderItems).set({ taxAmount }).where(eq(orderItems.id, id));
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
  const [moved] = await markProcessing(tx, values);
  if (!moved) return;
  await emptyCart(tx, values);
  await recordOrderEvent(tx, order.id, "processing");
}

const markProcessing = statement<Sold>("orderId", SOLD, (given) => payOrderStatement(given, "processing"));

const emptyCart = statement<Sold>("orderId", SOLD, (given) => ({
  first: removeBoughtStatements(given),
  last: sql`select ${given.orderId} as order_id from given`,
}));
