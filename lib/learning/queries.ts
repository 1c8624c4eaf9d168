import "server-only";
import { and, asc, eq, exists, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { db } from "@/db/client";
import { query } from "@/db/query";
import { courseFiles, courseModules, courses, exercises, lessons } from "@/db/schema/catalog";
import { certificates } from "@/db/schema/certificates";
import { users } from "@/db/schema/identity";
import { enrollments, lessonCompletions } from "@/db/schema/learning";
import { lessonNotes, lessonPositions } from "@/db/schema/progress";
import type { Slot, Slots } from "@/db/statement";
import { isValidCertificate } from "@/lib/certificates/queries";
import { givesAccess, stepColumns } from "@/lib/enrollments/queries";
import { type QuizQuestion, toQuizForm } from "@/lib/exercises/quiz";
import type { UserId } from "@/lib/ids";
import { courseProgress } from "./course-progress";
import type {
  LessonFrame,
  LessonTask,
  LockedLesson,
  OpenLesson,
  OutlineChapter,
  OutlineLesson,
} from "./lesson";
import { readTaskExamples, VISIBLE_TESTS_PATH } from "./task-examples";

/** Whoever asks; every `Viewer` is one. Only the id is used: what it may do is read from the database. */
export type Reader = { readonly userId: UserId };

/** A reader in a statement; one that is composed before there are readers has a place for the id, which is null for a guest. */
type Asking = { readonly userId: Slot<UserId> };

/** Rows of the reader; a guest has none. */
const ownedBy = (reader: Asking, column: AnyPgColumn): SQL => eq(column, reader.userId);

function certificateOf(reader: Asking): SQL<string | null> {
  const valid = db()
    .select({ publicId: certificates.publicId })
    .from(certificates)
    .innerJoin(enrollments, eq(enrollments.id, certificates.enrollmentId))
    .where(
      and(eq(certificates.userId, reader.userId), eq(certificates.courseId, courses.id), isValidCertificate),
    )
    .limit(1);
  return sql`(${valid})`;
}

/** An enrollment of `reader` in the row's course that is active now, by the database's clock. */
export function isEnrolled(reader: Asking | null): SQL {
  if (!reader) return sql`false`;
  return exists(
    db()
      .select({ one: sql`1` })
      .from(enrollments)
      .where(and(eq(enrollments.userId, reader.userId), eq(enrollments.courseId, courses.id), givesAccess)),
  );
}

function isAdmin(reader: Asking | null): SQL {
  if (!reader) return sql`false`;
  const row = and(eq(users.id, reader.userId), eq(users.role, "admin"));
  return exists(db().select({ one: sql`1` }).from(users).where(row));
}

const isOnSale: SQL = sql`${courses.status} = 'published'`;

/**
 * The one rule of who may read a lesson that is still in its course: anybody a free preview of a course on sale, the enrolled
 * everything, an admin too. For a query over `lessons` joined with their `courses`.
 */
export function mayRead(reader: Asking | null): SQL {
  const isFree = sql`(${lessons.freePreview} and ${isOnSale})`;
  return sql`(${lessons.archivedAt} is null and (${isFree} or ${isEnrolled(reader)} or ${isAdmin(reader)}))`;
}

/** A course that is not (or no longer) on sale exists for those who have it, and for admins. */
function maySeeCourse(reader: Asking | null): SQL {
  return sql`(${isOnSale} or ${isEnrolled(reader)} or ${isAdmin(reader)})`;
}

/**
 * A lesson as `reader` may see it; null when there is no such lesson for them. The database decides: the text of a
 * locked lesson never leaves it. Everything is asked at once, each part under the rule of its own.
 */
export async function findLesson(
  reader: Reader | null,
  courseSlug: string,
  lessonSlug: string,
): Promise<LockedLesson | OpenLesson | null> {
  const asked = { userId: reader?.userId ?? null, course: courseSlug, lesson: lessonSlug };
  const [[lesson], outline, pictures, tasks] = await Promise.all([
    lessonRow(asked),
    listOutline(asked),
    listPictures(asked),
    listTasks(asked),
  ]);
  if (!lesson) return null;
  const frame = frameLesson(lesson, outline, lesson.isEnrolled);
  if (!frame) return null;
  if (!lesson.isOpen || lesson.body === null) return { ...frame.lesson, access: "locked" };
  return {
    ...frame.lesson,
    access: "open",
    body: lesson.body,
    quiz: (lesson.quiz ?? []).map(toQuizForm),
    tasks,
    isCompleted: frame.isCompleted,
    note: lesson.note ?? { body: "", revision: 0 },
    scrolled: lesson.scrolled ?? 0,
    certificateId: lesson.certificateId,
    pictures,
    reviewed: lesson.reviewed,
  };
}

/** What is asked about a lesson; `userId` is null for a guest. */
type Asked = { readonly userId: UserId | null; readonly course: string; readonly lesson: string };

const lessonRow = query((database, asked: Slots<Asked>) => {
  const open = mayRead(asked);
  return database
    .select({
      id: lessons.id,
      slug: lessons.slug,
      title: lessons.title,
      summary: lessons.summary,
      minutes: lessons.minutes,
      isPreview: lessons.freePreview,
      reviewed: lessons.reviewed,
      isOpen: sql<boolean>`${open}`,
      isEnrolled: sql<boolean>`${isEnrolled(asked)}`,
      note: { body: lessonNotes.body, revision: lessonNotes.revision },
      scrolled: lessonPositions.permille,
      certificateId: certificateOf(asked),
      body: sql<string | null>`case when ${open} then ${lessons.body} end`,
      quiz: sql<readonly QuizQuestion[] | null>`case when ${open} then ${lessons.quiz} end`,
      course: {
        slug: courses.slug,
        title: courses.title,
        courseType: courses.courseType,
        priceAmount: courses.priceAmount,
        currency: courses.currency,
      },
    })
    .from(lessons)
    .innerJoin(courses, eq(courses.id, lessons.courseId))
    .leftJoin(lessonNotes, and(eq(lessonNotes.lessonId, lessons.id), ownedBy(asked, lessonNotes.userId)))
    .leftJoin(
      lessonPositions,
      and(eq(lessonPositions.lessonId, lessons.id), ownedBy(asked, lessonPositions.userId)),
    )
    .where(
      and(
        eq(courses.slug, asked.course),
        eq(lessons.slug, asked.lesson),
        isNull(lessons.archivedAt),
        maySeeCourse(asked),
      ),
    );
});

type LessonHead = Pick<LessonFrame, "course" | "title" | "slug" | "summary" | "minutes" | "isPreview">;

/** Places a lesson in its outline. Null when it left the outline between the two reads. */
function frameLesson(lesson: LessonHead, outline: readonly OutlineChapter[], enrolled: boolean) {
  const all = outline.flatMap((chapter) => chapter.lessons);
  const at = all.findIndex((entry) => entry.slug === lesson.slug);
  const here = all[at];
  const chapter = outline.find(({ lessons: within }) => within.some((entry) => entry.slug === lesson.slug));
  if (!here || !chapter) return null;
  const frame: LessonFrame = {
    course: lesson.course,
    title: lesson.title,
    slug: lesson.slug,
    summary: lesson.summary,
    minutes: lesson.minutes,
    isPreview: lesson.isPreview,
    chapter: { number: chapter.number, title: chapter.title },
    place: { number: chapter.lessons.indexOf(here) + 1, of: chapter.lessons.length },
    outline,
    previous: all[at - 1] ?? null,
    next: all[at + 1] ?? null,
    progress: enrolled ? courseProgress(all) : null,
  };
  return { lesson: frame, isCompleted: here.isCompleted };
}

/** Titles, durations and ticks of a course, in its order. Only what its public page shows, and the reader's own ticks. */
async function listOutline({ userId, course }: Asked): Promise<readonly OutlineChapter[]> {
  const chapters = new Map<string, { title: string; lessons: OutlineLesson[] }>();
  for (const { chapter, lesson } of await outlineRows({ userId, course })) {
    const known = chapters.get(chapter.id);
    if (known) known.lessons.push(lesson);
    else chapters.set(chapter.id, { title: chapter.title, lessons: [lesson] });
  }
  return [...chapters.values()].map((chapter, index) => ({ number: index + 1, ...chapter }));
}

const outlineRows = query((database, asked: Slots<Omit<Asked, "lesson">>) =>
  database
    .select({
      chapter: { id: courseModules.id, title: courseModules.title },
      lesson: {
        slug: lessons.slug,
        title: lessons.title,
        minutes: lessons.minutes,
        isOpen: sql<boolean>`${mayRead(asked)}`,
        ...stepColumns(asked.userId),
      },
    })
    .from(lessons)
    .innerJoin(courseModules, eq(courseModules.id, lessons.moduleId))
    .innerJoin(courses, eq(courses.id, lessons.courseId))
    .leftJoin(
      lessonCompletions,
      and(eq(lessonCompletions.lessonId, lessons.id), ownedBy(asked, lessonCompletions.userId)),
    )
    .where(and(eq(courses.slug, asked.course), isNull(lessons.archivedAt)))
    .orderBy(asc(lessons.position), asc(lessons.id)),
);

/** The lesson's exercises as tasks to read, with the tests that are no secret; never another one, nor a solution. */
async function listTasks(asked: Asked): Promise<LessonTask[]> {
  return (await taskRows(asked)).map(({ tests, result, columns, ...task }) => ({
    ...task,
    columns: columns ?? [],
    examples: readTaskExamples(tests, result),
  }));
}

const taskRows = query((database, asked: Slots<Asked>) => {
  const { definition } = exercises;
  return database
    .select({
      slug: exercises.slug,
      title: exercises.title,
      language: exercises.language,
      prompt: exercises.prompt,
      starter: exercises.starter,
      hints: exercises.hints,
      tests: sql<unknown>`jsonb_path_query_array(${definition}, ${VISIBLE_TESTS_PATH}::jsonpath)`,
      result: sql<string | null>`${definition} ->> 'result'`,
      dataset: sql<string | null>`${definition} ->> 'dataset'`,
      columns: sql<string[] | null>`${definition} -> 'columns'`,
      orderedBy: sql<string | null>`${definition} ->> 'ordered_by'`,
    })
    .from(exercises)
    .innerJoin(lessons, eq(lessons.id, exercises.lessonId))
    .innerJoin(courses, eq(courses.id, lessons.courseId))
    .where(
      and(
        eq(courses.slug, asked.course),
        eq(lessons.slug, asked.lesson),
        isNull(exercises.archivedAt),
        mayRead(asked),
      ),
    )
    .orderBy(asc(exercises.position), asc(exercises.id));
});

/** Names and sizes of a course's pictures; nothing of what they show. */
const listPictures = query((database, { course }: Slots<Pick<Asked, "course">>) =>
  database
    .select({ name: courseFiles.name, width: courseFiles.width, height: courseFiles.height })
    .from(courseFiles)
    .innerJoin(courses, eq(courses.id, courseFiles.courseId))
    .where(and(eq(courses.slug, course), isNotNull(courseFiles.width))),
);

/** A file of a course, for whoever may read a lesson that shows it; null for everybody else. */
export async function findCourseFile(reader: Reader | null, courseSlug: string, name: string) {
  const open = sql`(${courseFiles.isPublic} or ${isEnrolled(reader)} or ${isAdmin(reader)})`;
  const [file] = await db()
    .select({
      mediaType: courseFiles.mediaType,
      bytes: courseFiles.bytes,
      sha256: courseFiles.sha256,
      isPicture: sql<boolean>`${courseFiles.width} is not null`,
    })
    .from(courseFiles)
    .innerJoin(courses, eq(courses.id, courseFiles.courseId))
    .where(and(eq(courses.slug, courseSlug), eq(courseFiles.name, name), maySeeCourse(reader), open));
  return file ?? null;
}
