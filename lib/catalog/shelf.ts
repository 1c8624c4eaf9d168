/** Adapter: what the static pages show, which a build has not got. */
import "server-only";
import { isBuilding } from "../env";
import { type CourseCard, findFreeLesson, listCourses } from "./queries";

export type Shelf = {
  readonly courses: readonly CourseCard[];
  readonly freeLesson: { readonly course: string; readonly lesson: string } | null;
};

/**
 * What the static pages show. A build has no database: its pages are empty and are made anew before the shop says that
 * it is ready (app/api/internal/revalidate), so nobody is ever served them.
 */
export async function readShelf(): Promise<Shelf> {
  if (isBuilding()) return { courses: [], freeLesson: null };
  const [courses, freeLesson] = await Promise.all([listCourses(), findFreeLesson()]);
  return { courses, freeLesson };
}
