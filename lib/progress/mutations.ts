import "server-only";
import { and, eq, gte, isNull, sql } from "drizzle-orm";
import { db, type Transaction, withTransaction } from "@/db/client";
import { courses, lessons } from "@/db/schema/catalog";
import { enrollments } from "@/db/schema/learning";
import { activityQuarters, lessonPositions } from "@/db/schema/progress";
import { issueCertificate } from "@/lib/certificates/mutations";
import { givesAccess, listSteps } from "@/lib/enrollments/queries";
import type { CourseId, EnrollmentId, LessonId, UserId } from "@/lib/ids";
import { type CourseProgress, courseProgress } from "@/lib/learning/course-progress";
import { type FinishedSeat, listFinishedSeats } from "./queries";
import type { PulseInput } from "./schema";

/**
 * Brings a learner's progress in a course up to what was ticked and passed, never from the stored number. Call it in the
 * transaction that ticked a lesson or recorded a passed exercise, after the write. The first completion pins the course's
 * version (what is added to the course afterwards is not counted for this learner) and issues the certificate. Null when they may not learn in it now.
 */
export async function recountProgress(
  tx: Transaction,
  userId: UserId,
  courseId: CourseId,
): Promise<CourseProgress | null> {
  // Locked first, so that ticks made at once are counted one after the other.
  const [seat] = await tx
    .select({ id: enrollments.id, certificateIssued: enrollments.certificateIssued })
    .from(enrollments)
    .where(and(eq(enrollments.userId, userId), eq(enrollments.courseId, courseId), givesAccess))
    .for("update");
  if (!seat) return null;
  // The importer locks the row for writing: lessons and version are of one moment.
  const [course] = await tx
    .select({ version: courses.version })
    .from(courses)
    .where(eq(courses.id, courseId))
    .for("share");
  const progress = courseProgress((await listSteps(userId, [courseId], tx)).get(courseId) ?? []);
  const pinnedVersion = sql`coalesce(${enrollments.pinnedVersion}, ${course?.version ?? 1})`;
  await tx
    .update(enrollments)
    .set({
      lessonsCompleted: progress.lessonsCompleted,
      exercisesCompleted: progress.exercisesCompleted,
      progressPercentage: progress.percentage,
      isCompleted: progress.isCompleted,
      completedAt: progress.isCompleted ? sql`coalesce(${enrollments.completedAt}, now())` : null,
      ...(progress.isCompleted ? { pinnedVersion } : {}),
      updatedAt: sql`now()`,
    })
    .where(eq(enrollments.id, seat.id));
  if (progress.isCompleted && !seat.certificateIssued) await issueCertificate(tx, seat.id, progress);
  return progress;
}

/**
 * Keeps a completion that no tick or pass has brought about: the last thing missing left the course, or a finished course
 * was bought again. Call it for a course that a page calls completed. Nothing happens where the seat knows it already.
 */
export function settleCompletion(userId: UserId, course: string): Promise<void> {
  return withTransaction(async (tx) => {
    const [seat] = await tx
      .select({ courseId: enrollments.courseId })
      .from(enrollments)
      .innerJoin(courses, eq(courses.id, enrollments.courseId))
      .where(
        and(
          eq(enrollments.userId, userId),
          eq(courses.slug, course),
          eq(enrollments.isCompleted, false),
          givesAccess,
        ),
      );
    if (seat) await recountProgress(tx, userId, seat.courseId);
  });
}

const SEATS_AT_ONCE = 100;

/**
 * Settles the completions of courses that something left in the last days, so that a certificate comes without a visit.
 * Only seats on which nothing is missing any more are counted anew; answers how many were completed.
 */
export async function settleCompletions(): Promise<number> {
  let settled = 0;
  let after: EnrollmentId | null = null;
  for (;;) {
    const seats: FinishedSeat[] = await listFinishedSeats(after, SEATS_AT_ONCE);
    for (const { userId, courseId } of seats) {
      const progress = await withTransaction((tx) => recountProgress(tx, userId, courseId));
      if (progress?.isCompleted) settled += 1;
    }
    after = seats.at(-1)?.id ?? null;
    if (seats.length < SEATS_AT_ONCE) return settled;
  }
}

/** A longer silence between two signs of life was no learning. */
const LONGEST_GAP = "45 seconds";

/**
 * Keeps where a learner is in a lesson, and the time since their last sign of life. False, and nothing written, when they
 * may not learn in the course now.
 */
export async function recordPulse(userId: UserId, pulse: PulseInput): Promise<boolean> {
  const [place] = await db()
    .select({ lessonId: lessons.id, courseId: lessons.courseId })
    .from(lessons)
    .innerJoin(courses, eq(courses.id, lessons.courseId))
    .innerJoin(enrollments, and(eq(enrollments.courseId, courses.id), eq(enrollments.userId, userId)))
    .where(
      and(
        eq(courses.slug, pulse.course),
        eq(lessons.slug, pulse.lesson),
        isNull(lessons.archivedAt),
        givesAccess,
      ),
    );
  if (!place) return false;
  await Promise.all([keepPlace(userId, place, pulse.permille), addTime(userId, place.courseId)]);
  return true;
}

/** A lesson that was opened and not scrolled keeps the place where it was left before. */
async function keepPlace(
  userId: UserId,
  place: { readonly lessonId: LessonId; readonly courseId: CourseId },
  permille: number | null,
): Promise<void> {
  if (permille === null) return;
  await db()
    .insert(lessonPositions)
    .values({ userId, ...place, permille })
    .onConflictDoUpdate({
      target: [lessonPositions.userId, lessonPositions.lessonId],
      set: { permille, updatedAt: sql`now()` },
    });
}

/** Since the latest sign of life in whichever course, so that two tabs at once count once. */
function addTime(userId: UserId, courseId: CourseId): Promise<void> {
  const latest = db()
    .select({ at: sql`max(${activityQuarters.seenAt})` })
    .from(activityQuarters)
    .where(
      and(
        eq(activityQuarters.userId, userId),
        gte(activityQuarters.startsAt, sql`now() - interval '30 minutes'`),
      ),
    );
  const gap = sql`case when now() - (${latest}) <= ${LONGEST_GAP}::interval
    then greatest(0, round(extract(epoch from now() - (${latest}))))::int else 0 end`;
  return withTransaction(async (tx) => {
    // One after the other, per learner. A statement of its own: the next one has to see what was written meanwhile.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`activity of ${userId}`}, 0))`);
    await tx
      .insert(activityQuarters)
      .values({
        userId,
        courseId,
        startsAt: sql`date_bin('15 minutes', now(), 'epoch')`,
        seconds: sql`${gap}`,
      })
      .onConflictDoUpdate({
        target: [activityQuarters.userId, activityQuarters.startsAt, activityQuarters.courseId],
        set: {
          seconds: sql`least(900, ${activityQuarters.seconds} + ${gap})`,
          // One that waited began before what it waited for.
          seenAt: sql`greatest(${activityQuarters.seenAt}, now())`,
        },
      });
  });
}
