import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { issueMany } from "../tests/support/issue-many";
import { type Figure, median } from "./figures";

const DOCUMENTS = 300;
/** One invoice, once the fonts are read. */
const GOAL_MS = 60;
const RENDERINGS = 40;
/** Until the machine code that runs most is the optimised one. */
const WARMING = 60;

/**
 * How long the PDF of an invoice takes once warm, and how much memory (after a collection, so what is held in fact) the ZIP
 * of a year's 300 documents needs at its highest, against what it weighs. In this process, by the shop's own code.
 */
export async function* measureDocuments(): AsyncGenerator<Figure> {
  const { db } = await import("../db/client");
  const { users } = await import("../db/schema/identity");
  const { findDocument, listOwnDocuments } = await import("../lib/documents/queries");
  const { renderDocument } = await import("../lib/documents/render-document");
  const { zipDocuments } = await import("../lib/documents/zip-documents");
  const [reader] = await db()
    .insert(users)
    .values({ email: "many@example.test", name: "Mira Vale" })
    .returning({ id: users.id });
  if (!reader) throw new Error("no reader");
  await issueMany(db(), reader.id, DOCUMENTS);
  const documents = await listOwnDocuments(reader.id);
  const [first] = documents;
  const document = first && (await findDocument(reader.id, first.orderNumber, first.number));
  if (!document) throw new Error("no document");

  const times: number[] = [];
  for (let round = -WARMING; round < RENDERINGS; round += 1) {
    const startedAt = performance.now();
    await renderDocument(document);
    if (round >= 0) times.push(performance.now() - startedAt);
  }
  yield { name: "pdf", ours: median(times), ceiling: GOAL_MS, unit: "ms", goal: { atMost: 1 } };

  const held = memoryHeld();
  const before = held();
  let [bytes, next, most] = [0, 0, before];
  for await (const chunk of zipDocuments(reader.id, documents)) {
    bytes += (chunk as Uint8Array).byteLength;
    if (bytes < next) continue;
    next = bytes + 500_000;
    most = Math.max(most, held());
  }
  const kB = (size: number) => size / 1024;
  yield {
    name: `zip:${DOCUMENTS}-memory`,
    ours: kB(most - before),
    ceiling: kB(bytes),
    unit: "kB",
    goal: { atMost: 0.5 },
  };
}

/** Bytes that cannot be given back. */
function memoryHeld(): () => number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  return () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
}
