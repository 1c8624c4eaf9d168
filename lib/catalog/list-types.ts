import { COURSE_TYPES, type CourseType } from "./course-kinds";

/** The types that occur, in the usual order. */
export function listTypes(courses: readonly { readonly type: CourseType }[]): readonly CourseType[] {
  return COURSE_TYPES.filter((type) => courses.some((course) => course.type === type));
}
