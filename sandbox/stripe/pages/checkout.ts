/** The hosted payment page: what its address shows, and what submitting it does. */

import type { Core } from "../core";
import type { Reply } from "../http/server";
import { groupDigits, readCard, TEST_CARDS } from "../payments/cards";
import { isEmailAddress } from "../payments/customers";
import { type PayResult, payByCard, payByDebit, payNothing } from "../payments/pay-session";
import { type Buyer, debitTypeFor } from "../payments/payment-methods";
import { promoteSession } from "../payments/promote-session";
import { readTaxId } from "../payments/tax-ids";
import type { PaymentIntent, Session } from "../store/records";
import type { DebitOutcome } from "../store/rows";
import { type CheckoutForm, checkoutPage, fixedEmail, type Refusal } from "./checkout-page";
import { totalsFor } from "./checkout-totals";
import { afterwards, backToForm, closedPage } from "./closed-page";
import { COUNTRIES } from "./countries";
import { notFound, type PageCall } from "./page-call";

export function showCheckout({ core, id, query }: PageCall): Reply {
  const session = core.store.sessions.get(id);
  if (session === undefined) return notFound();
  if (session.client_secret !== null && query.get("client_secret") !== session.client_secret)
    return notFound();
  if (session.status !== "open") return closedPage(core, session);
  return checkoutPage({
    core,
    session,
    form: emptyForm(core, session),
    refusal: lastRefusal(core, session),
    status: 200,
  });
}

export function submitCheckout({ core, id, form: sent }: PageCall): Reply {
  const session = core.store.sessions.get(id);
  if (session === undefined) return notFound();
  if (session.status !== "open") return afterwards(core, session);
  const form = readForm(core, session, sent);
  const fill = TEST_CARDS.find((card) => card.number === sent.get("fill"));
  if (fill) {
    const cvc = fill.brand === "amex" ? "1234" : "123";
    const filled = {
      ...form,
      method: "card" as const,
      number: groupDigits(fill.number),
      expiry: nextExpiry(core),
      cvc,
    };
    return checkoutPage({ core, session, form: filled, refusal: null, status: 200 });
  }
  const errors = checkBuyer(form);
  const taxId = readTaxId(form.tax_id, form.country);
  if (!taxId.ok) errors.tax_id = taxId.message;
  const { email, name, country, postal_code, business_name } = form;
  const tax_id = taxId.ok ? taxId.taxId : null;
  const typed = { email, name, country, postal_code, business_name, tax_id };
  core.store.transaction(() => core.store.checkouts.update(session.id, { typed }));
  const reading = readCard(form, new Date(core.clock.now()));
  const byCard = session.amount_total > 0 && form.method === "card";
  if (byCard && !reading.ok) Object.assign(errors, reading.errors);
  if (Object.keys(errors).length > 0) {
    return checkoutPage({ core, session, form, refusal: { kind: "fields", errors }, status: 422 });
  }
  const due = totalsFor(core, session, form).amount_total;
  if (session.automatic_tax.enabled && sent.get("shown") !== String(due)) {
    return checkoutPage({ core, session, form, refusal: { kind: "total_changed", total: due }, status: 409 });
  }
  const result = core.store.transaction(() => pay(core, session, form, typed, reading));
  if (result.outcome !== "declined") return afterwards(core, result.session, result.outcome === "challenge");
  return checkoutPage({ core, session, form, refusal: refusalOf(result.intent), status: 402 });
}

/** A code typed on the page: the page comes back with the new total, or with the reason. */
export function submitPromotion({ core, id, form: sent }: PageCall): Reply {
  const session = core.store.sessions.get(id);
  if (session === undefined) return notFound();
  if (session.status !== "open") return afterwards(core, session);
  const text = (sent.get("promotion_code") ?? "").trim().slice(0, 100);
  const result = core.store.transaction(() => promoteSession(core, session, text));
  if (result.ok) return backToForm(core, session);
  const refusal: Refusal = { kind: "fields", errors: { promotion_code: result.message } };
  return checkoutPage({
    core,
    session,
    form: { ...emptyForm(core, session), promotion_code: text },
    refusal,
    status: 422,
  });
}

function pay(
  core: Core,
  session: Session,
  form: CheckoutForm,
  buyer: Buyer,
  reading: ReturnType<typeof readCard>,
): PayResult {
  if (session.amount_total === 0) return payNothing(core, session, buyer);
  if (form.method === "debit") return payByDebit(core, session, form.debit, buyer);
  if (!reading.ok) throw new Error("the card was checked before");
  return payByCard(core, session, reading.card, buyer);
}

/** A failed 3-D Secure check leads back here; the page then says so, though nothing was posted to it. */
function lastRefusal(core: Core, session: Session): Refusal | null {
  const intent =
    session.payment_intent === null ? undefined : core.store.paymentIntents.get(session.payment_intent);
  return intent?.last_payment_error && intent.status === "requires_payment_method" ? refusalOf(intent) : null;
}

function refusalOf(intent: PaymentIntent): Refusal {
  const error = intent.last_payment_error;
  return {
    kind: "declined",
    code: error?.decline_code ?? error?.code ?? "generic_decline",
    message: error?.message ?? "",
  };
}

function emptyForm(core: Core, session: Session): CheckoutForm {
  const typed = core.store.checkouts.get(session.id)?.typed;
  const customer = session.customer === null ? undefined : core.store.customers.get(session.customer);
  return {
    email: fixedEmail(core, session) ?? typed?.email ?? "",
    name: typed?.name ?? customer?.name ?? "",
    country: typed?.country ?? customer?.address?.country ?? "US",
    postal_code: typed?.postal_code ?? customer?.address?.postal_code ?? "",
    method: "card",
    number: "",
    expiry: "",
    cvc: "",
    debit: "succeeds",
    business_name: typed?.business_name ?? "",
    tax_id: typed?.tax_id?.value ?? "",
    promotion_code: "",
  };
}

const DEBIT_OUTCOMES: readonly DebitOutcome[] = ["succeeds", "insufficient_funds", "account_closed", "waits"];

function readForm(core: Core, session: Session, sent: URLSearchParams): CheckoutForm {
  const text = (name: string, longest = 200) => (sent.get(name) ?? "").trim().slice(0, longest);
  const debit = DEBIT_OUTCOMES.find((outcome) => outcome === sent.get("debit")) ?? "succeeds";
  const offersDebit = session.payment_method_types.includes(debitTypeFor(session.currency) ?? "");
  const offersCard = session.payment_method_types.includes("card");
  const collects = session.tax_id_collection?.enabled === true;
  const wantsDebit = offersDebit && (sent.get("method") === "debit" || !offersCard);
  return {
    email: fixedEmail(core, session) ?? text("email"),
    name: text("name"),
    country: text("country", 2).toUpperCase(),
    postal_code: text("postal_code", 20),
    method: wantsDebit ? "debit" : "card",
    number: text("number", 40),
    expiry: text("expiry", 12),
    cvc: text("cvc", 6),
    debit,
    business_name: collects ? text("business_name") : "",
    tax_id: collects ? text("tax_id", 30) : "",
    promotion_code: "",
  };
}

function checkBuyer(form: CheckoutForm): Record<string, string> {
  const errors: Record<string, string> = {};
  if (!isEmailAddress(form.email)) {
    errors.email = form.email === "" ? "Enter your e-mail address." : "This e-mail address is incomplete.";
  }
  if (form.name === "") errors.name = "Enter the name.";
  if (!COUNTRIES.some(([code]) => code === form.country)) errors.country = "Choose a country.";
  return errors;
}

/** December of the year after next. */
function nextExpiry(core: Core): string {
  return `12 / ${String((new Date(core.clock.now()).getUTCFullYear() + 2) % 100).padStart(2, "0")}`;
}
