/** Adapter: which data sets lie beside the program; they are files only, never in the database. */
import "server-only";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** By path below `content/`. */
export async function listDatasets(): Promise<ReadonlySet<string>> {
  const names = await readdir(join(process.cwd(), "content", "datasets")).catch(() => []);
  return new Set(names.map((name) => `datasets/${name}`));
}
