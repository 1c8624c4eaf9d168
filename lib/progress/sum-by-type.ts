import { COURSE_TYPES, type CourseType } from "@/lib/catalog/course-kinds";
import type { CourseProgress } from "@/lib/learning/course-progress";

export type TypeProgress = {
  readonly courseType: CourseType;
  readonly courses: number;
  readonly lessonsCompleted: number;
  readonly lessonsTotal: number;
  readonly exercisesCompleted: number;
  readonly exercisesTotal: number;
  /** 0 to 100, rounded down, by the same rule as a course's. */
  readonly percentage: number;
};

type Counted = { readonly courseType: CourseType; readonly progress: CourseProgress };

/** The learner's courses summed by their type; types without a course are left out. */
export function sumByType(courses: readonly Counted[]): TypeProgress[] {
  return COURSE_TYPES.flatMap((courseType) => {
    const own = courses.filter((course) => course.courseType === courseType).map(({ progress }) => progress);
    if (own.length === 0) return [];
    const sum = (pick: (progress: CourseProgress) => number) =>
      own.reduce((total, one) => total + pick(one), 0);
    const totals = {
      lessonsCompleted: sum((one) => one.lessonsCompleted),
      lessonsTotal: sum((one) => one.lessonsTotal),
      exercisesCompleted: sum((one) => one.exercisesCompleted),
      exercisesTotal: sum((one) => one.exercisesTotal),
    };
    const all = totals.lessonsTotal + totals.exercisesTotal;
    const done = totals.lessonsCompleted + totals.exercisesCompleted;
    return [
      {
        courseType,
        courses: own.length,
        ...totals,
        percentage: all === 0 ? 0 : Math.floor((done * 100) / all),
      },
    ];
  });
}
