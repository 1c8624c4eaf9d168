export const COURSE_TYPES = ["python", "sql", "general"] as const;
export const COURSE_LEVELS = ["beginner", "intermediate", "advanced"] as const;
export const COURSE_STATUSES = ["draft", "published", "archived"] as const;

export type CourseType = (typeof COURSE_TYPES)[number];
export type CourseLevel = (typeof COURSE_LEVELS)[number];
export type CourseStatus = (typeof COURSE_STATUSES)[number];

export const COURSE_TYPE_NAMES: Readonly<Record<CourseType, string>> = {
  python: "Python",
  sql: "SQL",
  general: "General",
};
export const COURSE_LEVEL_NAMES: Readonly<Record<CourseLevel, string>> = {
  beginner: "Beginner",
  intermediate: "Intermediate",
  advanced: "Advanced",
};
