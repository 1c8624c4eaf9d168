/** Steers a running sandbox over its control API; for integration tests and simulations. */

import type { ClockOrder } from "./control/clock";
import type { FaultOrder } from "./control/faults";
import type { PayOrder, PayOutcome } from "./control/pay";
import type { LoggedRequest } from "./control/request-log";
import type { Dispute, Session } from "./store/records";
import type { DebitOutcome, DeliveryRow } from "./store/rows";
import type { DeliveryFaultOrder } from "./webhooks/delivery-faults";

export type { ClockOrder, DeliveryFaultOrder, FaultOrder, LoggedRequest, PayOrder, PayOutcome };

export interface ClockState {
  /** Milliseconds since the epoch by the sandbox's clock. */
  now: number;
  seconds: number;
  frozen: boolean;
}

/** The control API answered with something other than 2xx: 404 for an unknown id, 409 for a wrong state. */
export class SandboxRefusal extends Error {
  override readonly name = "SandboxRefusal";
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** `url` is the sandbox's address, such as `startStripeSandbox()` gives it. */
export function sandboxClient(url: string) {
  async function call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${url}/_sandbox${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    throw new SandboxRefusal(response.status, answer.error ?? `HTTP ${response.status}`);
  }
  const post = <T = { ok: true }>(path: string, body: object = {}) => call<T>("POST", path, body);

  return {
    /** Forgets payments, events and faults; keeps webhook endpoints and the clock. */
    reset: () => post("/reset"),
    /** API calls since the start or the last `clearRequests`, oldest first. */
    requests: async () => (await call<{ requests: LoggedRequest[] }>("GET", "/requests")).requests,
    clearRequests: () => call<{ ok: true }>("DELETE", "/requests"),

    clock: () => call<ClockState>("GET", "/clock"),
    setClock: (order: ClockOrder) => post<ClockState>("/clock", order),

    /** Orders a fault for coming API calls. */
    fail: (order: FaultOrder) => post<{ id: string }>("/faults", order),
    faults: async () =>
      (await call<{ faults: { id: string; times: number; hits: number }[] }>("GET", "/faults")).faults,
    clearFaults: () => call<{ ok: true }>("DELETE", "/faults"),

    /** Orders a fault for coming webhook deliveries. */
    failDelivery: (order: DeliveryFaultOrder) => post<{ id: string }>("/delivery-faults", order),
    clearDeliveryFaults: () => call<{ ok: true }>("DELETE", "/delivery-faults"),
    deliveries: async () => (await call<{ deliveries: DeliveryRow[] }>("GET", "/deliveries")).deliveries,
    /** Sends held deliveries one after the other, those of `events` first and in this order. */
    release: (events: readonly string[] = []) =>
      post<{ released: number }>("/deliveries/release", { events }),
    /** Resolves when nothing is being sent or due; with `retries` also none waits for its next attempt. */
    idle: ({ retries = false } = {}) => post("/deliveries/idle", { retries }),
    resend: (eventId: string, copies = 1) =>
      post<{ deliveries: string[] }>(`/events/${eventId}/resend`, { copies }),

    addEndpoint: (endpoint: { url: string; secret?: string; events?: string[] }) =>
      post<{ id: string; secret: string }>("/endpoints", endpoint),
    /** A new signing secret; with `keepOld` (the default) both sign until the next rotation. */
    rotateSecret: (
      endpointId: string,
      { secret, keepOld = true }: { secret?: string; keepOld?: boolean } = {},
    ) =>
      post<{ secret: string }>(`/endpoints/${endpointId}/rotate`, {
        ...(secret === undefined ? {} : { secret }),
        keep_old: keepOld,
      }),

    /** Pays an open session as a buyer would. */
    pay: (sessionId: string, order: PayOrder = {}) => post<PayOutcome>(`/sessions/${sessionId}/pay`, order),
    expire: (sessionId: string) => post<Session>(`/sessions/${sessionId}/expire`),
    /** Ends a bank debit that is on its way. */
    settle: (paymentIntentId: string, outcome: Exclude<DebitOutcome, "waits"> = "succeeds") =>
      post(`/payments/${paymentIntentId}/settle`, { outcome }),
    settleRefund: (refundId: string) => post(`/refunds/${refundId}/settle`),
    failRefund: (refundId: string) => post(`/refunds/${refundId}/fail`),
    openDispute: (chargeId: string, reason?: string) =>
      post<Dispute>(`/charges/${chargeId}/dispute`, reason === undefined ? {} : { reason }),
    decideDispute: (disputeId: string, verdict: "won" | "lost") =>
      post(`/disputes/${disputeId}/decide`, { verdict }),
  };
}

export type SandboxClient = ReturnType<typeof sandboxClient>;
