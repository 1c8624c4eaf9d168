import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { RUNTIME_FILES } from "../lib/exercises/runtimes";
import { HEADERS_BEFORE_NEXT } from "../lib/security-headers";
import { chooseEncoding, type Encoding, pack } from "./encodings";

const PREFIX = "/runtime/";
/** A quarter of a second for the largest file; 9 takes six times as long for 6 % less. */
const BROTLI_QUALITY = 5;

/**
 * Python and SQLite as they leave the house: ten megabytes that never change. Next would pack them anew for every visitor,
 * which takes longer than their browser takes to start them; here each file is packed once per process and way of packing.
 */
export class RuntimeShelf {
  readonly #packed = new Map<string, Promise<Buffer>>();

  /** False when this is none of its files: then nothing was answered. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const { method, url = "" } = request;
    const file = url.startsWith(PREFIX) ? RUNTIME_FILES.get(url.slice(PREFIX.length)) : undefined;
    if (!file || (method !== "GET" && method !== "HEAD")) return false;
    const encoding = chooseEncoding(request);
    const body = await this.#read(file.source, encoding);
    for (const { key, value } of HEADERS_BEFORE_NEXT) response.setHeader(key, value);
    response.setHeader("Content-Type", file.type);
    response.setHeader("Content-Length", body.length);
    response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
    response.setHeader("Vary", "Accept-Encoding");
    if (encoding !== "identity") response.setHeader("Content-Encoding", encoding);
    response.end(method === "HEAD" ? undefined : body);
    return true;
  }

  #read(source: string, encoding: Encoding): Promise<Buffer> {
    const name = `${encoding} ${source}`;
    const known = this.#packed.get(name);
    if (known) return known;
    const packed = readFile(join(process.cwd(), "node_modules", source)).then((bytes) =>
      pack(bytes, encoding, BROTLI_QUALITY),
    );
    this.#packed.set(name, packed);
    packed.catch(() => this.#packed.delete(name));
    return packed;
  }
}
