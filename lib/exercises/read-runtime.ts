/** Adapter: the runtimes' files among the installed packages, read and packed once per process. */
import "server-only";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { RUNTIME_FILES } from "./runtimes";

export type RuntimeAnswer = {
  readonly plain: Uint8Array;
  readonly packed: Uint8Array | null;
  readonly type: string;
};

const pack = promisify(gzip);
const read = new Map<string, Promise<RuntimeAnswer>>();

/** A file below /runtime; null when there is none. The archive of the standard library is packed already. */
export function readRuntime(address: string): Promise<RuntimeAnswer> | null {
  const file = RUNTIME_FILES.get(address);
  if (!file) return null;
  const known = read.get(address);
  if (known) return known;
  const loading = (async () => {
    const plain = new Uint8Array(await readFile(join(process.cwd(), "node_modules", file.source)));
    const packed = address.endsWith(".zip") ? null : new Uint8Array(await pack(plain, { level: 6 }));
    return { plain, packed, type: file.type };
  })();
  read.set(address, loading);
  loading.catch(() => read.delete(address));
  return loading;
}
