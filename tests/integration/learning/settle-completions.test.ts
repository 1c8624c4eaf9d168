import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { courses, exercises, lessons } from "@/db/schema/catalog";
import { certificates } from "@/db/schema/certificates";
import { exerciseAttempts } from "@/db/schema/exercises";
import { enrollments } from "@/db/schema/learning";
import { importCatalog } from "@/lib/catalog/import";
import type { EnrollmentId, UserId } from "@/lib/ids";
import { completeLesson } from "@/lib/learning/mutations";
import { settleCompletions } from "@/lib/progress/mutations";
import { createTestDatabase } from "../../support/database";
import { lesson as lessonFile, sampleFiles } from "../../unit/catalog/sample-course";
import { writeFiles } from "../catalog/write-files";
import { addCourse, addUser, enroll } from "./course-factory";

const database = await createTestDatabase();
const dir = await mkdtemp(join(tmpdir(), "lectern-content-"));
afterAll(async () => {
  await database.close();
  await rm(dir, { recursive: true, force: true });
});
const { db } = database;

const seat = async (id: EnrollmentId) => {
  const [row] = await db.select().from(enrollments).where(eq(enrollments.id, id));
  return row;
};
const certificatesOf = (userId: UserId) =>
  db.select().from(certificates).where(eq(certificates.userId, userId));
async function pass(userId: UserId, course: typeof courses.$inferSelect.id, slug: string) {
  const [exercise] = await db
    .select()
    .from(exercises)
    .where(and(eq(exercises.courseId, course), eq(exercises.slug, slug)));
  if (!exercise) throw new Error(`no exercise ${slug}`);
  const result = { code: "pass", testsPassed: 2, testsTotal: 2, passed: true, gradedAt: new Date() };
  await db.insert(exerciseAttempts).values({ userId, courseId: course, exerciseId: exercise.id, ...result });
}

test("an import that takes the last open lesson out completes the course for whoever waits for nothing else", async () => {
  const LAST = "courses/first-course/01-first-steps/02-names.md";
  const names = lessonFile("Names").replace("exercises: [change-due]\n", "");
  await writeFiles(dir, sampleFiles({ [LAST]: names }));
  await importCatalog({ dir, now: new Date() });
  const [course] = await db.select().from(courses).where(eq(courses.slug, "first-course"));
  if (!course) throw new Error("no course");
  const [done, halfway] = [await addUser(db), await addUser(db)];
  const [first, second] = [await enroll(db, done.userId, course), await enroll(db, halfway.userId, course)];
  for (const { userId } of [done, halfway]) await completeLesson(userId, course.slug, "values");
  await pass(done.userId, course.id, "change-due");
  const before = await seat(second);
  expect(await settleCompletions()).toBe(0);

  await rm(join(dir, LAST));
  await importCatalog({ dir, now: new Date() });
  expect(Math.max(...(await Promise.all([settleCompletions(), settleCompletions()])))).toBe(1);
  expect(await seat(first)).toMatchObject({
    isCompleted: true,
    progressPercentage: 100,
    pinnedVersion: 2,
    certificateIssued: true,
  });
  expect(await certificatesOf(done.userId)).toHaveLength(1);
  expect(await settleCompletions()).toBe(0);
  // Not counted anew at all: an exercise is missing.
  expect(await seat(second)).toEqual(before);
  expect(await certificatesOf(halfway.userId)).toEqual([]);
});

describe("a course that lost its last open lesson", () => {
  let course: Awaited<ReturnType<typeof addCourse>>;
  let learner: Awaited<ReturnType<typeof addUser>>;
  let id: EnrollmentId;
  beforeEach(async () => {
    course = await addCourse(db, { chapters: [2], exercises: false });
    learner = await addUser(db);
    id = await enroll(db, learner.userId, course);
    await completeLesson(learner.userId, course.slug, "lesson-1");
  });
  const takeOut = (lesson: string, ago = "0 days") =>
    db
      .update(lessons)
      .set({ archivedAt: sql`now() - ${ago}::interval` })
      .where(and(eq(lessons.courseId, course.id), eq(lessons.slug, lesson)));
  const set = (values: Partial<typeof enrollments.$inferInsert>) =>
    db.update(enrollments).set(values).where(eq(enrollments.id, id));

  test("is completed for everybody who waited for it, more of them than are read at once", async () => {
    const others = await Promise.all(Array.from({ length: 120 }, () => addUser(db)));
    for (const { userId } of others) {
      await enroll(db, userId, course);
      await completeLesson(userId, course.slug, "lesson-1");
    }
    await takeOut("lesson-2");
    expect(await settleCompletions()).toBe(121);
    expect(await settleCompletions()).toBe(0);
  });

  test("is not completed on a seat that is suspended or over, but once it opens again", async () => {
    await takeOut("lesson-2");
    await set({ suspendedAt: new Date() });
    expect(await settleCompletions()).toBe(0);
    await set({ suspendedAt: null, expiresAt: new Date(Date.now() - 1_000) });
    expect(await settleCompletions()).toBe(0);
    expect(await certificatesOf(learner.userId)).toEqual([]);
    await set({ expiresAt: null });
    expect(await settleCompletions()).toBe(1);
    expect(await certificatesOf(learner.userId)).toHaveLength(1);
  });

  test("is not completed by somebody who did nothing of what is left", async () => {
    await takeOut("lesson-1");
    expect(await settleCompletions()).toBe(0);
    await takeOut("lesson-2");
    expect(await settleCompletions()).toBe(0);
    expect(await seat(id)).toMatchObject({ isCompleted: false });
  });

  test("is looked at for two days", async () => {
    await takeOut("lesson-2", "49 hours");
    expect(await settleCompletions()).toBe(0);
    await takeOut("lesson-2", "47 hours");
    expect(await settleCompletions()).toBe(1);
  });
});
