import type { IncomingHttpHeaders } from "node:http";
import { decodeForm, type FormValue } from "../api/form";

export interface LoggedRequest {
  id: string;
  /** Milliseconds of the real clock. */
  at: number;
  method: string;
  path: string;
  params: { [name: string]: FormValue };
  idempotency_key: string | null;
  stripe_version: string | null;
  /** Null until answered. */
  status: number | null;
  replayed: boolean;
  delivery: string | null;
  duration_ms: number | null;
}

const KEPT = 2000;

/** The API calls of this process, newest last; for tests and the dashboard, in memory only. */
export class RequestLog {
  #requests: LoggedRequest[] = [];

  begin(id: string, method: string, url: URL, body: string, headers: IncomingHttpHeaders): LoggedRequest {
    const key = headers["idempotency-key"];
    const version = headers["stripe-version"];
    const entry: LoggedRequest = {
      id,
      at: Date.now(),
      method,
      path: url.pathname,
      params: decodeForm(body === "" ? url.search.slice(1) : body),
      idempotency_key: typeof key === "string" ? key : null,
      stripe_version: typeof version === "string" ? version : null,
      status: null,
      replayed: false,
      delivery: null,
      duration_ms: null,
    };
    this.#requests.push(entry);
    if (this.#requests.length > KEPT) this.#requests = this.#requests.slice(-KEPT / 2);
    return entry;
  }

  end(
    entry: LoggedRequest,
    answer: { status: number; delivery: string; headers: Record<string, string> },
  ): void {
    entry.status = answer.status;
    entry.delivery = answer.delivery;
    entry.replayed = answer.headers["idempotent-replayed"] === "true";
    entry.duration_ms = Date.now() - entry.at;
  }

  list(): readonly LoggedRequest[] {
    return this.#requests;
  }

  clear(): void {
    this.#requests = [];
  }
}
