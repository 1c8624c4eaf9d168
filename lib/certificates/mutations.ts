import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { courses } from "@/db/schema/catalog";
import { certificates } from "@/db/schema/certificates";
import { users } from "@/db/schema/identity";
import { enrollments } from "@/db/schema/learning";
import { env } from "@/lib/env";
import { type CertificateId, type EnrollmentId, newCrockford, newId } from "@/lib/ids";
import { COMPLETION_RULE, type CourseProgress } from "@/lib/learning/course-progress";
import { queueEmail } from "@/lib/notifications/mutations";
import { composeCredential, issuerAddress, toSecond } from "./compose-credential";
import { addProof } from "./data-integrity";
import { readSigningKey } from "./signing-key";

/**
 * Issues the certificate of an enrollment whose course has just been completed, in the transaction that completed it, and
 * queues the mail about it. Once: completing the course again after an undo changes nothing.
 */
export async function issueCertificate(
  tx: Transaction,
  enrollmentId: EnrollmentId,
  progress: CourseProgress,
): Promise<void> {
  const [seat] = await tx
    .select({
      userId: enrollments.userId,
      courseId: enrollments.courseId,
      version: enrollments.pinnedVersion,
      completedAt: enrollments.completedAt,
      now: sql<Date>`now()`.mapWith(enrollments.completedAt),
      name: users.name,
      email: users.email,
      course: { slug: courses.slug, title: courses.title, summary: courses.summary },
    })
    .from(enrollments)
    .innerJoin(users, eq(users.id, enrollments.userId))
    .innerJoin(courses, eq(courses.id, enrollments.courseId))
    .where(and(eq(enrollments.id, enrollmentId), eq(enrollments.isCompleted, true)));
  if (!seat?.completedAt || !progress.isCompleted) return;
  const { APP_URL, STORE_NAME, CERTIFICATE_KEY } = env();
  const id = newId<"certificate">();
  const publicId = newCrockford(26);
  const credential = composeCredential(
    {
      publicId,
      holderName: seat.name,
      course: { ...seat.course, version: seat.version ?? 1 },
      lessons: progress.lessonsTotal,
      exercises: progress.exercisesTotal,
      completedAt: seat.completedAt,
      issuedAt: seat.now,
      rule: COMPLETION_RULE,
    },
    { name: STORE_NAME, url: APP_URL },
  );
  const { privateKey, multikey } = readSigningKey(CERTIFICATE_KEY[0] ?? "");
  const key = { privateKey, verificationMethod: `${issuerAddress(APP_URL)}#${multikey}` };
  const made = await tx
    .insert(certificates)
    .values({
      id,
      publicId,
      userId: seat.userId,
      courseId: seat.courseId,
      enrollmentId,
      credential: addProof(credential, key, toSecond(seat.now)),
    })
    .onConflictDoNothing({ target: certificates.enrollmentId })
    .returning({ id: certificates.id });
  if (made.length === 0) return;
  await tx.update(enrollments).set({ certificateIssued: true }).where(eq(enrollments.id, enrollmentId));
  await queueEmail(tx, {
    kind: "certificate_earned",
    subjectId: id,
    userId: seat.userId,
    toAddress: seat.email,
    payload: { name: seat.name, title: seat.course.title, certificateId: publicId },
  });
}

/**
 * Withdraws a certificate for good, for whatever reason the shop has; its page says so from then on. One whose course is
 * refunded needs no call: it is not valid while its enrollment is refunded. False when there is none to withdraw.
 */
export async function revokeCertificate(tx: Transaction, id: CertificateId): Promise<boolean> {
  const revoked = await tx
    .update(certificates)
    .set({ revokedAt: sql`now()`, revokedReason: "withdrawn" })
    .where(and(eq(certificates.id, id), isNull(certificates.revokedAt)))
    .returning({ id: certificates.id });
  return revoked.length > 0;
}
