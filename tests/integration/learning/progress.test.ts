import { and, eq, sql } from "drizzle-orm";
import { v4 } from "uuid";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { courseModules, courses, lessons } from "@/db/schema/catalog";
import { enrollments, lessonCompletions } from "@/db/schema/learning";
import { findContinueLesson, listMyCourses } from "@/lib/enrollments/queries";
import { recordAttempt } from "@/lib/exercises/mutations";
import { attemptInput } from "@/lib/exercises/schema";
import { completeLesson, markLesson, touchLesson, uncompleteLesson } from "@/lib/learning/mutations";
import { findLesson } from "@/lib/learning/queries";
import { createTestDatabase } from "../../support/database";
import { addCourse, addExercise, addLesson, addUser, enroll } from "./course-factory";

const database = await createTestDatabase();
afterAll(database.close);
const { db } = database;

let course: Awaited<ReturnType<typeof addCourse>>;
let learner: Awaited<ReturnType<typeof addUser>>;
beforeEach(async () => {
  course = await addCourse(db, { chapters: [3, 4], exercises: false });
  learner = await addUser(db);
});

const complete = (lesson: string) => completeLesson(learner.userId, course.slug, lesson);
const uncomplete = (lesson: string) => uncompleteLesson(learner.userId, course.slug, lesson);
const everyLesson = () => course.lessons.map((lesson) => lesson.slug);
async function stored() {
  const [row] = await db.select().from(enrollments).where(eq(enrollments.userId, learner.userId));
  if (!row) throw new Error("not enrolled");
  return row;
}

describe("completing", () => {
  test("counts each lesson once, and all of them make 100", async () => {
    await enroll(db, learner.userId, course);
    expect(await complete("lesson-1")).toEqual({
      ok: true,
      value: {
        lessonsCompleted: 1,
        lessonsTotal: 7,
        exercisesCompleted: 0,
        exercisesTotal: 0,
        percentage: 14,
        isCompleted: false,
      },
    });
    await complete("lesson-1");
    for (const slug of everyLesson()) await complete(slug);
    expect(await stored()).toMatchObject({ progressPercentage: 100, lessonsCompleted: 7, isCompleted: true });
    expect((await stored()).completedAt).not.toBeNull();
  });

  test("can be undone, and done again", async () => {
    await enroll(db, learner.userId, course);
    for (const slug of everyLesson()) await complete(slug);
    await uncomplete("lesson-4");
    expect(await stored()).toMatchObject({ progressPercentage: 85, isCompleted: false, completedAt: null });
    await complete("lesson-4");
    expect(await stored()).toMatchObject({ progressPercentage: 100, isCompleted: true });
  });

  test("made without a network counts when it is sent, once, and undoes nothing that was done since", async () => {
    await enroll(db, learner.userId, course);
    const late = (completed: boolean, minutes: number) =>
      markLesson(learner.userId, {
        course: course.slug,
        lesson: "lesson-1",
        completed,
        ageMs: minutes * 60_000,
      });
    const ticks = () =>
      db
        .select({ at: lessonCompletions.completedAt })
        .from(lessonCompletions)
        .where(eq(lessonCompletions.userId, learner.userId));
    await late(true, 30);
    const [first] = await ticks();
    expect(Date.now() - Number(first?.at)).toBeGreaterThan(29 * 60_000);
    // The answer was lost, so it is sent again; meanwhile the tick was taken back on another device.
    await late(true, 30);
    expect(await ticks()).toEqual([first]);
    await uncomplete("lesson-1");
    await late(true, 30);
    expect(await ticks()).toEqual([]);
    expect(await stored()).toMatchObject({ lessonsCompleted: 0 });
    // And one that was taken back before it was made anew stays.
    await complete("lesson-1");
    await late(false, 10);
    expect(await stored()).toMatchObject({ lessonsCompleted: 1 });
  });

  test("at once from many tabs ends at the true count", async () => {
    await enroll(db, learner.userId, course);
    const ticks = [...everyLesson(), ...everyLesson(), ...everyLesson()];
    const answers = await Promise.all(ticks.map(complete));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(await stored()).toMatchObject({ progressPercentage: 100, lessonsCompleted: 7 });
    await Promise.all([
      ...everyLesson().slice(0, 3).map(uncomplete),
      ...everyLesson().slice(3).map(complete),
    ]);
    expect(await stored()).toMatchObject({ lessonsCompleted: 4, progressPercentage: 57 });
  });

  test("is refused without a place, after it ended, and for a lesson of another course; nothing is written", async () => {
    const refused = { ok: false, error: "not_enrolled" };
    expect(await complete("lesson-1")).toEqual(refused);
    await enroll(db, learner.userId, course, { status: "refunded" });
    expect(await complete("lesson-1")).toEqual(refused);
    await enroll(db, learner.userId, course, { expiresAt: new Date(Date.now() - 1_000) });
    expect(await complete("lesson-1")).toEqual(refused);
    const other = await addCourse(db, { chapters: [9] });
    await enroll(db, learner.userId, other);
    expect(await complete("lesson-9")).toEqual(refused);
    expect(await uncomplete("lesson-1")).toEqual(refused);
    const written = await db
      .select()
      .from(lessonCompletions)
      .where(eq(lessonCompletions.userId, learner.userId));
    expect(written).toEqual([]);
  });

  test("does not count lessons taken out of the course", async () => {
    await enroll(db, learner.userId, course);
    await complete("lesson-7");
    await db
      .update(lessons)
      .set({ archivedAt: sql`now()` })
      .where(and(eq(lessons.courseId, course.id), eq(lessons.slug, "lesson-7")));
    expect(await complete("lesson-7")).toEqual({ ok: false, error: "not_enrolled" });
    expect(await complete("lesson-1")).toMatchObject({ value: { lessonsCompleted: 1, lessonsTotal: 6 } });
  });
});

describe("exercises", () => {
  const submit = (exercise: string, testsPassed = 3) =>
    recordAttempt(
      learner.userId,
      attemptInput.parse({
        id: v4(),
        course: course.slug,
        exercise,
        code: "pass",
        testsPassed,
        testsTotal: 3,
        solutionShown: false,
        ageMs: 0,
      }),
    );
  beforeEach(async () => {
    course = await addCourse(db, { chapters: [2] });
  });

  test("count as much as lessons, once each, and the last of them completes the course", async () => {
    await enroll(db, learner.userId, course);
    for (const slug of everyLesson()) await complete(slug);
    expect(await stored()).toMatchObject({ progressPercentage: 50, isCompleted: false });
    await submit("task-1", 2);
    await Promise.all([submit("task-1"), submit("task-1"), submit("task-1")]);
    expect(await stored()).toMatchObject({ progressPercentage: 75, exercisesCompleted: 1 });
    expect((await findContinueLesson(learner.userId, course.slug))?.slug).toBe("lesson-2");
    await submit("task-2");
    expect(await stored()).toMatchObject({ progressPercentage: 100, isCompleted: true });
    expect((await stored()).completedAt).not.toBeNull();
  });

  test("are not undone by a later attempt that fails", async () => {
    await enroll(db, learner.userId, course);
    await submit("task-1");
    await submit("task-1", 1);
    await complete("lesson-1");
    expect(await stored()).toMatchObject({ progressPercentage: 50, exercisesCompleted: 1 });
  });
});

describe("a course that grows", () => {
  const grow = async () => {
    const [module] = await db.select().from(courseModules).where(eq(courseModules.courseId, course.id));
    if (!module) throw new Error("no chapter");
    await db
      .update(courses)
      .set({ version: sql`${courses.version} + 1` })
      .where(eq(courses.id, course.id));
    const added = await addLesson(db, course.id, module.id, 7);
    const [first] = course.lessons;
    if (!first) throw new Error("no lesson");
    await addExercise(db, course.id, first.id, 8, { slug: "late", sinceVersion: 2 });
    await db.update(lessons).set({ sinceVersion: 2 }).where(eq(lessons.id, added.id));
    return added;
  };

  test("stays completed for whoever had completed it, also after an undo", async () => {
    await enroll(db, learner.userId, course);
    for (const slug of everyLesson()) await complete(slug);
    const added = await grow();
    expect(await listMyCourses(learner.userId)).toMatchObject([
      { state: "completed", progress: { percentage: 100, lessonsTotal: 7, exercisesTotal: 0 } },
    ]);
    await complete(added.slug);
    await uncomplete("lesson-2");
    expect(await stored()).toMatchObject({ isCompleted: false, progressPercentage: 85, pinnedVersion: 1 });
    await complete("lesson-2");
    expect(await stored()).toMatchObject({ isCompleted: true, lessonsCompleted: 7 });
    const lesson = await findLesson(learner, course.slug, added.slug);
    expect(lesson?.progress?.percentage).toBe(100);
    const entries = lesson?.outline.flatMap((chapter) => chapter.lessons) ?? [];
    expect(entries.filter((entry) => entry.isNew).map((entry) => entry.slug)).toEqual([added.slug]);
  });

  test("asks for what was added from whoever was not done", async () => {
    await enroll(db, learner.userId, course);
    for (const slug of everyLesson().slice(1)) await complete(slug);
    await grow();
    await complete("lesson-1");
    expect(await stored()).toMatchObject({ isCompleted: false, progressPercentage: 77, pinnedVersion: null });
  });
});

describe("continuing", () => {
  const next = async () => (await findContinueLesson(learner.userId, course.slug))?.slug;

  test("opens the lesson opened last, and what follows once it is done", async () => {
    await enroll(db, learner.userId, course);
    expect(await next()).toBe("lesson-1");
    await touchLesson(learner.userId, course.slug, "lesson-5");
    expect(await next()).toBe("lesson-5");
    await complete("lesson-5");
    expect(await next()).toBe("lesson-6");
    await complete("lesson-7");
    expect(await next()).toBe("lesson-1");
  });

  test("is not led astray by a mark that was made without a network and is sent late", async () => {
    await enroll(db, learner.userId, course);
    await touchLesson(learner.userId, course.slug, "lesson-5");
    const mark = { course: course.slug, lesson: "lesson-2", completed: true };
    expect(await markLesson(learner.userId, { ...mark, ageMs: 3_600_000 })).toMatchObject({ ok: true });
    expect(await next()).toBe("lesson-5");
    await markLesson(learner.userId, { ...mark, completed: false, ageMs: 0 });
    expect(await next()).toBe("lesson-2");
  });

  test("is nothing for whoever is not enrolled now", async () => {
    expect(await next()).toBeUndefined();
    await touchLesson(learner.userId, course.slug, "lesson-5");
    await enroll(db, learner.userId, course, { status: "revoked" });
    await touchLesson(learner.userId, course.slug, "lesson-5");
    expect(await next()).toBeUndefined();
    expect((await stored()).lastAccessedLessonId).toBeNull();
  });
});

describe("the library", () => {
  test("counts a course bought again once, tells what ended, and puts the one opened last first", async () => {
    const [second, ended] = [await addCourse(db), await addCourse(db)];
    await enroll(db, learner.userId, course, { status: "refunded" });
    await enroll(db, learner.userId, course);
    await enroll(db, learner.userId, second);
    await enroll(db, learner.userId, ended, { status: "refunded" });
    await touchLesson(learner.userId, course.slug, "lesson-2");
    const mine = await listMyCourses(learner.userId);
    expect(mine).toHaveLength(3);
    expect(mine[0]).toMatchObject({ slug: course.slug, state: "active", continueWith: { slug: "lesson-2" } });
    expect(mine.find((entry) => entry.slug === ended.slug)).toMatchObject({
      state: "ended",
      ended: { reason: "refunded" },
      continueWith: null,
    });
    expect(await listMyCourses((await addUser(db)).userId)).toEqual([]);
  });

  test("calls a course completed once every lesson is", async () => {
    await enroll(db, learner.userId, course);
    for (const slug of everyLesson()) await complete(slug);
    expect(await listMyCourses(learner.userId)).toMatchObject([
      { state: "completed", progress: { percentage: 100 } },
    ]);
  });
});
