import type { Core } from "../core";
import { createSession, type SessionParams } from "../payments/create-session";
import { expireSession } from "../payments/finish-session";
import { type MetadataParam, mergeMetadata } from "../store/metadata";
import type { Session } from "../store/records";
import { invalidRequest, noSuch } from "../stripe-error";
import { type ListParams, listPage, type Route, route } from "./route";

/** What the sandbox acts on. Anything else Stripe knows is refused by name, so that nobody relies on what is not done. */
const KNOWN = new Set(
  (
    "allow_promotion_codes allowed_payment_method_types automatic_tax billing_address_collection cancel_url client_reference_id custom_text customer " +
    "customer_creation customer_email customer_update discounts excluded_payment_method_types expand expires_at invoice_creation line_items locale " +
    "metadata mode payment_intent_data redirect_on_completion return_url submit_type success_url tax_id_collection ui_mode"
  ).split(" "),
);

/** Known elsewhere too, but only switched off. */
const MAY_BE_OFF = new Set(["adaptive_pricing", "phone_number_collection"]);

const KNOWN_INTENT_DATA = new Set([
  "description",
  "metadata",
  "receipt_email",
  "shipping",
  "statement_descriptor",
  "statement_descriptor_suffix",
]);

function checkKnown(params: object): void {
  const { mode, ui_mode: uiMode } = { mode: undefined, ui_mode: undefined, ...params };
  if (mode !== undefined && mode !== "payment") {
    throw invalidRequest(`The sandbox does one-time payments: mode must be payment, not ${mode}.`, {
      param: "mode",
    });
  }
  if (uiMode !== undefined && uiMode !== "hosted_page" && uiMode !== "embedded_page") {
    throw invalidRequest(
      `The sandbox shows its own page: ui_mode must be hosted_page or embedded_page, not ${uiMode}.`,
      { param: "ui_mode" },
    );
  }
  for (const [name, value] of Object.entries(params)) {
    const off = typeof value === "object" && value !== null && "enabled" in value && value.enabled === false;
    const allowed = KNOWN.has(name) || (MAY_BE_OFF.has(name) && off);
    if (!allowed) throw invalidRequest(`The sandbox does not do ${name}.`, { param: name });
  }
  const { payment_intent_data: data } = { payment_intent_data: {}, ...params };
  const unknown = Object.keys(data).find((name) => !KNOWN_INTENT_DATA.has(name));
  if (unknown !== undefined) {
    const param = `payment_intent_data[${unknown}]`;
    throw invalidRequest(`The sandbox does not do ${param}.`, { param });
  }
}

function getSession(core: Core, id: string): Session {
  const session = core.store.sessions.get(id);
  if (session === undefined) throw noSuch("checkout.session", id);
  return session;
}

interface SessionFilter extends ListParams {
  customer?: string;
  customer_details?: { email: string };
  payment_intent?: string;
  status?: string;
}

function matches(session: Session, filter: SessionFilter): boolean {
  const details: { email?: string } = session.customer_details ?? {};
  return (
    (filter.customer ?? session.customer) === session.customer &&
    (filter.payment_intent ?? session.payment_intent) === session.payment_intent &&
    (filter.status ?? session.status) === session.status &&
    (filter.customer_details === undefined || filter.customer_details.email === details.email)
  );
}

export const checkoutSessionRoutes: Route[] = [
  route<SessionParams & { mode?: string }>("POST /v1/checkout/sessions", ({ core, params }) => {
    if (params.mode === undefined)
      throw invalidRequest("Missing required param: mode.", { code: "parameter_missing", param: "mode" });
    checkKnown(params);
    return createSession(core, params);
  }),
  route<object>("GET /v1/checkout/sessions/{id}", ({ core, id }) => getSession(core, id)),
  route<{ metadata?: MetadataParam }>("POST /v1/checkout/sessions/{id}", ({ core, id, params }) => {
    const session = getSession(core, id);
    const other = Object.keys(params).find((name) => name !== "metadata" && name !== "expand");
    if (other !== undefined)
      throw invalidRequest(`The sandbox does not change ${other} of a session.`, { param: other });
    return core.store.sessions.update(id, { metadata: mergeMetadata(session.metadata, params.metadata) });
  }),
  route<SessionFilter>("GET /v1/checkout/sessions", ({ core, params }) => {
    const { payment_intent: intent } = params;
    const rows =
      intent === undefined
        ? core.store.sessions.newestFirst()
        : core.store.sessions.where("payment_intent", intent);
    return listPage(
      rows.filter((session) => matches(session, params)),
      params,
      "/v1/checkout/sessions",
    );
  }),
  route<object>("POST /v1/checkout/sessions/{id}/expire", ({ core, id }) => {
    const session = getSession(core, id);
    if (session.status === "open") return expireSession(core, session);
    throw invalidRequest(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
    );
  }),
  route<ListParams>("GET /v1/checkout/sessions/{id}/line_items", ({ core, id, params }) => {
    getSession(core, id);
    return listPage(
      core.store.checkouts.get(id)?.line_items ?? [],
      params,
      `/v1/checkout/sessions/${id}/line_items`,
    );
  }),
];
