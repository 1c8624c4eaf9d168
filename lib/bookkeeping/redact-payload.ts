/** What stands for something about a person or a secret. */
export const MASK = "•••";

/** Words of Stripe's own, under these names only; everything else that is text may be about somebody. */
const OPEN = new Set([
  "api_version",
  "brand",
  "cancellation_reason",
  "code",
  "collection_method",
  "currency",
  "decline_code",
  "failure_code",
  "mode",
  "network_status",
  "object",
  "outcome_type",
  "payment_status",
  "reason",
  "risk_level",
  "seller_message",
  "status",
  "submit_type",
  "type",
  "ui_mode",
]);

/** Numbers about a card or a person. */
const CLOSED = new Set([
  "exp_month",
  "exp_year",
  "last4",
  "postal_code",
  "phone",
  "dob",
  "day",
  "month",
  "year",
]);

/** `pi_3Px…`, `cs_test_a1…`, `evt_…`: names of things at Stripe, worth nothing without the shop's key. */
const STRIPE_ID = /^[a-z]{2,8}_(?:test_|live_)?[A-Za-z0-9]{6,}$/;
/** Ids of ours in the metadata. */
const OUR_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * An event as staff may see it: amounts, states, times and ids, and nothing about a person. What is not known to be harmless is masked,
 * so a field that Stripe adds tomorrow is masked too.
 */
export function redactPayload(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) return value.map((one) => redactPayload(one, name));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, redactPayload(one, key)]));
  if (value === null || typeof value === "boolean") return value;
  if (CLOSED.has(name)) return MASK;
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value === "") return value;
  if (OPEN.has(name) && /^[\w.,:' -]{1,80}$/.test(value)) return value;
  return STRIPE_ID.test(value) || OUR_ID.test(value) ? value : MASK;
}
