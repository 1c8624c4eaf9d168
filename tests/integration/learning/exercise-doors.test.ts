import { eq } from "drizzle-orm";
import { v4 } from "uuid";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { POST as sendAttempt } from "@/app/api/exercises/attempts/route";
import { GET as getSolution } from "@/app/learn/[course]/[lesson]/exercises/[exercise]/route";
import { GET as getPackage } from "@/app/learn/[course]/[lesson]/exercises/route";
import { courses } from "@/db/schema/catalog";
import { env } from "@/lib/env";
import { answerQuizAction } from "@/lib/exercises/actions";
import { fieldName } from "@/lib/exercises/quiz";
import type { Reader } from "@/lib/learning/queries";
import { createTestDatabase } from "../../support/database";
import { addCourse, addUser, enroll } from "./course-factory";

const asking = vi.hoisted(() => ({ reader: null as Reader | null }));
vi.mock("@/lib/identity/session", () => ({ findViewer: async () => asking.reader }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ origin: new URL(env().APP_URL).origin }),
}));

const database = await createTestDatabase();
afterAll(database.close);
const { db } = database;

let course: Awaited<ReturnType<typeof addCourse>>;
let owner: Reader;
beforeEach(async () => {
  course = await addCourse(db);
  owner = await addUser(db);
  await enroll(db, owner.userId, course);
});

/** What the three doors of the preview say: two statuses, and the quiz's code. */
async function knock(reader: Reader | null) {
  asking.reader = reader;
  const address = { course: course.slug, lesson: "lesson-1" };
  const request = new Request("https://shop.example/");
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...address, [fieldName(0)]: "a" })) form.set(name, value);
  const graded = await answerQuizAction(null, form);
  return [
    (await getPackage(request, { params: Promise.resolve(address) })).status,
    (await getSolution(request, { params: Promise.resolve({ ...address, exercise: "task-1" }) })).status,
    graded?.ok ? "graded" : graded?.error.code,
  ];
}

test("a preview on sale is open at every door", async () => {
  expect(await knock(null)).toEqual([200, 200, "graded"]);
  expect(await knock(await addUser(db))).toEqual([200, 200, "graded"]);
  // Whose tries are kept sees the solution after some.
  expect(await knock(owner)).toEqual([200, 403, "graded"]);
});

describe.each(["draft", "archived"] as const)("a preview of a course that is %s", (status) => {
  beforeEach(() => db.update(courses).set({ status }).where(eq(courses.id, course.id)));

  test("is shut at every door but for its owners and admins", async () => {
    for (const reader of [null, await addUser(db), await addUser(db, "support")])
      expect(await knock(reader)).toEqual([404, 404, "not_readable"]);
    expect(await knock(owner)).toEqual([200, 403, "graded"]);
    expect(await knock(await addUser(db, "admin"))).toEqual([200, 200, "graded"]);
  });
});

test("a submission is answered with whether it is kept as passed", async () => {
  asking.reader = owner;
  const address = { course: course.slug, exercise: "task-1" };
  const graded = { ...address, code: "pass", testsTotal: 2, solutionShown: false, ageMs: 0 };
  for (const [testsPassed, passed] of [
    [1, false],
    [2, true],
  ] as const) {
    const request = new Request("https://shop.example/", {
      method: "POST",
      headers: { origin: new URL(env().APP_URL).origin },
      body: JSON.stringify({ ...graded, id: v4(), testsPassed }),
    });
    const answer = await sendAttempt(request);
    expect([answer.status, await answer.json()]).toEqual([200, { code: "saved", passed }]);
  }
});
