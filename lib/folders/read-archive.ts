import { strFromU8, unzipSync } from "fflate";
import type { ContentFiles } from "@/lib/catalog/parse-course";
import { err, ok, type Result } from "@/lib/result";

export type ArchiveProblem = "not_a_zip" | "too_large" | "no_course";

/** Unpacked; a course with all its pictures is far smaller. */
const MOST_BYTES = 60_000_000;
const MOST_FILES = 5_000;
/** Wherever the folder lay when it was packed. */
const PATH = /(?:^|\/)(courses\/[a-z0-9-]+\/.+)$/;

/** The files of a ZIP by path below `content/`; whatever lies outside of `courses/` is left out. */
export function readArchive(bytes: Uint8Array): Result<ContentFiles, ArchiveProblem> {
  let [size, count] = [0, 0];
  const filter = ({ name, originalSize }: { readonly name: string; readonly originalSize: number }) => {
    if (!PATH.test(name) || /(^|\/)(\.|__MACOSX)/.test(name) || name.endsWith("/")) return false;
    size += originalSize;
    count += 1;
    return size <= MOST_BYTES && count <= MOST_FILES;
  };
  const entries = unzip(bytes, filter);
  if (!entries) return err("not_a_zip");
  if (size > MOST_BYTES || count > MOST_FILES) return err("too_large");
  const files = new Map<string, string>();
  for (const [name, content] of Object.entries(entries)) {
    const path = PATH.exec(name)?.[1];
    if (path) files.set(path, isBinary(path) ? Buffer.from(content).toString("base64") : strFromU8(content));
  }
  return files.size === 0 ? err("no_course") : ok(files);
}

function unzip(bytes: Uint8Array, filter: (file: { name: string; originalSize: number }) => boolean) {
  try {
    return unzipSync(bytes, { filter });
  } catch {
    return null;
  }
}

const isBinary = (path: string) => /^courses\/[^/]+\/files\//.test(path);
