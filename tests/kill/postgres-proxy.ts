import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { Point } from "../simulation/actor";

/** Called where a process may be killed; true when it was, so that nothing of it goes on. */
export type Trap = (point: Point, when: "before" | "after") => boolean;

const BEFORE_STARTUP = 4;

/**
 * Stands between the shop and Postgres and reads what the shop says, so that the process can be killed at an exact
 * statement or commit of the build that ships, with nothing in it that knows of tests.
 */
export async function startPostgresProxy(databaseUrl: string, trap: () => Trap | null) {
  const target = new URL(databaseUrl);
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    const session = new Session(client, upstream, trap);
    client.on("data", (bytes) => session.fromShop(bytes));
    upstream.on("data", (bytes) => session.fromPostgres(bytes));
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on("close", end).on("error", end);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return { url: url.href, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

/** One connection, followed message by message. */
class Session {
  #pending = Buffer.alloc(0);
  #started = false;
  /** Statements by the names under which they were prepared. */
  readonly #prepared = new Map<string, string>();
  /** Of the open transaction. */
  #texts: string[] = [];
  /** What the server's next answer tells. */
  #awaited: Point | null = null;

  constructor(
    private readonly client: Socket,
    private readonly upstream: Socket,
    private readonly trap: () => Trap | null,
  ) {}

  fromShop(bytes: Buffer): void {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    for (let message = this.#next(); message; message = this.#next()) {
      if (this.#meets(message)) {
        this.#cut();
        return;
      }
      this.upstream.write(message);
    }
  }

  fromPostgres(bytes: Buffer): void {
    const told = this.#awaited;
    this.#awaited = null;
    const trap = this.trap();
    if (told && trap?.(told, told.kind === "committed" ? "before" : "after")) this.#cut();
    else this.client.write(bytes);
  }

  /** A whole message; null until it has come. The first of a connection has no type before its length. */
  #next(): Buffer | null {
    const skipped = this.#started ? 1 : 0;
    if (this.#pending.length < skipped + BEFORE_STARTUP) return null;
    const length = this.#pending.readInt32BE(skipped) + skipped;
    if (this.#pending.length < length) return null;
    const message = this.#pending.subarray(0, length);
    this.#pending = this.#pending.subarray(length);
    return message;
  }

  #meets(message: Buffer): boolean {
    if (!this.#started) {
      this.#started = true;
      return false;
    }
    const text = this.#readStatement(message);
    const trap = this.trap();
    if (text === null || trap === null) return false;
    if (/^begin/i.test(text)) this.#texts = [];
    else if (/^commit/i.test(text)) {
      const whole = this.#texts.join("; ");
      this.#awaited = { kind: "committed", text: whole };
      return trap({ kind: "commit", text: whole }, "before");
    } else this.#texts.push(text);
    this.#awaited = { kind: "statement", text };
    return trap(this.#awaited, "before");
  }

  /** The statement that this message runs. */
  #readStatement(message: Buffer): string | null {
    const type = String.fromCharCode(message.readUInt8(0));
    const words = message.subarray(5).toString("utf8").split("\0");
    if (type === "P") this.#prepared.set(words[0] ?? "", words[1] ?? "");
    if (type === "B") return this.#prepared.get(words[1] ?? "") ?? null;
    return type === "Q" ? (words[0] ?? "") : null;
  }

  #cut(): void {
    this.client.destroy();
    this.upstream.destroy();
  }
}
