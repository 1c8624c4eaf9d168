import type { Reply } from "../../http/server";
import { formatMoney } from "../../payments/currency";
import type { PaymentIntent } from "../../store/records";
import { html } from "../html";
import { when } from "../layout";
import type { PageCall } from "../page-call";
import { dashboardPage, empty, slice, table } from "./dashboard";
import { methodLabel, paymentBadge } from "./labels";

const PATH = "/dashboard/payments";

export function listPayments({ core, query }: PageCall): Reply {
  const { rows, pager } = slice(core.store.paymentIntents.newestFirst(), query, PATH);
  const charge = (intent: PaymentIntent) => core.store.charges.get(intent.latest_charge ?? "");
  const body =
    rows.length === 0
      ? empty(
          "No payments yet",
          html`Buy a course in the shop and pay with a <a href="/test-cards">test card</a>: the payment appears here.`,
        )
      : table<PaymentIntent>(
          "Payments, newest first",
          [
            {
              head: "Amount",
              cell: (one) =>
                html`<a class="strong num" href="${PATH}/${one.id}">${formatMoney(one.amount, one.currency)}</a>`,
            },
            { head: "Status", cell: (one) => paymentBadge(core, one) },
            { head: "Method", cell: (one) => methodText(charge(one)) },
            { head: "Buyer", cell: (one) => charge(one)?.billing_details.email ?? "–" },
            {
              head: "Order",
              cell: (one) => one.metadata.order_number ?? one.description ?? one.metadata.order_id ?? "–",
            },
            { head: "Made", cell: (one) => when(one.created), right: true },
          ],
          rows,
        );
  return dashboardPage({ title: "Payments", at: PATH, body: html`${body}${pager}` });
}

function methodText(charge: { payment_method_details: { type: string } } | undefined): string {
  return charge ? methodLabel(charge.payment_method_details) : "–";
}
