/** Adapter: yazl packs courses into one file. */
import "server-only";
import { PassThrough, Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { ZipFile } from "yazl";
import { readFolder } from "./queries";

/** A ZIP of courses in the folder format, as a stream: one course is read at a time. */
export function packCourses(slugs: readonly string[], now: Date): ReadableStream {
  const zip = new ZipFile();
  const output = new PassThrough();
  const fail = (error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error)));
  zip.on("error", fail);
  zip.outputStream.pipe(output);
  const pack = async () => {
    for (const slug of slugs) {
      if (output.destroyed) return;
      for (const [path, content] of await readFolder(slug))
        zip.addBuffer(Buffer.from(content), `content/${path}`, { mtime: now });
    }
    zip.end();
  };
  pack().catch(fail);
  return Readable.toWeb(output);
}
