import { createHash } from "node:crypto";
import { imageSize } from "image-size";

/** A picture or a download that lies in `content/courses/<slug>/files/`. */
export type ParsedFile = {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
  readonly sha256: string;
  /** Of a picture, in pixels. */
  readonly width: number | null;
  readonly height: number | null;
  /** Shown or linked where anybody may read: in a free preview or in the course's description. */
  readonly isPublic: boolean;
};

export const FILE_NAME = /^[a-z0-9][a-z0-9_-]*\.[a-z0-9]{2,5}$/;
const MOST_BYTES = 5_000_000;

const PICTURES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
  gif: "image/gif",
  svg: "image/svg+xml",
};
const DOWNLOADS: Readonly<Record<string, string>> = {
  csv: "text/csv; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  py: "text/x-python; charset=utf-8",
  sql: "application/sql; charset=utf-8",
  json: "application/json",
  ipynb: "application/x-ipynb+json",
  pdf: "application/pdf",
  zip: "application/zip",
  db: "application/vnd.sqlite3",
};

const extensionOf = (name: string) => name.slice(name.lastIndexOf(".") + 1);

/** Whether a file of this name is shown in the text; every other one is downloaded. */
export function isPicture(name: string): boolean {
  return Object.hasOwn(PICTURES, extensionOf(name));
}

/** What the file is, or in one sentence why it cannot be taken. */
export function readCourseFile(
  name: string,
  bytes: Buffer,
): Omit<ParsedFile, "isPublic"> | { readonly problem: string } {
  if (!FILE_NAME.test(name))
    return { problem: "the file's name must be lower-case letters, digits, hyphens, and one ending" };
  if (bytes.length > MOST_BYTES) return { problem: "is larger than 5 MB" };
  const extension = extensionOf(name);
  const mediaType = PICTURES[extension] ?? DOWNLOADS[extension];
  if (!mediaType) {
    const known = Object.keys({ ...PICTURES, ...DOWNLOADS }).join(", ");
    return { problem: `a file that ends in .${extension} is not taken; known are ${known}` };
  }
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const file = { name, mediaType, bytes, sha256, width: null, height: null };
  return isPicture(name) ? measure(file, extension) : file;
}

type Measured = Omit<ParsedFile, "isPublic">;

/** The size, so that the text does not jump; and whether the picture is what its name says. */
function measure(file: Measured, extension: string): Measured | { readonly problem: string } {
  try {
    const { width, height, type } = imageSize(file.bytes);
    const named = extension === "jpeg" ? "jpg" : extension;
    if (type !== named) return { problem: `is ${type ?? "no picture"}, not ${extension}` };
    return { ...file, width: Math.round(width), height: Math.round(height) };
  } catch {
    return { problem: "is no picture that can be read" };
  }
}
