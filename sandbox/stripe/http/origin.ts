import type { IncomingMessage } from "node:http";

/** Hosts this server answers to; others are a foreign name pointed at 127.0.0.1. */
export function isOwnHost(request: IncomingMessage, ownHosts: ReadonlySet<string>): boolean {
  return ownHosts.has(request.headers.host?.toLowerCase() ?? "");
}

/**
 * Whether a form may have come from our own pages. Browsers name the origin of a POST (or, at least, its relation);
 * what sends neither is no browser, so nobody's browser can be tricked into it.
 */
export function isOwnOrigin(request: IncomingMessage, ownHosts: ReadonlySet<string>): boolean {
  const { origin } = request.headers;
  if (origin !== undefined) return URL.canParse(origin) && ownHosts.has(new URL(origin).host);
  const site = request.headers["sec-fetch-site"];
  return site === undefined || site === "same-origin" || site === "none";
}
