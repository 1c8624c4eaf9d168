/** Adapter: the runtimes' files among the installed packages, read once per process. */
import "server-only";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { RUNTIME_FILES } from "./runtimes";

export type RuntimeAnswer = { readonly body: Uint8Array<ArrayBuffer>; readonly type: string };

const read = new Map<string, Promise<RuntimeAnswer>>();

/** A file below /runtime; null when there is none. While the shop is worked on; built, it serves them by `scripts/runtime-shelf.ts`. */
export function readRuntime(address: string): Promise<RuntimeAnswer> | null {
  const file = RUNTIME_FILES.get(address);
  if (!file) return null;
  const known = read.get(address);
  if (known) return known;
  const path = join(process.cwd(), "node_modules", file.source);
  const loading = readFile(path).then((bytes) => ({ body: new Uint8Array(bytes), type: file.type }));
  read.set(address, loading);
  loading.catch(() => read.delete(address));
  return loading;
}
