/**
 * The shop's web process: Next's request handler with a shelf of its public pages before it. PORT and HOST say where;
 * everything else is in `lib/env.ts`. SIGTERM and SIGINT let the requests that have begun end.
 */

import { createHmac, randomBytes } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import next from "next";
import { countLook } from "../lib/analytics/count-steps";
import { lookedAt } from "../lib/analytics/is-look";
import { PAGES_RENEWED } from "../lib/catalog/pages-renewed";
import { env, ownOrigin } from "../lib/env";
import { clientAddress } from "../lib/identity/client-address";
import { log } from "../lib/log";
import { HEADERS_BEFORE_NEXT } from "../lib/security-headers";
import { PageShelf } from "./page-shelf";
import { RuntimeShelf } from "./runtime-shelf";

const { PORT, HOST } = env();
const server = createServer();
const app = next({ dev: false, hostname: HOST, port: PORT, httpServer: server });
await app.prepare();
const runtimes = new RuntimeShelf();
const shelf = new PageShelf(app.getRequestHandler(), ownOrigin);
subscribe(PAGES_RENEWED, () => shelf.clear());

server.on("request", (request, response) => {
  const slug = lookedAt(request.method, request.url, request.headers);
  if (slug) response.once("finish", () => noteLook(slug, request, response));
  answer(request, response).catch((error) => {
    log.error({ err: error }, "a request could not be answered");
    if (!response.headersSent) response.statusCode = 500;
    response.end();
  });
});

/** Those that the shop has pages or routes for. Next would answer others with the page, and with a fault for a file. */
const METHODS = ["GET", "HEAD", "POST"];

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!METHODS.includes(request.method ?? "")) {
    for (const { key, value } of HEADERS_BEFORE_NEXT) response.setHeader(key, value);
    response.writeHead(405, { Allow: METHODS.join(", ") }).end();
    return;
  }
  if (!(await runtimes.answer(request, response))) await shelf.answer(request, response);
}
server.once("error", (error) => {
  log.fatal({ err: error }, "the shop cannot listen");
  process.exit(1);
});

/** Salts the name of a browser; gone with the process, so nobody can find out later whose it was. */
const salt = randomBytes(16);

/** Counts a look at a course that was answered, for the funnel: no cookie, no script, and nothing about the visitor is kept. */
function noteLook(slug: string, { headers }: IncomingMessage, { statusCode }: ServerResponse): void {
  if (statusCode !== 200 && statusCode !== 304) return;
  const address = clientAddress(String(headers["x-forwarded-for"]));
  const browser = createHmac("sha256", salt)
    .update(`${address} ${headers["user-agent"]}`)
    .digest("base64url");
  countLook(slug, browser, Date.now());
}

let ending = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    if (ending) return;
    ending = true;
    server.close(() => app.close().finally(() => process.exit(0)));
    server.closeIdleConnections();
  });
}
server.listen(PORT, HOST);
