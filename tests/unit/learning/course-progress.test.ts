import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseContinueLesson } from "@/lib/learning/continue-lesson";
import { courseProgress } from "@/lib/learning/course-progress";

const step = fc.nat(4).chain((exercises) =>
  fc.record({
    isCompleted: fc.boolean(),
    exercises: fc.constant(exercises),
    exercisesCompleted: fc.nat(exercises),
    isNew: fc.boolean(),
  }),
);
const steps = fc.array(step, { maxLength: 20 });
const done = { isCompleted: true, exercises: 2, exercisesCompleted: 2, isNew: false };

describe("courseProgress", () => {
  test("is a whole number from 0 to 100, and 100 only when every lesson and every exercise is done", () => {
    fc.assert(
      fc.property(steps, (course) => {
        const { percentage, isCompleted } = courseProgress(course);
        expect(Number.isInteger(percentage)).toBe(true);
        expect(percentage).toBeGreaterThanOrEqual(0);
        expect(percentage === 100).toBe(isCompleted);
        const counted = course.filter((one) => !one.isNew);
        const whole = counted.every((one) => one.isCompleted && one.exercisesCompleted === one.exercises);
        expect(isCompleted).toBe(counted.length > 0 && whole);
      }),
    );
  });

  test("never falls when one more thing is done, and never promises more than the share", () => {
    fc.assert(
      fc.property(steps, fc.nat(), (course, pick) => {
        const now = courseProgress(course);
        const more = course.map((one, index) =>
          index === pick % course.length ? { ...one, isCompleted: true } : one,
        );
        expect(courseProgress(more).percentage).toBeGreaterThanOrEqual(now.percentage);
        const total = now.lessonsTotal + now.exercisesTotal;
        const share = (now.lessonsCompleted + now.exercisesCompleted) / total;
        if (total > 0) expect(now.percentage / 100).toBeLessThanOrEqual(share);
      }),
    );
  });

  test("is moved by nothing that is new", () => {
    fc.assert(
      fc.property(steps, steps, (course, added) => {
        const news = added.map((one) => ({ ...one, isNew: true }));
        expect(courseProgress([...course, ...news])).toEqual(courseProgress(course));
      }),
    );
  });

  test("counts a lesson and an exercise alike, rounded down", () => {
    const open = { isCompleted: true, exercises: 2, exercisesCompleted: 0, isNew: false };
    expect(courseProgress([done, open])).toMatchObject({ percentage: 66, isCompleted: false });
    expect(courseProgress([done, done])).toMatchObject({ percentage: 100, isCompleted: true });
    expect(courseProgress([])).toMatchObject({ percentage: 0, isCompleted: false });
  });
});

describe("chooseContinueLesson", () => {
  const course = fc.array(fc.boolean(), { maxLength: 12 }).map((done) =>
    done.map((isCompleted, index) => ({
      slug: `lesson-${index}`,
      isCompleted,
      exercises: 0,
      exercisesCompleted: 0,
    })),
  );
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
    const lesson = (slug: string, isCompleted: boolean, exercisesCompleted = 1) => ({
      slug,
      isCompleted,
      exercises: 1,
      exercisesCompleted,
    });
    expect(chooseContinueLesson([lesson("a", false), lesson("b", true), lesson("c", false)], "b")?.slug).toBe(
      "c",
    );
    expect(chooseContinueLesson([lesson("a", false), lesson("b", true)], "b")?.slug).toBe("a");
    expect(chooseContinueLesson([lesson("a", true), lesson("b", true)], "b")?.slug).toBe("a");
    expect(chooseContinueLesson([lesson("a", true), lesson("b", true, 0)], "a")?.slug).toBe("b");
  });
});
