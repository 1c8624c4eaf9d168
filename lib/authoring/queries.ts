import "server-only";
import { and, asc, desc, eq, ilike, isNull, or, type SQL, sql } from "drizzle-orm";
import { askedBy } from "@/db/asked-by";
import { db } from "@/db/client";
import { beyondRow, inDirection } from "@/db/keyset";
import { courseModules, courses, exercises, lessons } from "@/db/schema/catalog";
import { users } from "@/db/schema/identity";
import { enrollments } from "@/db/schema/learning";
import { lessonVersions } from "@/db/schema/lesson-versions";
import { orderItems } from "@/db/schema/orders";
import { type Change, listChangesOf } from "@/lib/audit/queries";
import type { CourseLevel, CourseStatus, CourseType } from "@/lib/catalog/course-kinds";
import { type CoursePage, readCoursePage } from "@/lib/catalog/queries";
import type { QuizQuestion } from "@/lib/catalog/schema";
import type { CourseId, LessonId, UserId } from "@/lib/ids";
import { type Cursor, cutRows, type KeysetPage } from "@/lib/keyset";
import type { CourseFilter } from "./read-course-filter";

export type CourseListRow = {
  readonly id: CourseId;
  readonly slug: string;
  readonly title: string;
  readonly type: CourseType;
  readonly level: CourseLevel;
  readonly status: CourseStatus;
  readonly priceAmount: number;
  readonly currency: string;
  readonly lessons: number;
  /** Seats in force, those that have run out included. */
  readonly learners: number;
  /** Whether anything of it differs from `content/` because an admin changed it. */
  readonly isEdited: boolean;
};

const countOf = (from: SQL) => sql<number>`(select count(*)::int from ${from})`;

const listColumns = {
  id: courses.id,
  slug: courses.slug,
  title: courses.title,
  type: courses.courseType,
  level: courses.level,
  status: courses.status,
  priceAmount: sql<number>`${courses.priceAmount}`,
  currency: courses.currency,
  lessons: countOf(
    sql`${lessons} where ${lessons.courseId} = ${courses.id} and ${lessons.archivedAt} is null`,
  ),
  learners: countOf(
    sql`${enrollments} where ${enrollments.courseId} = ${courses.id} and ${enrollments.status} = 'active'`,
  ),
  isEdited: sql<boolean>`(${courses.editedFields} <> '{}' or exists (
    select 1 from ${lessons} where ${lessons.courseId} = ${courses.id} and ${lessons.editedFields} <> '{}'))`,
};

export const COURSES_PER_PAGE = 25;

/** A page of all courses in the shop's order, drafts and archived ones too; empty for who may not see them. */
export async function listCourseRows(
  staffId: UserId,
  filter: CourseFilter,
  cursor: Cursor = {},
  limit = COURSES_PER_PAGE,
): Promise<KeysetPage<CourseListRow>> {
  const keys = [courses.position, courses.id] as const;
  const rows = await db()
    .select(listColumns)
    .from(courses)
    .where(
      and(
        askedBy(staffId, "courses.see"),
        ...matches(filter),
        beyondRow(cursor, keys, "asc", (id) => sql`select position, id from courses where id = ${id}::uuid`),
      ),
    )
    .orderBy(...inDirection(cursor, keys, "asc"))
    .limit(limit + 1);
  if (rows.length === 0 && (cursor.before ?? cursor.after)) return listCourseRows(staffId, filter, {}, limit);
  return cutRows(rows, limit, cursor, (row) => row.id);
}

function matches({ q, status, type }: CourseFilter): (SQL | undefined)[] {
  const part = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return [
    q ? or(ilike(courses.title, part), ilike(courses.slug, part)) : undefined,
    status ? eq(courses.status, status) : undefined,
    type ? eq(courses.courseType, type) : undefined,
  ];
}

export type EditableChapter = {
  readonly id: string;
  readonly title: string;
  readonly lessons: readonly {
    readonly id: LessonId;
    readonly slug: string;
    readonly title: string;
    readonly minutes: number;
    readonly freePreview: boolean;
    readonly exercises: number;
    readonly isEdited: boolean;
  }[];
};

export type EditableCourse = CourseListRow & {
  readonly version: number;
  readonly summary: string;
  readonly description: string;
  readonly audience: string;
  readonly prerequisites: string;
  readonly outcomes: readonly string[];
  readonly editedFields: readonly string[];
  /** How often it was ordered, paid or not. */
  readonly ordered: number;
  readonly chapters: readonly EditableChapter[];
  readonly changes: readonly Change[];
};

const CHANGES_SHOWN = 15;

export async function findEditableCourse(staffId: UserId, slug: string): Promise<EditableCourse | null> {
  const [course] = await db()
    .select({
      ...listColumns,
      version: courses.version,
      summary: courses.summary,
      description: courses.description,
      audience: courses.audience,
      prerequisites: courses.prerequisites,
      outcomes: courses.outcomes,
      editedFields: courses.editedFields,
      ordered: countOf(sql`${orderItems} where ${orderItems.courseId} = ${courses.id}`),
    })
    .from(courses)
    .where(and(eq(courses.slug, slug), askedBy(staffId, "courses.see")));
  if (!course) return null;
  const [chapters, changes] = await Promise.all([
    listChapters(course.id),
    listChangesOf({ type: "course", id: course.id }, CHANGES_SHOWN),
  ]);
  return { ...course, chapters, changes };
}

async function listChapters(courseId: CourseId): Promise<EditableChapter[]> {
  const [chapters, steps] = await Promise.all([
    db()
      .select({ id: sql<string>`${courseModules.id}`, title: courseModules.title })
      .from(courseModules)
      .where(and(eq(courseModules.courseId, courseId), isNull(courseModules.archivedAt)))
      .orderBy(asc(courseModules.position), asc(courseModules.id)),
    db()
      .select({
        chapter: sql<string>`${lessons.moduleId}`,
        id: lessons.id,
        slug: lessons.slug,
        title: lessons.title,
        minutes: lessons.minutes,
        freePreview: lessons.freePreview,
        exercises: countOf(
          sql`${exercises} where ${exercises.lessonId} = ${lessons.id} and ${exercises.archivedAt} is null`,
        ),
        isEdited: sql<boolean>`${lessons.editedFields} <> '{}'`,
      })
      .from(lessons)
      .where(and(eq(lessons.courseId, courseId), isNull(lessons.archivedAt)))
      .orderBy(asc(lessons.position), asc(lessons.id)),
  ]);
  return chapters.map((chapter) => ({
    ...chapter,
    lessons: steps
      .filter((step) => step.chapter === chapter.id)
      .map(({ chapter: _chapter, ...step }) => step),
  }));
}

export type FormerText = {
  readonly revision: number;
  readonly replacedAt: Date;
  /** Null: the importer of `content/`, or somebody whose account is gone. */
  readonly replacedBy: string | null;
};

export type EditableLesson = {
  readonly id: LessonId;
  readonly slug: string;
  readonly course: { readonly slug: string; readonly title: string };
  readonly revision: number;
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
  readonly freePreview: boolean;
  /** Markdown. */
  readonly body: string;
  readonly quiz: readonly QuizQuestion[];
  readonly exercises: readonly { readonly slug: string; readonly title: string }[];
  readonly former: readonly FormerText[];
};

const FORMER_SHOWN = 50;

/** A lesson's whole text; it is sold, so only for who may change it. */
export async function findEditableLesson(
  staffId: UserId,
  courseSlug: string,
  lessonSlug: string,
): Promise<EditableLesson | null> {
  const [lesson] = await db()
    .select({
      id: lessons.id,
      slug: lessons.slug,
      course: { slug: courses.slug, title: courses.title },
      revision: lessons.revision,
      title: lessons.title,
      summary: lessons.summary,
      minutes: lessons.minutes,
      freePreview: lessons.freePreview,
      body: lessons.body,
      quiz: lessons.quiz,
    })
    .from(lessons)
    .innerJoin(courses, eq(courses.id, lessons.courseId))
    .where(
      and(
        eq(courses.slug, courseSlug),
        eq(lessons.slug, lessonSlug),
        isNull(lessons.archivedAt),
        askedBy(staffId, "courses.edit"),
      ),
    );
  if (!lesson) return null;
  const [tasks, former] = await Promise.all([
    db()
      .select({ slug: exercises.slug, title: exercises.title })
      .from(exercises)
      .where(and(eq(exercises.lessonId, lesson.id), isNull(exercises.archivedAt)))
      .orderBy(asc(exercises.position)),
    db()
      .select({
        revision: lessonVersions.revision,
        replacedAt: lessonVersions.createdAt,
        replacedBy: users.name,
      })
      .from(lessonVersions)
      .leftJoin(users, eq(users.id, lessonVersions.replacedByUserId))
      .where(eq(lessonVersions.lessonId, lesson.id))
      .orderBy(desc(lessonVersions.revision))
      .limit(FORMER_SHOWN),
  ]);
  return { ...lesson, exercises: tasks, former };
}

export type FormerLesson = FormerText &
  Pick<EditableLesson, "title" | "summary" | "minutes" | "freePreview" | "body" | "quiz">;

/** A lesson's text as it was once. */
export async function findFormerText(
  staffId: UserId,
  lessonId: LessonId,
  revision: number,
): Promise<FormerLesson | null> {
  const [former] = await db()
    .select({
      revision: lessonVersions.revision,
      replacedAt: lessonVersions.createdAt,
      replacedBy: users.name,
      title: lessonVersions.title,
      summary: lessonVersions.summary,
      minutes: lessonVersions.minutes,
      freePreview: lessonVersions.freePreview,
      body: lessonVersions.body,
      quiz: lessonVersions.quiz,
    })
    .from(lessonVersions)
    .leftJoin(users, eq(users.id, lessonVersions.replacedByUserId))
    .where(
      and(
        eq(lessonVersions.lessonId, lessonId),
        eq(lessonVersions.revision, revision),
        askedBy(staffId, "courses.edit"),
      ),
    );
  return former ?? null;
}

/** The course's page as a visitor would see it were it on sale, for staff; null without a lesson. */
export function findCoursePreview(staffId: UserId, slug: string): Promise<CoursePage | null> {
  return readCoursePage(slug, askedBy(staffId, "courses.see"));
}
