import { z } from "zod";
import { COURSE_TYPES } from "../catalog/course-kinds";
import { searchWords } from "../search-words";

export const MY_COURSE_STATUSES = [
  "not_started",
  "in_progress",
  "completed",
  "suspended",
  "expired",
  "refunded",
  "revoked",
] as const;
export type MyCourseStatus = (typeof MY_COURSE_STATUSES)[number];
export const MY_COURSE_STATUS_NAMES: Readonly<Record<MyCourseStatus, string>> = {
  not_started: "Not started",
  in_progress: "In progress",
  completed: "Completed",
  suspended: "Paused",
  expired: "Expired",
  refunded: "Refunded",
  revoked: "Access ended",
};

export const MY_COURSE_SORTS = ["opened", "title", "progress", "enrolled"] as const;
export const MY_COURSE_SORT_NAMES: Readonly<Record<(typeof MY_COURSE_SORTS)[number], string>> = {
  opened: "Opened last",
  title: "Title",
  progress: "Progress",
  enrolled: "Newest first",
};

const orNothing = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined);

/** The query string of /account/courses. A value nobody offered counts as not set: a kept link never fails. */
export const myCoursesFilter = z.object({
  q: searchWords,
  type: orNothing(z.enum(COURSE_TYPES)),
  status: orNothing(z.enum(MY_COURSE_STATUSES)),
  sort: z.enum(MY_COURSE_SORTS).catch("opened").default("opened"),
  view: z.enum(["list", "grid"]).catch("list").default("list"),
});
export type MyCoursesFilter = z.output<typeof myCoursesFilter>;
