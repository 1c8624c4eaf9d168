import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { listAuditEntries } from "@/lib/audit/queries";
import { saveLesson } from "@/lib/authoring/mutations";
import { listCourseRows } from "@/lib/authoring/queries";
import { readCourseFilter } from "@/lib/authoring/read-course-filter";
import { toRows } from "@/lib/catalog/catalog-rows";
import { findCourse } from "@/lib/catalog/queries";
import { checkUpload } from "@/lib/folders/check-upload";
import { importUpload, tryUpload } from "@/lib/folders/mutations";
import { listFolders, readFolder } from "@/lib/folders/queries";
import { readArchive } from "@/lib/folders/read-archive";
import { exercise, lesson, sampleFiles } from "../../unit/catalog/sample-course";
import {
  admin,
  COURSE_YAML,
  database,
  dir,
  folder,
  lessonChange,
  now,
  read,
  readLesson,
  run,
  SECOND,
  support,
  VALUES,
} from "./sample-school";

describe("Courses as folders", () => {
  const pack = (files: ReadonlyMap<string, string | Buffer>) => {
    const entries = [...files].map(([path, text]) => [path, strToU8(String(text))] as const);
    const read = readArchive(zipSync(Object.fromEntries(entries)));
    if (!read.ok) throw new Error(read.error);
    const known = { courses: new Set<string>(), lessons: new Set<string>(), files: new Set<string>() };
    const upload = checkUpload(read.value, known);
    if (!upload.courses) throw new Error(JSON.stringify(upload.problems));
    return upload.courses.map(toRows);
  };

  test("what was taken out changes nothing when it is brought in again", async () => {
    await saveLesson(admin, await lessonChange({ title: "In the shop" }), now);
    expect(await listFolders(admin, null)).toEqual(["first-course"]);
    expect(await listFolders(support, null)).toEqual([]);
    expect((await tryUpload(pack(await readFolder("first-course")))).changes).toEqual([]);
  });

  test("an upload is tried, imported as it was shown, and kept by the importer", async () => {
    const uploaded = pack(
      folder({
        [VALUES]: lesson("Uploaded"),
        [SECOND]: null,
        "courses/first-course/01-first-steps/02-brought.md": lesson("Brought").replace("[change-due]", "[]"),
        "courses/first-course/01-first-steps/exercises/change-due.yaml": exercise.replace(
          "Change due",
          "Due",
        ),
      }),
    );
    const tried = await tryUpload(uploaded);
    expect(tried.changes.map(({ action, path }) => `${action} ${path}`).sort()).toEqual([
      "add first-course/brought",
      "archive first-course/names",
      "change first-course",
      "change first-course/change-due",
      "change first-course/values",
    ]);
    const titles = tried.texts.filter(({ field }) => field === "title");
    expect(titles).toEqual([
      { path: "first-course/values", field: "title", before: "Values", after: "Uploaded" },
    ]);
    const [task] = tried.texts.filter(({ field }) => field === "definition");
    expect([task?.path, task?.before.includes("Change due"), task?.after.includes("Change due")]).toEqual([
      "first-course/change-due",
      true,
      false,
    ]);
    const imported = await importUpload(admin, uploaded, tried.seen, now);
    expect(imported).toMatchObject({ ok: true });
    expect(await importUpload(admin, uploaded, tried.seen, now)).toMatchObject({
      error: "changed_meanwhile",
    });
    const steps = async () =>
      (await read()).chapters.flatMap(({ lessons }) => lessons.map(({ slug }) => slug));
    expect(await steps()).toEqual(["values", "brought", "more"]);
    const { entries } = await listAuditEntries(admin, { action: "course.imported" }, {});
    expect(entries[0]).toMatchObject({ subjectLabel: "first-course", detail: { after: { changes: 5 } } });

    const text = await readFile(join(dir, COURSE_YAML), "utf8");
    await writeFile(join(dir, COURSE_YAML), text.replace("A course to test with.", "Another summary."));
    await run();
    expect(await steps()).toEqual(["values", "brought", "more"]);
    expect(await readLesson()).toMatchObject({ title: "Uploaded" });
    expect(await read()).toMatchObject({ summary: "Another summary." });
    await run({ force: true });
    expect(await steps()).toEqual(["values", "names", "more"]);
  });

  test("a course made by an upload is none that the importer archives", async () => {
    const own = new Map(
      [...sampleFiles()].map(([path, text]) => [
        path.replace("first-course", "own-course"),
        text.replace("/courses/first-course", "/courses/own-course"),
      ]),
    );
    const rows = pack(own);
    await importUpload(admin, rows, (await tryUpload(rows)).seen, now);
    expect((await run()).changes).toEqual([]);
    expect(await findCourse("own-course")).toMatchObject({ title: "First course" });
    const list = await listCourseRows(support, readCourseFilter({ q: "own" }));
    expect(list.rows).toMatchObject([{ slug: "own-course", isEdited: true, lessons: 1, learners: 0 }]);
  });
});

test("the list is read in pages that neither repeat nor leave out a course", async () => {
  await database.sql`insert into courses (id, slug, title, course_type, level, summary, description, outcomes, audience,
    prerequisites, price_amount, currency, status, position, content_hash)
    select gen_random_uuid(), 'c-' || n, 'Course ' || n, 'sql', 'beginner', 's', 'd', '{}', 'a', 'p', 100, 'usd', 'draft', n / 3, 'x'
    from generate_series(1, 20) n`;
  const seen: string[] = [];
  const filter = readCourseFilter({ type: "sql" });
  let page = await listCourseRows(admin, filter, {}, 7);
  seen.push(...page.rows.map(({ slug }) => slug));
  while (page.older) {
    page = await listCourseRows(admin, filter, { before: page.older }, 7);
    seen.push(...page.rows.map(({ slug }) => slug));
  }
  expect(new Set(seen).size).toBe(20);
  expect(seen).toHaveLength(20);
  const back = await listCourseRows(admin, filter, { after: page.newer ?? "" }, 7);
  expect(back.rows.map(({ slug }) => slug)).toEqual(seen.slice(7, 14));
});
