/** Payment intents that the API makes and confirms, without a payment page. Each function runs in its caller's transaction. */
import type { Core } from "../core";
import { blankPaymentIntent } from "../store/blanks";
import type { Metadata } from "../store/record";
import type { PaymentIntent } from "../store/records";
import { invalidRequest, StripeError } from "../stripe-error";
import { bookCharge } from "./charges";
import { checkChargeable, readCurrency } from "./currency";
import { getLivingCustomer } from "./customers";
import { methodToPayWith } from "./method-params";
import { declineCard, payIntentByCard, startDebit } from "./pay-session";
import { shippingOf } from "./payment-intents";
import { cardOf, debitOutcomeOf, debitTypeFor } from "./payment-methods";

export interface IntentParams {
  allowed_payment_method_types?: string[];
  amount: number;
  confirm?: boolean;
  currency: string;
  customer?: string;
  description?: string;
  metadata?: Metadata;
  payment_method?: string;
  receipt_email?: string;
  shipping?: object;
  statement_descriptor?: string;
  statement_descriptor_suffix?: string;
}

export function createIntent(core: Core, params: IntentParams): PaymentIntent {
  const currency = readCurrency(params.currency, "currency");
  if (params.amount < 1)
    throw invalidRequest("This value must be greater than or equal to 1.", {
      code: "parameter_invalid_integer",
      param: "amount",
    });
  checkChargeable(params.amount, currency, "Amount");
  const customer =
    params.customer === undefined ? null : getLivingCustomer(core, params.customer, "customer").id;
  const debit = debitTypeFor(currency);
  const id = core.ids.make("payment_intent");
  const method =
    params.payment_method === undefined ? null : methodToPayWith(core, params.payment_method, customer);
  const intent = core.store.paymentIntents.put({
    ...blankPaymentIntent,
    id,
    object: "payment_intent",
    amount: params.amount,
    amount_received: 0,
    canceled_at: null,
    cancellation_reason: null,
    client_secret: `${id}_${core.ids.make("client_secret")}`,
    created: core.clock.seconds(),
    currency,
    customer,
    description: params.description ?? null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    metadata: params.metadata ?? {},
    next_action: null,
    payment_method: method?.id ?? null,
    payment_method_types:
      params.allowed_payment_method_types ?? (debit === null ? ["card"] : ["card", debit]),
    receipt_email: params.receipt_email ?? null,
    shipping: shippingOf(params.shipping),
    statement_descriptor: params.statement_descriptor ?? null,
    statement_descriptor_suffix: params.statement_descriptor_suffix ?? null,
    status: method === null ? "requires_payment_method" : "requires_confirmation",
  });
  core.events.emit("payment_intent.created", intent);
  return params.confirm ? confirmIntent(core, intent, {}) : intent;
}

/** Charges the intent. A declined card is thrown as Stripe's card error, and its failed charge kept. */
export function confirmIntent(
  core: Core,
  intent: PaymentIntent,
  params: { payment_method?: string },
): PaymentIntent {
  if (!["requires_payment_method", "requires_confirmation", "requires_action"].includes(intent.status)) {
    throw invalidRequest(`This PaymentIntent's ${intent.status} status does not allow it to be confirmed.`, {
      code: "payment_intent_unexpected_state",
      payment_intent: intent,
    });
  }
  const wanted = params.payment_method ?? intent.payment_method;
  if (wanted === null) {
    throw invalidRequest("You cannot confirm this PaymentIntent because it's missing a payment method.", {
      code: "payment_intent_unexpected_state",
      payment_intent: intent,
    });
  }
  const method = methodToPayWith(core, wanted, intent.customer);
  if (method.type !== "card") {
    startDebit(core, intent, method, debitOutcomeOf(method));
    return current(core, intent);
  }
  const card = cardOf(method);
  const decline = card.kind.threeDSecure
    ? {
        code: "authentication_required",
        decline_code: "authentication_required",
        message: "Your card was declined. This transaction requires authentication.",
        advice: "confirm_card_data" as const,
      }
    : card.kind.decline;
  if (decline) {
    const failed = declineCard(core, intent, method, card, decline);
    throw new StripeError(402, "card_error", decline.message, {
      ...(failed.latest_charge === null ? {} : { charge: failed.latest_charge }),
      code: decline.code,
      ...("decline_code" in decline && decline.decline_code ? { decline_code: decline.decline_code } : {}),
      payment_intent: failed,
      payment_method: method,
    });
  }
  bookCharge(core, payIntentByCard(core, intent, method, card, false));
  return current(core, intent);
}

function current(core: Core, intent: PaymentIntent): PaymentIntent {
  return core.store.paymentIntents.get(intent.id) ?? intent;
}
