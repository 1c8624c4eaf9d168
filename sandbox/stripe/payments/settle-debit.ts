import type { Core } from "../core";
import type { PaymentIntent } from "../store/records";
import type { DebitOutcome } from "../store/rows";
import type { Decline } from "./cards";
import { bookCharge } from "./charges";
import { invoiceSession } from "./invoices";
import { succeedIntent } from "./pay-session";
import { declineError, failIntent, sessionOf } from "./payment-intents";

const FAILURES: Record<Exclude<DebitOutcome, "succeeds" | "waits">, Decline> = {
  account_closed: {
    code: "payment_intent_payment_attempt_failed",
    decline_code: "account_closed",
    message: "The customer's bank account has been closed.",
    advice: "do_not_try_again",
  },
  insufficient_funds: {
    code: "payment_intent_payment_attempt_failed",
    decline_code: "insufficient_funds",
    message: "The customer's account has insufficient funds to cover this payment.",
    advice: "try_again_later",
  },
};

/** Ends a debit that is on its way. False when this intent has none. */
export function settleDebit(
  core: Core,
  intent: PaymentIntent,
  outcome: Exclude<DebitOutcome, "waits">,
): boolean {
  const charge = intent.latest_charge === null ? undefined : core.store.charges.get(intent.latest_charge);
  const method =
    intent.payment_method === null ? undefined : core.store.paymentMethods.get(intent.payment_method);
  const session = sessionOf(core, intent);
  if (intent.status !== "processing" || !charge || !method) return false;
  core.jobs.cancel("settle_debit", intent.id);
  if (outcome === "succeeds") {
    const succeeded = core.store.charges.update(charge.id, {
      amount_captured: charge.amount,
      captured: true,
      paid: true,
      status: "succeeded",
    });
    core.events.emit("charge.succeeded", succeeded);
    succeedIntent(core, intent, succeeded, method.id);
    if (session) {
      const paid = invoiceSession(core, core.store.sessions.update(session.id, { payment_status: "paid" }));
      core.events.emit("checkout.session.async_payment_succeeded", paid);
    }
    bookCharge(core, succeeded);
    return true;
  }
  const decline = FAILURES[outcome];
  const failed = core.store.charges.update(charge.id, {
    failure_code: decline.decline_code ?? decline.code,
    failure_message: decline.message,
    status: "failed",
  });
  core.events.emit("charge.failed", failed);
  failIntent(core, intent, declineError(decline, method, failed.id));
  if (session) core.events.emit("checkout.session.async_payment_failed", session);
  return true;
}
