import { rm } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { lessons } from "@/db/schema/catalog";
import { listAuditEntries } from "@/lib/audit/queries";
import { editCourse, restoreLesson, saveLesson, setCourseStatus } from "@/lib/authoring/mutations";
import {
  findCoursePreview,
  findEditableCourse,
  findEditableLesson,
  findFormerText,
  listCourseRows,
} from "@/lib/authoring/queries";
import { readCourseFilter } from "@/lib/authoring/read-course-filter";
import { findCatalogRevision, findCourse } from "@/lib/catalog/queries";
import { reorderCourse } from "@/lib/outline/mutations";
import { lesson } from "../../unit/catalog/sample-course";
import { writeFiles } from "../catalog/write-files";
import {
  admin,
  COURSE_YAML,
  courseChange,
  database,
  dir,
  folder,
  learner,
  lessonChange,
  now,
  other,
  read,
  readLesson,
  run,
  support,
  VALUES,
} from "./sample-school";

describe("The course's page and price", () => {
  test("are changed with one line in the log, and the shop's pages are made anew", async () => {
    const revision = await findCatalogRevision();
    const before = await read();
    const change = await courseChange({ title: "Second title", price: "12.50" });
    expect(await editCourse(admin, change, now)).toEqual({
      ok: true,
      value: { version: before.version + 1 },
    });
    expect(await findCourse("first-course")).toMatchObject({ title: "Second title", priceAmount: 1_250 });
    expect(await findCatalogRevision()).toBe(revision + 1);
    const { entries } = await listAuditEntries(admin, { begins: "first-course" }, {});
    expect(entries[0]).toMatchObject({
      action: "course.edited",
      detail: {
        before: { title: "First course", priceAmount: 3_900 },
        after: { title: "Second title", priceAmount: 1_250 },
      },
    });
    // The same again changes nothing and logs nothing.
    const again = await courseChange({ price: "12.50" });
    expect(await editCourse(admin, again, now)).toEqual({ ok: true, value: { version: before.version + 1 } });
    expect((await listAuditEntries(admin, { begins: "first-course" }, {})).entries.length).toBe(
      entries.length,
    );
  });

  test("is no longer what was reviewed once its text is another", async () => {
    const read = async () => {
      const { reviewed } = lessons;
      const [row] = await database.db.select({ reviewed }).from(lessons).where(eq(lessons.slug, "values"));
      return row?.reviewed;
    };
    await saveLesson(admin, await lessonChange({ title: "Values!" }), now);
    expect(await read()).toEqual({ on: "2026-01-31", with: "Python 3.14.2" });
    await saveLesson(admin, await lessonChange({ body: "New words here. ".repeat(250) }), now);
    expect(await read()).toBeNull();
    await run();
    expect(await read()).toBeNull();
  });

  test("two editors at once: the second is told, and nothing of the first is lost", async () => {
    const [mine, theirs] = [await courseChange({ title: "Mine" }), await courseChange({ title: "Theirs" })];
    const answers = await Promise.all([editCourse(admin, mine, now), editCourse(other, theirs, now)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers).toContainEqual({ ok: false, error: "changed_meanwhile" });
  });

  test("a price is refused below what can be paid by card, but may be nothing", async () => {
    for (const price of ["0.01", "0.30", "0.49"])
      expect(await editCourse(admin, await courseChange({ price }), now), price).toMatchObject({
        error: "below_minimum",
      });
    for (const price of ["0.50", "0"])
      expect(await editCourse(admin, await courseChange({ price }), now), price).toMatchObject({ ok: true });
  });

  test("an amount that is none, and a course without lessons on sale, are refused", async () => {
    expect(await editCourse(admin, await courseChange({ price: "1.234" }), now)).toMatchObject({
      error: "bad_price",
    });
    await database.sql`update lessons set archived_at = now()`;
    expect(await editCourse(admin, await courseChange(), now)).toMatchObject({ error: "no_lessons" });
  });

  test("archiving keeps everything, and staff still see the page", async () => {
    const { id, version } = await read();
    expect(await setCourseStatus(admin, { course: id, version, status: "archived" }, now)).toMatchObject({
      ok: true,
    });
    expect(await findCourse("first-course")).toBeNull();
    expect(await findCoursePreview(support, "first-course")).toMatchObject({ slug: "first-course" });
    expect(await findCoursePreview(learner, "first-course")).toBeNull();
    expect((await read()).chapters.flatMap((chapter) => chapter.lessons)).toHaveLength(3);
  });
});

describe("A lesson", () => {
  test("keeps every former text, and any of them can be restored", async () => {
    const first = await readLesson();
    const body = `${"New words here. ".repeat(250).trim()}\n`;
    expect(await saveLesson(admin, await lessonChange({ title: "Values!", body }), now)).toMatchObject({
      ok: true,
    });
    const second = await readLesson();
    expect(second).toMatchObject({ revision: 2, title: "Values!", body });
    expect(second.former).toMatchObject([{ revision: 1, replacedBy: "The admin" }]);
    expect(await findFormerText(admin, second.id, 1)).toMatchObject({ title: "Values", body: first.body });
    expect(await findFormerText(support, second.id, 1)).toBeNull();
    expect(await findCourse("first-course")).not.toBeNull();

    const restored = await restoreLesson(admin, { lesson: second.id, revision: 2, former: 1 }, now);
    expect(restored).toEqual({ ok: true, value: { revision: 3 } });
    expect(await readLesson()).toMatchObject({ revision: 3, title: "Values", body: first.body });
    expect((await readLesson()).former.map(({ revision }) => revision)).toEqual([2, 1]);
    expect(await restoreLesson(admin, { lesson: second.id, revision: 3, former: 9 }, now)).toMatchObject({
      error: "unknown_version",
    });
  });

  test("two editors at once: one saves, the other is told", async () => {
    const [mine, theirs] = [await lessonChange({ title: "Mine" }), await lessonChange({ title: "Theirs" })];
    const answers = await Promise.all([saveLesson(admin, mine, now), saveLesson(other, theirs, now)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await readLesson()).former).toHaveLength(1);
    expect(answers).toContainEqual({ ok: false, error: "changed_meanwhile" });
  });

  test("is shown to who may write it only", async () => {
    expect(await findEditableLesson(support, "first-course", "values")).toBeNull();
    expect(await findEditableLesson(learner, "first-course", "values")).toBeNull();
    expect(await findEditableCourse(learner, "first-course")).toBeNull();
    expect((await listCourseRows(learner, readCourseFilter({}))).rows).toEqual([]);
  });
});

describe("The order of lessons", () => {
  const order = (chapters: Awaited<ReturnType<typeof read>>["chapters"]) =>
    chapters.map((chapter) => ({
      chapter: chapter.id,
      lessons: chapter.lessons.map(({ id }) => String(id)),
    }));

  test("is changed as a whole, also across chapters", async () => {
    const { id, version, chapters } = await read();
    const [one, two] = order(chapters);
    if (!one || !two) throw new Error("no chapters");
    const moved = [
      { ...two, lessons: [...two.lessons, one.lessons[0] ?? ""] },
      { ...one, lessons: one.lessons.slice(1) },
    ];
    expect(await reorderCourse(admin, { course: id, version, order: moved }, now)).toMatchObject({
      ok: true,
    });
    expect(
      (await read()).chapters.map(({ title, lessons }) => [title, lessons.map(({ slug }) => slug)]),
    ).toEqual([
      ["Next steps", ["more", "values"]],
      ["First steps", ["names"]],
    ]);
    const stale = await reorderCourse(admin, { course: id, version, order: moved }, now);
    expect(stale).toMatchObject({ error: "changed_meanwhile" });
    const [first] = moved;
    const partly = await reorderCourse(
      admin,
      { course: id, version: version + 1, order: first ? [first] : [] },
      now,
    );
    expect(partly).toMatchObject({ error: "changed_meanwhile" });
    const emptied = [
      { ...two, lessons: [...two.lessons, ...one.lessons] },
      { ...one, lessons: [] },
    ];
    const empty = await reorderCourse(admin, { course: id, version: version + 1, order: emptied }, now);
    expect(empty).toMatchObject({ error: "empty_chapter" });
  });
});

describe("What an admin changed, and the files of content/", () => {
  test("is kept by the importer, which says where the two differ, until it is forced", async () => {
    await editCourse(admin, await courseChange({ price: "12.50", title: "In the shop" }), now);
    await saveLesson(admin, await lessonChange({ title: "Values in the shop" }), now);
    expect((await run()).changes).toEqual([]);

    await writeFiles(
      dir,
      folder({ [VALUES]: lesson("Values in the file").replace("minutes: 15", "minutes: 25") }),
    );
    const planned = await run({ dryRun: true });
    expect(planned.changes).toContainEqual({
      action: "keep",
      what: "lesson",
      path: "first-course/values",
      fields: ["title"],
    });
    expect(planned.changes).toContainEqual({
      action: "keep",
      what: "course",
      path: "first-course",
      fields: ["title", "priceAmount"],
    });
    await run();
    expect(await readLesson()).toMatchObject({ title: "Values in the shop", minutes: 25, revision: 3 });
    expect(await read()).toMatchObject({ title: "In the shop", priceAmount: 1_250 });
    expect((await run()).changes).toEqual([]);

    await run({ force: true });
    expect(await readLesson()).toMatchObject({ title: "Values in the file" });
    expect(await read()).toMatchObject({ title: "First course", priceAmount: 3_900, editedFields: [] });
    expect((await readLesson()).former.map(({ revision, replacedBy }) => [revision, replacedBy])).toEqual([
      [3, null],
      [2, null],
      [1, "The admin"],
    ]);
    expect((await run({ force: true })).changes).toEqual([]);
  });

  test("an order made in the shop stays, and a new file finds its place beside it", async () => {
    const { id, version, chapters } = await read();
    const order = chapters.map((chapter) => ({
      chapter: chapter.id,
      lessons: chapter.lessons.map((step) => String(step.id)).toReversed(),
    }));
    await reorderCourse(admin, { course: id, version, order }, now);
    await writeFiles(
      dir,
      folder({
        "courses/first-course/01-first-steps/03-late.md": lesson("Late").replace("[change-due]", "[]"),
      }),
    );
    await run();
    const [first] = (await read()).chapters;
    expect(first?.lessons.map(({ slug }) => slug)).toEqual(["names", "values", "late"]);
    const positions = await database.sql`select position from lessons order by position`;
    expect(positions.map((row) => row.position)).toEqual([1, 2, 3, 4]);
  });

  test("a course whose folder is gone leaves the shop, unless an admin decided its status", async () => {
    const { id, version } = await read();
    await setCourseStatus(admin, { course: id, version, status: "draft" }, now);
    await rm(join(dir, "courses/first-course"), { recursive: true });
    const yaml = (folder().get(COURSE_YAML) ?? "").replace("/courses/first-course", "/courses/next-course");
    for (const [path, text] of folder({ [COURSE_YAML]: yaml }))
      await writeFiles(dir, new Map([[path.replace("first-course", "next-course"), text]]));
    await run();
    expect(await read()).toMatchObject({ status: "draft" });
    expect((await run()).changes).toEqual([]);
  });
});
