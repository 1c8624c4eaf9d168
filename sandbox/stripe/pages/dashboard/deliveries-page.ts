import type { Reply } from "../../http/server";
import type { DeliveryRow } from "../../store/rows";
import { html } from "../html";
import { when } from "../layout";
import type { PageCall } from "../page-call";
import { dashboardPage, empty, slice, table } from "./dashboard";
import { deliveryBadge } from "./labels";

const PATH = "/dashboard/deliveries";

/** The delivery log: every event on its way to every endpoint, newest first. */
export function listDeliveries({ core, query }: PageCall): Reply {
  const { rows, pager } = slice(core.store.deliveries.newestFirst(), query, PATH);
  const answer = ({ attempts }: DeliveryRow) => {
    const last = attempts.at(-1);
    return last === undefined ? "–" : (last.error ?? `HTTP ${last.status}`);
  };
  const body =
    rows.length === 0
      ? empty("Nothing was sent yet", "Events appear here as soon as an endpoint listens to them.")
      : table<DeliveryRow>(
          "Deliveries, newest first",
          [
            {
              head: "Event",
              cell: (one) => html`<a class="mono" href="/dashboard/events/${one.event}">${one.type}</a>`,
            },
            { head: "State", cell: (one) => deliveryBadge(one.state) },
            { head: "To", cell: (one) => html`<code>${one.url}</code>` },
            { head: "Answer", cell: answer },
            { head: "Attempts", cell: (one) => one.attempts.length, right: true },
            {
              head: "Next",
              cell: (one) =>
                one.next_attempt_at === null ? "–" : when(Math.floor(one.next_attempt_at / 1000)),
              right: true,
            },
          ],
          rows,
        );
  return dashboardPage({ title: "Deliveries", at: PATH, body: html`${body}${pager}` });
}
