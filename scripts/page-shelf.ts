import { createHash } from "node:crypto";
import { get, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { chooseEncoding, type Encoding, pack } from "./encodings";

/** A public page, ready to send. */
type Page = {
  readonly headers: OutgoingHttpHeaders;
  readonly etag: string;
  readonly bodies: Readonly<Record<Encoding, Buffer>>;
  /** In milliseconds of `performance.now()`. */
  checkedAt: number;
};

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** How long a page is sent before Next, which knows when a static page is due, is asked for it again. */
const FRESH_MS = 60_000;
const MOST_PAGES = 2_000;
/** The highest, 11, saves another 5 % for five times the work. */
const BROTLI_QUALITY = 9;
/** What belongs to one answer, and not to the page. */
const OF_ONE_ANSWER = ["connection", "content-length", "date", "etag", "keep-alive", "transfer-encoding"];

/**
 * Public pages as they leave the house. Next keeps a static page as text, and hashes and compresses it for every visitor
 * anew; here that is done once. Kept is only what Next itself calls prerendered and shareable, so never a page with
 * a cookie, a query or an error; and all of it goes when the catalogue changes.
 */
export class PageShelf {
  readonly #pages = new Map<string, Page>();
  readonly #filling = new Set<string>();
  /** Grows with every `clear`: a page asked for before it is not kept after it. */
  #generation = 0;

  /** `origin`: where this process answers, to ask itself for pages. */
  constructor(
    private readonly handle: Handle,
    private readonly origin: () => string,
  ) {}

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!mayBeShared(request)) return this.handle(request, response);
    const path = request.url ?? "/";
    const page = this.#pages.get(path);
    if (page) {
      if (performance.now() - page.checkedAt > FRESH_MS) void this.#fill(path);
      return send(page, request, response);
    }
    response.once("finish", () => {
      if (isShareable(response.statusCode, response.getHeaders())) void this.#fill(path);
    });
    return this.handle(request, response);
  }

  clear(): void {
    this.#generation += 1;
    this.#pages.clear();
  }

  /** Asks Next for the page, uncompressed, past the shelf. Never throws: without it the next visitor asks Next. */
  async #fill(path: string): Promise<void> {
    if (this.#filling.has(path)) return;
    this.#filling.add(path);
    const generation = this.#generation;
    const known = this.#pages.get(path);
    this.#pages.delete(path);
    try {
      const page = await fetchPage(this.origin() + path, known);
      if (generation === this.#generation && page) this.#keep(path, page);
    } catch {
      // The process ends, or the page does.
    } finally {
      this.#filling.delete(path);
    }
  }

  #keep(path: string, page: Page): void {
    this.#pages.set(path, page);
    const [oldest] = this.#pages.size > MOST_PAGES ? this.#pages.keys() : [];
    if (oldest !== undefined) this.#pages.delete(oldest);
  }
}

/** A plain visit to an address without a query: no part of a page, no draft. */
function mayBeShared({ method, url = "/", headers }: IncomingMessage): boolean {
  return (
    (method === "GET" || method === "HEAD") &&
    /^\/(?!\/|_next\/|api\/)[^?]*$/.test(url) &&
    headers.rsc === undefined &&
    headers.range === undefined &&
    !headers.cookie?.includes("__prerender_bypass")
  );
}

function isShareable(status: number | undefined, headers: OutgoingHttpHeaders): boolean {
  return (
    status === 200 &&
    headers["x-nextjs-prerender"] === "1" &&
    String(headers["cache-control"]).includes("s-maxage=") &&
    /^text\/html\b/.test(String(headers["content-type"])) &&
    headers["set-cookie"] === undefined
  );
}

/** Null when it is no page to keep. What has not changed since `known` is not compressed again. */
async function fetchPage(url: string, known: Page | undefined): Promise<Page | null> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers: { "accept-encoding": "identity" }, timeout: 30_000 }, resolve).once("error", reject);
  });
  const body = await buffer(response);
  if (!isShareable(response.statusCode, response.headers)) return null;
  const checkedAt = performance.now();
  const etag = `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
  const headers: OutgoingHttpHeaders = { ...response.headers, "x-nextjs-cache": "HIT" };
  for (const name of OF_ONE_ANSWER) delete headers[name];
  if (known?.etag === etag) return { ...known, headers, checkedAt };
  const [br, gz] = await Promise.all([pack(body, "br", BROTLI_QUALITY), pack(body, "gzip", BROTLI_QUALITY)]);
  return { headers, etag, bodies: { br, gzip: gz, identity: body }, checkedAt };
}

function send(page: Page, request: IncomingMessage, response: ServerResponse): void {
  if (request.headers["if-none-match"]?.includes(page.etag)) {
    response.writeHead(304, { ...page.headers, etag: page.etag }).end();
    return;
  }
  const encoding = chooseEncoding(request);
  const body = page.bodies[encoding];
  response.writeHead(200, {
    ...page.headers,
    etag: page.etag,
    "content-length": body.length,
    ...(encoding === "identity" ? {} : { "content-encoding": encoding }),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}
