import type { Core } from "../../core";
import type { Reply } from "../../http/server";
import { formatMoney } from "../../payments/currency";
import { isClosed } from "../../payments/disputes";
import type { Charge, PaymentIntent, Refund } from "../../store/records";
import { type Content, html } from "../html";
import { icon } from "../icons";
import { when } from "../layout";
import { notFound, type PageCall } from "../page-call";
import { button, dashboardPage, doneNotice, facts, table } from "./dashboard";
import { eventTable } from "./events-page";
import { disputeBadge, methodLabel, paymentBadge, refundBadge } from "./labels";

export function showPayment({ core, id, query }: PageCall): Reply {
  const intent = core.store.paymentIntents.get(id);
  return intent === undefined ? notFound() : paymentPage(core, intent, doneNotice(query), 200);
}

/** The refusal of a refund comes back to this page, with its reason. */
export function refusedPage(core: Core, intent: PaymentIntent, reason: string): Reply {
  const text = html`<p class="notice notice--danger" role="alert">${icon("circle-alert")}<span>${reason}</span></p>`;
  return paymentPage(core, intent, text, 422);
}

function paymentPage(core: Core, intent: PaymentIntent, notice: Content, status: number): Reply {
  const { store } = core;
  const charges = store.charges.where("payment_intent", intent.id).reverse();
  const paid = charges.find((charge) => charge.status === "succeeded");
  const session = store.sessions.where("payment_intent", intent.id)[0];
  const money = (amount: number) => formatMoney(amount, intent.currency);
  const body = html`${notice}
<p class="headline"><span class="amount num">${money(intent.amount)}</span> ${paymentBadge(core, intent)}</p>
${facts([
  ["Payment", html`<code>${intent.id}</code>`],
  session ? ["Session", html`<a href="/dashboard/sessions/${session.id}">Checkout session</a>`] : null,
  intent.customer === null
    ? null
    : ["Customer", html`<a href="/dashboard/customers/${intent.customer}">${intent.customer}</a>`],
  charges[0] ? ["Buyer", charges[0].billing_details.email] : null,
  ["Made", when(intent.created)],
  ...Object.entries(intent.metadata).map(([name, value]): [string, Content] => [
    name,
    html`<code>${value}</code>`,
  ]),
])}
${intent.status === "processing" && debitButtons(intent)}
${paid && refundForm(paid)}
${attempts(charges)}
${refunds(core, intent)}
${disputes(core, intent, paid)}
<h2>Events</h2>${eventTable(core, eventsAbout(core, intent), "Events of this payment")}`;
  return dashboardPage({ title: "Payment", at: "/dashboard/payments", body, status });
}

function debitButtons(intent: PaymentIntent): Content {
  const path = `/dashboard/payments/${intent.id}`;
  return html`<section class="actions" aria-label="Bank debit"><h2>The money is on its way</h2><p class="soft">In the world this takes days. Here you decide how it ends.</p><div class="row">${button(`${path}/settle`, "Let it succeed")}${button(`${path}/fail`, "Let it fail", true)}</div></section>`;
}

function refundForm(charge: Charge): Content {
  const left = charge.amount_captured - charge.amount_refunded;
  if (left === 0 || charge.disputed) return null;
  const shown = formatMoney(left, charge.currency).replace(/[^\d.]/g, "");
  return html`<section class="actions" aria-labelledby="refund"><h2 id="refund">Refund</h2><form class="inline" method="post" action="/dashboard/payments/${charge.payment_intent}/refund">
<div class="field"><label for="amount">Amount in ${charge.currency.toUpperCase()}</label><input class="input num" id="amount" name="amount" inputmode="decimal" value="${shown}"><p class="help">Up to ${formatMoney(left, charge.currency)}; less makes a partial refund.</p></div>
<div class="field"><label for="reason">Reason</label><select class="select" id="reason" name="reason"><option value="requested_by_customer">Requested by the customer</option><option value="duplicate">Duplicate</option><option value="fraudulent">Fraudulent</option></select></div>
<button class="button button--ink">${icon("undo")}Refund</button></form></section>`;
}

function attempts(charges: readonly Charge[]): Content {
  if (charges.length === 0) return null;
  const columns = [
    { head: "Attempt", cell: (one: Charge) => when(one.created) },
    { head: "Method", cell: (one: Charge) => methodLabel(one.payment_method_details) },
    {
      head: "Result",
      cell: (one: Charge) => one.failure_message ?? (one.status === "pending" ? "On its way" : "Succeeded"),
    },
    {
      head: "Receipt",
      cell: (one: Charge) =>
        one.status === "failed" ? "–" : html`<a href="/receipts/${one.id}">Receipt</a>`,
    },
  ];
  return html`<h2>Attempts</h2>${table("Attempts, newest first", columns, charges)}`;
}

function refunds(core: Core, intent: PaymentIntent): Content {
  const rows = core.store.refunds.where("payment_intent", intent.id).reverse();
  if (rows.length === 0) return null;
  const path = `/dashboard/payments/${intent.id}`;
  const columns = [
    {
      head: "Refund",
      cell: (one: Refund) => html`<span class="num strong">${formatMoney(one.amount, one.currency)}</span>`,
    },
    { head: "Status", cell: (one: Refund) => refundBadge(one) },
    { head: "Made", cell: (one: Refund) => when(one.created) },
    {
      head: "Change",
      cell: (one: Refund) =>
        html`<div class="row">${one.status === "pending" && button(`${path}/settle-refund?refund=${one.id}`, "Let it arrive")}${
          (one.status === "pending" || one.status === "succeeded") &&
          button(`${path}/fail-refund?refund=${one.id}`, "Let it fail", true)
        }</div>`,
    },
  ];
  return html`<h2>Refunds</h2>${table("Refunds, newest first", columns, rows)}`;
}

function disputes(core: Core, intent: PaymentIntent, paid: Charge | undefined): Content {
  const dispute = core.store.disputes.where("payment_intent", intent.id)[0];
  const path = `/dashboard/payments/${intent.id}`;
  if (dispute === undefined) {
    if (!paid) return null;
    return html`<section class="actions" aria-label="Dispute"><h2>Dispute</h2><p class="soft">The buyer's bank takes the money back and asks for evidence.</p>${button(`${path}/dispute`, html`${icon("gavel")}Open a dispute`)}</section>`;
  }
  const verdict = html`<div class="row">${button(`${path}/win`, "Decide for the shop")}${button(`${path}/lose`, "Decide for the buyer", true)}</div>`;
  return html`<section class="actions" aria-label="Dispute"><h2>Dispute</h2><p>${disputeBadge(dispute)} <span class="soft">${formatMoney(dispute.amount, dispute.currency)}, ${dispute.reason}, ${when(dispute.created)}</span></p>${!isClosed(dispute) && verdict}</section>`;
}

function eventsAbout(core: Core, intent: PaymentIntent) {
  const { store } = core;
  const ids = new Set([
    intent.id,
    ...store.charges.where("payment_intent", intent.id).map((one) => one.id),
    ...store.refunds.where("payment_intent", intent.id).map((one) => one.id),
    ...store.disputes.where("payment_intent", intent.id).map((one) => one.id),
    ...store.sessions.where("payment_intent", intent.id).map((one) => one.id),
  ]);
  return store.events
    .newestFirst()
    .filter((event) => "id" in event.data.object && ids.has(String(event.data.object.id)));
}
