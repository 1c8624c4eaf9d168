import type { Reply } from "../http/server";
import { formatMoney } from "../payments/currency";
import { taxLabel } from "./checkout-totals";
import { html } from "./html";
import { page, when } from "./layout";
import { notFound, type PageCall } from "./page-call";

/** The billing summary that `hosted_invoice_url` leads to. */
export function showInvoice({ core, id }: PageCall): Reply {
  const invoice = core.store.invoices.get(id);
  if (invoice === undefined) return notFound();
  const money = (amount: number) => formatMoney(amount, invoice.currency);
  const discount = invoice.total_discount_amounts.reduce((sum, one) => sum + one.amount, 0);
  const taxes = invoice.total_taxes.flatMap((tax) => {
    const rate = core.store.taxRates.get(tax.tax_rate_details.tax_rate);
    return rate ? [{ ...tax, rate }] : [];
  });
  const taxId = invoice.customer_tax_ids[0]?.value;
  const body = html`<div class="wrap receipt"><section aria-labelledby="invoice"><h1 id="invoice"><span class="small soft">Invoice ${invoice.number} from ${invoice.account_name}</span><span class="amount num">${money(invoice.total)}</span></h1>
<dl class="facts"><div><dt>Paid</dt><dd>${when(invoice.status_transitions.paid_at)}</dd></div><div><dt>Buyer</dt><dd>${invoice.customer_name ?? invoice.customer_email}</dd></div><div><dt>E-mail</dt><dd>${invoice.customer_email}</dd></div>${invoice.customer_address?.country && html`<div><dt>Country</dt><dd>${invoice.customer_address.country}</dd></div>`}${taxId && html`<div><dt>Tax ID</dt><dd class="num">${taxId}</dd></div>`}</dl>
<ul class="items">${invoice.lines.data.map((line) => html`<li><span>${line.description}</span><span class="num">${money(line.amount)}</span></li>`)}</ul>
<dl class="sums"><div><dt>Subtotal</dt><dd>${money(invoice.subtotal)}</dd></div>${discount > 0 && html`<div><dt>Discount</dt><dd>${money(-discount)}</dd></div>`}
${taxes.map((tax) => html`<div><dt>${taxLabel([tax])}</dt><dd>${money(tax.amount)}</dd></div>`)}
<div class="total"><dt>Total</dt><dd>${money(invoice.total)}</dd></div></dl>${invoice.footer && html`<p class="tiny muted">${invoice.footer}</p>`}</section></div>`;
  return page({ title: `Invoice ${invoice.number}`, body });
}
