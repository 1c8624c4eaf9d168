import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { withTransaction } from "@/db/client";
import { courseModules, courses, lessons } from "@/db/schema/catalog";
import { certificates } from "@/db/schema/certificates";
import { users } from "@/db/schema/identity";
import { enrollments } from "@/db/schema/learning";
import { emails } from "@/db/schema/notifications";
import { revokeCertificate } from "@/lib/certificates/mutations";
import { findCertificate, getIssuerProfile } from "@/lib/certificates/queries";
import { listMyCourses } from "@/lib/enrollments/queries";
import type { CertificateId, EnrollmentId } from "@/lib/ids";
import { completeLesson, uncompleteLesson } from "@/lib/learning/mutations";
import { findLesson } from "@/lib/learning/queries";
import { settleCompletion } from "@/lib/progress/mutations";
import { createTestDatabase } from "../../support/database";
import { addCourse, addLesson, addUser, enroll } from "./course-factory";

const database = await createTestDatabase();
afterAll(database.close);
const { db } = database;

let course: Awaited<ReturnType<typeof addCourse>>;
let learner: Awaited<ReturnType<typeof addUser>>;
beforeEach(async () => {
  course = await addCourse(db, { chapters: [2], exercises: false });
  learner = await addUser(db);
});

const complete = (lesson: string) => completeLesson(learner.userId, course.slug, lesson);
const completeAll = async () => {
  for (const { slug } of course.lessons) await complete(slug);
};
const issued = () => db.select().from(certificates).where(eq(certificates.userId, learner.userId));
async function only() {
  const [certificate, ...more] = await issued();
  if (!certificate || more.length > 0) throw new Error(`${more.length + 1} certificates`);
  return certificate;
}

describe("A certificate", () => {
  test("is issued with the last lesson, says what was done and by which rule, and is mailed about once", async () => {
    await enroll(db, learner.userId, course);
    await complete("lesson-1");
    expect(await issued()).toEqual([]);
    await complete("lesson-2");
    const { publicId, id } = await only();
    expect(publicId).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    const found = await findCertificate(publicId);
    expect(found).toMatchObject({
      holderName: "Reader",
      courseTitle: course.title,
      courseVersion: "1",
      isGenuine: true,
      revoked: null,
      address: `http://localhost:3000/certificates/${publicId}`,
    });
    expect(found?.criteria).toMatch(/^2 lessons, 0 exercises\. .*own browser; nobody supervised/);
    const keys = getIssuerProfile().assertionMethod.map((key) => key.publicKeyMultibase);
    expect(keys).toContain(found?.keyName);
    const mails = await db.select().from(emails).where(eq(emails.userId, learner.userId));
    expect(mails).toMatchObject([{ kind: "certificate_earned", subjectId: id }]);
  });

  test("is issued once, however many tabs complete the course, and not again after an undo", async () => {
    await enroll(db, learner.userId, course);
    await complete("lesson-1");
    await Promise.all(Array.from({ length: 6 }, () => complete("lesson-2")));
    const before = await only();
    await uncompleteLesson(learner.userId, course.slug, "lesson-1");
    await complete("lesson-1");
    expect(await only()).toEqual(before);
  });

  test("is found in any spelling of its id, and under no other", async () => {
    await enroll(db, learner.userId, course);
    await completeAll();
    const { publicId } = await only();
    const spelled = publicId.toLowerCase().replace(/(.{5})/g, "$1-");
    expect((await findCertificate(spelled))?.publicId).toBe(publicId);
    for (const wrong of [
      "",
      "x",
      `${publicId}0`,
      publicId.replace(/^./, (sign) => (sign === "0" ? "1" : "0")),
    ])
      expect(await findCertificate(wrong)).toBeNull();
  });

  test("is not genuine when the database was touched", async () => {
    await enroll(db, learner.userId, course);
    await completeAll();
    const { id, publicId, credential } = await only();
    await db
      .update(certificates)
      .set({ credential: { ...credential, name: "A better course" } })
      .where(eq(certificates.id, id));
    expect(await findCertificate(publicId)).toMatchObject({ isGenuine: false });
  });

  test("keeps the name and title of its day", async () => {
    await enroll(db, learner.userId, course);
    await completeAll();
    await db.update(users).set({ name: "Changed" }).where(eq(users.id, learner.userId));
    expect(await findCertificate((await only()).publicId)).toMatchObject({ holderName: "Reader" });
  });

  test("ends with a refund, comes back should the refund fail, and stays when time has run out", async () => {
    const enrollmentId = await enroll(db, learner.userId, course);
    await completeAll();
    const { publicId } = await only();
    const set = (values: Partial<typeof enrollments.$inferInsert>) =>
      db.update(enrollments).set(values).where(eq(enrollments.id, enrollmentId));
    await set({ status: "refunded" });
    expect(await findCertificate(publicId)).toMatchObject({ revoked: { reason: "refunded" } });
    await set({ status: "active" });
    expect(await findCertificate(publicId)).toMatchObject({ revoked: null });
    // A dispute that is lost marks the seat that it ends; what staff take away keeps its certificate.
    await set({ status: "revoked", suspendedAt: new Date() });
    expect(await findCertificate(publicId)).toMatchObject({ revoked: { reason: "refunded" } });
    await set({ status: "revoked", suspendedAt: null });
    expect(await findCertificate(publicId)).toMatchObject({ revoked: null });
    await set({ status: "active", expiresAt: new Date(Date.now() - 1_000) });
    expect(await findCertificate(publicId)).toMatchObject({ revoked: null });
  });

  test("that the shop withdraws is withdrawn for good", async () => {
    await enroll(db, learner.userId, course);
    await completeAll();
    const { id, publicId } = await only();
    const revoke = (which: CertificateId) => withTransaction((tx) => revokeCertificate(tx, which));
    expect(await revoke(id)).toBe(true);
    expect(await revoke(id)).toBe(false);
    expect(await findCertificate(publicId)).toMatchObject({ revoked: { reason: "withdrawn" } });
  });

  test("of a course bought again after a refund is a new one", async () => {
    const first = await enroll(db, learner.userId, course);
    await completeAll();
    await db.update(enrollments).set({ status: "refunded" }).where(eq(enrollments.id, first));
    await enroll(db, learner.userId, course);
    await complete("lesson-2");
    const all = await issued();
    expect(all).toHaveLength(2);
    expect(new Set(all.map((one) => one.publicId)).size).toBe(2);
  });
});

describe("A course that is completed without a tick", () => {
  const takeOut = (lesson: string) =>
    db
      .update(lessons)
      .set({ archivedAt: sql`now()` })
      .where(and(eq(lessons.courseId, course.id), eq(lessons.slug, lesson)));
  const settle = () => settleCompletion(learner.userId, course.slug);
  const seat = async (id: EnrollmentId) => {
    const [row] = await db.select().from(enrollments).where(eq(enrollments.id, id));
    return row;
  };

  test("since its last open lesson was taken out, gives the certificate, and keeps it when the course grows", async () => {
    const id = await enroll(db, learner.userId, course);
    await complete("lesson-1");
    await settle();
    expect(await issued()).toEqual([]);
    await takeOut("lesson-2");
    expect((await findLesson(learner, course.slug, "lesson-1"))?.progress?.isCompleted).toBe(true);
    await Promise.all([settle(), settle(), settle()]);
    const before = await only();
    expect(await seat(id)).toMatchObject({
      isCompleted: true,
      progressPercentage: 100,
      pinnedVersion: 1,
      certificateIssued: true,
      completedAt: expect.any(Date),
    });
    const [chapter] = await db.select().from(courseModules).where(eq(courseModules.courseId, course.id));
    if (!chapter) throw new Error("no chapter");
    await db.update(courses).set({ version: 2 }).where(eq(courses.id, course.id));
    const added = await addLesson(db, course.id, chapter.id, 2);
    await db.update(lessons).set({ sinceVersion: 2 }).where(eq(lessons.id, added.id));
    await settle();
    expect((await findLesson(learner, course.slug, "lesson-1"))?.progress?.isCompleted).toBe(true);
    expect(await only()).toEqual(before);
  });

  test("since it was finished, refunded and bought again, gives the new seat a certificate of its own", async () => {
    const first = await enroll(db, learner.userId, course);
    await completeAll();
    await db.update(enrollments).set({ status: "refunded" }).where(eq(enrollments.id, first));
    await settle();
    const second = await enroll(db, learner.userId, course);
    expect(await seat(second)).toMatchObject({ isCompleted: false, pinnedVersion: null });
    await settle();
    expect(await seat(second)).toMatchObject({
      isCompleted: true,
      pinnedVersion: 1,
      certificateIssued: true,
    });
    expect((await issued()).map(({ enrollmentId }) => enrollmentId).sort()).toEqual([first, second].sort());
    expect(await listMyCourses(learner.userId)).toMatchObject([
      {
        state: "completed",
        completedAt: expect.any(Date),
        certificateId: expect.stringMatching(/^[0-9A-Z]{26}$/),
      },
    ]);
  });

  test("gives nothing while the seat is suspended or over", async () => {
    const id = await enroll(db, learner.userId, course);
    await complete("lesson-1");
    await takeOut("lesson-2");
    await db.update(enrollments).set({ suspendedAt: sql`now()` }).where(eq(enrollments.id, id));
    await settle();
    expect(await issued()).toEqual([]);
    expect(await seat(id)).toMatchObject({ isCompleted: false });
  });
});
