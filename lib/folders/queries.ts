import "server-only";
import { asc, eq, isNull } from "drizzle-orm";
import { askedBy } from "@/db/asked-by";
import { db } from "@/db/client";
import { courses, lessons } from "@/db/schema/catalog";
import { formatCourse, fromRows } from "@/lib/catalog/format-course";
import { listFileBytes, listStoredCourses } from "@/lib/catalog/queries";
import type { UserId } from "@/lib/ids";

/** The addresses of all courses that somebody may take out of the shop, or the one asked for. */
export async function listFolders(staffId: UserId, slug: string | null): Promise<string[]> {
  const rows = await db()
    .select({ slug: courses.slug })
    .from(courses)
    .where(askedBy(staffId, "courses.edit"))
    .orderBy(asc(courses.slug));
  return rows.map((row) => row.slug).filter((one) => slug === null || one === slug);
}

/** One course in the folder format, by path below `content/`. */
export async function readFolder(slug: string): Promise<ReadonlyMap<string, string | Buffer>> {
  const [stored] = await listStoredCourses(db(), slug);
  if (!stored) return new Map();
  return new Map<string, string | Buffer>([
    ...formatCourse(fromRows(stored)),
    ...(await listFileBytes(slug)),
  ]);
}

/** What the texts of an upload may name, because the shop has it. */
export async function listKnownPlaces() {
  const rows = await db()
    .select({ course: courses.slug, lesson: lessons.slug })
    .from(courses)
    .leftJoin(lessons, eq(lessons.courseId, courses.id))
    .where(isNull(lessons.archivedAt));
  return {
    courses: new Set(rows.map(({ course }) => course)),
    lessons: new Set(rows.flatMap(({ course, lesson }) => (lesson ? [`/learn/${course}/${lesson}`] : []))),
  };
}
