import { createHash } from "node:crypto";
import type { Core } from "../core";
import { StripeError } from "../stripe-error";

const LONGEST_KEY = 255;
/** Stripe promises at least a day. */
const KEPT_SECONDS = 24 * 3600;

export interface KeyedCall {
  key: string;
  account: string;
  endpoint: string;
  fingerprint: string;
}

export function keyedCall(
  key: string,
  account: string,
  method: string,
  path: string,
  body: string,
): KeyedCall {
  if (key.length > LONGEST_KEY) {
    throw new StripeError(
      400,
      "idempotency_error",
      `Idempotency keys may be up to ${LONGEST_KEY} characters long.`,
    );
  }
  return { key, account, endpoint: `${method} ${path}`, fingerprint: hash(body) };
}

/** What Stripe remembers per key: the first answer, and which calls are running now. */
export class Idempotency {
  readonly #running = new Map<string, string>();

  constructor(private readonly core: Core) {}

  /** The kept answer, or null when the call should run. Throws when the key stands for something else or is in use. */
  find(call: KeyedCall): { status: number; body: string } | null {
    const id = rowId(call);
    const running = this.#running.get(id);
    const kept = this.core.store.storedAnswers.get(id);
    const fresh = kept && kept.created > this.core.clock.seconds() - KEPT_SECONDS ? kept : undefined;
    if (fresh) checkSame(call, fresh.endpoint, fresh.fingerprint);
    if (running !== undefined) {
      throw new StripeError(
        409,
        "idempotency_error",
        `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${call.key}. Please try again later.`,
        { code: "idempotency_key_in_use" },
      );
    }
    return fresh ? { status: fresh.status, body: fresh.body } : null;
  }

  begin(call: KeyedCall): void {
    this.#running.set(rowId(call), call.fingerprint);
  }

  end(call: KeyedCall): void {
    this.#running.delete(rowId(call));
  }

  /** Within a transaction. */
  keep(call: KeyedCall, status: number, body: string): void {
    const { endpoint, fingerprint } = call;
    this.core.store.storedAnswers.put({
      id: rowId(call),
      endpoint,
      fingerprint,
      status,
      body,
      created: this.core.clock.seconds(),
    });
  }
}

function checkSame(call: KeyedCall, endpoint: string, fingerprint: string): void {
  if (call.endpoint !== endpoint) {
    throw new StripeError(
      400,
      "idempotency_error",
      `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${endpoint.split(" ")[1]}'). Try using a key other than '${call.key}' if you meant to execute a different request.`,
    );
  }
  if (call.fingerprint !== fingerprint) {
    throw new StripeError(
      400,
      "idempotency_error",
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${call.key}' if you meant to execute a different request.`,
    );
  }
}

function rowId(call: KeyedCall): string {
  return `${call.account} ${call.key}`;
}

export function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
