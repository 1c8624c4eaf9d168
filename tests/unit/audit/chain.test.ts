import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CHAIN_START, followChain, hashEntry, type StoredEntry } from "@/lib/audit/chain";

const facts = fc.record({
  at: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
  actorId: fc.uuid(),
  action: fc.string(),
  subjectType: fc.string(),
  subjectId: fc.string(),
  subjectLabel: fc.string(),
  detail: fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null))),
});

const chains = fc.array(facts, { minLength: 1, maxLength: 8 }).map((rows) => {
  const chain: StoredEntry[] = [];
  for (const row of rows) {
    const entry = { ...row, number: chain.length + 1, previousHash: chain.at(-1)?.hash ?? "" };
    chain.push({ ...entry, hash: hashEntry(entry) });
  }
  return chain;
});

describe("The chain of the audit log", () => {
  test("is followed to its end, in one piece or several", () => {
    fc.assert(
      fc.property(chains, fc.nat(), (chain, cut) => {
        const end = { number: chain.length, hash: chain.at(-1)?.hash };
        expect(followChain(CHAIN_START, chain)).toEqual(end);
        const at = cut % (chain.length + 1);
        const half = followChain(CHAIN_START, chain.slice(0, at));
        if ("problem" in half) throw new Error("broken");
        expect(followChain(half, chain.slice(at))).toEqual(end);
      }),
    );
  });

  test("does not depend on the order of keys", () => {
    const entry = { number: 1, at: new Date(0), actorId: "a", action: "b", subjectType: "c", subjectId: "d" };
    const rest = { ...entry, subjectLabel: "e", previousHash: "" };
    expect(hashEntry({ ...rest, detail: { x: 1, y: { a: 1, b: 2 } } })).toBe(
      hashEntry({ ...rest, detail: { y: { b: 2, a: 1 }, x: 1 } }),
    );
  });

  test("breaks where an entry was changed, left out or moved", () => {
    fc.assert(
      fc.property(chains, fc.nat(), (chain, pick) => {
        const at = pick % chain.length;
        const changed = chain.map((entry, index) =>
          index === at ? { ...entry, subjectLabel: `${entry.subjectLabel}!` } : entry,
        );
        expect(followChain(CHAIN_START, changed)).toEqual({ number: at + 1, problem: "changed" });
        // The last one left out is found by the head that is kept beside the entries.
        if (at < chain.length - 1) {
          const shorter = chain.filter((_, index) => index !== at);
          expect(followChain(CHAIN_START, shorter)).toEqual({ number: at + 1, problem: "missing" });
        }
        // Hashed again, as somebody with the program would: the next entry tells.
        const forged = chain.map((entry, index) => {
          if (index !== at) return entry;
          const again = { ...entry, action: `${entry.action}!` };
          return { ...again, hash: hashEntry(again) };
        });
        if (at < chain.length - 1)
          expect(followChain(CHAIN_START, forged)).toEqual({ number: at + 2, problem: "changed" });
      }),
    );
  });
});
