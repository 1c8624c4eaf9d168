import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** What the API does with the next request; `accept` when nothing was asked for. */
export type Behaviour =
  | "accept"
  | "accept then reset"
  | "reset"
  | "hang"
  | { readonly status: number; readonly name: string; readonly retryAfter?: number };

type Delivered = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

/** A mail API that keeps Resend's promise (one delivery per idempotency key) and breaks on request. */
export async function startMailApi() {
  const script: Behaviour[] = [];
  const delivered = new Map<string, Delivered>();
  const keys: string[] = [];

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const behaviour = script.shift() ?? "accept";
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const key = String(request.headers["idempotency-key"]);
    keys.push(key);
    if (behaviour === "hang") return;
    if (behaviour === "reset") return request.socket.destroy();
    if (typeof behaviour === "object") {
      if (behaviour.retryAfter) response.setHeader("retry-after", String(behaviour.retryAfter));
      response.writeHead(behaviour.status, { "content-type": "application/json" });
      return response.end(
        JSON.stringify({ statusCode: behaviour.status, name: behaviour.name, message: "no" }),
      );
    }
    if (!delivered.has(key)) delivered.set(key, JSON.parse(Buffer.concat(chunks).toString()));
    if (behaviour === "accept then reset") return request.socket.destroy();
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ id: `sent-${key}` }));
  };

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    /** What the next requests meet, in order. */
    next: (...behaviours: Behaviour[]) => script.push(...behaviours),
    /** By idempotency key: what reached a mailbox. */
    delivered,
    /** The key of every request, in order. */
    keys,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
