import { API_VERSION } from "../core";
import type { Clock } from "../store/clock";
import type { Ids } from "../store/ids";
import type { StripeEvent, WebhookEndpoint } from "../store/records";
import type { DeliveryRow } from "../store/rows";
import type { Store } from "../store/store";

export interface Cause {
  id: string | null;
  idempotency_key: string | null;
}

/** Writes events, with a delivery for each endpoint that listens, in the transaction of what they tell about. */
export class EventLog {
  /** The API call being served; null when a buyer, the dashboard or the clock is the cause. */
  cause: Cause | null = null;
  /** Called when a delivery was queued; sending happens after the commit. */
  onQueued: () => void = () => {};
  readonly #listeners: ((event: StripeEvent) => void)[] = [];

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** `object` is the row as it is now; `before` what it was, when the event tells of a change. */
  emit(type: string, object: object, before?: object): StripeEvent {
    const changed = before === undefined ? undefined : changedFields(before, object);
    const event = this.store.events.put({
      id: this.ids.make("event"),
      object: "event",
      api_version: API_VERSION,
      created: this.clock.seconds(),
      data: changed === undefined ? { object } : { object, previous_attributes: changed },
      livemode: false,
      request: this.cause ?? { id: null, idempotency_key: null },
      type,
    });
    for (const endpoint of this.store.endpoints.oldestFirst()) {
      if (listensTo(endpoint, type)) this.queue(event, endpoint);
    }
    for (const listener of this.#listeners) listener(event);
    return event;
  }

  /** Called with every event, inside the transaction that makes it. */
  onEvent(listener: (event: StripeEvent) => void): void {
    this.#listeners.push(listener);
  }

  queue(event: StripeEvent, endpoint: WebhookEndpoint): DeliveryRow {
    const delivery = this.store.deliveries.put({
      id: this.ids.make("delivery"),
      event: event.id,
      type: event.type,
      endpoint: endpoint.id,
      url: endpoint.url,
      state: "pending",
      attempts: [],
      next_attempt_at: this.clock.now(),
      signature_offset_seconds: 0,
    });
    this.onQueued();
    return delivery;
  }

  /** The event as the API shows it. Dropped and failed deliveries still count: nobody has answered them. */
  shown(event: StripeEvent): StripeEvent & { pending_webhooks: number } {
    return { ...event, pending_webhooks: this.undelivered(event.id).length };
  }

  /** Deliveries nobody has acknowledged, leaving out those a later resend to the same endpoint made good. */
  undelivered(eventId: string): DeliveryRow[] {
    const deliveries = this.store.deliveries.where("event", eventId);
    const reached = new Set(deliveries.filter((one) => one.state === "delivered").map((one) => one.endpoint));
    return deliveries.filter((one) => !reached.has(one.endpoint));
  }
}

export function listensTo(endpoint: WebhookEndpoint, type: string): boolean {
  if (endpoint.status !== "enabled") return false;
  return endpoint.enabled_events.includes("*") || endpoint.enabled_events.includes(type);
}

function changedFields(before: object, after: object): object {
  const now = new Map<string, unknown>(Object.entries(after));
  return Object.fromEntries(
    Object.entries(before).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(now.get(name))),
  );
}
