/** Adapter: makes the forwarding headers of a request tell the truth before anything reads them. */
import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { log } from "../log";

const FORWARDING = ["forwarded", "x-real-ip", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto"];

let warned = false;

/**
 * Next keeps an `x-forwarded-for` that the client sent and adds the socket's address only where there is none, and no code
 * in a route can see the socket. So without a trusted proxy the client's forwarding headers are dropped as a request
 * arrives, and the socket's address is put in their place. Called once per process, from `instrumentation.ts`.
 */
export function believeSocketsOnly(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { readonly request: IncomingMessage };
    const from = request.socket.remoteAddress;
    if (request.headers["x-forwarded-for"] !== undefined && !isThisMachine(from)) warnOnce();
    for (const name of FORWARDING) delete request.headers[name];
    request.headers["x-forwarded-for"] = from ?? "unknown";
  });
}

/** Next itself asks its own server for the page that an action redirects to, and forwards the headers. */
function isThisMachine(address: string | undefined): boolean {
  return address !== undefined && /^(::ffff:)?127\.|^::1$/.test(address);
}

function warnOnce(): void {
  if (warned) return;
  warned = true;
  log.warn(
    "A request came with x-forwarded-for. If the shop is behind a proxy, set TRUSTED_PROXY=x-forwarded-for; until then all its visitors share one address.",
  );
}
