import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { enrollments } from "@/db/schema/learning";
import { findLesson } from "@/lib/learning/queries";
import { saveNote } from "@/lib/notes/mutations";
import { listCourseNotes, listNotedCourses } from "@/lib/notes/queries";
import { noteInput } from "@/lib/notes/schema";
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

const save = (body: string, revision: number, lesson = "lesson-2", who = learner) =>
  saveNote(who.userId, { course: course.slug, lesson, body, revision });
async function stored(lesson = "lesson-2") {
  const found = await findLesson(learner, course.slug, lesson);
  return found?.access === "open" ? found.note : null;
}

describe("A note", () => {
  test("is kept over the revision that its writer saw", async () => {
    expect(await stored()).toEqual({ body: "", revision: 0 });
    expect(await save("one", 0)).toEqual({ ok: true, value: { kind: "saved", revision: 1 } });
    expect(await save("two", 1)).toEqual({ ok: true, value: { kind: "saved", revision: 2 } });
    expect(await stored()).toEqual({ body: "two", revision: 2 });
  });

  test("never overwrites what its writer has not seen: the newer text comes back, nothing is written", async () => {
    await save("one", 0);
    await save("from the other tab", 1);
    const overtaken = { kind: "overtaken", revision: 2, body: "from the other tab" };
    expect(await save("from this tab", 1)).toEqual({ ok: true, value: overtaken });
    expect(await save("from a third", 0)).toEqual({ ok: true, value: overtaken });
    expect(await save("from the future", 9)).toEqual({ ok: true, value: overtaken });
    expect(await stored()).toEqual({ body: "from the other tab", revision: 2 });
  });

  test("saved at once from many tabs is written once for each revision", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, tab) => save(`tab ${tab}`, 0)));
    const kinds = answers.map((answer) => (answer.ok ? answer.value.kind : answer.error));
    expect(kinds.filter((kind) => kind === "saved")).toHaveLength(1);
    expect((await stored())?.revision).toBe(1);
  });

  test("sent twice, because the answer got lost, is saved", async () => {
    await save("one", 0);
    expect(await save("one", 0)).toEqual({ ok: true, value: { kind: "saved", revision: 1 } });
  });

  test("is its writer's own, and needs a place in the course to be written", async () => {
    await save("mine", 0);
    const other = await addUser(db);
    expect(await save("x", 0, "lesson-2", other)).toEqual({ ok: false, error: "not_enrolled" });
    await enroll(db, other.userId, course);
    const seen = await findLesson(other, course.slug, "lesson-2");
    expect(JSON.stringify(seen)).not.toContain("mine");
    expect(await listNotedCourses(other.userId)).toEqual([]);
    expect(await listCourseNotes(other.userId, course.slug)).toEqual([]);
  });

  test("can be read, not written, after access has ended", async () => {
    await save("mine", 0);
    await save("first", 0, "lesson-1");
    await db.update(enrollments).set({ status: "refunded" }).where(eq(enrollments.userId, learner.userId));
    expect(await save("more", 1)).toEqual({ ok: false, error: "not_enrolled" });
    expect(await listNotedCourses(learner.userId)).toMatchObject([{ slug: course.slug, notes: 2 }]);
    expect((await listCourseNotes(learner.userId, course.slug)).map((note) => note.body)).toEqual([
      "first",
      "mine",
    ]);
  });

  test("has a size, and no sign that the database cannot keep", () => {
    const input = { course: "a", lesson: "b", revision: "3" };
    expect(noteInput.parse({ ...input, body: "a\r\nb\0" })).toMatchObject({ body: "a\nb", revision: 3 });
    expect(noteInput.safeParse({ ...input, body: "x".repeat(20_001) }).success).toBe(false);
    expect(noteInput.safeParse({ ...input, revision: "-1", body: "" }).success).toBe(false);
  });
});
