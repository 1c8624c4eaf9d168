import { createHash, randomUUID } from "node:crypto";
import { closeSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type Email, ResendError } from "./email";

const DAY_MS = 24 * 60 * 60 * 1000;

/** One accepted mail. */
export type StoredEmail = Email & {
  readonly id: string;
  readonly createdAt: string;
  readonly idempotencyKey: string | null;
};

/** What the inbox shows of a mail without reading it from the disk. */
export type EmailHead = Pick<StoredEmail, "id" | "createdAt" | "from" | "to" | "subject"> & {
  readonly attachmentCount: number;
};

type Delivery = {
  readonly at: string;
  readonly key: string | null;
  readonly scope: string;
  readonly bodyHash: string;
  readonly emails: readonly StoredEmail[];
};
type Place = { readonly offset: number; readonly length: number; readonly index: number };
type Entry = { readonly head: EmailHead; readonly recipients: readonly string[]; readonly place: Place };
type KeyUse = { readonly bodyHash: string; readonly at: number; readonly ids: readonly string[] };

/**
 * Everything that was accepted, in one append-only file: a line per request, written at once, so that a kill loses at
 * most a line that was never answered. Only heads are kept in memory.
 */
export class Mailbox {
  readonly #file: number;
  #size = 0;
  #entries: Entry[] = [];
  readonly #byId = new Map<string, number>();
  readonly #keys = new Map<string, KeyUse>();

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#file = openSync(join(folder, "emails.jsonl"), "a+", 0o600);
    this.#load();
  }

  /**
   * Keeps the mails of one request and answers their ids. The same key with the same body answers the first ids again
   * for 24 hours.
   *
   * @throws ResendError with status 409 when the key came with another body.
   */
  accept(
    request: { scope: string; key: string | null; body: string; emails: readonly Email[] },
    now: Date,
  ): readonly string[] {
    const bodyHash = createHash("sha256").update(request.body).digest("hex");
    const former = request.key === null ? undefined : this.#keys.get(`${request.scope} ${request.key}`);
    if (former && now.getTime() - former.at < DAY_MS) {
      if (former.bodyHash === bodyHash) return former.ids;
      throw new ResendError(
        409,
        "invalid_idempotent_request",
        "This idempotency key was used with another request body within the last 24 hours.",
      );
    }
    const createdAt = now.toISOString();
    const emails = request.emails.map((email) => ({
      ...email,
      id: randomUUID(),
      createdAt,
      idempotencyKey: request.key,
    }));
    this.#append({ at: createdAt, key: request.key, scope: request.scope, bodyHash, emails });
    return emails.map((email) => email.id);
  }

  /** Newest first; `before` is the id of the last mail of the page before; `to` filters by a recipient's address. */
  list(query: { before?: string | null; to?: string | null; limit: number }): {
    heads: EmailHead[];
    more: boolean;
  } {
    const heads: EmailHead[] = [];
    const wanted = query.to ? bareAddress(query.to) : null;
    const start = query.before
      ? (this.#byId.get(query.before) ?? this.#entries.length)
      : this.#entries.length;
    for (let index = start - 1; index >= 0; index -= 1) {
      const entry = this.#entries[index];
      if (!entry || (wanted !== null && !entry.recipients.includes(wanted))) continue;
      if (heads.length === query.limit) return { heads, more: true };
      heads.push(entry.head);
    }
    return { heads, more: false };
  }

  get size(): number {
    return this.#entries.length;
  }

  find(id: string): StoredEmail | null {
    const index = this.#byId.get(id);
    const place = index === undefined ? undefined : this.#entries[index]?.place;
    if (!place) return null;
    const buffer = Buffer.alloc(place.length);
    readSync(this.#file, buffer, 0, place.length, place.offset);
    return parseDelivery(buffer.toString("utf8"))?.emails[place.index] ?? null;
  }

  clear(): void {
    ftruncateSync(this.#file, 0);
    this.#size = 0;
    this.#entries = [];
    this.#byId.clear();
    this.#keys.clear();
  }

  close(): void {
    closeSync(this.#file);
  }

  #append(delivery: Delivery): void {
    const line = Buffer.from(`${JSON.stringify(delivery)}\n`);
    writeSync(this.#file, line);
    this.#index(delivery, this.#size, line.length);
    this.#size += line.length;
  }

  #index(delivery: Delivery, offset: number, length: number): void {
    delivery.emails.forEach((email, index) => {
      const { id, createdAt, from, to, subject, attachments } = email;
      this.#byId.set(id, this.#entries.length);
      this.#entries.push({
        head: { id, createdAt, from, to, subject, attachmentCount: attachments.length },
        recipients: [...to, ...email.cc, ...email.bcc].map(bareAddress),
        place: { offset, length, index },
      });
    });
    if (delivery.key === null) return;
    const ids = delivery.emails.map((email) => email.id);
    this.#keys.set(`${delivery.scope} ${delivery.key}`, {
      bodyHash: delivery.bodyHash,
      at: Date.parse(delivery.at),
      ids,
    });
  }

  /** Reads the file line by line; a last line without its end was never answered and is cut off. */
  #load(): void {
    const chunk = Buffer.alloc(1024 * 1024);
    let pending = Buffer.alloc(0);
    let position = 0;
    for (;;) {
      const count = readSync(this.#file, chunk, 0, chunk.length, position);
      if (count === 0) break;
      position += count;
      pending = Buffer.concat([pending, chunk.subarray(0, count)]);
      let end = pending.indexOf(10);
      while (end !== -1) {
        const delivery = parseDelivery(pending.subarray(0, end).toString("utf8"));
        if (delivery) this.#index(delivery, this.#size, end + 1);
        this.#size += end + 1;
        pending = pending.subarray(end + 1);
        end = pending.indexOf(10);
      }
    }
    ftruncateSync(this.#file, this.#size);
  }
}

function parseDelivery(line: string): Delivery | null {
  try {
    return JSON.parse(line) as Delivery;
  } catch {
    return null;
  }
}

/** `Name <Someone@Example.org>` and `someone@example.org` are one mailbox. */
function bareAddress(address: string): string {
  return (/<([^>]+)>\s*$/.exec(address)?.[1] ?? address).trim().toLowerCase();
}
