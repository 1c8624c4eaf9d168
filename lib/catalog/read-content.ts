/** Adapter: reads `content/` from disk for the parser. */
import "server-only";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { ContentFiles } from "./parse-course";

/** Pictures and downloads are read as base64, everything else as text. */
const COURSE_FILE = /^courses\/[^/]+\/files\//;

/** Every file below `courses/` and `datasets/` of `dir`, by its path with `/`. Throws when `dir` cannot be read. */
export async function readContent(dir: string): Promise<ContentFiles> {
  const files = new Map<string, string>();
  for (const top of ["courses", "datasets"]) {
    const entries = await readdir(join(dir, top), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      if (!entry.isFile() || entry.name.startsWith(".")) continue;
      const path = join(entry.parentPath, entry.name);
      const name = relative(dir, path).split(sep).join("/");
      files.set(name, await readFile(path, COURSE_FILE.test(name) ? "base64" : "utf8"));
    }
  }
  return files;
}
