import type { Core } from "../core";
import type { DeliveryAttempt, DeliveryRow } from "../store/rows";
import type { DeliveryFault, DeliveryFaults } from "./delivery-faults";
import { signatureHeader } from "./signature";

export interface DelivererOptions {
  /** Waits before the second, third … attempt, in milliseconds of the sandbox's clock. Then it gives up. */
  retryDelays: readonly number[];
  /** How long an endpoint may take to answer, in milliseconds. */
  timeout: number;
}

const RESPONSE_CHARACTERS = 500;
const AT_ONCE = 32;

/** Sends queued deliveries and tries again until an answer of 2xx. */
export class Deliverer {
  #timer: NodeJS.Timeout | null = null;
  /** How many copies of each delivery are on their way. */
  readonly #running = new Map<string, number>();
  /** Deliveries that have met their fault: each meets at most one. */
  readonly #faulted = new Set<string>();
  #waiters: (() => void)[] = [];
  #closed = false;
  #kicked = false;

  constructor(
    private readonly core: Core,
    private readonly faults: DeliveryFaults,
    private readonly options: DelivererOptions,
  ) {}

  /** Looks for due deliveries once the running transaction is over. Cheap to call often. */
  kick(): void {
    if (this.#closed || this.#kicked) return;
    this.#kicked = true;
    setImmediate(() => {
      this.#kicked = false;
      this.#sendDue();
    });
  }

  /**
   * Resolves when nothing is being sent or due now. Retries that wait for later count only when asked:
   * then it takes until every delivery was accepted, given up, dropped or held.
   */
  async idle(withRetries = false): Promise<void> {
    const waiting = () =>
      !this.core.clock.frozen && this.core.store.deliveries.where("state", "pending").length > 0;
    const busy = () => this.#kicked || this.#running.size > 0 || (withRetries && waiting());
    while (!this.#closed && busy()) {
      await new Promise<void>((done) => {
        this.#waiters.push(done);
        if (!this.#timer) this.kick();
      });
    }
  }

  /** Sends what was held, in the order of these event ids; the rest follows oldest first. */
  async release(eventIds: readonly string[] = []): Promise<number> {
    const held = this.core.store.deliveries.where("state", "held");
    const rank = (one: DeliveryRow) => {
      const index = eventIds.indexOf(one.event);
      return index < 0 ? eventIds.length : index;
    };
    const ordered = held.sort((a, b) => rank(a) - rank(b));
    for (const one of ordered) await this.#send(one.id);
    this.kick();
    return ordered.length;
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#wake();
  }

  #sendDue(): void {
    if (this.#closed) return;
    const now = this.core.clock.now();
    let next = Number.POSITIVE_INFINITY;
    for (const delivery of this.core.store.deliveries.where("state", "pending")) {
      if (delivery.next_attempt_at === null || this.#running.has(delivery.id)) continue;
      if (delivery.next_attempt_at > now) next = Math.min(next, delivery.next_attempt_at);
      else if (this.#running.size < AT_ONCE) this.#start(delivery);
    }
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (next !== Number.POSITIVE_INFINITY && !this.core.clock.frozen) {
      this.#timer = setTimeout(() => this.kick(), Math.min(next - now, 2_000_000_000));
      this.#timer.unref();
    }
    this.#wake();
  }

  #start(delivery: DeliveryRow): void {
    const fault = this.#faultFor(delivery);
    if (fault && !this.#applies(delivery, fault)) return;
    const copies = fault?.kind === "duplicate" ? fault.copies : 1;
    const sends = Array.from({ length: copies }, () => this.#send(delivery.id));
    void Promise.all(sends).then(() => this.kick());
  }

  #faultFor(delivery: DeliveryRow): DeliveryFault | null {
    if (delivery.attempts.length > 0 || this.#faulted.has(delivery.id)) return null;
    const fault = this.faults.take(delivery.type);
    if (fault) this.#faulted.add(delivery.id);
    return fault;
  }

  /** Whether the delivery is sent now in spite of the fault. */
  #applies(delivery: DeliveryRow, fault: DeliveryFault): boolean {
    const change = (patch: Partial<DeliveryRow>) =>
      this.core.store.transaction(() => this.core.store.deliveries.update(delivery.id, patch));
    if (fault.kind === "drop") change({ state: "dropped", next_attempt_at: null });
    if (fault.kind === "hold") change({ state: "held", next_attempt_at: null });
    if (fault.kind === "delay") {
      const next_attempt_at = this.core.clock.now() + fault.milliseconds;
      change({ next_attempt_at });
      const timer = setTimeout(() => this.kick(), fault.milliseconds);
      timer.unref();
    }
    if (fault.kind === "stale") change({ signature_offset_seconds: -Math.round(fault.milliseconds / 1000) });
    return fault.kind === "duplicate" || fault.kind === "stale";
  }

  async #send(deliveryId: string): Promise<void> {
    this.#running.set(deliveryId, (this.#running.get(deliveryId) ?? 0) + 1);
    const { store } = this.core;
    try {
      const delivery = store.deliveries.get(deliveryId);
      if (delivery === undefined) return;
      const event = store.events.get(delivery.event);
      if (event === undefined) {
        store.transaction(() =>
          store.deliveries.update(deliveryId, { state: "failed", next_attempt_at: null }),
        );
        return;
      }
      const payload = JSON.stringify(this.core.events.shown(event), null, 2);
      const secrets = store.endpointSecrets.get(delivery.endpoint)?.secrets ?? [];
      const timestamp = Math.floor(Date.now() / 1000) + delivery.signature_offset_seconds;
      const attempt = await this.#post(delivery.url, payload, signatureHeader(payload, secrets, timestamp));
      if (!this.#closed) this.#record(deliveryId, attempt);
    } finally {
      const others = (this.#running.get(deliveryId) ?? 1) - 1;
      if (others === 0) this.#running.delete(deliveryId);
      else this.#running.set(deliveryId, others);
      this.#wake();
    }
  }

  async #post(url: string, payload: string, signature: string): Promise<DeliveryAttempt> {
    const at = this.core.clock.now();
    const started = performance.now();
    const end = (status: number | null, error: string | null, response: string): DeliveryAttempt => ({
      at,
      duration_ms: Math.round(performance.now() - started),
      status,
      error,
      response: response.slice(0, RESPONSE_CHARACTERS),
    });
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/json; charset=utf-8",
          "stripe-signature": signature,
          "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        },
        body: payload,
        redirect: "manual",
        signal: AbortSignal.timeout(this.options.timeout),
      });
      return end(response.status, null, await response.text());
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      return end(null, cause instanceof Error ? cause.message : String(cause), "");
    }
  }

  #record(deliveryId: string, attempt: DeliveryAttempt): void {
    const { store, clock } = this.core;
    store.transaction(() => {
      const delivery = store.deliveries.get(deliveryId);
      if (delivery === undefined) return;
      const attempts = [...delivery.attempts, attempt];
      const accepted = attempt.status !== null && attempt.status >= 200 && attempt.status < 300;
      const done = accepted || delivery.state === "delivered";
      const wait = this.options.retryDelays[attempts.length - 1];
      const retry = !done && wait !== undefined;
      store.deliveries.update(deliveryId, {
        attempts,
        state: done ? "delivered" : retry ? "pending" : "failed",
        next_attempt_at: retry ? clock.now() + wait : null,
      });
    });
    this.kick();
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }
}
