import "server-only";
import { and, asc, eq, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import { db, isOverloaded, type Transaction, withTransaction } from "@/db/client";
import { users } from "@/db/schema/identity";
import { orders } from "@/db/schema/orders";
import { lockCart } from "@/lib/cart/queries";
import { reserveCoupon } from "@/lib/coupons/mutations";
import { env } from "@/lib/env";
import { completeOrder, type FulfillOutcome, fulfillOrder } from "@/lib/fulfillment/mutations";
import { placeGifts } from "@/lib/gifts/mutations";
import { newId, newOrderNumber, type OrderId, type UserId } from "@/lib/ids";
import { log } from "@/lib/log";
import {
  expireOrder,
  hasNoOtherSession,
  insertOrder,
  type LockedOrder,
  lockOrder,
  recordPaymentDetails,
} from "@/lib/orders/mutations";
import { isPastItsTime } from "@/lib/orders/queries";
import { isOfOrder } from "@/lib/payments/checkout-facts";
import { isEmbeddedAddress } from "@/lib/payments/embedded-address";
import {
  type CheckoutUi,
  createCustomer,
  expireCheckout,
  openCheckoutSession,
  retrieveCheckout,
  retrievePaymentDetails,
  StripeUnavailable,
} from "@/lib/payments/stripe";
import { PATIENCE_OF_A_PERSON_MS, withinTime } from "@/lib/payments/time-limit";
import { priceCart } from "@/lib/pricing/price-cart";
import { err, ok, type Result } from "@/lib/result";
import { judgeCart } from "./judge-cart";
import { isPayable } from "./open-order";
import { CHECKOUT_LIFE_MS, type CheckoutRejection, isSessionId } from "./schema";

export type StartedCheckout =
  | { readonly kind: "pay"; readonly url: string; readonly orderNumber: string }
  /** Nothing was left to pay; the courses are the learner's. */
  | { readonly kind: "enrolled"; readonly orderNumber: string };

/** Thrown inside the transaction, so that a rejection also undoes the order that was already written. */
class CheckoutRejected extends Error {
  override readonly name = "CheckoutRejected";
  constructor(readonly rejection: CheckoutRejection) {
    super(rejection.code);
  }
}

type Placed = { readonly order: LockedOrder; readonly completed: boolean };

/**
 * From the cart to Stripe's page. The order is frozen and its coupon reserved in one transaction before Stripe hears of
 * it; the same cart pressed again is the same order and session, a changed cart closes the earlier one first.
 * `expectedTotal` is the amount on the pressed button, in minor units. A buyer on whose machine the embedded page does not
 * come asks for the hosted one: the order of the first is then closed like that of a changed cart.
 */
export async function startCheckout(
  userId: UserId,
  expectedTotal: number,
  now: Date,
  ui: CheckoutUi = env().STRIPE_CHECKOUT_UI,
): Promise<Result<StartedCheckout, CheckoutRejection>> {
  try {
    return await withinTime(PATIENCE_OF_A_PERSON_MS, async () => {
      await closeEarlierOrders(userId, expectedTotal, now, ui);
      const placed = await withTransaction((tx) => placeOrder(tx, userId, expectedTotal, now));
      if (!placed.ok) return placed;
      const { order, completed } = placed.value;
      if (completed) return ok({ kind: "enrolled", orderNumber: order.orderNumber });
      const url = order.stripeCheckoutUrl ?? (await openSession(order, ui));
      return url ? ok({ kind: "pay", url, orderNumber: order.orderNumber }) : err({ code: "shop_busy" });
    });
  } catch (error) {
    if (error instanceof CheckoutRejected) return err(error.rejection);
    const isBusy = isOverloaded(error);
    if (!isBusy && !(error instanceof StripeUnavailable)) throw error;
    log.warn({ userId, err: error }, `checkout waited in vain for ${isBusy ? "the database" : "Stripe"}`);
    return err({ code: isBusy ? "shop_busy" : "payment_unavailable" });
  }
}

/** Freezes the locked cart into an order, or finds the open order that this very cart already became. */
async function placeOrder(
  tx: Transaction,
  userId: UserId,
  expectedTotal: number,
  now: Date,
): Promise<Result<Placed, CheckoutRejection>> {
  // Held until the order is there: whoever erases the account waits for it, or was faster.
  const [buyer] = await tx
    .select({
      customerId: users.stripeCustomerId,
      mailboxProved: sql<boolean>`${users.emailVerifiedAt} is not null`,
    })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.erasedAt)))
    .for("key share");
  if (!buyer) return err({ code: "cart_empty" });
  const cart = await lockCart(tx, { kind: "learner", userId });
  const rejection = judgeCart(cart, expectedTotal, buyer.mailboxProved);
  if (rejection) return err(rejection);

  const [open] = await tx
    .select({ id: orders.id })
    .from(orders)
    .where(
      and(eq(orders.userId, userId), eq(orders.cartVersion, cart.version), eq(orders.status, "pending")),
    );
  if (open) {
    const order = await lockOrder(tx, open.id);
    if (order?.totalAmount === expectedTotal) return ok({ order, completed: false });
    return err({ code: "price_changed" });
  }

  const orderId = newId<"order">();
  const items = cart.priced.lines.map((line) => ({ ...line, itemId: newId<"order-item">() }));
  await insertOrder(tx, {
    id: orderId,
    userId,
    orderNumber: newOrderNumber(now),
    customerId: buyer.customerId,
    expiresAt: new Date(now.getTime() + CHECKOUT_LIFE_MS),
    cart,
    items,
  });
  await placeGifts(tx, orderId, items);
  if (cart.coupon) {
    const reserved = await reserveCoupon(tx, {
      couponId: cart.coupon.id,
      orderId,
      userId,
      currency: cart.currency,
      lines: cart.priced.lines,
    });
    if (!reserved.ok) throw new CheckoutRejected({ code: "coupon_rejected", rejection: reserved.error });
    const again = priceCart(cart.priced.lines, reserved.value);
    if (again.totalAmount !== cart.priced.totalAmount) throw new CheckoutRejected({ code: "price_changed" });
  }
  const order = await lockOrder(tx, orderId);
  if (!order) throw new Error("an order that was just placed is gone");
  if (order.totalAmount > 0) return ok({ order, completed: false });
  await completeOrder(tx, order, null);
  return ok({ order, completed: true });
}

/**
 * Opens the order's session at Stripe and remembers it. Null when the order was closed, or got another session, meanwhile by
 * another request; the session is then closed too, unless its buyer was faster. Two presses at once, one for each way to pay,
 * would else open two pages, and one could be paid unknown.
 */
async function openSession(placed: LockedOrder, ui: CheckoutUi): Promise<string | null> {
  let order = placed;
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    if (!order.stripeCustomerId) order = await rememberCustomer(order);
    const session = order.stripeCustomerId ? await openCheckoutSession(order, ui) : null;
    if (session?.kind === "opened") {
      const { sessionId, url } = session;
      const [stored] = await changeOrder(
        order.id,
        { stripeCheckoutSessionId: sessionId, stripeCheckoutUrl: url },
        and(eq(orders.status, "pending"), hasNoOtherSession(sessionId)),
      );
      if (stored) return url;
      await expireCheckout(sessionId);
      return null;
    }
    if (session?.kind === "customer_gone") order = { ...order, stripeCustomerId: null };
    order = await nextAttempt(order);
  }
  throw new StripeUnavailable("every attempt to open a session failed");
}

/**
 * One statement, and yet a transaction: who waits for an order's row may be the victim of a deadlock of those before (a cart
 * that is ordered, and the payment that empties it), and only a transaction is repeated.
 */
const changeOrder = (id: OrderId, values: Partial<typeof orders.$inferInsert>, condition?: SQL) =>
  withTransaction((tx) =>
    tx
      .update(orders)
      .set(values)
      .where(and(eq(orders.id, id), condition))
      .returning({ id: orders.id }),
  );

/** Makes the learner a customer at Stripe before anything refers to it; the order unchanged when this attempt cannot. */
async function rememberCustomer(order: LockedOrder): Promise<LockedOrder> {
  const customerId = await createCustomer(order);
  if (!customerId) return order;
  await Promise.all([
    db().update(users).set({ stripeCustomerId: customerId }).where(eq(users.id, order.userId)),
    changeOrder(order.id, { stripeCustomerId: customerId }),
  ]);
  return { ...order, stripeCustomerId: customerId };
}

async function nextAttempt(order: LockedOrder): Promise<LockedOrder> {
  const stripeAttempt = order.stripeAttempt + 1;
  await changeOrder(order.id, { stripeAttempt }, lt(orders.stripeAttempt, stripeAttempt));
  return { ...order, stripeAttempt };
}

/** Closes the learner's open orders that are not this cart at this price, this way, any more, or too old to be paid in time. */
async function closeEarlierOrders(
  userId: UserId,
  expectedTotal: number,
  now: Date,
  ui: CheckoutUi,
): Promise<void> {
  const open = await db()
    .select({
      id: orders.id,
      sessionId: orders.stripeCheckoutSessionId,
      stripeCheckoutUrl: orders.stripeCheckoutUrl,
      expiresAt: orders.expiresAt,
      totalAmount: orders.totalAmount,
      current: sql<boolean>`exists (select 1 from carts where carts.user_id = ${orders.userId} and carts.id = ${orders.cartId} and carts.version = ${orders.cartVersion})`,
    })
    .from(orders)
    .where(and(eq(orders.userId, userId), eq(orders.status, "pending")))
    .orderBy(asc(orders.createdAt));
  for (const order of open) {
    const wantsOther = ui === "hosted" && isEmbeddedAddress(env().APP_URL, order.stripeCheckoutUrl);
    const stands =
      order.current && order.totalAmount === expectedTotal && isPayable(order, now) && !wantsOther;
    if (!stands) await closeOrder(order.id, order.sessionId);
  }
}

/**
 * Expires an order and its session. When the buyer has just paid, Stripe refuses: then the order is fulfilled instead.
 * An order without a session never led anybody to a payment page; one that got its session meanwhile may have, so that
 * session is closed first.
 */
async function closeOrder(orderId: OrderId, sessionId: string | null): Promise<void> {
  const facts = sessionId ? await expireCheckout(sessionId) : null;
  const opened = await withTransaction((tx) => settle(tx, orderId, sessionId, facts));
  if (opened) await closeOrder(orderId, opened);
}

/** Answers a session that the order got since `sessionId` was read. While a session may be paid, its order stays open. */
async function settle(
  tx: Transaction,
  orderId: OrderId,
  sessionId: string | null,
  facts: Awaited<ReturnType<typeof retrieveCheckout>>,
): Promise<string | null> {
  if (facts === "malformed") return null;
  if (facts && facts !== "not_ours" && facts.status !== "expired") {
    logContradiction(orderId, await fulfillOrder(tx, facts));
    return null;
  }
  const order = await lockOrder(tx, orderId);
  if (order?.status === "pending" && order.stripeCheckoutSessionId !== sessionId)
    return order.stripeCheckoutSessionId;
  await expireOrder(tx, orderId, sessionId);
  return null;
}

function logContradiction(orderId: OrderId, outcome: FulfillOutcome): void {
  if (outcome.kind === "quarantined")
    log.error({ orderId, reason: outcome.reason }, "a session contradicts its order");
}

export type ConfirmedCheckout = {
  readonly orderNumber: string;
  readonly outcome: FulfillOutcome["kind"] | "unknown";
};

/**
 * For the page that the buyer comes back to: fulfils the order if its session is paid and the webhook has not been
 * faster. Null for a session that is not this learner's.
 */
export async function confirmCheckout(userId: UserId, sessionId: string): Promise<ConfirmedCheckout | null> {
  if (!isSessionId(sessionId)) return null;
  const [order] = await db()
    .select({ id: orders.id, orderNumber: orders.orderNumber, paidAt: orders.paidAt })
    .from(orders)
    .where(and(eq(orders.stripeCheckoutSessionId, sessionId), eq(orders.userId, userId)));
  if (!order) return null;
  const { id, orderNumber } = order;
  try {
    return await withinTime(PATIENCE_OF_A_PERSON_MS, async () => {
      const outcome = order.paidAt ? "already_fulfilled" : await fulfillFrom(id, sessionId);
      await addPaymentDetails(id);
      return { orderNumber, outcome };
    });
  } catch (error) {
    if (!(error instanceof StripeUnavailable)) throw error;
    return { orderNumber, outcome: "unknown" };
  }
}

async function fulfillFrom(orderId: OrderId, sessionId: string): Promise<ConfirmedCheckout["outcome"]> {
  const facts = await retrieveCheckout(sessionId);
  if (!isOfOrder(facts, orderId)) return "unknown";
  const outcome = await withTransaction((tx) => fulfillOrder(tx, facts));
  logContradiction(orderId, outcome);
  return outcome.kind;
}

/** Receipt and means of payment, when their event has not been faster: the buyer is looking at the order now. */
async function addPaymentDetails(orderId: OrderId): Promise<void> {
  const [paid] = await db()
    .select({ intentId: orders.stripePaymentIntentId })
    .from(orders)
    .where(and(eq(orders.id, orderId), isNotNull(orders.paidAt), isNull(orders.receiptUrl)));
  if (!paid?.intentId) return;
  const { intentId } = paid;
  const details = await retrievePaymentDetails(intentId);
  await withTransaction((tx) => recordPaymentDetails(tx, orderId, intentId, details));
}

/** Ends orders whose time is over, by the database's clock, asking Stripe first. Answers how many it closed. */
export async function expireStaleOrders(): Promise<number> {
  const stale = await db()
    .select({ id: orders.id, sessionId: orders.stripeCheckoutSessionId })
    .from(orders)
    .where(isPastItsTime)
    .orderBy(asc(orders.expiresAt))
    .limit(100);
  let closed = 0;
  for (const order of stale) {
    try {
      await closeOrder(order.id, order.sessionId);
      closed += 1;
    } catch (error) {
      log.warn({ orderId: order.id, err: error }, "an order past its time could not be closed yet");
      if (error instanceof StripeUnavailable) return closed;
    }
  }
  return closed;
}
