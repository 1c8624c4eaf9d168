/** What can go wrong with a payment provider, ordered by hand: the same faults that tests order over the control API. */
import { type ClockOrder, moveClock } from "../../control/clock";
import type { Fault, FaultKind } from "../../control/faults";
import type { Reply } from "../../http/server";
import type { DeliveryFault, DeliveryFaultOrder } from "../../webhooks/delivery-faults";
import { type Content, html } from "../html";
import { redirect, when } from "../layout";
import { notFound, type PageCall } from "../page-call";
import { button, dashboardPage, doneNotice, facts, table } from "./dashboard";

const PATH = "/dashboard/faults";

const CALL_FAULTS: readonly (readonly [FaultKind, string])[] = [
  ["error_500", "answers 500"],
  ["error_429", "answers 429, too many requests"],
  ["reset", "resets the connection"],
  ["hang", "does not answer for a minute"],
  ["truncated", "breaks off in the middle of the answer"],
  ["slow", "takes a second longer"],
];

const CALLS: readonly (readonly [string, string])[] = [
  ["/v1/**", "any call"],
  ["/v1/checkout/sessions", "making or listing checkout sessions"],
  ["/v1/checkout/sessions/*", "reading a checkout session"],
  ["/v1/checkout/sessions/*/expire", "expiring a checkout session"],
  ["/v1/customers", "making a customer"],
  ["/v1/refunds", "making or listing refunds"],
];

const DELIVERY_FAULTS: readonly (readonly [DeliveryFaultOrder["kind"], string])[] = [
  ["duplicate", "is sent several times at once"],
  ["delay", "comes later"],
  ["drop", "never comes"],
  ["hold", "waits for its release, in any order"],
  ["stale", "is signed ten minutes ago"],
];

export function showFaults({ core, parts, query }: PageCall): Reply {
  const held = core.store.deliveries.where("state", "held");
  const body = html`${doneNotice(query)}<p class="soft lead">A shop must not lose or double a cent whatever its payment provider does. Here you make it do it.</p>
<section class="actions" aria-labelledby="calls"><h2 id="calls">Calls of the shop</h2><form class="inline" method="post" action="${PATH}/call">
${select("path", "When the shop is", CALLS)}${select("kind", "the sandbox", CALL_FAULTS)}
${select("when", "and the call", [
  ["before", "has no effect"],
  ["after", "takes effect, only the answer is lost"],
])}${count("times", "How many times", 1)}<button class="button button--ink">Order</button></form>
${callTable(parts.faults.list())}</section>
<section class="actions" aria-labelledby="deliveries"><h2 id="deliveries">Events on their way to the shop</h2><form class="inline" method="post" action="${PATH}/delivery">
${select("kind", "The next event", DELIVERY_FAULTS)}<div class="field"><label for="types">Only of these types</label><input class="input" id="types" name="types" placeholder="all"><p class="help">Separated by spaces, such as checkout.session.completed.</p></div>
${count("copies", "Copies, or seconds of delay", 3)}${count("times", "How many events", 1)}<button class="button button--ink">Order</button></form>
${deliveryTable(parts.deliveryFaults.list())}${
  held.length > 0 &&
  html`<p>${held.length} ${held.length === 1 ? "delivery waits" : "deliveries wait"}.</p><div class="row">${button(`${PATH}/release`, "Release, oldest first")}${button(`${PATH}/release?order=newest`, "Release, newest first")}</div>`
}</section>
<section class="actions" aria-labelledby="clock"><h2 id="clock">Clock</h2>${facts([
    ["The sandbox's time", when(core.clock.seconds())],
    ["State", core.clock.frozen ? "Stands still" : core.clock.offset === 0 ? "Real time" : "Shifted"],
  ])}<div class="row">${button(`${PATH}/clock?move=hour`, "An hour on")}${button(`${PATH}/clock?move=day`, "A day on")}${
    core.clock.frozen
      ? button(`${PATH}/clock?move=run`, "Let it run")
      : button(`${PATH}/clock?move=stop`, "Stop it")
  }${button(`${PATH}/clock?move=reset`, "Real time")}</div><p class="soft">Sessions expire, debits settle and webhooks are tried again by this clock.</p></section>`;
  return dashboardPage({ title: "Faults", at: PATH, body });
}

function select(name: string, label: string, options: readonly (readonly [string, string])[]): Content {
  return html`<div class="field"><label for="${name}-${options[0]?.[0]}">${label}</label><select class="select" id="${name}-${options[0]?.[0]}" name="${name}">${options.map(([value, text]) => html`<option value="${value}">${text}</option>`)}</select></div>`;
}

function count(name: string, label: string, value: number): Content {
  const id = `${name}-${label.length}`;
  return html`<div class="field"><label for="${id}">${label}</label><input class="input num" id="${id}" name="${name}" inputmode="numeric" value="${value}"></div>`;
}

function callTable(faults: readonly Fault[]): Content {
  if (faults.length === 0) return html`<p class="soft">No fault is ordered.</p>`;
  const words = (kind: FaultKind) => CALL_FAULTS.find(([name]) => name === kind)?.[1] ?? kind;
  return html`${table<Fault>(
    "Faults of calls",
    [
      { head: "Call", cell: (one) => html`<code>${one.method ?? "any"} ${one.path ?? "/v1/**"}</code>` },
      {
        head: "Fault",
        cell: (one) => `${words(one.kind)}, ${one.when === "before" ? "without" : "after its"} effect`,
      },
      { head: "Left", cell: (one) => one.times, right: true },
      { head: "Hit", cell: (one) => one.hits, right: true },
    ],
    faults,
  )}${button(`${PATH}/clear-calls`, "Clear")}`;
}

function deliveryTable(faults: readonly DeliveryFault[]): Content {
  if (faults.length === 0) return html`<p class="soft">No fault is ordered.</p>`;
  const words = (kind: DeliveryFault["kind"]) => DELIVERY_FAULTS.find(([name]) => name === kind)?.[1] ?? kind;
  return html`${table<DeliveryFault>(
    "Faults of deliveries",
    [
      { head: "Event", cell: (one) => (one.types.length === 0 ? "any" : one.types.join(", ")) },
      { head: "Fault", cell: (one) => words(one.kind) },
      { head: "Left", cell: (one) => one.times ?? "without end", right: true },
      { head: "Hit", cell: (one) => one.hits, right: true },
    ],
    faults,
  )}${button(`${PATH}/clear-deliveries`, "Clear")}`;
}

const CLOCK_MOVES: Record<string, ClockOrder> = {
  hour: { advance_ms: 3_600_000 },
  day: { advance_ms: 86_400_000 },
  stop: { freeze: true },
  run: { freeze: false },
  reset: { reset: true },
};

const actions: Record<string, (call: PageCall) => void> = {
  call: ({ parts, form }) => {
    const kind = CALL_FAULTS.find(([name]) => name === form.get("kind"))?.[0];
    const path = CALLS.find(([pattern]) => pattern === form.get("path"))?.[0];
    if (kind === undefined || path === undefined) return;
    const moment = form.get("when") === "after" && kind !== "slow" ? "after" : "before";
    parts.faults.order({ kind, path, when: moment, times: number(form, "times") });
  },
  delivery: ({ parts, form }) => {
    const kind = DELIVERY_FAULTS.find(([name]) => name === form.get("kind"))?.[0];
    if (kind === undefined) return;
    const copies = number(form, "copies");
    const types = (form.get("types") ?? "").split(/[\s,]+/).filter((type) => type !== "");
    const milliseconds = kind === "stale" ? 600_000 : copies * 1000;
    parts.deliveryFaults.order({ kind, types, copies, milliseconds, times: number(form, "times") });
  },
  release: ({ core, parts, query }) => {
    const held = core.store.deliveries.where("state", "held").map((one) => one.event);
    void parts.deliverer.release(query.get("order") === "newest" ? held.reverse() : held);
  },
  clock: ({ parts, query }) => {
    const order = CLOCK_MOVES[query.get("move") ?? ""];
    if (order) moveClock(parts, order);
  },
  "clear-calls": ({ parts }) => parts.faults.clear(),
  "clear-deliveries": ({ parts }) => parts.deliveryFaults.clear(),
};

function number(form: URLSearchParams, name: string): number {
  return Math.min(Math.max(Number.parseInt(form.get(name) ?? "", 10) || 1, 1), 100);
}

export function orderFault(call: PageCall): Reply {
  const action = Object.hasOwn(actions, call.action) ? actions[call.action] : undefined;
  if (action === undefined) return notFound();
  action(call);
  return redirect(`${PATH}?done=${call.action}`);
}
