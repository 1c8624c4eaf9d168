import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { markDifference } from "@/lib/exercises/mark-difference";
import { maySeeSolution } from "@/lib/exercises/may-see-solution";

describe("marking a difference", () => {
  test("keeps both texts whole, and marks nothing in equal ones", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const [one, two] = markDifference(a, b);
        expect(one.before + one.changed + one.after).toBe(a);
        expect(two.before + two.changed + two.after).toBe(b);
        expect([one.before, one.after]).toEqual([two.before, two.after]);
        if (a === b) expect(one.changed).toBe("");
      }),
    );
  });
  test("goes by words", () => {
    expect(markDifference("(170, 3)", "(170, 34)")[1]).toEqual({
      before: "(170, ",
      changed: "34",
      after: ")",
    });
  });
});

test("a solution opens with the third try or the first pass; where no tries are kept, at once", () => {
  const see = (tries: number, passed: boolean, keepsTries = true) =>
    maySeeSolution({ tries, passed, keepsTries });
  expect([see(0, false), see(2, false), see(3, false), see(1, true)]).toEqual([false, false, true, true]);
  expect(see(0, false, false)).toBe(true);
});
