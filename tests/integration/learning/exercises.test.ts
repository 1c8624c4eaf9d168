import { eq } from "drizzle-orm";
import { v4 } from "uuid";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { exercises } from "@/db/schema/catalog";
import { exerciseAttempts, exerciseDrafts } from "@/db/schema/exercises";
import { enrollments } from "@/db/schema/learning";
import { recordAttempt, saveDraft } from "@/lib/exercises/mutations";
import { type AttemptInput, attemptInput } from "@/lib/exercises/schema";
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
  await enroll(db, learner.userId, course);
});

function attempt(changes: Partial<Record<keyof AttemptInput, unknown>> = {}): AttemptInput {
  return attemptInput.parse({
    id: v4(),
    course: course.slug,
    exercise: "task-2",
    code: "pass",
    testsPassed: 3,
    testsTotal: 3,
    solutionShown: false,
    ageMs: 0,
    ...changes,
  });
}
const attempts = () => db.select().from(exerciseAttempts).where(eq(exerciseAttempts.userId, learner.userId));

describe("a submission", () => {
  test("is kept once, however often and from wherever it is sent", async () => {
    const one = attempt();
    const answers = await Promise.all(Array.from({ length: 8 }, () => recordAttempt(learner.userId, one)));
    expect(answers).toEqual(Array(8).fill({ ok: true, value: { passed: true } }));
    expect(await attempts()).toMatchObject([{ id: one.id, passed: true, testsPassed: 3 }]);
  });

  test("that fails a test has not passed, and claims no more than there is", async () => {
    await recordAttempt(learner.userId, attempt({ testsPassed: 2 }));
    await recordAttempt(learner.userId, attempt({ testsPassed: 9, testsTotal: 2 }));
    const kept = await attempts();
    expect(kept.map(({ passed, testsPassed }) => [passed, testsPassed]).sort()).toEqual([
      [false, 2],
      [true, 2],
    ]);
  });

  test("by fewer tests than the exercise has now has not passed, and ticks nothing", async () => {
    const calls = ["double(2)", "double(0)", "double(-1)"].map((call) => ({ call, expect: "0" }));
    const definition = {
      kind: "function",
      title: "A task",
      prompt: "Write it.",
      hints: ["Begin."],
      starter: "pass",
      solution: "double = lambda n: n * 2",
      must_fail: [{ reason: "Does nothing.", code: "pass" }],
      signature: "double(n)",
      tests: calls,
    };
    const [task] = course.lessons.slice(1);
    if (!task?.exerciseId) throw new Error("no exercise");
    await db.update(exercises).set({ definition }).where(eq(exercises.id, task.exerciseId));
    const outdated = attempt({ testsPassed: 2, testsTotal: 2 });
    const failed = { ok: true, value: { passed: false } };
    expect(await recordAttempt(learner.userId, outdated)).toEqual(failed);
    expect(await attempts()).toMatchObject([{ passed: false, testsPassed: 2, testsTotal: 3 }]);
    const count = async () =>
      (await db.select().from(enrollments).where(eq(enrollments.userId, learner.userId)))[0];
    expect(await count()).toMatchObject({ exercisesCompleted: 0 });
    expect(await recordAttempt(learner.userId, attempt())).toEqual({ ok: true, value: { passed: true } });
    expect(await count()).toMatchObject({ exercisesCompleted: 1 });
    // Sent once more, it is what it was.
    await db
      .update(exercises)
      .set({ definition: { ...definition, tests: calls.slice(1) } })
      .where(eq(exercises.id, task.exerciseId));
    expect(await recordAttempt(learner.userId, outdated)).toEqual(failed);
  });

  test("made offline keeps its time, by the database's clock", async () => {
    await recordAttempt(learner.userId, attempt({ ageMs: 3_600_000 }));
    const [kept] = await attempts();
    expect(Number(kept?.createdAt) - Number(kept?.gradedAt)).toBe(3_600_000);
  });

  test("needs access, and the id of somebody else's is of no use", async () => {
    const stranger = await addUser(db);
    expect(await recordAttempt(stranger.userId, attempt())).toEqual({ ok: false, error: "not_enrolled" });
    const one = attempt();
    await recordAttempt(learner.userId, one);
    await enroll(db, stranger.userId, course);
    const taken = await recordAttempt(stranger.userId, { ...one, code: "other" });
    expect(taken).toEqual({ ok: true, value: { passed: false } });
    expect(await attempts()).toMatchObject([{ id: one.id, code: "pass" }]);
    await db.update(enrollments).set({ status: "refunded" }).where(eq(enrollments.userId, learner.userId));
    expect(await recordAttempt(learner.userId, attempt())).toEqual({ ok: false, error: "not_enrolled" });
    expect(await recordAttempt(learner.userId, attempt({ exercise: "nope" }))).toMatchObject({ ok: false });
  });

  test("with too much code, a NUL or a made-up id is no input", () => {
    const wrong = [
      { code: "é".repeat(40_000) },
      { code: "a\0" },
      { id: "1" },
      { testsTotal: 0 },
      { ageMs: -1 },
    ];
    for (const change of wrong) expect(() => attempt(change)).toThrow();
  });
});

describe("a draft", () => {
  const save = (code: string, baseVersion: number, ageMs = 0, drops?: number) =>
    saveDraft(learner.userId, { course: course.slug, exercise: "task-2", code, baseVersion, ageMs, drops });

  test("grows from what was saved before", async () => {
    expect(await save("a", 0)).toMatchObject({ value: { version: 1, code: "a", other: null } });
    expect(await save("ab", 1)).toMatchObject({ value: { version: 2, code: "ab", other: null } });
    expect(await save("ab", 2)).toMatchObject({ value: { version: 2 } });
  });

  test("written in two places keeps the newer text, and the other beside it", async () => {
    await save("base", 0);
    await save("from the laptop", 1);
    expect(await save("older, from the phone", 1, 60_000)).toMatchObject({
      value: { version: 3, code: "from the laptop", other: { code: "older, from the phone" } },
    });
    expect(await save("newer, from the phone", 1)).toMatchObject({
      value: { version: 4, code: "newer, from the phone", other: { code: "from the laptop" } },
    });
  });

  test("set aside goes for good once it is not wanted, and the version stays", async () => {
    await save("base", 0);
    await save("from the laptop", 1);
    const answer = await save("older, from the phone", 1, 60_000);
    const drops = answer.ok ? answer.value.other?.editedAt.getTime() : undefined;
    expect(await save("from the laptop", 3, 0, drops)).toMatchObject({ value: { version: 3, other: null } });
    expect(await save("from the laptop, on", 3)).toMatchObject({ value: { version: 4, other: null } });
  });

  test("saved at once from many tabs loses no save between two others", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => save(`tab ${n}`, 0)));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    const [row] = await db.select().from(exerciseDrafts).where(eq(exerciseDrafts.userId, learner.userId));
    expect(row).toMatchObject({ version: 6 });
    expect(row?.otherCode).not.toBeNull();
  });

  test("needs access", async () => {
    const stranger = await addUser(db);
    const input = { course: course.slug, exercise: "task-2", code: "x", baseVersion: 0, ageMs: 0 };
    expect(await saveDraft(stranger.userId, input)).toEqual({ ok: false, error: "not_enrolled" });
  });
});
