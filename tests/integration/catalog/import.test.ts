import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { exportCatalog } from "@/lib/catalog/export";
import { ContentError, importCatalog } from "@/lib/catalog/import";
import { createTestDatabase } from "../../support/database";
import { sampleFiles } from "../../unit/catalog/sample-course";
import { writeFiles } from "./write-files";

const now = new Date("2026-03-01T12:00:00Z");
const database = await createTestDatabase();
afterAll(database.close);

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "lectern-content-"));
});
beforeEach(async () => {
  await rm(dir, { recursive: true, force: true });
  await writeFiles(dir, sampleFiles());
  await database.sql`truncate courses cascade`;
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const run = (dryRun = false) => importCatalog({ dir, dryRun, now });
const LESSON = "courses/first-course/01-first-steps/01-values.md";

/** Where each row lies and which transaction wrote it: equal before and after means nothing was written. */
async function fingerprint() {
  const { sql } = database;
  return Promise.all(
    ["courses", "course_modules", "lessons", "exercises"].map(
      (table) => sql`select id, ctid::text, xmin::text from ${sql(table)} order by id`,
    ),
  );
}

test("imports, and importing again writes nothing", async () => {
  const first = await run();
  expect(first).toMatchObject({ courses: 1, lessons: 1, exercises: 1, dryRun: false });
  expect(first.changes).toHaveLength(4);
  const before = await fingerprint();
  expect((await run()).changes).toEqual([]);
  expect(await fingerprint()).toEqual(before);
});

test("a dry run tells the changes and writes nothing", async () => {
  expect((await run(true)).changes).toHaveLength(4);
  expect(await database.sql`select from courses`).toHaveLength(0);
});

test("a change keeps the ids, raises the version and touches only what changed", async () => {
  await run();
  const [before] = await database.sql`select l.id, c.version, m.xmin::text as module from lessons l
    join courses c on c.id = l.course_id join course_modules m on m.id = l.module_id`;
  const text = await readFile(join(dir, LESSON), "utf8");
  await writeFile(join(dir, LESSON), text.replace("title: Values", "title: Values and names"));
  const { changes } = await run();
  expect(changes.map(({ action, path }) => [action, path])).toEqual([
    ["change", "first-course"],
    ["change", "first-course/values"],
  ]);
  const [after] = await database.sql`select l.id, l.title, c.version, m.xmin::text as module from lessons l
    join courses c on c.id = l.course_id join course_modules m on m.id = l.module_id`;
  expect(after).toEqual({ ...before, title: "Values and names", version: Number(before?.version) + 1 });
});

test("what vanished is archived with its id, and comes back under it", async () => {
  await run();
  await rename(join(dir, "courses/first-course"), join(dir, "courses/second-course"));
  const course = join(dir, "courses/second-course/course.yaml");
  await writeFile(
    course,
    (await readFile(course, "utf8")).replace("/courses/first-course", "/courses/second-course"),
  );
  await run();
  const all = await database.sql`select slug, status from courses order by slug`;
  expect(all.map((row) => ({ ...row }))).toEqual([
    { slug: "first-course", status: "archived" },
    { slug: "second-course", status: "published" },
  ]);
  const lessons = await database.sql`select archived_at from lessons`;
  expect(lessons.map((row) => row.archived_at)).toEqual([null, null]);

  const ids = await database.sql`select id from courses order by slug`;
  await cp(join(dir, "courses/second-course"), join(dir, "courses/first-course"), { recursive: true });
  await run();
  expect(await database.sql`select id from courses order by slug`).toEqual(ids);
  expect(await database.sql`select from courses where status = 'published'`).toHaveLength(2);
});

test("a mistake anywhere imports nothing and names the place", async () => {
  await writeFile(join(dir, LESSON), "nothing");
  const failure = await run().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ContentError);
  expect(String(failure)).toContain(`${LESSON}:1: must begin with front matter`);
  expect(await database.sql`select from courses`).toHaveLength(0);
});

test("ten importers at once make one course", async () => {
  const reports = await Promise.all(Array.from({ length: 10 }, () => run()));
  expect(reports.filter((report) => report.changes.length > 0)).toHaveLength(1);
  expect(await database.sql`select from courses`).toHaveLength(1);
  expect(await database.sql`select from lessons`).toHaveLength(1);
});

test("an export imports as the same catalogue", async () => {
  await run();
  const to = await mkdtemp(join(tmpdir(), "lectern-export-"));
  await exportCatalog({ from: dir, to });
  expect((await importCatalog({ dir: to, now })).changes).toEqual([]);
  await rm(to, { recursive: true });
});
