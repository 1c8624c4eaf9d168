import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { withTransaction } from "@/db/client";
import { certificates } from "@/db/schema/certificates";
import { users } from "@/db/schema/identity";
import { enrollments } from "@/db/schema/learning";
import { emails } from "@/db/schema/notifications";
import { revokeCertificate } from "@/lib/certificates/mutations";
import { findCertificate, getIssuerProfile } from "@/lib/certificates/queries";
import type { CertificateId } from "@/lib/ids";
import { completeLesson, uncompleteLesson } from "@/lib/learning/mutations";
import { createTestDatabase } from "../../support/database";
import { addCourse, addUser, enroll } from "./course-factory";

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
    await set({ expiresAt: new Date(Date.now() - 1_000) });
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
