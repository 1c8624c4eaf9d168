import "server-only";
import { and, eq, gt, isNull, lte, ne, or, type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/client";
import { query } from "@/db/query";
import { courses, lessons } from "@/db/schema/catalog";
import { enrollments, lessonCompletions, lessonUndos } from "@/db/schema/learning";
import type { Slots } from "@/db/statement";
import { givesAccess } from "@/lib/enrollments/queries";
import type { CourseId, EnrollmentId, LessonId, UserId } from "@/lib/ids";
import { recountProgress } from "@/lib/progress/mutations";
import { err, ok, type Result } from "@/lib/result";
import type { CourseProgress } from "./course-progress";
import type { MarkInput } from "./schema";

/** Not enrolled now, or no such lesson in that course: the answer is the same. */
export type ProgressRejection = "not_enrolled";

/** A mark that was made longer ago than this, and is only sent now, does not say where the learner is. */
const STALE_MS = 60_000;

/** Ticks a lesson. Ticking it again changes nothing. */
export function completeLesson(userId: UserId, course: string, lesson: string) {
  return markLesson(userId, { course, lesson, completed: true, ageMs: 0 });
}

/** Takes the tick back. */
export function uncompleteLesson(userId: UserId, course: string, lesson: string) {
  return markLesson(userId, { course, lesson, completed: false, ageMs: 0 });
}

/**
 * Ticks a lesson or takes the tick back, as it was `ageMs` ago. Of two marks the one made later holds, whichever came
 * first: so one made without a network may be sent late, or again, and undoes nothing that was done since.
 */
export function markLesson(
  userId: UserId,
  { course, lesson, completed, ageMs }: MarkInput,
): Promise<Result<CourseProgress, ProgressRejection>> {
  const madeAt = sql`now() - make_interval(secs => ${ageMs / 1000}::float8)`;
  return changeProgress(userId, course, lesson, async (tx, seat) => {
    await (completed ? tick(tx, userId, seat, madeAt) : untick(tx, userId, seat, madeAt));
    if (ageMs >= STALE_MS) return;
    await tx
      .update(enrollments)
      .set({ lastAccessedLessonId: seat.lessonId })
      .where(eq(enrollments.id, seat.enrollmentId));
  });
}

async function tick(tx: Transaction, userId: UserId, { courseId, lessonId }: Seat, madeAt: SQL) {
  const undone = and(
    eq(lessonUndos.userId, userId),
    eq(lessonUndos.lessonId, lessonId),
    gt(lessonUndos.undoneAt, madeAt),
  );
  const [later] = await tx.select({ at: lessonUndos.undoneAt }).from(lessonUndos).where(undone);
  if (later) return;
  await tx
    .insert(lessonCompletions)
    .values({ userId, lessonId, courseId, completedAt: madeAt })
    .onConflictDoNothing();
}

async function untick(tx: Transaction, userId: UserId, { courseId, lessonId }: Seat, madeAt: SQL) {
  await tx
    .delete(lessonCompletions)
    .where(
      and(
        eq(lessonCompletions.userId, userId),
        eq(lessonCompletions.lessonId, lessonId),
        lte(lessonCompletions.completedAt, madeAt),
      ),
    );
  await tx
    .insert(lessonUndos)
    .values({ userId, lessonId, courseId, undoneAt: madeAt })
    .onConflictDoUpdate({
      target: [lessonUndos.userId, lessonUndos.lessonId],
      set: { undoneAt: sql`greatest(${lessonUndos.undoneAt}, excluded.undone_at)` },
    });
}

type Seat = { readonly enrollmentId: EnrollmentId; readonly courseId: CourseId; readonly lessonId: LessonId };

/** The tick and its count in one transaction. */
function changeProgress(
  userId: UserId,
  courseSlug: string,
  lessonSlug: string,
  change: (tx: Transaction, seat: Seat) => Promise<void>,
): Promise<Result<CourseProgress, ProgressRejection>> {
  return withTransaction(async (tx) => {
    const [seat] = await tx
      .select({ enrollmentId: enrollments.id, courseId: enrollments.courseId, lessonId: lessons.id })
      .from(enrollments)
      .innerJoin(courses, eq(courses.id, enrollments.courseId))
      .innerJoin(lessons, eq(lessons.courseId, courses.id))
      .where(
        and(
          eq(enrollments.userId, userId),
          eq(courses.slug, courseSlug),
          eq(lessons.slug, lessonSlug),
          isNull(lessons.archivedAt),
          givesAccess,
        ),
      )
      .for("update", { of: enrollments });
    if (!seat) return err("not_enrolled");
    await change(tx, seat);
    const progress = await recountProgress(tx, userId, seat.courseId);
    return progress ? ok(progress) : err("not_enrolled");
  });
}

/** Remembers the lesson opened last, for "Continue". Writes at most once a minute for the same lesson. */
export async function touchLesson(userId: UserId, course: string, lesson: string): Promise<void> {
  await touch({ userId, course, lesson });
}

type OwnLesson = { readonly userId: UserId; readonly course: string; readonly lesson: string };

const touch = query((database, { userId, course, lesson }: Slots<OwnLesson>) => {
  const opened = database
    .select({ id: lessons.id, courseId: lessons.courseId })
    .from(lessons)
    .innerJoin(courses, eq(courses.id, lessons.courseId))
    .where(and(eq(courses.slug, course), eq(lessons.slug, lesson), isNull(lessons.archivedAt)))
    .as("opened");
  return database
    .update(enrollments)
    .set({ lastAccessedLessonId: sql`${opened.id}`, updatedAt: sql`now()` })
    .from(opened)
    .where(
      and(
        eq(enrollments.userId, userId),
        eq(enrollments.courseId, opened.courseId),
        givesAccess,
        or(
          isNull(enrollments.lastAccessedLessonId),
          ne(enrollments.lastAccessedLessonId, opened.id),
          sql`${enrollments.updatedAt} < now() - interval '1 minute'`,
        ),
      ),
    );
});
