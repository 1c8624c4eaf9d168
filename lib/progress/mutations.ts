import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { courses } from "@/db/schema/catalog";
import { enrollments } from "@/db/schema/learning";
import { issueCertificate } from "@/lib/certificates/mutations";
import { givesAccess, listSteps } from "@/lib/enrollments/queries";
import type { CourseId, UserId } from "@/lib/ids";
import { type CourseProgress, courseProgress } from "@/lib/learning/course-progress";

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
