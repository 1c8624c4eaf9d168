import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type Answer, type ApiParts, answerApi } from "../api/answer";
import { answerControl, type ControlParts } from "../control/control";
import { answerPage } from "../pages/answer-page";
import type { PageParts } from "../pages/page-call";
import { isOwnHost, isOwnOrigin } from "./origin";

const LARGEST_BODY = 1_000_000;

export interface ServerParts extends ApiParts, ControlParts, PageParts {
  /** Filled once the port is known. */
  ownHosts: Set<string>;
}

/** Answers the API under /v1, the control API under /_sandbox, and pages elsewhere. */
export function makeServer(parts: ServerParts): Server {
  const server = createServer((request, response) => {
    serve(parts, request, response).catch((error: unknown) => {
      console.error("Stripe sandbox:", error);
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
      response.end("The sandbox failed. Its log says why.");
    });
  });
  server.on("upgrade", (request, socket) => {
    const { pathname } = new URL(request.url ?? "/", "http://sandbox");
    const known = pathname === "/v1/stripecli/subscribe" && isOwnHost(request, parts.ownHosts);
    // A browser always names its origin; the CLI is none.
    if (known && request.headers.origin === undefined) parts.core.tunnels.connect(request, socket);
    else socket.destroy();
  });
  return server;
}

async function serve(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isOwnHost(request, parts.ownHosts)) return refuse(response, 421, "This address is not the sandbox's.");
  const url = new URL(request.url ?? "/", "http://sandbox");
  const body = await readBody(request);
  if (body === null) return refuse(response, 413, "The body is too large.");
  if (/^\/v[12](\/|$)/.test(url.pathname)) return write(response, await answerApi(parts, request, url, body));
  if (request.method !== "GET" && request.method !== "HEAD" && !isOwnOrigin(request, parts.ownHosts)) {
    return refuse(response, 403, "This form was sent from another site.");
  }
  if (url.pathname.startsWith("/_sandbox"))
    return write(response, await answerControl(parts, request, url, body));
  return write(response, answerPage(parts, request, url, body));
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(text);
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > LARGEST_BODY) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

export type Reply = Pick<Answer, "status" | "headers"> & {
  body: string | Buffer;
  delivery?: Answer["delivery"];
  hangMilliseconds?: number;
};

function write(response: ServerResponse, reply: Reply): void {
  const socket = response.socket;
  const body = Buffer.from(reply.body);
  switch (reply.delivery ?? "whole") {
    case "reset":
      socket?.resetAndDestroy();
      return;
    case "hang": {
      const timer = setTimeout(() => socket?.destroy(), reply.hangMilliseconds);
      socket?.once("close", () => clearTimeout(timer));
      return;
    }
    case "truncated":
      response.writeHead(reply.status, { ...reply.headers, "content-length": body.length });
      response.write(body.subarray(0, Math.floor(body.length / 2)), () => socket?.destroy());
      return;
    case "whole":
      response.writeHead(reply.status, { ...reply.headers, "content-length": body.length });
      response.end(body);
  }
}
