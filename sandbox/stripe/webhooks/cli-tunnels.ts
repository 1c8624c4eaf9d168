/** Connections of the official CLI (`stripe listen`), through which it gets events and hands them to a local address. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { acceptWebSocket, type TextSocket } from "../http/websocket";
import type { Ids } from "../store/ids";
import type { StripeEvent } from "../store/records";
import type { Store } from "../store/store";
import type { EventLog } from "./event-log";
import { signatureHeader } from "./signature";

interface Tunnel {
  secret: string;
  sockets: Set<TextSocket>;
}

export class CliTunnels {
  readonly #tunnels = new Map<string, Tunnel>();

  constructor(
    private readonly ids: Ids,
    private readonly store: Store,
    private readonly events: EventLog,
  ) {
    events.onEvent((event) => this.#forwardLater(event));
  }

  /** A connection that may now be opened; it is gone when the sandbox restarts, and the CLI then asks anew. */
  open(): { id: string; secret: string } {
    const id = this.ids.make("websocket");
    const secret = this.ids.make("webhook_secret");
    this.#tunnels.set(id, { secret, sockets: new Set() });
    return { id, secret };
  }

  connect(request: IncomingMessage, socket: Duplex): void {
    const tunnel = this.#tunnels.get(String(request.headers["websocket-id"] ?? ""));
    if (tunnel === undefined) {
      const body = JSON.stringify({ error: { message: "Unknown WebSocket ID." } });
      socket.end(
        `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      );
      return;
    }
    const opened = acceptWebSocket(request, socket, () => tunnel.sockets.delete(opened));
    tunnel.sockets.add(opened);
  }

  close(): void {
    for (const { sockets } of this.#tunnels.values()) for (const socket of sockets) socket.close();
  }

  /** After the transaction; an event that was undone with it is not told. */
  #forwardLater(event: StripeEvent): void {
    if (this.#tunnels.size === 0) return;
    setImmediate(() => {
      if (this.store.events.get(event.id)) this.#forward(event);
    });
  }

  #forward(event: StripeEvent): void {
    const payload = JSON.stringify(this.events.shown(event), null, 2);
    for (const { secret, sockets } of this.#tunnels.values()) {
      const signature = signatureHeader(payload, [secret], Math.floor(Date.now() / 1000));
      const message = JSON.stringify({
        type: "webhook_event",
        endpoint: { api_version: null },
        event_payload: payload,
        http_headers: {
          "Content-Type": "application/json; charset=utf-8",
          "Stripe-Signature": signature,
          "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        },
        webhook_conversation_id: this.ids.make("delivery"),
        webhook_id: this.ids.make("endpoint"),
      });
      for (const socket of sockets) socket.send(message);
    }
  }
}
