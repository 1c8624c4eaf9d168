/** Adapter: the only file that knows the Stripe SDK. Every call has a timeout, bounded retries and our own idempotency key. */
import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import Stripe from "stripe";
import { type Env, env } from "@/lib/env";
import {
  type CheckoutFacts,
  readCheckoutFacts,
  readTaxedLines,
  type UnusableSession,
} from "./checkout-facts";
import { type CheckoutOrder, taxTerms } from "./checkout-order";
import { embeddedAddress } from "./embedded-address";
import { inTime, timeLeft } from "./time-limit";

const TIMEOUT_MS = 4_000;
/** How often, half a second apart, to ask for the answer of a call that another request began under the same key. */
const PATIENCE = 6;

/** Stripe did not answer, or answered that it cannot now. Nothing is known about the effect; repeat with the same key. */
export class StripeUnavailable extends Error {
  override readonly name = "StripeUnavailable";
}

/** Stripe understood and said no; asking again would not help. `code` is Stripe's, such as `charge_already_refunded`. */
export class StripeRefused extends Error {
  override readonly name = "StripeRefused";
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

let client: Stripe | undefined;

export type StripeRefund = Stripe.Refund;
export type StripeDispute = Stripe.Dispute;

/** The SDK. Only this folder asks for it, each use inside `call`. */
export function stripe(): Stripe {
  if (!client) {
    const base = env().STRIPE_API_BASE;
    const local = base ? new URL(base) : null;
    client = new Stripe(env().STRIPE_SECRET_KEY, {
      timeout: TIMEOUT_MS,
      maxNetworkRetries: 1,
      telemetry: false,
      ...(local && {
        host: local.hostname,
        port: local.port || (local.protocol === "https:" ? 443 : 80),
        protocol: local.protocol === "https:" ? "https" : "http",
      }),
    });
  }
  return client;
}

/** Waits out calls under the same key, no longer than its caller has time, and tells an outage from everything else. */
export async function call<T>(work: () => Promise<T>, patience = PATIENCE): Promise<T> {
  if (timeLeft() <= 0) throw new StripeUnavailable("no time left");
  try {
    const answer = await inTime(work());
    if (!answer) throw new StripeUnavailable("no answer in time");
    return answer.value;
  } catch (error) {
    if (isInProgress(error)) {
      // Never a spent key or a refusal: that other request may still take effect.
      if (patience <= 0) throw new StripeUnavailable("another request has the key", { cause: error });
      await pause(500);
      return call(work, patience - 1);
    }
    if (error instanceof Stripe.errors.StripeConnectionError)
      throw new StripeUnavailable("no answer", { cause: error });
    if (error instanceof Stripe.errors.StripeRateLimitError)
      throw new StripeUnavailable("too many requests", { cause: error });
    if (error instanceof Stripe.errors.StripeAPIError)
      throw new StripeUnavailable("an error of its own", { cause: error });
    throw error;
  }
}

/** Another request, with the same key, is being answered; a moment later its answer is ours too. */
function isInProgress(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === "idempotency_key_in_use";
}

/** True when the key is spent: Stripe stored an error under it, or it stands for a call with other parameters. */
function isSpentKey(error: unknown): boolean {
  if (error instanceof Stripe.errors.StripeIdempotencyError) return true;
  const cause = error instanceof StripeUnavailable ? error.cause : null;
  return cause instanceof Stripe.errors.StripeAPIError && (cause.statusCode ?? 0) >= 500;
}

/**
 * True when Stripe repeats an error that it stored under the key: that call has ended, and what it did can be looked up.
 * Source: docs.stripe.com/error-low-level#idempotency.
 */
export function isStoredFailure(error: unknown): boolean {
  const cause = error instanceof StripeUnavailable ? error.cause : null;
  return cause instanceof Stripe.errors.StripeError && cause.headers?.["idempotent-replayed"] === "true";
}

function isMissing(error: unknown, param: string): boolean {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError &&
    error.code === "resource_missing" &&
    error.param === param
  );
}

export type OpenedSession =
  | { readonly kind: "opened"; readonly sessionId: string; readonly url: string }
  /** This attempt's key is spent; the next attempt needs the next number. */
  | { readonly kind: "attempt_failed" }
  /** The customer was deleted at Stripe; make a new one and try the next attempt. */
  | { readonly kind: "customer_gone" };

/** Makes the order's buyer a customer. Null when this attempt's key is spent; the next attempt needs the next number. */
export async function createCustomer(order: CheckoutOrder): Promise<string | null> {
  const { email, name } = order.buyer;
  try {
    const customer = await call(() =>
      stripe().customers.create(
        { email, name, metadata: { user_id: order.userId } },
        { idempotencyKey: `${order.id}:${order.stripeAttempt}:customer` },
      ),
    );
    return customer.id;
  } catch (error) {
    if (isSpentKey(error)) return null;
    throw error;
  }
}

/** Deletes a customer for good; payments keep what they say. One that Stripe does not know (any more) is deleted. */
export async function deleteCustomer(customerId: string): Promise<void> {
  await orNull(() => stripe().customers.del(customerId));
}

/** Where the buyer pays: on Stripe's own page, or on ours with Stripe's inside. */
export type CheckoutUi = Env["STRIPE_CHECKOUT_UI"];

/** Opens the order's Checkout Session. The same order and attempt give the same session, however often it is called. */
export async function openCheckoutSession(order: CheckoutOrder, ui: CheckoutUi): Promise<OpenedSession> {
  if (order.stripeAttempt > 1) {
    const earlier = await findOpenSession(order, ui);
    if (earlier) return earlier;
  }
  const key = `${order.id}:${order.stripeAttempt}${ui === "embedded" ? ":embedded" : ""}`;
  try {
    const discounts = order.discountAmount > 0 ? [{ coupon: await createDiscount(order, key) }] : [];
    const session = await call(() =>
      stripe().checkout.sessions.create(
        {
          mode: "payment",
          client_reference_id: order.id,
          ...(order.stripeCustomerId
            ? { customer: order.stripeCustomerId }
            : { customer_email: order.buyer.email }),
          line_items: order.items.map((item) => ({
            quantity: 1,
            price_data: {
              currency: order.currency,
              unit_amount: item.priceAmount,
              ...(env().STORE_TAX === "stripe" ? { tax_behavior: "exclusive" as const } : {}),
              product_data: { name: item.title },
            },
          })),
          ...(discounts.length > 0 ? { discounts } : {}),
          expires_at: Math.floor(order.expiresAt.getTime() / 1000),
          metadata: { order_id: order.id, order_number: order.orderNumber },
          payment_intent_data: { metadata: { order_id: order.id }, description: order.orderNumber },
          ...(env().STRIPE_INVOICES === "on" ? { invoice_creation: { enabled: true } } : {}),
          ...taxTerms(env().STORE_TAX, order.stripeCustomerId !== null),
          ...waysBack(ui),
        },
        { idempotencyKey: key },
      ),
    );
    const url = addressOf(session, order);
    if (!url) throw new Error("Stripe returned a session that nobody can pay");
    return { kind: "opened", sessionId: session.id, url };
  } catch (error) {
    if (isMissing(error, "customer")) return { kind: "customer_gone" };
    if (isSpentKey(error)) return { kind: "attempt_failed" };
    throw error;
  }
}

/** A session of an earlier attempt that took effect although its answer was an error. */
async function findOpenSession(order: CheckoutOrder, ui: CheckoutUi): Promise<OpenedSession | null> {
  if (!order.stripeCustomerId) return null;
  const customer = order.stripeCustomerId;
  const sessions = await call(() => stripe().checkout.sessions.list({ customer, status: "open", limit: 20 }));
  const found = sessions.data.find(
    (session) => session.metadata?.order_id === order.id && session.ui_mode === `${ui}_page`,
  );
  const url = found && addressOf(found, order);
  return found && url ? { kind: "opened", sessionId: found.id, url } : null;
}

/** Where Stripe sends the buyer afterwards; the embedded page has a way back of its own. */
function waysBack(ui: CheckoutUi) {
  const done = `${env().APP_URL}/checkout/success?session_id={CHECKOUT_SESSION_ID}`;
  return ui === "embedded"
    ? ({ ui_mode: "embedded_page", return_url: done } as const)
    : { success_url: done, cancel_url: `${env().APP_URL}/checkout/cancel` };
}

/** The page on which this session is paid: Stripe's, or ours around Stripe's. */
function addressOf(session: Stripe.Checkout.Session, order: CheckoutOrder): string | null {
  if (session.url) return session.url;
  return session.client_secret ? embeddedAddress(env().APP_URL, order.orderNumber) : null;
}

/** What lets a browser show an embedded session's page; the session's status when nobody can pay it any more. */
export async function retrieveClientSecret(
  sessionId: string,
): Promise<{ readonly clientSecret: string } | { readonly closed: "complete" | "expired" }> {
  const session = await call(() => stripe().checkout.sessions.retrieve(sessionId));
  if (session.status === "open" && session.client_secret) return { clientSecret: session.client_secret };
  return { closed: session.status === "complete" ? "complete" : "expired" };
}

/** The whole discount as one amount: our own rules decided it, Stripe only subtracts. */
async function createDiscount(order: CheckoutOrder, key: string): Promise<string> {
  const coupon = await call(() =>
    stripe().coupons.create(
      {
        amount_off: order.discountAmount,
        currency: order.currency,
        duration: "once",
        max_redemptions: 1,
        name: (order.couponCode ?? "Discount").slice(0, 40),
      },
      { idempotencyKey: `${key}:discount` },
    ),
  );
  return coupon.id;
}

/** The session as it is now, or null when Stripe knows none of that id. */
export async function retrieveCheckout(sessionId: string): Promise<CheckoutFacts | UnusableSession | null> {
  const session = await orNull(() => stripe().checkout.sessions.retrieve(sessionId));
  return session && withLineTaxes(readCheckoutFacts(session));
}

/** The session that a payment belongs to. */
export async function findCheckoutOfPayment(
  paymentIntentId: string,
): Promise<CheckoutFacts | UnusableSession | null> {
  const sessions = await call(() =>
    stripe().checkout.sessions.list({ payment_intent: paymentIntentId, limit: 1 }),
  );
  return sessions.data[0] ? withLineTaxes(readCheckoutFacts(sessions.data[0])) : null;
}

/** Adds the tax of each line to a completed session whose tax is automatic; Stripe's events leave it out. */
export async function withLineTaxes<F extends CheckoutFacts | UnusableSession>(
  facts: F,
): Promise<F | CheckoutFacts> {
  if (typeof facts === "string") return facts;
  const { automaticTax, status, sessionId }: CheckoutFacts = facts;
  if (!automaticTax || status !== "complete") return facts;
  const lines = await call(() =>
    stripe().checkout.sessions.listLineItems(sessionId, { limit: 100, expand: ["data.taxes"] }),
  );
  return { ...(facts as CheckoutFacts), lines: readTaxedLines(lines.data) };
}

/** Closes an open session. Answers the session as it then is: `complete` when the buyer was faster. */
export async function expireCheckout(sessionId: string): Promise<CheckoutFacts | UnusableSession | null> {
  try {
    return readCheckoutFacts(await call(() => stripe().checkout.sessions.expire(sessionId)));
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return retrieveCheckout(sessionId);
    throw error;
  }
}

export type PaymentDetails = { readonly paymentMethod: string | null; readonly receiptUrl: string | null };

/** Brand and last four, and Stripe's receipt. */
export async function retrievePaymentDetails(paymentIntentId: string): Promise<PaymentDetails> {
  const intent = await call(() =>
    stripe().paymentIntents.retrieve(paymentIntentId, { expand: ["latest_charge"] }),
  );
  const charge = typeof intent.latest_charge === "object" ? intent.latest_charge : null;
  const method = charge?.payment_method_details;
  const card = method?.card;
  return {
    paymentMethod: card ? `${card.brand ?? "card"} ${card.last4 ?? ""}`.trim() : (method?.type ?? null),
    receiptUrl: charge?.receipt_url ?? null,
  };
}

/** A 4xx becomes StripeRefused. */
export async function orRefused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await call(work);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError)
      throw new StripeRefused(error.code ?? "invalid_request", error.message, { cause: error });
    throw error;
  }
}

/** What Stripe calls missing is an answer, not a fault. */
export async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await call(work);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing")
      return null;
    throw error;
  }
}

/** Verifies a webhook's signature with each valid secret; null when none fits or it is older than 300 s. */
export function verifyWebhook(body: string, signature: string): Stripe.Event | null {
  for (const secret of env().STRIPE_WEBHOOK_SECRET) {
    try {
      return stripe().webhooks.constructEvent(body, signature, secret);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error;
    }
  }
  return null;
}
