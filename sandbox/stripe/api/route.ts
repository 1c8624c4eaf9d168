import type { Core } from "../core";
import { invalidRequest } from "../stripe-error";

export interface Call<P> {
  core: Core;
  /** The id in the path; "" where there is none. */
  id: string;
  /** Checked against the schema before the handler runs. */
  params: P;
}

export interface Route {
  /** Method and path as in the schema: "POST /v1/refunds/{id}". */
  operation: string;
  handle: (call: Call<never>) => object;
}

/** `P` says what the schema guarantees for this operation's parameters, as far as the handler reads them. */
export function route<P>(operation: string, handle: (call: Call<P>) => object): Route {
  return { operation, handle };
}

export interface ListParams {
  limit?: number;
  starting_after?: string;
  ending_before?: string;
  created?: number | { gt?: number; gte?: number; lt?: number; lte?: number };
  expand?: string[];
}

export interface List<T> {
  object: "list";
  data: T[];
  has_more: boolean;
  url: string;
}

const DEFAULT_LIMIT = 10;
const GREATEST_LIMIT = 100;

/** One page of `rows`, which come newest first, by Stripe's cursors. */
export function listPage<T extends { id: string; created?: number }>(
  rows: T[],
  params: ListParams,
  url: string,
): List<T> {
  const { limit = DEFAULT_LIMIT, starting_after: after, ending_before: before } = params;
  if (limit < 1 || limit > GREATEST_LIMIT) {
    const bound = limit < 1 ? "greater than or equal to 1" : `less than or equal to ${GREATEST_LIMIT}`;
    throw invalidRequest(`Invalid integer: ${limit}. Limit must be ${bound}`, {
      code: "parameter_invalid_integer",
      param: "limit",
    });
  }
  if (after !== undefined && before !== undefined) {
    throw invalidRequest("You cannot parameterize starting_after and ending_before at the same time.");
  }
  const matching = rows.filter((row) => isCreatedWithin(row.created ?? 0, params.created));
  if (before !== undefined) {
    const end = indexOf(matching, before, "ending_before");
    const start = Math.max(0, end - limit);
    return { object: "list", data: matching.slice(start, end), has_more: start > 0, url };
  }
  const start = after === undefined ? 0 : indexOf(matching, after, "starting_after") + 1;
  const data = matching.slice(start, start + limit);
  return { object: "list", data, has_more: start + limit < matching.length, url };
}

function indexOf(rows: { id: string }[], id: string, param: string): number {
  const index = rows.findIndex((row) => row.id === id);
  if (index >= 0) return index;
  throw invalidRequest(`No such object: '${id}'`, { code: "resource_missing", param });
}

function isCreatedWithin(created: number, range: ListParams["created"]): boolean {
  if (range === undefined) return true;
  if (typeof range === "number") return created === range;
  const { gt = -1, gte = 0, lt = Number.POSITIVE_INFINITY, lte = Number.POSITIVE_INFINITY } = range;
  return created > gt && created >= gte && created < lt && created <= lte;
}
