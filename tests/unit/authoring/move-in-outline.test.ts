import { expect, test } from "vitest";
import { moveChapter, moveLesson } from "@/lib/authoring/move-in-outline";

const outline = [{ lessons: ["a", "b"] }, { lessons: ["c"] }];
const names = (chapters: readonly { readonly lessons: readonly string[] }[]) =>
  chapters.map(({ lessons }) => lessons.join("")).join(" ");

test.each([
  [0, 0, 1, "ba c"],
  [0, 1, 1, "a bc"],
  [1, 0, -1, "abc "],
  [0, 0, -1, "ab c"],
  [1, 0, 1, "ab c"],
] as const)("lesson %i.%i moved by %i", (chapter, at, by, expected) => {
  expect(names(moveLesson(outline, chapter, at, by))).toBe(expected);
  expect(names(outline)).toBe("ab c");
});

test("chapters change places, and stay at the ends", () => {
  expect(names(moveChapter(outline, 0, 1))).toBe("c ab");
  expect(names(moveChapter(outline, 0, -1))).toBe("ab c");
});
