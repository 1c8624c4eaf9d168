import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseContinueLesson } from "@/lib/learning/continue-lesson";
import { courseProgress } from "@/lib/learning/course-progress";

const counts = fc.tuple(fc.nat(500), fc.nat(500));

describe("courseProgress", () => {
  test("is a whole number from 0 to 100, and 100 only when every lesson is done", () => {
    fc.assert(
      fc.property(counts, ([completed, total]) => {
        const { percentage, isCompleted } = courseProgress(completed, total);
        expect(Number.isInteger(percentage)).toBe(true);
        expect(percentage).toBeGreaterThanOrEqual(0);
        expect(percentage === 100).toBe(isCompleted);
        expect(isCompleted).toBe(total > 0 && completed >= total);
      }),
    );
  });

  test("never falls when one more lesson is done, and never promises more than the share", () => {
    fc.assert(
      fc.property(counts, ([completed, total]) => {
        const now = courseProgress(completed, total);
        expect(courseProgress(completed + 1, total).percentage).toBeGreaterThanOrEqual(now.percentage);
        if (total > 0) expect(now.percentage / 100).toBeLessThanOrEqual(now.lessonsCompleted / total);
      }),
    );
  });
});

describe("chooseContinueLesson", () => {
  const course = fc
    .array(fc.boolean(), { maxLength: 12 })
    .map((done) => done.map((isCompleted, index) => ({ slug: `lesson-${index}`, isCompleted })));
  const opened = fc.option(
    fc.nat(14).map((index) => `lesson-${index}`),
    { nil: null },
  );

  test("never leads to a finished lesson while one is open, nor past an open lesson opened last", () => {
    fc.assert(
      fc.property(course, opened, (lessons, last) => {
        const chosen = chooseContinueLesson(lessons, last);
        expect(chosen === null).toBe(lessons.length === 0);
        if (lessons.some((lesson) => !lesson.isCompleted)) expect(chosen?.isCompleted).toBe(false);
        const lastOpen = lessons.find((lesson) => lesson.slug === last && !lesson.isCompleted);
        if (lastOpen) expect(chosen).toBe(lastOpen);
      }),
    );
  });

  test("goes on after the lesson opened last, then back to what was left out, then to the start", () => {
    const lesson = (slug: string, isCompleted: boolean) => ({ slug, isCompleted });
    expect(chooseContinueLesson([lesson("a", false), lesson("b", true), lesson("c", false)], "b")?.slug).toBe(
      "c",
    );
    expect(chooseContinueLesson([lesson("a", false), lesson("b", true)], "b")?.slug).toBe("a");
    expect(chooseContinueLesson([lesson("a", true), lesson("b", true)], "b")?.slug).toBe("a");
  });
});
