import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { exerciseAttempts } from "@/db/schema/exercises";
import { enrollments, lessonCompletions } from "@/db/schema/learning";
import { activityQuarters } from "@/db/schema/progress";
import { listMyCourses } from "@/lib/enrollments/queries";
import { dayIn } from "@/lib/identity/zone";
import { findLesson } from "@/lib/learning/queries";
import { readRange } from "@/lib/progress/date-range";
import { recordPulse } from "@/lib/progress/mutations";
import { listActivity, listCourseSeconds, listRecentlyFinished, listTopics } from "@/lib/progress/queries";
import { fillDays } from "@/lib/progress/streak";
import { createTestDatabase } from "../../support/database";
import { addCourse, addUser, enroll } from "./course-factory";

const database = await createTestDatabase();
afterAll(database.close);
const { db } = database;

let course: Awaited<ReturnType<typeof addCourse>>;
let learner: Awaited<ReturnType<typeof addUser>>;
beforeEach(async () => {
  course = await addCourse(db);
  learner = await addUser(db);
});

const pulse = (permille: number | null = 0, where = course) =>
  recordPulse(learner.userId, { course: where.slug, lesson: "lesson-2", permille });
/** As if everything seen so far had been so many seconds earlier. */
const goBack = (seconds: number) =>
  db
    .update(activityQuarters)
    .set({ seenAt: sql`${activityQuarters.seenAt} - make_interval(secs => ${seconds})` })
    .where(eq(activityQuarters.userId, learner.userId));
async function total() {
  const rows = await db.select().from(activityQuarters).where(eq(activityQuarters.userId, learner.userId));
  return rows.reduce((sum, row) => sum + row.seconds, 0);
}
/** Statements that wait for a lock. */
async function countWaiting() {
  const waiting = await database.sql`
    select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return waiting.length;
}

describe("A sign of life", () => {
  test("counts the time since the one before, and none after a longer silence", async () => {
    await enroll(db, learner.userId, course);
    expect(await pulse()).toBe(true);
    expect(await total()).toBe(0);
    await goBack(30);
    await pulse();
    expect(await total()).toBe(30);
    await goBack(3_600);
    await pulse();
    expect(await total()).toBe(30);
  });

  test("from two courses at once counts once", async () => {
    const second = await addCourse(db);
    await enroll(db, learner.userId, course);
    await enroll(db, learner.userId, second);
    await pulse();
    await goBack(30);
    await pulse(0, course);
    await pulse(0, second);
    await pulse(0, course);
    expect(await total()).toBeLessThanOrEqual(31);
  });

  test("from many tabs at the same moment counts once", async () => {
    await enroll(db, learner.userId, course);
    await pulse();
    await goBack(30);
    let pulses: Promise<boolean>[] = [];
    // The row is held until they wait, so that all of them have read before the first one has written.
    await database.sql.begin(async (tx) => {
      await tx`select 1 from activity_quarters where user_id = ${learner.userId} for update`;
      pulses = Array.from({ length: 6 }, () => pulse(null));
      await expect.poll(countWaiting).toBe(6);
    });
    expect(await Promise.all(pulses)).toEqual(Array(6).fill(true));
    expect(await total()).toBeGreaterThanOrEqual(30);
    expect(await total()).toBeLessThanOrEqual(32);
  });

  test("keeps the place in the lesson", async () => {
    await enroll(db, learner.userId, course);
    await pulse(420);
    await pulse(640);
    expect(await findLesson(learner, course.slug, "lesson-2")).toMatchObject({ scrolled: 640 });
    expect(await pulse(null)).toBe(true);
    expect(await findLesson(learner, course.slug, "lesson-2")).toMatchObject({ scrolled: 640 });
  });

  test("without access writes nothing and says so", async () => {
    expect(await pulse(5)).toBe(false);
    for (const seat of [{ status: "refunded" }, { expiresAt: new Date(Date.now() - 1_000) }] as const) {
      await enroll(db, learner.userId, course, seat);
      expect(await pulse(5)).toBe(false);
      await db.delete(enrollments).where(eq(enrollments.userId, learner.userId));
    }
    expect(await total()).toBe(0);
  });
});

describe("The learner's calendar", () => {
  const at = new Date("2026-03-10T23:30:00Z");
  beforeEach(async () => {
    await enroll(db, learner.userId, course);
    const [lesson] = course.lessons;
    if (!lesson?.exerciseId) throw new Error("no lesson");
    const owner = { userId: learner.userId, courseId: course.id };
    await db.insert(lessonCompletions).values({ ...owner, lessonId: lesson.id, completedAt: at });
    await db.insert(activityQuarters).values({ ...owner, startsAt: at, seconds: 120 });
    const attempt = { ...owner, exerciseId: lesson.exerciseId, code: "pass", testsTotal: 1 };
    const passed = { ...attempt, testsPassed: 1, passed: true };
    await db.insert(exerciseAttempts).values([
      { ...attempt, testsPassed: 0, passed: false, gradedAt: new Date("2026-03-01T10:00:00Z") },
      { ...passed, gradedAt: at },
      { ...passed, gradedAt: new Date("2026-03-20T10:00:00Z") },
    ]);
  });

  test("counts by the days of their zone, an exercise on the day of its first pass", async () => {
    const row = { seconds: 120, lessons: 1, exercises: 1 };
    expect(await listActivity(learner.userId, "UTC")).toEqual([{ day: "2026-03-10", ...row }]);
    expect(await listActivity(learner.userId, "Asia/Kathmandu")).toEqual([{ day: "2026-03-11", ...row }]);
    expect(await listActivity((await addUser(db)).userId, "UTC")).toEqual([]);
  });

  test("a range of one's own has what was done from its first midnight to its last, also where the clock is changed", async () => {
    const owner = { userId: (await addUser(db)).userId, courseId: course.id };
    // In Berlin: the last second of 28 March, the first and the last of 29 March (23 hours long), the first of 30 March.
    const instants = ["28T22:59:59Z", "28T23:00:00Z", "29T21:59:59Z", "29T22:00:00Z"];
    const rows = instants.map((at, index) => ({
      ...owner,
      startsAt: new Date(`2026-03-${at}`),
      seconds: [1, 10, 100, 500][index] ?? 0,
    }));
    await db.insert(activityQuarters).values(rows);
    const shown = async (zone: string, sent: { from?: string; to?: string }, now: string) => {
      const { period, problem } = readRange(sent, dayIn(zone, new Date(now)));
      expect(problem).toBeNull();
      const days = fillDays(await listActivity(owner.userId, zone), period.from, period.to);
      return days.map(({ seconds }) => seconds);
    };
    const one = { from: "2026-03-29", to: "2026-03-29" };
    expect(await shown("Europe/Berlin", one, "2026-04-01T12:00:00Z")).toEqual([110]);
    expect(await shown("UTC", one, "2026-04-01T12:00:00Z")).toEqual([600]);
    // Already the 30th there, still the 29th in UTC.
    expect(await shown("Europe/Berlin", { from: "2026-03-29" }, "2026-03-29T22:00:00Z")).toEqual([110, 500]);
  });

  test("sums up by course and topic, and names what was finished last", async () => {
    expect([...(await listCourseSeconds(learner.userId))]).toEqual([[course.slug, 120]]);
    expect(await listTopics(learner.userId)).toMatchObject([
      { topic: "Chapter 1", exercises: 2, passed: 1 },
      { topic: "Chapter 2", exercises: 2, passed: 0 },
    ]);
    const finished = await listRecentlyFinished(learner.userId, 5);
    expect(finished.map(({ kind, title }) => `${kind} ${title}`).sort()).toEqual([
      "exercise A task",
      "lesson Lesson 1",
    ]);
    expect(await listMyCourses(learner.userId)).toMatchObject([
      { status: "in_progress", progress: { exercisesCompleted: 1, percentage: 25 }, certificateId: null },
    ]);
  });
});
