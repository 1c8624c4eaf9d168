import "server-only";
import { and, asc, eq, ne, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { courses, lessons } from "@/db/schema/catalog";
import { lessonNotes } from "@/db/schema/progress";
import type { UserId } from "@/lib/ids";

export type NotedCourse = { readonly slug: string; readonly title: string; readonly notes: number };

/** Courses in which the learner has written, those written in last first. What they wrote is theirs, access or not. */
export function listNotedCourses(userId: UserId): Promise<NotedCourse[]> {
  return db()
    .select({ slug: courses.slug, title: courses.title, notes: sql<number>`count(*)::int` })
    .from(lessonNotes)
    .innerJoin(courses, eq(courses.id, lessonNotes.courseId))
    .where(and(eq(lessonNotes.userId, userId), ne(lessonNotes.body, "")))
    .groupBy(courses.id, courses.slug, courses.title)
    .orderBy(sql`max(${lessonNotes.updatedAt}) desc`);
}

export type LessonNote = {
  readonly lesson: string;
  readonly title: string;
  readonly body: string;
  readonly updatedAt: Date;
};

/** The learner's notes on one course in the order of its lessons; as many as it has lessons at most. */
export function listCourseNotes(userId: UserId, courseSlug: string): Promise<LessonNote[]> {
  return db()
    .select({
      lesson: lessons.slug,
      title: lessons.title,
      body: lessonNotes.body,
      updatedAt: lessonNotes.updatedAt,
    })
    .from(lessonNotes)
    .innerJoin(lessons, eq(lessons.id, lessonNotes.lessonId))
    .innerJoin(courses, eq(courses.id, lessonNotes.courseId))
    .where(and(eq(lessonNotes.userId, userId), eq(courses.slug, courseSlug), ne(lessonNotes.body, "")))
    .orderBy(asc(lessons.position), asc(lessons.id));
}
