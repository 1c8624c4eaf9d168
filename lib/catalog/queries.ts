import "server-only";
import { asc, eq } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { courseModules, courses, exercises, lessons } from "@/db/schema/catalog";
import type { StoredCourse } from "./plan-import";

/** The content hash of every course by slug; for the importer. */
export async function listContentHashes(): Promise<ReadonlyMap<string, string>> {
  const rows = await db().select({ slug: courses.slug, hash: courses.contentHash }).from(courses);
  return new Map(rows.map(({ slug, hash }) => [slug, hash]));
}

/** Every course with all it holds, lesson texts and solutions included: for the importer and the exporter only. */
export async function listStoredCourses(executor: Executor = db()): Promise<readonly StoredCourse[]> {
  const heads = await executor.select().from(courses).orderBy(asc(courses.slug));
  const modules = await executor.select().from(courseModules).orderBy(asc(courseModules.position));
  const texts = await executor
    .select({ lesson: lessons, moduleSlug: courseModules.slug })
    .from(lessons)
    .innerJoin(courseModules, eq(courseModules.id, lessons.moduleId))
    .orderBy(asc(lessons.position));
  const tasks = await executor
    .select({ exercise: exercises, lessonSlug: lessons.slug })
    .from(exercises)
    .innerJoin(lessons, eq(lessons.id, exercises.lessonId))
    .orderBy(asc(exercises.position));
  return heads.map((course) => ({
    id: course.id,
    contentHash: course.contentHash,
    course,
    modules: modules.filter((module) => module.courseId === course.id),
    lessons: texts
      .filter(({ lesson }) => lesson.courseId === course.id)
      .map(({ lesson, moduleSlug }) => ({ ...lesson, moduleSlug })),
    exercises: tasks
      .filter(({ exercise }) => exercise.courseId === course.id)
      .map(({ exercise, lessonSlug }) => ({ ...exercise, lessonSlug })),
  }));
}
