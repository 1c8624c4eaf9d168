import type { Core } from "../../core";
import type { Reply } from "../../http/server";
import { parseMoney } from "../../payments/currency";
import { decideDispute, openDispute } from "../../payments/disputes";
import { failRefund, refundCharge, settleRefund } from "../../payments/refunds";
import { settleDebit } from "../../payments/settle-debit";
import type { PaymentIntent } from "../../store/records";
import { StripeError } from "../../stripe-error";
import { redirect } from "../layout";
import { notFound, type PageCall } from "../page-call";
import { refusedPage } from "./payment-page";

/** Does what a button asks; the text for `?done=`, or null when it did not apply (any more). */
type Action = (core: Core, intent: PaymentIntent, call: PageCall) => string | null;

const actions: Record<string, Action> = {
  refund: (core, intent, { form }) => {
    const charge = core.store.charges.get(intent.latest_charge ?? "");
    const amount = parseMoney(form.get("amount") ?? "", intent.currency);
    if (amount === null)
      throw new StripeError(422, "invalid_request_error", "Enter an amount such as 12.50.");
    if (charge === undefined) return null;
    refundCharge(core, { charge, amount, reason: reasonOf(form) });
    return "refunded";
  },
  settle: (core, intent) => (settleDebit(core, intent, "succeeds") ? "settled" : null),
  fail: (core, intent) => (settleDebit(core, intent, "insufficient_funds") ? "failed" : null),
  dispute: (core, intent) => {
    const charge = core.store.charges.get(intent.latest_charge ?? "");
    return charge && openDispute(core, charge) ? "disputed" : null;
  },
  win: (core, intent) => decide(core, intent, "won"),
  lose: (core, intent) => decide(core, intent, "lost"),
  "settle-refund": (core, intent, call) => {
    const refund = core.store.refunds.get(call.query.get("refund") ?? "");
    return refund?.payment_intent === intent.id && settleRefund(core, refund) ? "refund-settled" : null;
  },
  "fail-refund": (core, intent, call) => {
    const refund = core.store.refunds.get(call.query.get("refund") ?? "");
    return refund?.payment_intent === intent.id && failRefund(core, refund) ? "refund-failed" : null;
  },
};

function decide(core: Core, intent: PaymentIntent, verdict: "won" | "lost"): string | null {
  const dispute = core.store.disputes.where("payment_intent", intent.id)[0];
  return dispute && decideDispute(core, dispute, verdict) ? "decided" : null;
}

const REASONS = ["requested_by_customer", "duplicate", "fraudulent"];

function reasonOf(form: URLSearchParams): string | null {
  return REASONS.find((reason) => reason === form.get("reason")) ?? null;
}

export function actOnPayment(call: PageCall): Reply {
  const { core, id } = call;
  const intent = core.store.paymentIntents.get(id);
  const action = Object.hasOwn(actions, call.action) ? actions[call.action] : undefined;
  if (intent === undefined || action === undefined) return notFound();
  try {
    const done = core.store.transaction(() => action(core, intent, call));
    return redirect(`/dashboard/payments/${id}${done === null ? "" : `?done=${done}`}`);
  } catch (error) {
    if (error instanceof StripeError) return refusedPage(core, intent, error.message);
    throw error;
  }
}
