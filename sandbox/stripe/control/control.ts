/** The control API under /_sandbox: what tests and simulations steer the sandbox with. README.md documents it. */
import type { IncomingMessage } from "node:http";
import type { Answer } from "../api/answer";
import { makeEndpoint } from "../api/events";
import type { Core } from "../core";
import { decideDispute, openDispute } from "../payments/disputes";
import { expireSession } from "../payments/finish-session";
import { failRefund, settleRefund } from "../payments/refunds";
import { settleDebit } from "../payments/settle-debit";
import { StripeError } from "../stripe-error";
import type { Deliverer } from "../webhooks/deliverer";
import type { DeliveryFaultOrder, DeliveryFaults } from "../webhooks/delivery-faults";
import { type ClockOrder, moveClock } from "./clock";
import type { FaultOrder, Faults } from "./faults";
import { type PayOrder, paySession } from "./pay";
import type { RequestLog } from "./request-log";

export interface ControlParts {
  core: Core;
  faults: Faults;
  deliveryFaults: DeliveryFaults;
  deliverer: Deliverer;
  requests: RequestLog;
}

/** 404 and 409 of the control API, in plain words. */
class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

interface ControlCall {
  parts: ControlParts;
  id: string;
  /** The JSON body; tests are trusted to send what README.md says. */
  body: unknown;
}

type ControlHandler = (call: ControlCall) => object | Promise<object>;

function found<T>(row: T | undefined, what: string, id: string): T {
  if (row === undefined) throw new Refused(404, `There is no ${what} ${id}.`);
  return row;
}

function done(worked: boolean, otherwise: string): object {
  if (!worked) throw new Refused(409, otherwise);
  return { ok: true };
}

const settingsHandlers: Record<string, ControlHandler> = {
  "GET /_sandbox/health": ({ parts }) => ({ ok: true, now: parts.core.clock.now() }),
  "POST /_sandbox/reset": async ({ parts }) => {
    await parts.deliverer.idle();
    parts.faults.clear();
    parts.deliveryFaults.clear();
    parts.requests.clear();
    parts.core.store.clear();
    parts.core.jobs.reschedule();
    return { ok: true };
  },
  "GET /_sandbox/requests": ({ parts }) => ({ requests: parts.requests.list() }),
  "DELETE /_sandbox/requests": ({ parts }) => {
    parts.requests.clear();
    return { ok: true };
  },
  "GET /_sandbox/clock": ({ parts }) => clockState(parts),
  "POST /_sandbox/clock": ({ parts, body }) => {
    const order: ClockOrder = { ...asObject(body) };
    moveClock(parts, order);
    return clockState(parts);
  },
};

function clockState({ core }: ControlParts) {
  return { now: core.clock.now(), seconds: core.clock.seconds(), frozen: core.clock.frozen };
}

const faultHandlers: Record<string, ControlHandler> = {
  "GET /_sandbox/faults": ({ parts }) => ({ faults: parts.faults.list() }),
  "POST /_sandbox/faults": ({ parts, body }) =>
    parts.faults.order({ kind: "error_500", ...asObject(body) } satisfies FaultOrder),
  "DELETE /_sandbox/faults": ({ parts }) => {
    parts.faults.clear();
    return { ok: true };
  },
  "GET /_sandbox/delivery-faults": ({ parts }) => ({ faults: parts.deliveryFaults.list() }),
  "POST /_sandbox/delivery-faults": ({ parts, body }) =>
    parts.deliveryFaults.order({ kind: "drop", ...asObject(body) } satisfies DeliveryFaultOrder),
  "DELETE /_sandbox/delivery-faults": ({ parts }) => {
    parts.deliveryFaults.clear();
    return { ok: true };
  },
};

const deliveryHandlers: Record<string, ControlHandler> = {
  "GET /_sandbox/deliveries": ({ parts }) => ({ deliveries: [...parts.core.store.deliveries.oldestFirst()] }),
  "POST /_sandbox/deliveries/release": async ({ parts, body }) => {
    const { events = [] }: { events?: string[] } = { ...asObject(body) };
    return { released: await parts.deliverer.release(events) };
  },
  "POST /_sandbox/deliveries/idle": async ({ parts, body }) => {
    const { retries = false }: { retries?: boolean } = { ...asObject(body) };
    await parts.deliverer.idle(retries);
    return { ok: true };
  },
  "POST /_sandbox/events/{id}/resend": ({ parts, id, body }) => {
    const { copies = 1 }: { copies?: number } = { ...asObject(body) };
    const { events, store } = parts.core;
    const event = found(store.events.get(id), "event", id);
    const sent = store.transaction(() =>
      [...store.endpoints.oldestFirst()].flatMap((endpoint) =>
        Array.from({ length: copies }, () => events.queue(event, endpoint).id),
      ),
    );
    return { deliveries: sent };
  },
  "POST /_sandbox/endpoints": ({ parts, body }) => {
    const order: { url: string; secret?: string; events?: string[] } = { url: "", ...asObject(body) };
    const { url, secret, events = ["*"] } = order;
    return parts.core.store.transaction(() =>
      makeEndpoint(parts.core, { url, enabled_events: events, ...(secret === undefined ? {} : { secret }) }),
    );
  },
  "POST /_sandbox/endpoints/{id}/rotate": ({ parts, id, body }) => {
    const { secret, keep_old: keepOld = true }: { secret?: string; keep_old?: boolean } = {
      ...asObject(body),
    };
    const { store, ids } = parts.core;
    const row = found(store.endpointSecrets.get(id), "endpoint", id);
    const fresh = secret ?? ids.make("webhook_secret");
    const secrets = keepOld ? [fresh, ...row.secrets].slice(0, 2) : [fresh];
    store.transaction(() => store.endpointSecrets.update(id, { secrets }));
    return { secret: fresh };
  },
};

const paymentHandlers: Record<string, ControlHandler> = {
  "POST /_sandbox/sessions/{id}/pay": ({ parts, id, body }) => {
    const { core } = parts;
    const order: PayOrder = { ...asObject(body) };
    const session = found(core.store.sessions.get(id), "session", id);
    return core.store.transaction(() => paySession(core, session, order));
  },
  "POST /_sandbox/sessions/{id}/expire": ({ parts, id }) => {
    const { core } = parts;
    const session = found(core.store.sessions.get(id), "session", id);
    if (session.status !== "open") throw new Refused(409, `The session is ${session.status}.`);
    return core.store.transaction(() => expireSession(core, session));
  },
  "POST /_sandbox/payments/{id}/settle": ({ parts, id, body }) => {
    const { core } = parts;
    const { outcome = "succeeds" }: { outcome?: "succeeds" | "insufficient_funds" | "account_closed" } = {
      ...asObject(body),
    };
    const intent = found(core.store.paymentIntents.get(id), "payment intent", id);
    const settled = core.store.transaction(() => settleDebit(core, intent, outcome));
    return done(settled, `The payment is ${intent.status}, not processing.`);
  },
  "POST /_sandbox/refunds/{id}/settle": ({ parts, id }) => {
    const { core } = parts;
    const refund = found(core.store.refunds.get(id), "refund", id);
    return done(
      core.store.transaction(() => settleRefund(core, refund)),
      `The refund is ${refund.status}.`,
    );
  },
  "POST /_sandbox/refunds/{id}/fail": ({ parts, id }) => {
    const { core } = parts;
    const refund = found(core.store.refunds.get(id), "refund", id);
    return done(
      core.store.transaction(() => failRefund(core, refund)),
      `The refund is ${refund.status}.`,
    );
  },
  "POST /_sandbox/charges/{id}/dispute": ({ parts, id, body }) => {
    const { core } = parts;
    const { reason = "fraudulent" }: { reason?: string } = { ...asObject(body) };
    const charge = found(core.store.charges.get(id), "charge", id);
    const dispute = core.store.transaction(() => openDispute(core, charge, reason));
    if (dispute === null) throw new Refused(409, "The charge cannot be disputed.");
    return dispute;
  },
  "POST /_sandbox/disputes/{id}/decide": ({ parts, id, body }) => {
    const { core } = parts;
    const { verdict = "lost" }: { verdict?: "won" | "lost" } = { ...asObject(body) };
    const dispute = found(core.store.disputes.get(id), "dispute", id);
    return done(
      core.store.transaction(() => decideDispute(core, dispute, verdict)),
      `The dispute is ${dispute.status}.`,
    );
  },
};

const handlers = Object.entries({
  ...settingsHandlers,
  ...faultHandlers,
  ...deliveryHandlers,
  ...paymentHandlers,
}).map(([operation, handle]) => {
  const [method = "", path = ""] = operation.split(" ");
  return { method, parts: path.split("/"), handle };
});

export async function answerControl(
  parts: ControlParts,
  request: IncomingMessage,
  url: URL,
  body: string,
): Promise<Answer> {
  const given = url.pathname.split("/");
  const match = handlers.find(
    (one) =>
      one.method === request.method &&
      one.parts.length === given.length &&
      one.parts.every((part, index) => part === "{id}" || part === given[index]),
  );
  if (match === undefined)
    return json(404, { error: `The control API has no ${request.method} ${url.pathname}.` });
  if (body !== "" && !request.headers["content-type"]?.startsWith("application/json")) {
    return json(415, { error: "The control API takes JSON." });
  }
  const id = given[match.parts.indexOf("{id}")] ?? "";
  parts.core.events.cause = null;
  parts.core.jobs.runDue();
  try {
    return json(200, await match.handle({ parts, id, body: body === "" ? {} : JSON.parse(body) }));
  } catch (error) {
    if (error instanceof Refused) return json(error.status, { error: error.message });
    if (error instanceof StripeError) return json(error.status, { error: error.message });
    if (error instanceof SyntaxError) return json(400, { error: "The body is no JSON." });
    throw error;
  }
}

function asObject(body: unknown): object {
  return typeof body === "object" && body !== null ? body : {};
}

function json(status: number, body: object): Answer {
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  return { status, headers, body: JSON.stringify(body), delivery: "whole", hangMilliseconds: 0 };
}
