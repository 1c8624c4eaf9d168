import type { Reply } from "../../http/server";
import { type Content, html } from "../html";
import { page } from "../layout";

const SECTIONS = [
  ["/dashboard/payments", "Payments"],
  ["/dashboard/sessions", "Sessions"],
  ["/dashboard/customers", "Customers"],
  ["/dashboard/events", "Events"],
  ["/dashboard/deliveries", "Deliveries"],
  ["/dashboard/faults", "Faults"],
  ["/test-cards", "Test cards"],
] as const;

interface DashboardOptions {
  title: string;
  at: string;
  body: Content;
  status?: number;
}

export function dashboardPage({ title, at, body, status = 200 }: DashboardOptions): Reply {
  const links = SECTIONS.map(
    ([href, label]) => html`<a href="${href}"${at === href && html` aria-current="page"`}>${label}</a>`,
  );
  return page({
    title,
    header: html`<header class="header header--nav"><nav class="wrap nav" aria-label="Dashboard">${links}</nav></header>`,
    body: html`<div class="wrap dashboard"><h1>${title}</h1>${body}</div>`,
    status,
  });
}

const PAGE_SIZE = 25;

export interface Slice<T> {
  rows: T[];
  pager: Content;
}

/** One page of rows, newest first, by keyset: `?after=<id>` and `?before=<id>`. */
export function slice<T extends { id: string }>(rows: T[], query: URLSearchParams, path: string): Slice<T> {
  const after = query.get("after");
  const before = query.get("before");
  let start = 0;
  if (after !== null) start = rows.findIndex((row) => row.id === after) + 1;
  if (before !== null) start = Math.max(0, rows.findIndex((row) => row.id === before) - PAGE_SIZE);
  const shown = rows.slice(start, start + PAGE_SIZE);
  const first = shown[0];
  const last = shown.at(-1);
  const href = (name: string, id: string) => {
    const parameters = new URLSearchParams(query);
    parameters.delete("after");
    parameters.delete("before");
    parameters.set(name, id);
    return `${path}?${parameters}`;
  };
  const newer =
    start > 0 &&
    first &&
    html`<a class="button button--secondary" href="${href("before", first.id)}">Newer</a>`;
  const older =
    start + PAGE_SIZE < rows.length &&
    last &&
    html`<a class="button button--secondary" href="${href("after", last.id)}">Older</a>`;
  const count = shown.length === 0 ? "" : `${start + 1}–${start + shown.length} of ${rows.length}`;
  return {
    rows: shown,
    pager:
      rows.length > PAGE_SIZE &&
      html`<nav class="pager" aria-label="Pages"><span class="muted">${count}</span><span class="row">${newer}${older}</span></nav>`,
  };
}

interface Column<T> {
  head: string;
  cell: (row: T) => Content;
  right?: true;
}

/** A table that turns into cards on a phone. */
export function table<T>(caption: string, columns: readonly Column<T>[], rows: readonly T[]): Content {
  return html`<div class="panel"><table class="table"><caption class="visually-hidden">${caption}</caption><thead><tr>${columns.map(
    (column) => html`<th scope="col"${column.right && html` class="right"`}>${column.head}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${columns.map((column) => html`<td data-label="${column.head}"${column.right && html` class="right num"`}><div>${column.cell(row)}</div></td>`)}</tr>`,
  )}</tbody></table></div>`;
}

export function empty(title: string, text: Content): Content {
  return html`<div class="panel empty"><h2>${title}</h2><p class="soft">${text}</p></div>`;
}

/** A fact in the head of a detail page. */
export function facts(entries: readonly (readonly [string, Content] | null)[]): Content {
  return html`<dl class="facts panel">${entries.map(
    (entry) => entry !== null && html`<div><dt>${entry[0]}</dt><dd>${entry[1]}</dd></div>`,
  )}</dl>`;
}

const DONE: Record<string, string> = {
  call: "The fault is ordered.",
  "clear-calls": "The faults of calls are cleared.",
  "clear-deliveries": "The faults of deliveries are cleared.",
  clock: "The clock is set.",
  delivery: "The fault is ordered.",
  release: "What was held is being sent.",
  decided: "The dispute has its verdict.",
  disputed: "The dispute is open. Its events are on their way.",
  expired: "The session has expired.",
  failed: "The payment has failed.",
  refunded: "The refund is made. Its events are on their way.",
  "refund-failed": "The refund has failed.",
  "refund-settled": "The refund has arrived.",
  resent: "The event is being sent again.",
  settled: "The payment has succeeded.",
};

/** What the last button did, named in the address by its redirect. */
export function doneNotice(query: URLSearchParams): Content {
  const text = DONE[query.get("done") ?? ""];
  return text !== undefined && html`<p class="notice notice--success" role="status">${text}</p>`;
}

export function button(action: string, label: Content, danger = false): Content {
  return html`<form method="post" action="${action}"><button class="button ${danger ? "button--danger" : "button--secondary"}">${label}</button></form>`;
}
