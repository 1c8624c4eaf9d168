import { strToU8, zipSync } from "fflate";

type Tables = ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>;
export type PackedFile = { readonly name: string; readonly bytes: Uint8Array };

/** A ZIP with one JSON file for each kind of data, the documents, and a list of what is in it. */
export function packArchive(tables: Tables, documents: readonly PackedFile[], madeAt: Date): Uint8Array {
  const filled = [...tables].filter(([, rows]) => rows.length > 0);
  const files: Record<string, Uint8Array> = {};
  for (const [name, rows] of filled)
    files[`data/${name}.json`] = strToU8(`${JSON.stringify(rows, null, 2)}\n`);
  for (const { name, bytes } of documents) files[`documents/${name}`] = bytes;
  files["contents.txt"] = strToU8(listContents(filled, documents, madeAt));
  return zipSync(files, { mtime: madeAt });
}

function listContents(
  filled: readonly (readonly [string, readonly unknown[]])[],
  documents: readonly PackedFile[],
  madeAt: Date,
): string {
  return [
    `Everything this shop keeps about you, as of ${madeAt.toISOString()}.`,
    "",
    ...filled.map(
      ([name, rows]) => `data/${name}.json: ${rows.length} ${rows.length === 1 ? "entry" : "entries"}`,
    ),
    ...documents.map(({ name }) => `documents/${name}`),
    "",
    "Not in it: your password and the keys of your authenticator app, which are not kept readable.",
    "",
  ].join("\n");
}
