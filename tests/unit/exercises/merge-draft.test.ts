import fc from "fast-check";
import { expect, test } from "vitest";
import { type Draft, mergeDraft } from "@/lib/exercises/merge-draft";

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));
const stored: Draft = { code: "mine", editedAt: at(10), version: 4, other: null };

test("a save from the stored version takes its place", () => {
  expect(mergeDraft(stored, { code: "next", editedAt: at(11) }, 4)).toEqual({
    code: "next",
    editedAt: at(11),
    version: 5,
    other: null,
  });
});

test("of two written apart the newer stays, and none is lost", () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.integer({ min: 0, max: 59 }),
      fc.integer({ min: 0, max: 3 }),
      (code, minute, base) => {
        const kept = mergeDraft(stored, { code, editedAt: at(minute) }, base);
        if (code === stored.code) return expect(kept).toEqual(stored);
        expect([kept.code, kept.other?.code].sort()).toEqual([code, stored.code].sort());
        expect(kept.code).toBe(minute >= 10 ? code : stored.code);
        expect(kept.version).toBe(5);
      },
    ),
  );
});

test("a version set aside goes when it is dropped, and only that one", () => {
  const both: Draft = { ...stored, other: { code: "theirs", editedAt: at(3) } };
  const same = { code: "mine", editedAt: at(11) };
  const [named, another] = [at(3).getTime(), at(2).getTime()];
  expect(mergeDraft(both, same, 4, named)).toEqual(stored);
  expect(mergeDraft(both, same, 4, another)).toBe(both);
  expect(mergeDraft(both, { ...same, code: "next" }, 4, named).other).toBeNull();
  expect(mergeDraft(both, { ...same, code: "next" }, 4, another).other).toEqual(both.other);
});
