/**
 * The shop's web process: Next's request handler with a shelf of its public pages before it. PORT and HOST say where;
 * everything else is in `lib/env.ts`. SIGTERM and SIGINT let the requests that have begun end.
 */
import { subscribe } from "node:diagnostics_channel";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import next from "next";
import { PAGES_RENEWED } from "../lib/catalog/pages-renewed";
import { env, ownOrigin } from "../lib/env";
import { log } from "../lib/log";
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
  answer(request, response).catch((error) => {
    log.error({ err: error }, "a request could not be answered");
    if (!response.headersSent) response.statusCode = 500;
    response.end();
  });
});
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!(await runtimes.answer(request, response))) await shelf.answer(request, response);
}
server.once("error", (error) => {
  log.fatal({ err: error }, "the shop cannot listen");
  process.exit(1);
});

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
