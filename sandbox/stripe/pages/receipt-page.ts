import type { Reply } from "../http/server";
import { formatMoney } from "../payments/currency";
import { taxBreakdown } from "../payments/tax";
import { taxLabel } from "./checkout-totals";
import { methodLabel } from "./dashboard/labels";
import { html } from "./html";
import { page, when } from "./layout";
import { notFound, type PageCall } from "./page-call";

export function showReceipt({ core, id }: PageCall): Reply {
  const charge = core.store.charges.get(id);
  if (charge === undefined || charge.receipt_url === null) return notFound();
  const session = core.store.sessions.where("payment_intent", charge.payment_intent)[0];
  const items = session ? core.store.checkouts.get(session.id)?.line_items : undefined;
  const refunds = core.store.refunds
    .where("charge", id)
    .filter((one) => one.status !== "failed" && one.status !== "canceled");
  const money = (amount: number) => formatMoney(amount, charge.currency);
  const discount = session?.total_details.amount_discount ?? 0;
  const tax = session?.total_details.amount_tax ?? 0;
  const taxes = taxBreakdown((session && core.store.checkouts.get(session.id)?.taxes) ?? {});
  const paid = charge.status === "succeeded";
  const body = html`<div class="wrap receipt"><section aria-labelledby="receipt"><h1 id="receipt"><span class="small soft">${paid ? "Receipt from" : "Payment to"} ${core.settings.shopName}</span><span class="amount num">${money(charge.amount)}</span></h1>
<dl class="facts"><div><dt>${paid ? "Paid" : "Started"}</dt><dd>${when(charge.created)}</dd></div><div><dt>Method</dt><dd>${methodLabel(charge.payment_method_details)}</dd></div><div><dt>Buyer</dt><dd>${charge.billing_details.email}</dd></div><div><dt>Status</dt><dd>${paid ? "Paid" : charge.status === "pending" ? "On its way" : "Failed"}</dd></div></dl>
<ul class="items">${items?.map((item) => html`<li><span>${item.description}</span><span class="num">${money(item.amount_subtotal)}</span></li>`)}</ul>
<dl class="sums">${discount > 0 && html`<div><dt>Discount</dt><dd>${money(-discount)}</dd></div>`}${tax > 0 && html`<div><dt>${taxLabel(taxes)}</dt><dd>${money(tax)}</dd></div>`}<div class="total"><dt>Total</dt><dd>${money(charge.amount)}</dd></div>
${refunds.map((refund) => html`<div><dt>${refund.status === "pending" ? "Refund on its way" : "Refunded"}, ${when(refund.created)}</dt><dd>${money(-refund.amount)}</dd></div>`)}</dl></section></div>`;
  return page({ title: `Receipt ${money(charge.amount)}`, body });
}
