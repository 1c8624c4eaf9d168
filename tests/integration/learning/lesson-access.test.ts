import { eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, test } from "vitest";
import { enrollments } from "@/db/schema/learning";
import { findLesson, type Reader } from "@/lib/learning/queries";
import { createTestDatabase } from "../../support/database";
import { addCourse, addUser, enroll, SOLD } from "./course-factory";

const database = await createTestDatabase();
afterAll(database.close);
const { db } = database;

const course = await addCourse(db);
const [preview, paid] = ["lesson-1", "lesson-2"];
const soldWords = Object.values(SOLD);

async function learner(seat?: Parameters<typeof enroll>[3]) {
  const user = await addUser(db);
  if (seat) await enroll(db, user.userId, course, seat);
  return user;
}

const hour = 3_600_000;
const fromNow = (ms: number) => new Date(Date.now() + ms);

describe("a sold lesson", () => {
  const shut = {
    "a guest": async () => null,
    "somebody who bought nothing": () => learner(),
    "somebody refunded": () => learner({ status: "refunded" }),
    "somebody whose place was withdrawn": () => learner({ status: "revoked" }),
    "somebody whose time is over": () => learner({ expiresAt: fromNow(-1_000) }),
    "somebody enrolled in another course": async () => {
      const user = await addUser(db);
      await enroll(db, user.userId, await addCourse(db));
      return user;
    },
  };

  test.each(Object.entries(shut))("is locked for %s, and not a byte of it is read", async (_who, make) => {
    const lesson = await findLesson(await make(), course.slug, paid);
    expect(lesson?.access).toBe("locked");
    expect(lesson?.title).toBe("Lesson 2");
    for (const word of soldWords) expect(JSON.stringify(lesson)).not.toContain(word);
    expect(lesson?.outline.flatMap((chapter) => chapter.lessons.map((entry) => entry.isOpen))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  const open = {
    "its owner": () => learner({}),
    "somebody with time left": () => learner({ expiresAt: fromNow(hour) }),
    "an admin": () => addUser(db, "admin"),
  };

  test.each(Object.entries(open))("is open for %s, without solutions", async (_who, make) => {
    const lesson = await findLesson(await make(), course.slug, paid);
    if (lesson?.access !== "open") throw new Error("should be open");
    expect(lesson.body).toBe(SOLD.body);
    expect(lesson.quiz[0]?.question).toBe(SOLD.quiz);
    expect(lesson.tasks).toEqual([
      {
        slug: "task-2",
        title: "A task",
        language: "python",
        prompt: SOLD.prompt,
        starter: SOLD.starter,
        hints: [SOLD.hint],
        examples: [
          { setup: null, expression: "double(2)", outcome: { kind: "value", source: "4" } },
          { setup: null, expression: "double('x')", outcome: { kind: "raises", source: "TypeError" } },
        ],
        dataset: null,
        columns: [],
        orderedBy: null,
      },
    ]);
    expect(JSON.stringify(lesson)).not.toContain(SOLD.hiddenTest);
    expect(JSON.stringify(lesson)).not.toContain(SOLD.solution);
    expect(JSON.stringify(lesson)).not.toContain(SOLD.why);
  });
});

test("a free preview is open for everybody, without progress for a guest", async () => {
  const lesson = await findLesson(null, course.slug, preview);
  expect(lesson).toMatchObject({ access: "open", body: SOLD.body, progress: null, previous: null });
});

test("access ends at its instant by the database's clock, whatever this process believes", async () => {
  const user = await addUser(db);
  const id = await enroll(db, user.userId, course);
  const setExpiry = (offset: string) =>
    db
      .update(enrollments)
      .set({ expiresAt: sql`now() + ${offset}::interval` })
      .where(eq(enrollments.id, id));
  await setExpiry("2 seconds");
  expect((await findLesson(user, course.slug, paid))?.access).toBe("open");
  await setExpiry("-1 microsecond");
  expect((await findLesson(user, course.slug, paid))?.access).toBe("locked");
});

test("there is no lesson of another course, and no unknown one", async () => {
  const owner = await learner({});
  const other = await addCourse(db, { chapters: [5] });
  expect(await findLesson(owner, course.slug, "lesson-5")).toBeNull();
  expect((await findLesson(owner, other.slug, "lesson-5"))?.access).toBe("locked");
  expect(await findLesson(owner, course.slug, "no-such-lesson")).toBeNull();
});

describe.each(["draft", "archived"] as const)("a course that is %s", async (status) => {
  const hidden = await addCourse(db, { status });
  const ask = (reader: Reader | null) =>
    Promise.all([preview, paid].map((slug) => findLesson(reader, hidden.slug, slug)));

  test("has no lesson for a guest or for whoever is not enrolled in it, not even its preview", async () => {
    for (const reader of [null, await learner(), await learner({}), await addUser(db, "support")])
      expect(await ask(reader)).toEqual([null, null]);
    const refunded = await addUser(db);
    await enroll(db, refunded.userId, hidden, { status: "refunded" });
    expect(await ask(refunded)).toEqual([null, null]);
  });

  test("stays open for those who have it, and for an admin", async () => {
    const owner = await addUser(db);
    await enroll(db, owner.userId, hidden);
    for (const reader of [owner, await addUser(db, "admin")])
      expect((await ask(reader)).map((lesson) => lesson?.access)).toEqual(["open", "open"]);
  });
});

test("a lesson knows its place, its neighbours and the reader's progress", async () => {
  const owner = await learner({});
  const lesson = await findLesson(owner, course.slug, "lesson-3");
  expect(lesson).toMatchObject({
    chapter: { number: 2, title: "Chapter 2" },
    place: { number: 1, of: 2 },
    previous: { slug: "lesson-2" },
    next: { slug: "lesson-4" },
    progress: { percentage: 0, lessonsTotal: 4 },
    isCompleted: false,
  });
});
