import type { MyCourse } from "./queries";
import type { MyCoursesFilter } from "./schema";

/** The learner's courses that match, in the order asked for. They are few: nobody owns a thousand courses. */
export function filterMyCourses(
  courses: readonly MyCourse[],
  { q, type, status, sort }: MyCoursesFilter,
): MyCourse[] {
  const words = q.toLocaleLowerCase("en").split(/\s+/).filter(Boolean);
  const matches = (course: MyCourse) =>
    (!type || course.courseType === type) &&
    (!status || course.status === status) &&
    words.every((word) => course.title.toLocaleLowerCase("en").includes(word));
  return courses.filter(matches).toSorted(ORDERS[sort]);
}

const lastTouched = (course: MyCourse) => (course.lastOpenedAt ?? course.enrolledAt).getTime();

const ORDERS: Readonly<Record<MyCoursesFilter["sort"], (a: MyCourse, b: MyCourse) => number>> = {
  opened: (a, b) => lastTouched(b) - lastTouched(a),
  title: (a, b) => a.title.localeCompare(b.title, "en"),
  progress: (a, b) => b.progress.percentage - a.progress.percentage || lastTouched(b) - lastTouched(a),
  enrolled: (a, b) => b.enrolledAt.getTime() - a.enrolledAt.getTime(),
};
