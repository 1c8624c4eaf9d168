/** What the official CLI calls to pay a session without a browser. Stripe does not document it. */
import type { Core } from "../core";
import { methodToPayWith } from "../payments/method-params";
import { payByMethod } from "../payments/pay-session";
import type { Session } from "../store/records";
import { invalidRequest, noSuch, StripeError } from "../stripe-error";
import { type Route, route } from "./route";

function getSession(core: Core, id: string): Session {
  const session = core.store.sessions.get(id);
  if (session === undefined) throw noSuch("payment_page", id, "payment_page");
  return session;
}

/** The session as the payment page's own script would see it. */
function paymentPage(core: Core, session: Session) {
  return {
    id: session.id.replace(/^cs_test_/, "ppage_1"),
    object: "checkout.session.payment_page",
    amount_total: session.amount_total,
    currency: session.currency,
    line_items: core.store.checkouts.get(session.id)?.line_items ?? [],
    livemode: false,
    mode: session.mode,
    payment_intent: session.payment_intent,
    payment_method_types: session.payment_method_types,
    payment_status: session.payment_status,
    session_id: session.id,
    status: session.status,
  };
}

export const paymentPageRoutes: Route[] = [
  route<object>("GET /v1/payment_pages/{id}", ({ core, id }) => paymentPage(core, getSession(core, id))),
  route<{ expected_amount?: number; payment_method: string }>(
    "POST /v1/payment_pages/{id}/confirm",
    ({ core, id, params }) => {
      const session = getSession(core, id);
      if (session.status !== "open") {
        throw invalidRequest(`This Checkout Session is ${session.status}.`, { code: "checkout_not_open" });
      }
      const method = methodToPayWith(core, params.payment_method, session.customer);
      const result = payByMethod(core, session, method, params.expected_amount);
      const error = result.outcome === "declined" ? result.intent.last_payment_error : null;
      if (error) {
        const { code, decline_code, message } = error;
        throw new StripeError(402, "card_error", message, {
          code,
          ...(decline_code === undefined ? {} : { decline_code }),
        });
      }
      return paymentPage(core, result.session);
    },
  ),
];
