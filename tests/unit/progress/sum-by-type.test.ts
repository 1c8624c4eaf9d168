import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { COURSE_TYPES } from "@/lib/catalog/course-kinds";
import { courseProgress } from "@/lib/learning/course-progress";
import { sumByType } from "@/lib/progress/sum-by-type";

const step = fc.record({
  isCompleted: fc.boolean(),
  exercises: fc.nat(4),
  exercisesCompleted: fc.nat(4),
  isNew: fc.boolean(),
});
const course = fc.record({
  courseType: fc.constantFrom(...COURSE_TYPES),
  progress: fc.array(step, { maxLength: 6 }).map(courseProgress),
});

const counts = (lessonsCompleted: number, lessonsTotal: number, exercises: readonly [number, number]) => ({
  lessonsCompleted,
  lessonsTotal,
  exercisesCompleted: exercises[0],
  exercisesTotal: exercises[1],
  percentage: 0,
  isCompleted: false,
});

describe("Courses summed by their type", () => {
  test("are added up, with one share of all lessons and exercises; a type without a course is left out", () => {
    const summed = sumByType([
      { courseType: "sql", progress: counts(0, 0, [0, 0]) },
      { courseType: "python", progress: counts(1, 3, [0, 0]) },
      { courseType: "python", progress: counts(2, 4, [1, 6]) },
    ]);
    expect(summed).toEqual([
      {
        courseType: "python",
        courses: 2,
        lessonsCompleted: 3,
        lessonsTotal: 7,
        exercisesCompleted: 1,
        exercisesTotal: 6,
        // 4 of 13, rounded down; the mean of the two courses' shares would be 31.
        percentage: 30,
      },
      {
        courseType: "sql",
        courses: 1,
        lessonsCompleted: 0,
        lessonsTotal: 0,
        exercisesCompleted: 0,
        exercisesTotal: 0,
        percentage: 0,
      },
    ]);
    expect(sumByType([])).toEqual([]);
  });

  test("lose no course and no lesson, and reach 100 with the last one only", () => {
    fc.assert(
      fc.property(fc.array(course, { maxLength: 12 }), (courses) => {
        const summed = sumByType(courses);
        expect(summed.reduce((sum, type) => sum + type.courses, 0)).toBe(courses.length);
        expect(summed.reduce((sum, type) => sum + type.lessonsTotal, 0)).toBe(
          courses.reduce((sum, { progress }) => sum + progress.lessonsTotal, 0),
        );
        for (const type of summed) {
          const all = type.lessonsTotal + type.exercisesTotal;
          const done = type.lessonsCompleted + type.exercisesCompleted;
          expect(type.percentage === 100).toBe(all > 0 && done === all);
          expect(type.percentage).toBeGreaterThanOrEqual(0);
          expect(type.percentage).toBeLessThanOrEqual(100);
        }
      }),
    );
  });

  test("of one course say the same as the course", () => {
    fc.assert(
      fc.property(course, (one) => {
        const [alone] = sumByType([one]);
        expect(alone?.percentage).toBe(one.progress.percentage);
      }),
    );
  });
});
