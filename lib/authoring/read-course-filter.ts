import { z } from "zod";
import {
  COURSE_STATUSES,
  COURSE_TYPES,
  type CourseStatus,
  type CourseType,
} from "@/lib/catalog/course-kinds";
import { searchWords } from "@/lib/search-words";

export type CourseFilter = {
  /** A part of the title or of the address. */
  readonly q: string;
  readonly status?: CourseStatus | undefined;
  readonly type?: CourseType | undefined;
};

const filter = z.object({
  q: searchWords,
  status: z.enum(COURSE_STATUSES).optional().catch(undefined),
  type: z.enum(COURSE_TYPES).optional().catch(undefined),
});

/** What the list's address asks for; what makes no sense counts as not asked. */
export function readCourseFilter(
  sent: Readonly<Record<string, string | string[] | undefined>>,
): CourseFilter {
  return filter.parse(sent);
}

/** The address of the same list. */
export function courseQuery(
  asked: Partial<CourseFilter>,
  place: Readonly<Record<string, string>> = {},
): string {
  const kept = Object.entries(asked).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams([...kept, ...Object.entries(place)]).toString();
  return query === "" ? "" : `?${query}`;
}
