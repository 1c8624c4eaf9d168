import type { Core } from "../../core";
import type { Reply } from "../../http/server";
import type { StripeEvent } from "../../store/records";
import type { DeliveryRow } from "../../store/rows";
import { type Content, html } from "../html";
import { redirect, when } from "../layout";
import { notFound, type PageCall } from "../page-call";
import { button, dashboardPage, doneNotice, empty, facts, slice, table } from "./dashboard";
import { badge, deliveryBadge } from "./labels";

const PATH = "/dashboard/events";

export function listEvents({ core, query }: PageCall): Reply {
  const { rows, pager } = slice(core.store.events.newestFirst(), query, PATH);
  const body =
    rows.length === 0
      ? empty(
          "No events yet",
          "Every payment, refund and expiry writes events; they are sent to the shop's webhook.",
        )
      : eventTable(core, rows, "Events, newest first");
  return dashboardPage({ title: "Events", at: PATH, body: html`${body}${pager}` });
}

export function eventTable(core: Core, events: readonly StripeEvent[], caption: string): Content {
  if (events.length === 0) return html`<p class="soft">None yet.</p>`;
  return table<StripeEvent>(
    caption,
    [
      { head: "Type", cell: (one) => html`<a class="mono" href="${PATH}/${one.id}">${one.type}</a>` },
      { head: "Delivery", cell: (one) => deliveryState(core, one) },
      { head: "Made", cell: (one) => when(one.created), right: true },
    ],
    events,
  );
}

function deliveryState(core: Core, event: StripeEvent): Content {
  const deliveries = core.store.deliveries.where("event", event.id);
  const last = deliveries.at(-1);
  if (last === undefined) return badge("No endpoint", "plain");
  const attempts = deliveries.reduce((sum, one) => sum + one.attempts.length, 0);
  return html`${deliveryBadge(last.state)}${attempts > 1 && html` <span class="muted tiny">${attempts} attempts</span>`}`;
}

export function showEvent({ core, id, query }: PageCall): Reply {
  const event = core.store.events.get(id);
  if (event === undefined) return notFound();
  const shown = core.events.shown(event);
  const deliveries = core.store.deliveries.where("event", id);
  const body = html`${doneNotice(query)}
<p class="headline"><span class="amount mono">${event.type}</span></p>
${facts([
  ["Event", html`<code>${event.id}</code>`],
  ["Made", when(event.created)],
  ["Not delivered yet", shown.pending_webhooks],
  event.request.id === null ? null : ["Caused by request", html`<code>${event.request.id}</code>`],
])}
<section class="actions" aria-label="Deliveries"><h2>Deliveries</h2>${
    deliveries.length === 0
      ? html`<p class="soft">No endpoint listens to this type.</p>`
      : html`${deliveries.map(deliveryPanel)}`
  }${button(`${PATH}/${id}/resend`, "Send again")}</section>
<h2>Payload</h2><pre class="panel payload" tabindex="0">${JSON.stringify(shown, null, 2)}</pre>`;
  return dashboardPage({ title: "Event", at: PATH, body });
}

function deliveryPanel(delivery: DeliveryRow): Content {
  return html`<div class="panel delivery"><p class="row">${deliveryBadge(delivery.state)}<code>${delivery.url}</code></p>
${
  delivery.attempts.length > 0 &&
  html`<ol>${delivery.attempts.map(
    (one) =>
      html`<li><span>${when(Math.floor(one.at / 1000))}</span><span>${one.status === null ? one.error : `HTTP ${one.status}`}</span><span class="muted">${one.duration_ms} ms</span>${one.response !== "" && html`<code>${one.response}</code>`}</li>`,
  )}</ol>`
}${delivery.next_attempt_at !== null && html`<p class="muted tiny">Next attempt ${when(Math.floor(delivery.next_attempt_at / 1000))}</p>`}</div>`;
}

export function resendEvent({ core, id }: PageCall): Reply {
  const event = core.store.events.get(id);
  if (event === undefined) return notFound();
  core.store.transaction(() => {
    for (const endpoint of core.store.endpoints.oldestFirst()) core.events.queue(event, endpoint);
  });
  return redirect(`${PATH}/${id}?done=resent`);
}
