import type { Core } from "../core";
import { blankPaymentIntent } from "../store/blanks";
import type { PaymentError, PaymentIntent, PaymentMethod, Session } from "../store/records";
import type { Decline } from "./cards";

/** The intent that pays this session, made at the first attempt, as Checkout does. */
export function intentOf(core: Core, session: Session): PaymentIntent {
  const existing =
    session.payment_intent === null ? undefined : core.store.paymentIntents.get(session.payment_intent);
  if (existing && existing.amount !== session.amount_total) {
    // The buyer changed the country after a first attempt, and with it the tax.
    return core.store.paymentIntents.update(existing.id, { amount: session.amount_total });
  }
  if (existing) return existing;
  const data = core.store.checkouts.get(session.id)?.payment_intent_data;
  const id = core.ids.make("payment_intent");
  const intent = core.store.paymentIntents.put({
    ...blankPaymentIntent,
    id,
    object: "payment_intent",
    amount: session.amount_total,
    amount_received: 0,
    canceled_at: null,
    cancellation_reason: null,
    client_secret: `${id}_${core.ids.make("client_secret")}`,
    created: core.clock.seconds(),
    currency: session.currency,
    customer: session.customer,
    description: data?.description ?? null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    metadata: data?.metadata ?? {},
    next_action: null,
    payment_method: null,
    payment_method_types: session.payment_method_types,
    receipt_email: data?.receipt_email ?? null,
    shipping: shippingOf(data?.shipping),
    statement_descriptor: data?.statement_descriptor ?? null,
    statement_descriptor_suffix: data?.statement_descriptor_suffix ?? null,
    status: "requires_payment_method",
  });
  core.store.sessions.update(session.id, { payment_intent: intent.id });
  core.events.emit("payment_intent.created", intent);
  return intent;
}

/** With what Stripe adds to an address that names only a part of itself. */
export function shippingOf(params: object | null | undefined): object | null {
  if (!params) return null;
  const { address = {} }: { address?: object } = { ...params };
  const none = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
  return { carrier: null, phone: null, tracking_number: null, ...params, address: { ...none, ...address } };
}

/** The session an intent pays; undefined when it has been forgotten. */
export function sessionOf(core: Core, intent: PaymentIntent): Session | undefined {
  return core.store.sessions.where("payment_intent", intent.id)[0];
}

export function docUrl(code: string): string {
  return `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}`;
}

export function declineError(decline: Decline, method: PaymentMethod, charge?: string): PaymentError {
  return {
    ...(charge === undefined ? {} : { charge }),
    code: decline.code,
    ...(decline.decline_code === undefined ? {} : { decline_code: decline.decline_code }),
    doc_url: docUrl(decline.code),
    message: decline.message,
    ...(decline.param === undefined ? {} : { param: decline.param }),
    payment_method: method,
    type: "card_error",
  };
}

/** Back to asking for a payment method, with the reason. */
export function failIntent(
  core: Core,
  intent: PaymentIntent,
  error: PaymentError,
  charge?: string,
): PaymentIntent {
  const failed = core.store.paymentIntents.update(intent.id, {
    last_payment_error: error,
    latest_charge: charge ?? intent.latest_charge,
    next_action: null,
    payment_method: null,
    status: "requires_payment_method",
  });
  core.events.emit("payment_intent.payment_failed", failed);
  return failed;
}

export function cancelIntent(core: Core, intent: PaymentIntent, reason: string | null): PaymentIntent {
  const canceled = core.store.paymentIntents.update(intent.id, {
    canceled_at: core.clock.seconds(),
    cancellation_reason: reason,
    next_action: null,
    status: "canceled",
  });
  core.events.emit("payment_intent.canceled", canceled);
  return canceled;
}
