import type { Reply } from "../../http/server";
import { formatMoney } from "../../payments/currency";
import { expireSession } from "../../payments/finish-session";
import type { Session } from "../../store/records";
import { type Content, html } from "../html";
import { redirect, when } from "../layout";
import { notFound, type PageCall } from "../page-call";
import { button, dashboardPage, doneNotice, empty, facts, slice, table } from "./dashboard";
import { eventTable } from "./events-page";
import { sessionBadge } from "./labels";

const PATH = "/dashboard/sessions";

export function listSessions({ core, query }: PageCall): Reply {
  const { rows, pager } = slice(core.store.sessions.newestFirst(), query, PATH);
  const body =
    rows.length === 0
      ? empty(
          "No checkout sessions yet",
          "The shop makes one when somebody goes from the cart to the payment page.",
        )
      : table<Session>(
          "Checkout sessions, newest first",
          [
            {
              head: "Total",
              cell: (one) =>
                html`<a class="strong num" href="${PATH}/${one.id}">${formatMoney(one.amount_total, one.currency)}</a>`,
            },
            { head: "Status", cell: sessionBadge },
            { head: "Buyer", cell: emailOf },
            { head: "Reference", cell: (one) => one.metadata.order_number ?? one.client_reference_id ?? "–" },
            { head: "Made", cell: (one) => when(one.created), right: true },
          ],
          rows,
        );
  return dashboardPage({ title: "Checkout sessions", at: PATH, body: html`${body}${pager}` });
}

function emailOf(session: Session): string {
  const { email }: { email?: string | null } = { ...session.customer_details };
  return email ?? session.customer_email ?? "–";
}

export function showSession({ core, id, query }: PageCall): Reply {
  const session = core.store.sessions.get(id);
  if (session === undefined) return notFound();
  const items = core.store.checkouts.get(id)?.line_items ?? [];
  const events = core.store.events
    .newestFirst()
    .filter((event) => "id" in event.data.object && event.data.object.id === id);
  const money = (amount: number) => formatMoney(amount, session.currency);
  const body = html`${doneNotice(query)}
<p class="headline"><span class="amount num">${money(session.amount_total)}</span> ${sessionBadge(session)}</p>
${facts([
  ["Session", html`<code>${session.id}</code>`],
  session.url === null ? null : ["Payment page", html`<a href="/c/pay/${id}">Open the payment page</a>`],
  session.ui_mode === "embedded_page" ? ["Shown", "In a frame of the shop's own page"] : null,
  session.payment_intent === null
    ? null
    : [
        "Payment",
        html`<a href="/dashboard/payments/${session.payment_intent}">${session.payment_intent}</a>`,
      ],
  session.invoice === null
    ? null
    : ["Invoice", html`<a href="/invoices/${session.invoice}">${session.invoice}</a>`],
  ["Made", when(session.created)],
  ["Expires", when(session.expires_at)],
  session.client_reference_id === null
    ? null
    : ["Reference", html`<code>${session.client_reference_id}</code>`],
  ...Object.entries(session.metadata).map(([name, value]): [string, Content] => [
    name,
    html`<code>${value}</code>`,
  ]),
])}
${session.status === "open" && html`<section class="actions" aria-label="Expire"><p class="soft">Nobody can pay an expired session.</p>${button(`${PATH}/${id}/expire`, "Expire now", true)}</section>`}
<h2>Line items</h2>${table(
    "Line items",
    [
      { head: "Item", cell: (one) => one.description },
      { head: "Quantity", cell: (one) => one.quantity, right: true },
      { head: "Subtotal", cell: (one) => money(one.amount_subtotal), right: true },
      { head: "Discount", cell: (one) => money(-one.amount_discount), right: true },
      { head: "Tax", cell: (one) => money(one.amount_tax), right: true },
      { head: "Total", cell: (one) => money(one.amount_total), right: true },
    ],
    items,
  )}
<h2>Events</h2>${eventTable(core, events, "Events of this session")}`;
  return dashboardPage({ title: "Checkout session", at: PATH, body });
}

export function endSession({ core, id }: PageCall): Reply {
  const session = core.store.sessions.get(id);
  if (session === undefined) return notFound();
  if (session.status === "open") core.store.transaction(() => expireSession(core, session));
  return redirect(`${PATH}/${id}${session.status === "open" ? "?done=expired" : ""}`);
}
