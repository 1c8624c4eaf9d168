/** Adapter: yazl packs documents into one file. */
import "server-only";
import { PassThrough, Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { ZipFile } from "yazl";
import type { UserId } from "@/lib/ids";
import { findDocument, type OwnDocument } from "./queries";
import { renderDocument } from "./render-document";

/**
 * A ZIP of the learner's documents as a stream. One is read and rendered at a time, when the one before has been written:
 * three hundred take no more memory than one. When the download is broken off, nothing more is rendered.
 */
export function zipDocuments(userId: UserId, documents: readonly OwnDocument[]): ReadableStream {
  const zip = new ZipFile();
  const output = new PassThrough();
  zip.on("error", (error) => output.destroy(error instanceof Error ? error : new Error(String(error))));
  for (const { orderNumber, number, issuedAt } of documents) {
    // Lazily: yazl asks for the next entry when it has written the one before, and that waits for the reader.
    const file = async (): Promise<Readable> => {
      if (output.destroyed) throw new Error("the download was broken off");
      return Readable.from([await renderOwn(userId, orderNumber, number)]);
    };
    zip.addReadStreamLazy(`${number}.pdf`, { mtime: issuedAt, compress: false }, (ready) => {
      file().then(
        (stream) => ready(null, stream),
        (error: unknown) => ready(error, Readable.from([])),
      );
    });
  }
  zip.end();
  zip.outputStream.pipe(output);
  return Readable.toWeb(output);
}

async function renderOwn(userId: UserId, orderNumber: string, number: string): Promise<Buffer> {
  const document = await findDocument(userId, orderNumber, number);
  if (!document) throw new Error(`document ${number} is gone`);
  return renderDocument(document);
}
