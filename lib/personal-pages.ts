import "server-only";
import { randomBytes } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "./env";
import {
  COURSE_FILE_PATH,
  contentSecurityPolicy,
  embeddedPayment,
  PERSONAL_PATHS,
  paymentOrigins,
  permissionsPolicy,
  providerOrigins,
} from "./security-headers";

const POLICY = "content-security-policy";
const PERSONAL = new RegExp(`^(?:${PERSONAL_PATHS.join("|")})(?:/|$)`);

/**
 * Pages with personal data get a content security policy with a nonce of their own, and no cache may keep them. Next reads
 * the nonce from the request's header and puts it on its scripts; one that a visitor sends is dropped. Done as a request
 * arrives, whoever serves the build (decision 0076). Called once per process, from `instrumentation.ts`. Who may see a
 * page is not decided here: pages, actions and queries do that themselves.
 */
export function guardPersonalPages(): void {
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as {
      readonly request: IncomingMessage;
      readonly response: ServerResponse;
    };
    const headers = personalHeaders(request.url ?? "/");
    delete request.headers[POLICY];
    delete request.headers[`${POLICY}-report-only`];
    if (headers[POLICY]) request.headers[POLICY] = headers[POLICY];
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  });
}

/** For the target of a request; empty when it is no personal page. */
export function personalHeaders(target: string): Readonly<Record<string, string>> {
  const [path = "/"] = target.replace(/^[a-z]+:\/\/[^/?#]*/i, "").split(/[?#]/);
  if (!PERSONAL.test(readWidely(path))) return {};
  // The policy of a course's file comes with the file.
  if (COURSE_FILE_PATH.test(path)) return { "Permissions-Policy": permissionsPolicy() };
  const embedded = env().STRIPE_CHECKOUT_UI === "embedded" && path === "/checkout";
  return {
    [POLICY]: policyAround(embedded).join(randomBytes(16).toString("base64")),
    "Cache-Control": "private, no-store",
    "Permissions-Policy": permissionsPolicy(embedded ? embeddedPayment(env().STRIPE_API_BASE).frames : []),
  };
}

/** Wider than any router reads it, never narrower: escapes, capitals and doubled slashes count as what they stand for. */
const readWidely = (path: string) =>
  decode(path)
    .replace(/[/\\]+/g, "/")
    .toLowerCase();

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Stands for the nonce in what is composed once. */
const NONCE = "{nonce}";
const composed = new Map<boolean, readonly string[]>();

/** In pieces, between which the nonce stands. */
function policyAround(embedded: boolean): readonly string[] {
  const policy = composed.get(embedded) ?? composePolicy(embedded).split(NONCE);
  composed.set(embedded, policy);
  return policy;
}

/** `embedded`: for the one page with the payment provider's inside. */
function composePolicy(embedded: boolean): string {
  const { NODE_ENV, STRIPE_API_BASE } = env();
  const { scripts = [], ...lets } = embedded ? embeddedPayment(STRIPE_API_BASE) : {};
  const formTargets = [...paymentOrigins(STRIPE_API_BASE), ...providerOrigins(env())];
  const allowed = [`'nonce-${NONCE}'`, ...scripts].join(" ");
  // In development React explains errors with eval, and the error overlay brings styles of its own.
  return NODE_ENV === "development"
    ? contentSecurityPolicy({
        scripts: `${allowed} 'unsafe-eval'`,
        styles: "'unsafe-inline'",
        formTargets,
        ...lets,
      })
    : contentSecurityPolicy({ scripts: allowed, styles: `'nonce-${NONCE}'`, formTargets, ...lets });
}
