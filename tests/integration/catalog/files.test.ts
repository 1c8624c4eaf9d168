import { mkdtemp, readFile, rm, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { courses } from "@/db/schema/catalog";
import { enrollments } from "@/db/schema/learning";
import { exportCatalog } from "@/lib/catalog/export";
import { ContentError, importCatalog } from "@/lib/catalog/import";
import type { CourseId } from "@/lib/ids";
import { findCourseFile, findLesson } from "@/lib/learning/queries";
import { createTestDatabase } from "../../support/database";
import { sampleFiles } from "../../unit/catalog/sample-course";
import { addUser } from "../learning/course-factory";
import { writeFiles } from "./write-files";

const database = await createTestDatabase();
afterAll(database.close);
const dir = await mkdtemp(join(tmpdir(), "lectern-files-"));
afterAll(() => rm(dir, { recursive: true, force: true }));

const FOLDER = "courses/first-course";
const LESSON = `${FOLDER}/01-first-steps/01-values.md`;
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="120"></svg>';

/** The sample course with a picture in its only lesson, and a download beside it. */
async function write({ preview = false } = {}): Promise<void> {
  await rm(dir, { recursive: true, force: true });
  const files = new Map(sampleFiles());
  const text = (files.get(LESSON) ?? "").replace("preview: true", `preview: ${preview}`);
  files.set(LESSON, `${text}\n\n![A shelf](files/shelf.svg)\n\nTake [the votes](files/votes.csv).\n`);
  files.set(`${FOLDER}/files/votes.csv`, "a,b\n");
  files.set(`${FOLDER}/files/shelf.svg`, PICTURE);
  await writeFiles(dir, files);
}
const run = () => importCatalog({ dir, now: new Date() });
beforeEach(async () => {
  await database.sql`truncate courses cascade`;
  await write();
});

test("files are imported with their sizes, again without a write, and come back by an export", async () => {
  expect((await run()).changes.filter((change) => change.what === "file")).toHaveLength(2);
  expect((await run()).changes).toEqual([]);
  const out = join(dir, "out");
  await exportCatalog({ from: dir, to: out });
  expect(await readFile(join(out, FOLDER, "files/shelf.svg"), "utf8")).toBe(PICTURE);
});

test("a sold file is for those who may read the lesson; one of a preview is for everybody", async () => {
  await run();
  const [course] = await database.sql<{ id: CourseId; slug: string }[]>`select id, slug from courses`;
  if (!course) throw new Error("no course");
  const [reader, other] = [await addUser(database.db), await addUser(database.db)];
  await database.db
    .insert(enrollments)
    .values({ userId: reader.userId, courseId: course.id, enrollmentType: "gifted" });
  const find = (who: typeof reader | null) => findCourseFile(who, course.slug, "shelf.svg");
  expect(await find(null)).toBeNull();
  expect(await find(other)).toBeNull();
  expect((await find(reader))?.bytes.toString()).toBe(PICTURE);
  const lesson = await findLesson(reader, course.slug, "values");
  expect(lesson).toMatchObject({ pictures: [{ name: "shelf.svg", width: 320, height: 120 }] });
  await database.db.update(enrollments).set({ status: "refunded" });
  expect(await find(reader)).toBeNull();

  await write({ preview: true });
  await run();
  expect(await find(null)).toMatchObject({ mediaType: "image/svg+xml", isPicture: true });
  await database.db.update(enrollments).set({ status: "active" });
  for (const status of ["draft", "archived"] as const) {
    await database.db.update(courses).set({ status });
    expect(await find(null)).toBeNull();
    expect(await find(other)).toBeNull();
    expect(await find(reader)).not.toBeNull();
    expect(await find(await addUser(database.db, "admin"))).not.toBeNull();
  }
});

test("a changed file is written, one that is gone is deleted, and mistakes are named", async () => {
  await run();
  const text = await readFile(join(dir, LESSON), "utf8");
  await writeFile(join(dir, FOLDER, "files/votes.csv"), "a,b,c\n");
  expect((await run()).changes.map(({ action, path }) => `${action} ${path}`)).toContain(
    "change first-course/votes.csv",
  );
  await writeFile(join(dir, LESSON), text.replace("[the votes](files/votes.csv)", "nothing"));
  await expect(run()).rejects.toThrow(/votes\.csv:1: no text of the course shows or links this file/);
  await unlink(join(dir, FOLDER, "files/votes.csv"));
  await run();
  expect(await database.sql`select from course_files`).toHaveLength(1);
  await unlink(join(dir, FOLDER, "files/shelf.svg"));
  await expect(run()).rejects.toThrow(ContentError);
});
