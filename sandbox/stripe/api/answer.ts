/** One call of the API from its headers to its answer. */
import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { Fault, FaultOrder, Faults } from "../control/faults";
import type { RequestLog } from "../control/request-log";
import { API_VERSION, type Core } from "../core";
import { checkAnswer } from "../schema/check-answer";
import { checkParams } from "../schema/check-params";
import { schema } from "../schema/schema";
import { invalidRequest, StripeError } from "../stripe-error";
import { checkoutSessionRoutes } from "./checkout-sessions";
import { cliSessionRoutes } from "./cli-sessions";
import { couponRoutes } from "./coupons";
import { customerRoutes } from "./customers";
import { eventRoutes } from "./events";
import { expandAnswer } from "./expand";
import { decodeForm } from "./form";
import { hash, type Idempotency, type KeyedCall, keyedCall } from "./idempotency";
import { invoiceRoutes } from "./invoices";
import { withOlderNames } from "./older-version";
import { paymentMethodRoutes } from "./payment-methods";
import { paymentPageRoutes } from "./payment-pages";
import { paymentRoutes } from "./payments";
import { productRoutes } from "./products";
import { promotionCodeRoutes } from "./promotion-codes";
import type { Call, Route } from "./route";
import { taxRateRoutes } from "./tax-rates";

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** How the connection ends; "whole" is the ordinary way. */
  delivery: "whole" | "truncated" | "reset" | "hang";
  hangMilliseconds: number;
}

export interface ApiParts {
  core: Core;
  faults: Faults;
  idempotency: Idempotency;
  requests: RequestLog;
  /** When given, only these keys are taken; else any test key is. */
  secretKeys: readonly string[] | null;
  /** Called with where an answer differs from Stripe's description. Null: answers are not checked. */
  onNonconforming: ((operation: string, complaints: string[]) => void) | null;
  /** Asked before each call is served; a simulation decides here when the call goes on, and what it meets. */
  intercept?: ((call: InterceptedCall) => Promise<FaultOrder | null>) | undefined;
}

export interface InterceptedCall {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
}

const routes: readonly Route[] = [
  ...customerRoutes,
  ...productRoutes,
  ...couponRoutes,
  ...checkoutSessionRoutes,
  ...paymentRoutes,
  ...paymentMethodRoutes,
  ...paymentPageRoutes,
  ...eventRoutes,
  ...taxRateRoutes,
  ...invoiceRoutes,
  ...promotionCodeRoutes,
  ...cliSessionRoutes,
];
const compiled = routes.map((route) => {
  const [method = "", path = ""] = route.operation.split(" ");
  return { route, method, parts: path.split("/") };
});

/** Answers one call. Never throws: what goes wrong inside becomes Stripe's `api_error`. */
export async function answerApi(
  parts: ApiParts,
  request: IncomingMessage,
  url: URL,
  body: string,
): Promise<Answer> {
  const { core } = parts;
  const requestId = core.ids.make("request");
  const method = request.method ?? "GET";
  const entry = parts.requests.begin(requestId, method, url, body, request.headers);
  let answer: Answer;
  try {
    answer = await answerKnown(parts, request, method, url, body, requestId);
  } catch (error) {
    answer = toAnswer(requestId, error);
  }
  parts.requests.end(entry, answer);
  return answer;
}

async function answerKnown(
  parts: ApiParts,
  request: IncomingMessage,
  method: string,
  url: URL,
  body: string,
  requestId: string,
): Promise<Answer> {
  const { faults, idempotency } = parts;
  const account = authenticate(request, parts.secretKeys);
  checkHeaders(request, method, body);
  const ordered = await parts.intercept?.({ method, path: url.pathname, headers: request.headers });
  if (ordered) faults.order({ ...ordered, times: 1 });
  const fault = faults.take(method, url.pathname);
  if (fault?.when === "before" && fault.kind !== "slow" && !(fault.kind === "error_500" && fault.stored)) {
    return spoil(fault, null, requestId);
  }
  const found = findRoute(method, url.pathname);
  const key = request.headers["idempotency-key"];
  const sent = method === "GET" || body === "" ? url.search.slice(1) : body;
  const keyed =
    method === "POST" && typeof key === "string" && key !== ""
      ? keyedCall(key, account, method, url.pathname, sent)
      : null;
  const kept = keyed ? idempotency.find(keyed) : null;
  if (kept && keyed) {
    const replayed = plainAnswer(kept.status, kept.body, requestId, {
      "idempotency-key": keyed.key,
      "idempotent-replayed": "true",
    });
    return fault ? spoil(fault, replayed, requestId) : replayed;
  }
  if (keyed) idempotency.begin(keyed);
  try {
    if (fault?.kind === "slow") await new Promise((done) => setTimeout(done, fault.milliseconds));
    const answer = run(parts, found, sent, requestId, keyed, fault, request.headers["user-agent"]);
    return fault && fault.kind !== "slow" ? spoil(fault, answer, requestId) : answer;
  } finally {
    if (keyed) idempotency.end(keyed);
  }
}

interface Found {
  route: Route;
  id: string;
}

function run(
  parts: ApiParts,
  found: Found,
  sent: string,
  requestId: string,
  keyed: KeyedCall | null,
  fault: Fault | null,
  client: string | undefined,
): Answer {
  const { core, idempotency } = parts;
  const operation = schema.operations.get(found.route.operation);
  if (operation === undefined) throw new Error(`the schema lacks ${found.route.operation}`);
  const form = withOlderNames(found.route.operation, client, decodeForm(sent));
  const params = checkParams(operation.params, form);
  const headers: Record<string, string> = keyed ? { "idempotency-key": keyed.key } : {};
  const keepsError = fault?.kind === "error_500" && fault.stored;
  core.jobs.runDue();
  core.events.cause = { id: requestId, idempotency_key: keyed?.key ?? null };
  try {
    if (fault?.when === "before" && keepsError) throw serverError();
    return core.store.transaction(() => {
      // The schema has just checked what the handler's parameter type states.
      const call = { core, id: found.id, params } as Call<never>;
      const result = expandAnswer(core, found.route.handle(call), expandPaths(params.expand));
      if (parts.onNonconforming) {
        const complaints = checkAnswer(operation.answer, result);
        if (complaints.length > 0) parts.onNonconforming(found.route.operation, complaints);
      }
      const body = JSON.stringify(result, null, 2);
      if (keyed) {
        const instead = keepsError ? toAnswer(requestId, serverError()) : null;
        idempotency.keep(keyed, instead?.status ?? 200, instead?.body ?? body);
      }
      return plainAnswer(200, body, requestId, headers);
    }, isDeclined);
  } catch (error) {
    const answer = toAnswer(requestId, error, headers);
    if (keyed) core.store.transaction(() => idempotency.keep(keyed, answer.status, answer.body));
    return answer;
  } finally {
    core.events.cause = null;
  }
}

/** What led to a declined card stays: its failed charge, its events. */
function isDeclined(error: unknown): boolean {
  return error instanceof StripeError && error.type === "card_error";
}

function expandPaths(expand: unknown): string[] {
  return Array.isArray(expand) ? expand.filter((path): path is string => typeof path === "string") : [];
}

function authenticate(request: IncomingMessage, allowed: readonly string[] | null): string {
  const header = request.headers.authorization ?? "";
  const basic = /^Basic (.+)$/i.exec(header)?.[1];
  const key =
    basic === undefined
      ? (/^Bearer (.+)$/i.exec(header)?.[1] ?? "")
      : Buffer.from(basic, "base64").toString().replace(/:.*$/, "");
  if (key === "") {
    throw invalidRequest(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
      {},
      401,
    );
  }
  const acceptable = allowed === null ? /^(sk|rk)_test_\w+$/.test(key) : allowed.includes(key);
  if (acceptable) return hash(key);
  const masked =
    key.length > 12
      ? `${key.slice(0, 8)}${"*".repeat(Math.min(key.length - 12, 24))}${key.slice(-4)}`
      : "****";
  throw invalidRequest(`Invalid API Key provided: ${masked}`, {}, 401);
}

function checkHeaders(request: IncomingMessage, method: string, body: string): void {
  const version = request.headers["stripe-version"];
  if (version !== undefined && version !== API_VERSION) {
    throw invalidRequest(`Invalid Stripe API version: ${version}. The sandbox speaks ${API_VERSION} only.`);
  }
  const type = request.headers["content-type"] ?? "";
  if (method === "POST" && body !== "" && !type.startsWith("application/x-www-form-urlencoded")) {
    throw invalidRequest(
      "Invalid request (check that your POST content type is application/x-www-form-urlencoded).",
    );
  }
}

function findRoute(method: string, path: string): Found {
  const given = path.replace(/\/$/, "").split("/");
  for (const one of compiled) {
    if (one.method !== method || one.parts.length !== given.length) continue;
    if (!one.parts.every((part, index) => part.startsWith("{") || part === given[index])) continue;
    const at = one.parts.findIndex((part) => part.startsWith("{"));
    return { route: one.route, id: at < 0 ? "" : decodeURIComponent(given[at] ?? "") };
  }
  if (isStripes(method, given)) {
    throw invalidRequest(`The sandbox does not do ${method} ${path}, though Stripe does.`, {}, 404);
  }
  throw invalidRequest(
    `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
    {},
    404,
  );
}

function isStripes(method: string, given: string[]): boolean {
  return [...schema.operations.keys()].some((operation) => {
    const [theirMethod, path = ""] = operation.split(" ");
    const parts = path.split("/");
    return (
      theirMethod === method &&
      parts.length === given.length &&
      parts.every((part, index) => part.startsWith("{") || part === given[index])
    );
  });
}

function serverError(): StripeError {
  return new StripeError(500, "api_error", "An unknown error occurred");
}

function spoil(fault: Fault, answer: Answer | null, requestId: string): Answer {
  if (fault.kind === "error_500") return toAnswer(requestId, serverError());
  if (fault.kind === "error_429") {
    const message =
      "Request rate limit exceeded. You can learn more about rate limits here https://stripe.com/docs/rate-limits.";
    return toAnswer(requestId, invalidRequest(message, { code: "rate_limit" }, 429));
  }
  const whole =
    answer ?? plainAnswer(200, JSON.stringify({ id: requestId, object: "unfinished" }), requestId, {});
  const delivery = fault.kind === "slow" ? "whole" : fault.kind;
  return { ...whole, delivery, hangMilliseconds: fault.milliseconds };
}

function plainAnswer(status: number, body: string, requestId: string, extra: Record<string, string>): Answer {
  const headers = {
    "content-type": "application/json",
    "request-id": requestId,
    "stripe-version": API_VERSION,
    ...extra,
  };
  return { status, headers, body, delivery: "whole", hangMilliseconds: 0 };
}

function toAnswer(requestId: string, error: unknown, headers: Record<string, string> = {}): Answer {
  if (!(error instanceof StripeError)) console.error("Stripe sandbox:", error);
  const known = error instanceof StripeError ? error : serverError();
  return plainAnswer(known.status, JSON.stringify(known.body(requestId), null, 2), requestId, headers);
}
