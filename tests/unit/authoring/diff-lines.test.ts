import fc from "fast-check";
import { expect, test } from "vitest";
import { diffLines, foldDiff } from "@/lib/authoring/diff-lines";

const text = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 12 }).map((lines) => lines.join("\n"));
const linesOf = (source: string) => (source === "" ? [] : source.replace(/\n$/, "").split("\n"));

test("what is the same or gone is the text before, what is the same or new the text after", () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after);
      const of = (left: string) => lines.filter(({ kind }) => kind !== left).map((line) => line.text);
      expect(of("new")).toEqual(linesOf(before));
      expect(of("gone")).toEqual(linesOf(after));
    }),
  );
});

test("one changed line is one gone and one new, and far lines are folded", () => {
  const before = Array.from({ length: 20 }, (_line, index) => `line ${index}`).join("\n");
  const lines = diffLines(before, before.replace("line 10", "another"));
  expect(lines.filter(({ kind }) => kind !== "same")).toEqual([
    { kind: "gone", text: "line 10" },
    { kind: "new", text: "another" },
  ]);
  expect(foldDiff(lines).map((line) => line?.text ?? "…")).toEqual([
    "…",
    "line 8",
    "line 9",
    "line 10",
    "another",
    "line 11",
    "line 12",
    "…",
  ]);
  expect(foldDiff(diffLines(before, before))).toEqual([null]);
});
