import type { BadgeTone } from "@/components/ui/badge";
import type { CourseStatus } from "@/lib/catalog/course-kinds";

export const COURSE_STATUS_NAMES: Readonly<Record<CourseStatus, string>> = {
  draft: "Draft",
  published: "On sale",
  archived: "Archived",
};

export const COURSE_STATUS_TONES: Readonly<Record<CourseStatus, BadgeTone>> = {
  draft: "warning",
  published: "success",
  archived: "neutral",
};

/** The columns of a course and of a lesson in words, for differences and conflicts. */
export const FIELD_NAMES: Readonly<Record<string, string>> = {
  title: "Title",
  summary: "Summary",
  level: "Level",
  courseType: "Kind",
  priceAmount: "Price",
  price: "Price",
  currency: "Currency",
  status: "Status",
  position: "Place",
  description: "Description",
  audience: "Who it is for",
  prerequisites: "What is needed before",
  outcomes: "Outcomes",
  relatedSlugs: "Related courses",
  keywords: "Search words",
  body: "Text",
  quiz: "Questions",
  minutes: "Minutes",
  freePreview: "Free preview",
  moduleSlug: "Chapter",
  lessonSlug: "Lesson",
  prompt: "Task",
  starter: "Starter",
  hints: "Hints",
  definition: "Exercise",
  added: "made in the shop",
  archived: "taken out in the shop",
};

export const nameFields = (fields: readonly string[]) =>
  fields.map((field) => FIELD_NAMES[field] ?? field).join(", ");
