import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import Negotiator from "negotiator";

/** From the smallest to the largest. */
const ENCODINGS = ["br", "gzip", "identity"] as const;
/** How a body may be packed. */
export type Encoding = (typeof ENCODINGS)[number];

/** The smallest that the browser takes. */
export function chooseEncoding(request: IncomingMessage): Encoding {
  const accepted = new Negotiator(request).encodings([...ENCODINGS]);
  return ENCODINGS.find((one) => accepted.includes(one)) ?? "identity";
}

/** `quality` is of Brotli, from 0 to 11; Gzip always does its best. */
export async function pack(bytes: Buffer, encoding: Encoding, quality: number): Promise<Buffer> {
  if (encoding === "identity") return bytes;
  if (encoding === "gzip") return promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION });
  return promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
}
