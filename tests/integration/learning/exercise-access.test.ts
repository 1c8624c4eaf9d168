import { and, eq } from "drizzle-orm";
import { v4 } from "uuid";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { exercises, lessons } from "@/db/schema/catalog";
import { quizAttempts } from "@/db/schema/exercises";
import { enrollments } from "@/db/schema/learning";
import { recordAttempt, recordQuizAttempt, saveDraft } from "@/lib/exercises/mutations";
import {
  findLastQuizAttempt,
  findLessonExercises,
  findQuestions,
  findSolution,
} from "@/lib/exercises/queries";
import { findLesson, type Reader } from "@/lib/learning/queries";
import { createTestDatabase } from "../../support/database";
import { addCourse, addUser, enroll, SOLD } from "./course-factory";

const database = await createTestDatabase();
afterAll(database.close);
const { db } = database;

const definition = {
  kind: "function",
  title: "A task",
  prompt: SOLD.prompt,
  hints: [SOLD.hint],
  starter: SOLD.starter,
  signature: "double(n)",
  solution: SOLD.solution,
  why: SOLD.why,
  must_fail: [{ reason: "adds", code: "MARKER-MUST-FAIL" }],
  tests: [
    { call: "double(2)", expect: "4" },
    { call: SOLD.hiddenTest, expect: "0" },
  ],
};

let course: Awaited<ReturnType<typeof addCourse>>;
let learner: Awaited<ReturnType<typeof addUser>>;
beforeEach(async () => {
  course = await addCourse(db);
  learner = await addUser(db);
  await enroll(db, learner.userId, course);
  await db.update(exercises).set({ definition }).where(eq(exercises.courseId, course.id));
});

type TryId = Parameters<typeof recordAttempt>[1]["id"];
const newTry = { code: "pass", testsPassed: 0, testsTotal: 2, solutionShown: false, ageMs: 0 };

/** Everybody who may not read a sold lesson. */
async function strangers(): Promise<[string, Reader | null][]> {
  const [other, ended, refunded] = [await addUser(db), await addUser(db), await addUser(db)];
  await enroll(db, ended.userId, course, { expiresAt: new Date(Date.now() - 1_000) });
  await enroll(db, refunded.userId, course, { status: "refunded" });
  const elsewhere = await addUser(db);
  await enroll(db, elsewhere.userId, await addCourse(db));
  return [
    ["nobody", null],
    ["somebody else", other],
    ["expired", ended],
    ["refunded", refunded],
    ["in another course", elsewhere],
  ];
}

describe("a sold lesson's exercises", () => {
  test("reach nobody who may not read it, in no way", async () => {
    for (const [who, reader] of await strangers()) {
      expect(await findLessonExercises(reader, course.slug, "lesson-2"), who).toBeNull();
      expect(await findSolution(reader, course.slug, "task-2"), who).toBeNull();
      expect(await findQuestions(reader, course.slug, "lesson-2"), who).toBeNull();
    }
  });

  test("bring the enrolled what grades them, and neither the solution nor the programs that must fail", async () => {
    const found = await findLessonExercises(learner, course.slug, "lesson-2");
    expect(found).toMatchObject({
      saves: true,
      exercises: [{ slug: "task-2", tries: 0, passed: false, draft: null }],
    });
    const sent = JSON.stringify(found);
    expect(sent).toContain(SOLD.hiddenTest);
    expect(sent).not.toContain(SOLD.solution);
    expect(sent).not.toContain(SOLD.why);
    expect(sent).not.toContain("MARKER-MUST-FAIL");
  });

  test("of a shape that is not known come without a task", async () => {
    await db
      .update(exercises)
      .set({ definition: { kind: "riddle" } })
      .where(eq(exercises.courseId, course.id));
    expect((await findLessonExercises(learner, course.slug, "lesson-2"))?.exercises[0]?.task).toBeNull();
  });
});

describe("a solution", () => {
  const submit = (testsPassed: number) =>
    recordAttempt(learner.userId, {
      ...newTry,
      id: v4() as TryId,
      course: course.slug,
      exercise: "task-2",
      testsPassed,
    });
  const ask = () => findSolution(learner, course.slug, "task-2");

  test("opens with the third try", async () => {
    expect(await ask()).toBe("not_yet");
    await submit(0);
    await submit(1);
    expect(await ask()).toBe("not_yet");
    await submit(1);
    expect(await ask()).toEqual({ solution: SOLD.solution, why: SOLD.why });
  });

  test("opens with the first pass, for whoever passed", async () => {
    await submit(2);
    expect(await ask()).toEqual({ solution: SOLD.solution, why: SOLD.why });
    const another = await addUser(db);
    await enroll(db, another.userId, course);
    expect(await findSolution(another, course.slug, "task-2")).toBe("not_yet");
  });

  test("of a preview is there for everybody, who leave no tries behind", async () => {
    expect(await findSolution(null, course.slug, "task-1")).toEqual({
      solution: SOLD.solution,
      why: SOLD.why,
    });
    expect(await findLessonExercises(null, course.slug, "lesson-1")).toMatchObject({ saves: false });
  });

  test("closes with the access", async () => {
    await submit(2);
    await db
      .update(enrollments)
      .set({ status: "revoked" })
      .where(and(eq(enrollments.userId, learner.userId), eq(enrollments.courseId, course.id)));
    expect(await ask()).toBeNull();
  });
});

describe("answers to questions", () => {
  const graded = { answers: [["a"]], correct: 1, total: 1 };
  test("are kept for the enrolled, the last one first", async () => {
    expect(await recordQuizAttempt(learner.userId, course.slug, "lesson-1", { ...graded, correct: 0 })).toBe(
      true,
    );
    expect(await recordQuizAttempt(learner.userId, course.slug, "lesson-1", graded)).toBe(true);
    expect(await findLastQuizAttempt(learner, course.slug, "lesson-1")).toMatchObject({
      correct: 1,
      total: 1,
    });
    expect(await db.select().from(quizAttempts).where(eq(quizAttempts.userId, learner.userId))).toHaveLength(
      2,
    );
  });

  test("of somebody who is not enrolled are not", async () => {
    const reader = await addUser(db);
    expect(await recordQuizAttempt(reader.userId, course.slug, "lesson-1", graded)).toBe(false);
    expect(await findLastQuizAttempt(reader, course.slug, "lesson-1")).toBeNull();
  });
});

describe.each(["draft", "archived"] as const)("a course that is %s", (status) => {
  const places = [1, 2].map((number) => ({ lesson: `lesson-${number}`, exercise: `task-${number}` }));
  beforeEach(async () => {
    course = await addCourse(db, { status });
    await enroll(db, learner.userId, course);
  });

  /** What every query has for a reader, of the preview and of a sold lesson. */
  const read = async (reader: Reader | null) =>
    Promise.all(
      places.flatMap(({ lesson, exercise }) => [
        findLesson(reader, course.slug, lesson).then((found) => (found?.access === "open" ? found : null)),
        findLessonExercises(reader, course.slug, lesson),
        findSolution(reader, course.slug, exercise),
        findQuestions(reader, course.slug, lesson),
      ]),
    );
  const write = async ({ userId }: Reader) => {
    const done: boolean[] = [];
    for (const { lesson, exercise } of places) {
      const address = { course: course.slug, exercise };
      done.push(
        (await recordAttempt(userId, { ...newTry, ...address, id: v4() as TryId })).ok,
        (await saveDraft(userId, { ...address, code: "pass", baseVersion: 0, ageMs: 0 })).ok,
        await recordQuizAttempt(userId, course.slug, lesson, { answers: [["a"]], correct: 1, total: 1 }),
      );
    }
    return done;
  };

  test("shows nobody else its lessons, its exercises, their solutions and its answers, previews neither", async () => {
    for (const [who, reader] of [
      ...(await strangers()),
      ["support", await addUser(db, "support")] as const,
    ]) {
      expect(await read(reader), who).toEqual(Array(8).fill(null));
      if (reader) expect(await write(reader), who).toEqual(Array(6).fill(false));
    }
  });

  test("keeps everything for those who have it", async () => {
    expect(await read(learner)).not.toContain(null);
    expect(await write(learner)).toEqual(Array(6).fill(true));
  });

  test("is read by an admin", async () => {
    expect(await read(await addUser(db, "admin"))).not.toContain(null);
  });
});

test("a lesson that left its course takes its exercises, solutions and answers along", async () => {
  await db.update(lessons).set({ archivedAt: new Date() }).where(eq(lessons.courseId, course.id));
  for (const reader of [null, learner, await addUser(db, "admin")]) {
    for (const place of [1, 2]) {
      expect(await findLesson(reader, course.slug, `lesson-${place}`)).toBeNull();
      expect(await findLessonExercises(reader, course.slug, `lesson-${place}`)).toBeNull();
      expect(await findSolution(reader, course.slug, `task-${place}`)).toBeNull();
      expect(await findQuestions(reader, course.slug, `lesson-${place}`)).toBeNull();
    }
  }
});
