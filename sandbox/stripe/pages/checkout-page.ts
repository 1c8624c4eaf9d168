import type { Core } from "../core";
import type { Reply } from "../http/server";
import { groupDigits, TEST_CARDS } from "../payments/cards";
import { couponLabel } from "../payments/coupons";
import { formatMoney } from "../payments/currency";
import { successUrl } from "../payments/finish-session";
import { DEBIT_LAST4, debitTypeFor } from "../payments/payment-methods";
import type { Session } from "../store/records";
import type { DebitOutcome } from "../store/rows";
import { type Totals, totalsFor } from "./checkout-totals";
import { COUNTRIES } from "./countries";
import { frameOf } from "./frame";
import { type Content, html, safeHref } from "./html";
import { icon } from "./icons";
import { page } from "./layout";

export interface CheckoutForm {
  email: string;
  name: string;
  country: string;
  postal_code: string;
  method: "card" | "debit";
  number: string;
  expiry: string;
  cvc: string;
  debit: DebitOutcome;
  business_name: string;
  tax_id: string;
  promotion_code: string;
}

export type Refusal =
  | { kind: "fields"; errors: Record<string, string> }
  | { kind: "declined"; code: string; message: string }
  /** The buyer had not seen this total yet; minor units. */
  | { kind: "total_changed"; total: number };

interface CheckoutView {
  core: Core;
  session: Session;
  form: CheckoutForm;
  refusal: Refusal | null;
  status: number;
}

/** What the buyer may do next, by decline code. */
const NEXT_STEPS: Record<string, string> = {
  expired_card: "The bank says it is no longer valid.",
  generic_decline: "The bank refused this payment and gave no reason.",
  incorrect_cvc: "Check the three digits on its back and try again.",
  insufficient_funds: "There is not enough money on it for this payment.",
  payment_intent_authentication_failure: "Your bank did not confirm the payment.",
  processing_error: "Try once more in a moment.",
};

const FIELD_IDS: Record<string, string> = {
  country: "country",
  cvc: "cvc",
  email: "email",
  expiry: "expiry",
  name: "name",
  number: "number",
  promotion_code: "promotion_code",
  tax_id: "tax_id",
};

export function checkoutPage(view: CheckoutView): Reply {
  const { core, session, status } = view;
  const totals = totalsFor(core, session, view.form);
  const total = formatMoney(totals.amount_total, session.currency);
  const cancel = safeHref(session.cancel_url);
  const shop = core.settings.shopName;
  const target = successUrl(session);
  const body = html`<div class="wrap grid">${summary(view, totals)}
<section class="pay" aria-label="Payment details">${payForm(view, totals, total)}</section>
${session.amount_total > 0 && session.payment_method_types.includes("card") && testCards()}</div>`;
  return page({
    title: view.refusal?.kind === "declined" ? "Payment refused" : `Pay ${total}`,
    header:
      cancel &&
      html`<header class="header"><div class="wrap"><a class="back" href="${cancel}">${icon("arrow-left")}Back to ${shop}</a></div></header>`,
    body,
    scripts: ["/assets/checkout.js"],
    frame: frameOf(session),
    formTargets: target === null ? [] : [new URL(target).origin],
    // In a frame, the console of the shop's page would report a declined card as a fault.
    status: session.ui_mode === "embedded_page" ? 200 : status,
  });
}

function summary(view: CheckoutView, totals: Totals): Content {
  const { core, session } = view;
  const checkout = core.store.checkouts.get(session.id);
  const money = (amount: number) => formatMoney(amount, session.currency);
  const coupon = core.store.coupons.get(session.discounts[0]?.coupon ?? "");
  const { amount_discount: discount } = session.total_details;
  return html`<section class="summary" aria-labelledby="sum"><h1 id="sum"><span class="small soft">Pay ${core.settings.shopName}</span><span class="amount num" data-total>${money(totals.amount_total)}</span></h1>
<ul class="items">${checkout?.line_items.map(
    (item) =>
      html`<li><span>${item.description}${item.quantity > 1 && html` <span class="muted">× ${item.quantity}</span>`}</span><span class="num">${money(item.amount_subtotal)}</span></li>`,
  )}</ul>
<dl class="sums" aria-live="polite"><div><dt>Subtotal</dt><dd>${money(session.amount_subtotal)}</dd></div>
${discount > 0 && html`<div><dt>Discount${coupon && html` ${couponLabel(coupon)}`}</dt><dd>${money(-discount)}</dd></div>`}
<div><dt data-tax-label>${totals.label}</dt><dd data-tax>${money(totals.amount_tax)}</dd></div>
<div class="total"><dt>Total due</dt><dd data-total>${money(totals.amount_total)}</dd></div></dl>
${session.allow_promotion_codes && session.discounts.length === 0 && promotionForm(view)}</section>`;
}

function payForm(view: CheckoutView, totals: Totals, total: string): Content {
  const { core, session, form, refusal } = view;
  const errors = refusal?.kind === "fields" ? refusal.errors : {};
  const fixed = fixedEmail(core, session) !== null;
  const free = session.amount_total === 0;
  const offersDebit = session.payment_method_types.includes(debitTypeFor(session.currency) ?? "");
  const offersCard = session.payment_method_types.includes("card");
  const action = free ? "Complete order" : `${submitVerb(session)} ${total}`;
  return html`<form id="pay" class="form" method="post" action="/c/pay/${session.id}" novalidate${session.automatic_tax.enabled && html` data-totals="/c/pay/${session.id}/totals"`}>
${refusal && notice(refusal, session)}
<input type="hidden" name="shown" value="${totals.amount_total}">
<div class="${errors.email ? "field field--error" : "field"}"><label for="email">E-mail address</label>
<input class="input" id="email" name="email" type="email" autocomplete="email" value="${form.email}"${fixed && html` readonly`}${describedBy("email", errors)}>${fieldError("email", errors)}</div>
${!free && offersDebit && offersCard && methodChoice(form)}
${!free && offersCard && cardFields(view, errors)}
${!free && offersDebit && debitFields(form)}
<div class="${errors.name ? "field field--error" : "field"}"><label for="name">${free ? "Name" : html`<span class="only-card">Name on the card</span><span class="only-debit">Name on the account</span>`}</label>
<input class="input" id="name" name="name" autocomplete="cc-name" value="${form.name}"${describedBy("name", errors)}>${fieldError("name", errors)}</div>
<div class="two"><div class="${errors.country ? "field field--error" : "field"}"><label for="country">Country</label>
<select class="select" id="country" name="country" autocomplete="country"${describedBy("country", errors)}>${COUNTRIES.map(
    ([code, name]) =>
      html`<option value="${code}"${code === form.country && html` selected`}>${name}</option>`,
  )}</select>${fieldError("country", errors)}</div>
<div class="field"><label for="postal_code">Postal code</label><input class="input num" id="postal_code" name="postal_code" autocomplete="postal-code" value="${form.postal_code}"></div></div>
${session.tax_id_collection?.enabled && businessFields(form, errors)}
<button class="button button--ink button--large button--block" type="submit" data-busy="Processing…">${icon(free ? "check" : "lock")}<span${!free && html` data-pay="${submitVerb(session)}"`}>${action}</span></button>
<p class="tiny muted center">${core.store.checkouts.get(session.id)?.custom_text ?? `By paying you place a binding order with ${core.settings.shopName}. In this sandbox it binds nobody.`}</p></form>`;
}

function submitVerb(session: Session): string {
  const verbs: Record<string, string> = { book: "Book for", donate: "Donate" };
  return verbs[session.submit_type ?? "pay"] ?? "Pay";
}

function promotionForm({ session, form, refusal }: CheckoutView): Content {
  const errors = refusal?.kind === "fields" ? refusal.errors : {};
  return html`<form class="promotion" method="post" action="/c/pay/${session.id}/promotion"><div class="${errors.promotion_code ? "field field--error" : "field"}"><label for="promotion_code">Promotion code</label><div class="row"><input class="input" id="promotion_code" name="promotion_code" autocomplete="off" value="${form.promotion_code}"${describedBy("promotion_code", errors)}><button class="button button--secondary">Apply</button></div>${fieldError("promotion_code", errors)}</div></form>`;
}

/** Open at once when something in it is filled or wrong. */
function businessFields(form: CheckoutForm, errors: Record<string, string>): Content {
  const open = form.business_name !== "" || form.tax_id !== "" || errors.tax_id !== undefined;
  return html`<details class="business"${open && html` open`}><summary>I am buying as a business</summary><div class="two"><div class="field"><label for="business_name">Business name</label><input class="input" id="business_name" name="business_name" autocomplete="organization" value="${form.business_name}"></div>
<div class="${errors.tax_id ? "field field--error" : "field"}"><label for="tax_id">Tax ID</label><input class="input num" id="tax_id" name="tax_id" autocomplete="off" value="${form.tax_id}"${describedBy("tax_id", errors)}>${fieldError("tax_id", errors)}</div></div></details>`;
}

function notice(refusal: Refusal, session: Session): Content {
  if (refusal.kind === "total_changed") {
    return html`<div class="notice" role="alert" tabindex="-1" id="notice">${icon("circle-alert")}<div><h2>The total is now ${formatMoney(refusal.total, session.currency)}</h2><p>It includes the tax of the country you chose. You have not been charged. Send the form once more to pay it.</p></div></div>`;
  }
  if (refusal.kind === "declined") {
    return html`<div class="notice notice--danger" role="alert" tabindex="-1" id="notice">${icon("circle-alert")}<div><h2>${refusal.message.replace(/\.$/, "")}</h2><p>${NEXT_STEPS[refusal.code] ?? "The bank refused this payment."} You were not charged. <a href="#number">Try another card</a> or ask your bank.</p></div></div>`;
  }
  const entries = Object.entries(refusal.errors);
  return html`<div class="notice notice--danger" role="alert" tabindex="-1" id="notice">${icon("circle-alert")}<div><h2>${entries.length === 1 ? "One field needs a look" : `${entries.length} fields need a look`}</h2><ul>${entries.map(
    ([name, message]) => html`<li><a href="#${FIELD_IDS[name] ?? "pay"}">${message}</a></li>`,
  )}</ul></div></div>`;
}

function methodChoice(form: CheckoutForm): Content {
  const radio = (value: CheckoutForm["method"]) =>
    html`<input type="radio" name="method" id="method-${value}" value="${value}"${form.method === value && html` checked`}>`;
  return html`<fieldset class="field"><legend>Pay with</legend><div class="segmented"><label>${radio("card")}${icon("credit-card")}Card</label><label>${radio("debit")}${icon("landmark")}Bank debit</label></div></fieldset>`;
}

function cardFields({ form, refusal }: CheckoutView, errors: Record<string, string>): Content {
  const declined = refusal?.kind === "declined" && form.number !== "";
  const shown = declined ? { number: "Declined by the bank. Use another card." } : errors;
  const wrong = ["number", "expiry", "cvc"].some((name) => name in shown);
  const input = (name: "number" | "expiry" | "cvc", label: string, autocomplete: string, hint: string) =>
    html`<label class="visually-hidden" for="${name}">${label}</label><input class="input num" id="${name}" name="${name}" inputmode="numeric" autocomplete="${autocomplete}" placeholder="${hint}" value="${form[name]}"${describedBy(name, shown)}>`;
  return html`<fieldset class="${wrong ? "field field--error only-card" : "field only-card"}"><legend>Card</legend><div class="card-fields">${input("number", "Card number", "cc-number", "1234 1234 1234 1234")}${input("expiry", "Expiry date, month and year", "cc-exp", "MM / YY")}${input("cvc", "Security code", "cc-csc", "Security code")}</div>
${["number", "expiry", "cvc"].map((name) => fieldError(name, shown))}</fieldset>`;
}

const DEBIT_LABELS: readonly [DebitOutcome, string][] = [
  ["succeeds", "pays after a moment"],
  ["insufficient_funds", "has insufficient funds"],
  ["account_closed", "has been closed"],
  ["waits", "waits for the dashboard"],
];

function debitFields(form: CheckoutForm): Content {
  return html`<div class="field only-debit"><label for="debit">Test account</label><select class="select" id="debit" name="debit">${DEBIT_LABELS.map(
    ([value, label]) =>
      html`<option value="${value}"${value === form.debit && html` selected`}>Ends in ${DEBIT_LAST4[value]}: ${label}</option>`,
  )}</select><p class="help">A bank debit takes a moment. The order is confirmed when the money has come.</p></div>`;
}

function describedBy(name: string, errors: Record<string, string>): Content {
  return errors[name] !== undefined && html` aria-invalid="true" aria-describedby="${name}-error"`;
}

function fieldError(name: string, errors: Record<string, string>): Content {
  const message = errors[name];
  return (
    message !== undefined && html`<p class="error" id="${name}-error">${icon("circle-alert")}${message}</p>`
  );
}

/** Works without a script too: the button sends the form with the card to fill in, and the page comes back filled. */
function testCards(): Content {
  const shown = TEST_CARDS.filter((card) => ["4242", "0002", "9995", "3184"].includes(card.number.slice(-4)));
  return html`<details class="test-cards only-card" open><summary><h2>Test cards</h2>${icon("chevron-down")}</summary><ul>${shown.map(
    (card) =>
      html`<li><button type="submit" form="pay" name="fill" value="${card.number}" class="fill"><span class="num">${groupDigits(card.number)}</span><span>${card.does}</span></button></li>`,
  )}</ul><p class="tiny muted">Any future date, any three digits. <a href="/test-cards">All test cards</a></p></details>`;
}

/** An address the shop has given cannot be changed by the buyer. */
export function fixedEmail(core: Core, session: Session): string | null {
  const customer = session.customer === null ? undefined : core.store.customers.get(session.customer);
  return session.customer_email ?? customer?.email ?? null;
}
