import type { Reply } from "../../http/server";
import { formatMoney } from "../../payments/currency";
import type { Customer, PaymentIntent } from "../../store/records";
import { type Content, html } from "../html";
import { when } from "../layout";
import { notFound, type PageCall } from "../page-call";
import { dashboardPage, empty, facts, slice, table } from "./dashboard";
import { badge, paymentBadge } from "./labels";

const PATH = "/dashboard/customers";

export function listCustomers({ core, query }: PageCall): Reply {
  const { rows, pager } = slice(core.store.customers.newestFirst(), query, PATH);
  const body =
    rows.length === 0
      ? empty("No customers yet", "The shop makes one at the first checkout of a learner.")
      : table<Customer>(
          "Customers, newest first",
          [
            {
              head: "Customer",
              cell: (one) =>
                html`<a class="strong" href="${PATH}/${one.id}">${one.name ?? one.email ?? one.id}</a>${one.deleted && html` ${badge("Deleted", "plain")}`}`,
            },
            { head: "E-mail", cell: (one) => one.email ?? "–" },
            {
              head: "Payments",
              cell: (one) => core.store.paymentIntents.where("customer", one.id).length,
              right: true,
            },
            { head: "Made", cell: (one) => when(one.created), right: true },
          ],
          rows,
        );
  return dashboardPage({ title: "Customers", at: PATH, body: html`${body}${pager}` });
}

export function showCustomer({ core, id }: PageCall): Reply {
  const customer = core.store.customers.get(id);
  if (customer === undefined) return notFound();
  const payments = core.store.paymentIntents.where("customer", id).reverse();
  const body = html`<p class="headline"><span class="amount">${customer.name ?? customer.email ?? customer.id}</span>${customer.deleted && html` ${badge("Deleted", "plain")}`}</p>
${facts([
  ["Customer", html`<code>${customer.id}</code>`],
  ["E-mail", customer.email ?? "–"],
  ["Made", when(customer.created)],
  ...Object.entries(customer.metadata).map(([name, value]): [string, Content] => [
    name,
    html`<code>${value}</code>`,
  ]),
])}
<h2>Payments</h2>${
    payments.length === 0
      ? html`<p class="soft">None yet.</p>`
      : table<PaymentIntent>(
          "Payments of this customer, newest first",
          [
            {
              head: "Amount",
              cell: (one) =>
                html`<a class="strong num" href="/dashboard/payments/${one.id}">${formatMoney(one.amount, one.currency)}</a>`,
            },
            { head: "Status", cell: (one) => paymentBadge(core, one) },
            { head: "Made", cell: (one) => when(one.created), right: true },
          ],
          payments,
        )
  }`;
  return dashboardPage({ title: "Customer", at: PATH, body });
}
