import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect } from "vitest";
import { users } from "@/db/schema/identity";
import { verifyAuditLog } from "@/lib/audit/queries";
import { checkedCourseInput, checkedLessonInput, writeQuiz } from "@/lib/authoring/checked-input";
import { findEditableCourse, findEditableLesson } from "@/lib/authoring/queries";
import { importCatalog } from "@/lib/catalog/import";
import type { UserId } from "@/lib/ids";
import { createTestDatabase } from "../../support/database";
import { lesson, sampleFiles } from "../../unit/catalog/sample-course";
import { writeFiles } from "../catalog/write-files";

export const now = new Date("2026-03-01T12:00:00Z");
export const database = await createTestDatabase();
export const dir = await mkdtemp(join(tmpdir(), "lectern-authoring-"));
export let admin: UserId;
export let other: UserId;
export let support: UserId;
export let learner: UserId;
export const SECOND = "courses/first-course/01-first-steps/02-names.md";
export const COURSE_YAML = "courses/first-course/course.yaml";
export const VALUES = "courses/first-course/01-first-steps/01-values.md";

afterAll(async () => {
  expect(await verifyAuditLog(admin)).toMatchObject({ broken: null });
  await rm(dir, { recursive: true });
  await database.close();
});
beforeEach(async () => {
  await database.sql`truncate courses cascade`;
  await rm(dir, { recursive: true, force: true });
  await writeFiles(dir, folder());
  await run();
  admin ??= await person("admin");
  other ??= await person("admin");
  support ??= await person("support");
  learner ??= await person("learner");
});

async function person(role: "admin" | "support" | "learner") {
  const [user] = await database.db
    .insert(users)
    .values({ email: `${role}-${Math.random()}@example.test`, name: `The ${role}`, role })
    .returning({ id: users.id });
  if (!user) throw new Error("no user");
  return user.id;
}

/** The sample course with a second lesson and a second chapter. */
export const folder = (changes: Record<string, string | null> = {}) =>
  sampleFiles({
    [COURSE_YAML]: `${sampleFiles().get(COURSE_YAML)}  - folder: 02-next-steps\n    title: Next steps\n`,
    [SECOND]: lesson("Names").replace("[change-due]", "[]"),
    "courses/first-course/02-next-steps/01-more.md": lesson("More").replace("[change-due]", "[]"),
    ...changes,
  });
export const run = (options: { force?: boolean; dryRun?: boolean } = {}) =>
  importCatalog({ dir, now, ...options });
export const read = async () => {
  const course = await findEditableCourse(admin, "first-course");
  if (!course) throw new Error("no course");
  return course;
};
export const readLesson = async (name = "values") => {
  const found = await findEditableLesson(admin, "first-course", name);
  if (!found) throw new Error("no lesson");
  return found;
};

export const courseChange = async (changes: Record<string, string> = {}) => {
  const course = await read();
  return checkedCourseInput.parse({
    course: course.id,
    version: course.version,
    title: course.title,
    summary: course.summary,
    level: course.level,
    price: "39.00",
    status: course.status,
    description: course.description,
    audience: course.audience,
    prerequisites: course.prerequisites,
    outcomes: course.outcomes.join("\n"),
    ...changes,
  });
};
export const lessonChange = async (changes: Record<string, string> = {}, name = "values") => {
  const { id, revision, title, summary, minutes, body, quiz, freePreview } = await readLesson(name);
  return checkedLessonInput.parse({
    lesson: id,
    revision,
    title,
    summary,
    minutes: String(minutes),
    body,
    quiz: writeQuiz(quiz),
    ...(freePreview ? { freePreview: "on" } : {}),
    ...changes,
  });
};
