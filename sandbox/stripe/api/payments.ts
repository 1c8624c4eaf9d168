/** Payment intents, charges, refunds, disputes and balance transactions. */

import type { Core } from "../core";
import { confirmIntent, createIntent, type IntentParams } from "../payments/confirm-intent";
import { changeDispute, decideDispute, isClosed } from "../payments/disputes";
import { cancelIntent, sessionOf } from "../payments/payment-intents";
import { cancelRefund, refundCharge } from "../payments/refunds";
import { type MetadataParam, mergeMetadata } from "../store/metadata";
import type { Charge, PaymentIntent, Refund } from "../store/records";
import { invalidRequest, noSuch } from "../stripe-error";
import { type ListParams, listPage, type Route, route } from "./route";

function getIntent(core: Core, id: string, param = "intent"): PaymentIntent {
  const intent = core.store.paymentIntents.get(id);
  if (intent === undefined) throw noSuch("payment_intent", id, param);
  return intent;
}

function getCharge(core: Core, id: string, param = "id"): Charge {
  const charge = core.store.charges.get(id);
  if (charge === undefined) throw noSuch("charge", id, param);
  return charge;
}

interface IntentChange {
  description?: string;
  metadata?: MetadataParam;
  receipt_email?: string | "";
  statement_descriptor?: string;
  statement_descriptor_suffix?: string;
}
const CHANGEABLE = new Set([
  "description",
  "expand",
  "metadata",
  "receipt_email",
  "statement_descriptor",
  "statement_descriptor_suffix",
]);

function changeIntent(core: Core, id: string, params: IntentChange): PaymentIntent {
  const intent = getIntent(core, id);
  const other = Object.keys(params).find((name) => !CHANGEABLE.has(name));
  if (other !== undefined)
    throw invalidRequest(`The sandbox does not change ${other} of a payment intent.`, { param: other });
  return core.store.paymentIntents.update(id, {
    description: params.description ?? intent.description,
    metadata: mergeMetadata(intent.metadata, params.metadata),
    receipt_email: params.receipt_email === undefined ? intent.receipt_email : params.receipt_email || null,
    statement_descriptor: params.statement_descriptor ?? intent.statement_descriptor,
    statement_descriptor_suffix: params.statement_descriptor_suffix ?? intent.statement_descriptor_suffix,
  });
}

function cancel(core: Core, id: string, reason: string | null): PaymentIntent {
  const intent = getIntent(core, id);
  if (intent.status === "canceled" || intent.status === "succeeded" || intent.status === "processing") {
    throw invalidRequest(
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_confirmation, requires_action, processing.`,
      { code: "payment_intent_unexpected_state", payment_intent: intent },
    );
  }
  if (sessionOf(core, intent)?.status === "open") {
    throw invalidRequest(
      "You cannot cancel this PaymentIntent because it belongs to an open Checkout Session. Expire the Checkout Session instead.",
      { code: "payment_intent_unexpected_state", payment_intent: intent },
    );
  }
  return cancelIntent(core, intent, reason);
}

interface RefundParams {
  amount?: number;
  charge?: string;
  metadata?: MetadataParam;
  payment_intent?: string;
  reason?: string;
}
const REFUND_PARAMS = new Set(["amount", "charge", "expand", "metadata", "payment_intent", "reason"]);

function createRefund(core: Core, params: RefundParams): Refund {
  const other = Object.keys(params).find((name) => !REFUND_PARAMS.has(name));
  if (other !== undefined) throw invalidRequest(`The sandbox does not do ${other}.`, { param: other });
  const { amount, reason, metadata } = params;
  return refundCharge(core, {
    charge: chargeToRefund(core, params),
    ...(amount === undefined ? {} : { amount }),
    reason: reason ?? null,
    metadata: mergeMetadata({}, metadata),
  });
}

function chargeToRefund(core: Core, params: RefundParams): Charge {
  if (params.charge !== undefined) {
    const charge = getCharge(core, params.charge, "charge");
    if (params.payment_intent !== undefined && params.payment_intent !== charge.payment_intent) {
      throw invalidRequest("The charge does not belong to the payment intent.", { param: "payment_intent" });
    }
    return charge;
  }
  if (params.payment_intent === undefined) {
    throw invalidRequest(
      "One of the following params should be provided for this request: payment_intent or charge.",
      {
        code: "parameter_missing",
        param: "payment_intent",
      },
    );
  }
  const intent = getIntent(core, params.payment_intent, "payment_intent");
  const charge = intent.latest_charge === null ? undefined : core.store.charges.get(intent.latest_charge);
  if (intent.status === "succeeded" && charge) return charge;
  throw invalidRequest(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, {
    code: "payment_intent_unexpected_state",
    param: "payment_intent",
  });
}

interface ByPayment extends ListParams {
  charge?: string;
  customer?: string;
  payment_intent?: string;
}

function matches(
  row: { charge?: string; customer?: string | null; payment_intent: string },
  params: ByPayment,
): boolean {
  return (
    (params.charge === undefined || params.charge === row.charge) &&
    (params.customer === undefined || params.customer === row.customer) &&
    (params.payment_intent === undefined || params.payment_intent === row.payment_intent)
  );
}

const MADE_OF = new Set(
  (
    "allowed_payment_method_types amount confirm currency customer description error_on_requires_action expand metadata " +
    "off_session payment_method receipt_email return_url shipping statement_descriptor statement_descriptor_suffix"
  ).split(" "),
);

/** Beside what it acts on it takes `automatic_payment_methods`, which changes nothing here. */
function checkMadeOf(params: object): void {
  const other = Object.keys(params).find(
    (name) => !MADE_OF.has(name) && name !== "automatic_payment_methods",
  );
  if (other !== undefined) throw invalidRequest(`The sandbox does not do ${other}.`, { param: other });
}

const intentRoutes: Route[] = [
  route<IntentParams>("POST /v1/payment_intents", ({ core, params }) => {
    checkMadeOf(params);
    return createIntent(core, params);
  }),
  route<{ payment_method?: string }>("POST /v1/payment_intents/{id}/confirm", ({ core, id, params }) => {
    checkMadeOf(params);
    const intent = getIntent(core, id);
    if (sessionOf(core, intent) === undefined) return confirmIntent(core, intent, params);
    throw invalidRequest("This PaymentIntent belongs to a Checkout Session: its own page confirms it.", {
      code: "payment_intent_unexpected_state",
    });
  }),
  route<object>("GET /v1/payment_intents/{id}", ({ core, id }) => getIntent(core, id)),
  route<IntentChange>("POST /v1/payment_intents/{id}", ({ core, id, params }) =>
    changeIntent(core, id, params),
  ),
  route<{ cancellation_reason?: string }>("POST /v1/payment_intents/{id}/cancel", ({ core, id, params }) =>
    cancel(core, id, params.cancellation_reason ?? null),
  ),
  route<ListParams & { customer?: string }>("GET /v1/payment_intents", ({ core, params }) => {
    const { customer } = params;
    const all = core.store.paymentIntents;
    const rows = customer === undefined ? all.newestFirst() : all.where("customer", customer).reverse();
    return listPage(rows, params, "/v1/payment_intents");
  }),
];

const chargeRoutes: Route[] = [
  route<object>("GET /v1/charges/{id}", ({ core, id }) => getCharge(core, id)),
  route<{ metadata?: MetadataParam; description?: string }>(
    "POST /v1/charges/{id}",
    ({ core, id, params }) => {
      const charge = getCharge(core, id);
      const other = Object.keys(params).find((name) => !["metadata", "description", "expand"].includes(name));
      if (other !== undefined)
        throw invalidRequest(`The sandbox does not change ${other} of a charge.`, { param: other });
      return core.store.charges.update(id, {
        description: params.description ?? charge.description,
        metadata: mergeMetadata(charge.metadata, params.metadata),
      });
    },
  ),
  route<ByPayment>("GET /v1/charges", ({ core, params }) => {
    const { payment_intent: intent } = params;
    const rows =
      intent === undefined
        ? core.store.charges.newestFirst()
        : core.store.charges.where("payment_intent", intent).reverse();
    return listPage(
      rows.filter((row) => matches({ ...row, charge: row.id }, params)),
      params,
      "/v1/charges",
    );
  }),
  route<object>("GET /v1/balance_transactions/{id}", ({ core, id }) => {
    const transaction = core.store.balanceTransactions.get(id);
    if (transaction === undefined) throw noSuch("balance transaction", id);
    return transaction;
  }),
  route<ListParams & { currency?: string; source?: string; type?: string }>(
    "GET /v1/balance_transactions",
    ({ core, params }) => {
      const rows = core.store.balanceTransactions
        .newestFirst()
        .filter(
          (row) =>
            (params.currency ?? row.currency) === row.currency &&
            (params.source ?? row.source) === row.source &&
            (params.type ?? row.type) === row.type,
        );
      return listPage(rows, params, "/v1/balance_transactions");
    },
  ),
];

function getRefund(core: Core, id: string): Refund {
  const refund = core.store.refunds.get(id);
  if (refund === undefined) throw noSuch("refund", id);
  return refund;
}

const refundRoutes: Route[] = [
  route<RefundParams>("POST /v1/refunds", ({ core, params }) => createRefund(core, params)),
  route<object>("GET /v1/refunds/{id}", ({ core, id }) => getRefund(core, id)),
  route<{ metadata?: MetadataParam }>("POST /v1/refunds/{id}", ({ core, id, params }) => {
    const refund = getRefund(core, id);
    const changed = core.store.refunds.update(id, {
      metadata: mergeMetadata(refund.metadata, params.metadata),
    });
    core.events.emit("refund.updated", changed, refund);
    return changed;
  }),
  route<object>("POST /v1/refunds/{id}/cancel", ({ core, id }) => cancelRefund(core, getRefund(core, id))),
  route<ByPayment>("GET /v1/refunds", ({ core, params }) => {
    const { payment_intent: intent } = params;
    const rows =
      intent === undefined
        ? core.store.refunds.newestFirst()
        : core.store.refunds.where("payment_intent", intent).reverse();
    return listPage(
      rows.filter((row) => matches(row, params)),
      params,
      "/v1/refunds",
    );
  }),
];

function getDispute(core: Core, id: string) {
  const dispute = core.store.disputes.get(id);
  if (dispute === undefined) throw noSuch("dispute", id);
  return dispute;
}

const disputeRoutes: Route[] = [
  route<object>("GET /v1/disputes/{id}", ({ core, id }) => getDispute(core, id)),
  route<{ evidence?: Record<string, string | object>; metadata?: MetadataParam; submit?: boolean }>(
    "POST /v1/disputes/{id}",
    ({ core, id, params }) => {
      const dispute = getDispute(core, id);
      if (isClosed(dispute)) throw invalidRequest("This dispute is already closed.");
      return changeDispute(core, dispute, {
        ...(params.evidence === undefined ? {} : { evidence: params.evidence }),
        metadata: mergeMetadata(dispute.metadata, params.metadata),
        submit: params.submit ?? true,
      });
    },
  ),
  route<object>("POST /v1/disputes/{id}/close", ({ core, id }) => {
    if (!decideDispute(core, getDispute(core, id), "lost"))
      throw invalidRequest("This dispute is already closed.");
    return getDispute(core, id);
  }),
  route<ByPayment>("GET /v1/disputes", ({ core, params }) =>
    listPage(
      core.store.disputes.newestFirst().filter((row) => matches(row, params)),
      params,
      "/v1/disputes",
    ),
  ),
];

export const paymentRoutes: Route[] = [...intentRoutes, ...chargeRoutes, ...refundRoutes, ...disputeRoutes];
