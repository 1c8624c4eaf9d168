import { createHash } from "node:crypto";

/** All that an entry's hash covers. */
export type ChainedEntry = {
  readonly number: number;
  /** To the millisecond. */
  readonly at: Date;
  readonly actorId: string;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly subjectLabel: string;
  readonly detail: unknown;
  readonly previousHash: string;
};

export type StoredEntry = ChainedEntry & { readonly hash: string };

/** Before the first entry. */
export const CHAIN_START = { number: 0, hash: "" } as const;

export type ChainEnd = { readonly number: number; readonly hash: string };

export type ChainBreak = { readonly number: number; readonly problem: "missing" | "changed" };

/** SHA-256 over the entry in a form that does not depend on how a database orders the keys of its JSON. */
export function hashEntry(entry: ChainedEntry): string {
  const { number, at, actorId, action, subjectType, subjectId, subjectLabel, detail, previousHash } = entry;
  const parts = [number, at.toISOString(), actorId, action, subjectType, subjectId, subjectLabel];
  return createHash("sha256")
    .update(JSON.stringify([...parts, sortKeys(detail), previousHash]))
    .digest("hex");
}

/** Walks on from `end` over entries in their order; answers the new end, or where the chain is broken. */
export function followChain(end: ChainEnd, entries: readonly StoredEntry[]): ChainEnd | ChainBreak {
  let last = end;
  for (const entry of entries) {
    if (entry.number !== last.number + 1) return { number: last.number + 1, problem: "missing" };
    if (entry.previousHash !== last.hash || entry.hash !== hashEntry(entry))
      return { number: entry.number, problem: "changed" };
    last = { number: entry.number, hash: entry.hash };
  }
  return last;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sortKeys(inner)]);
}
