import { readFile } from "node:fs/promises";
import initSqlJs from "sql.js";
import { expect, test } from "vitest";
import { toRows } from "@/lib/catalog/catalog-rows";
import { readCatalog } from "@/lib/catalog/check-catalog";
import { checkProse } from "@/lib/catalog/check-prose";
import { formatCourse } from "@/lib/catalog/format-course";
import { readContent } from "@/lib/catalog/read-content";
import { toQuizForm } from "@/lib/exercises/quiz";
import { PYTHON_RELEASE, SQLITE_RELEASE } from "@/lib/exercises/runtimes";

const files = await readContent("content");
const { courses, problems } = readCatalog(files);

test("everything that ships passes the check", () => {
  expect(problems).toEqual([]);
});

test("eight courses ship, five of Python and three of SQL, two of them free, each a whole one", () => {
  const published = (courses ?? []).filter((course) => course.status === "published");
  const count = (is: (course: (typeof published)[number]) => boolean) => published.filter(is).length;
  expect([count(({ type }) => type === "python"), count(({ type }) => type === "sql")]).toEqual([5, 3]);
  expect(count(({ price }) => price === 0)).toBe(2);
  for (const { slug, modules } of published) {
    const lessons = modules.flatMap((module) => module.lessons);
    expect(lessons.length, slug).toBeGreaterThanOrEqual(5);
    expect(lessons.length, slug).toBeLessThanOrEqual(8);
    expect(lessons.flatMap(({ exercises }) => exercises).length, slug).toBeGreaterThanOrEqual(6);
    for (const lesson of lessons)
      expect(checkProse("", lesson.body, 1).words, `${slug}/${lesson.slug}`).toBeLessThanOrEqual(1_200);
  }
});

test("pictures, downloads, callouts, formulas and every kind of question are in use", () => {
  const lessons = (courses ?? []).flatMap((course) => course.modules.flatMap((module) => module.lessons));
  const names = (courses ?? []).flatMap((course) => course.files.map((file) => file.name));
  const isUsed = (pattern: RegExp) => lessons.some(({ body }) => pattern.test(body));
  for (const course of courses ?? [])
    expect(
      course.files.some(({ width }) => width !== null),
      course.slug,
    ).toBe(true);
  expect(names.some((name) => !name.endsWith(".svg"))).toBe(true);
  for (const pattern of [/^> \[!WARNING\]/m, /^> \[!NOTE\]/m, /^\$\$$/m, /^\|---/m])
    expect(isUsed(pattern), String(pattern)).toBe(true);
  const kinds = new Set(lessons.flatMap(({ quiz }) => quiz.map((question) => toQuizForm(question).kind)));
  expect([...kinds].sort()).toEqual(["multiple", "short", "single"]);
});

test("every lesson was reviewed with the runtimes that are installed, and every solution says why it works", async () => {
  const { info } = JSON.parse(await readFile("node_modules/pyodide/pyodide-lock.json", "utf8"));
  const { Database } = await initSqlJs();
  const [result] = new Database().exec("select sqlite_version()");
  const versionIn = (release: string) => release.split("-").at(-1);
  const runtimes = {
    python: `Python ${info.python} (Pyodide ${versionIn(PYTHON_RELEASE)})`,
    sql: `SQLite ${result?.values[0]?.[0]} (sql.js ${versionIn(SQLITE_RELEASE)})`,
  };
  for (const { slug, type, modules } of courses ?? []) {
    if (type === "general") continue;
    for (const lesson of modules.flatMap((module) => module.lessons)) {
      expect(lesson.reviewed?.with, `${slug}/${lesson.slug}`).toBe(runtimes[type]);
      for (const { id, definition } of lesson.exercises) {
        expect(definition.why, id).toMatch(/^.{40,}\.$/s);
        expect(definition.hints.length, id).toBeGreaterThanOrEqual(2);
      }
    }
  }
});

test("the comments of a starter, often the only instruction beside the code, fit into the editor", () => {
  // What a window of 1280 px shows of a line.
  const WIDEST = 54;
  const lessons = (courses ?? []).flatMap((course) => course.modules.flatMap((module) => module.lessons));
  const tooLong = lessons.flatMap(({ exercises }) =>
    exercises.flatMap(({ id, definition }) =>
      definition.starter
        .split("\n")
        .filter((line) => /^\s*(?:#|--)/.test(line) && line.length > WIDEST)
        .map((line) => `${id}: ${line}`),
    ),
  );
  expect(tooLong).toEqual([]);
});

test("each course opens with a free preview", () => {
  for (const course of courses ?? []) expect(course.modules[0]?.lessons[0]?.preview, course.slug).toBe(true);
});

test("every course survives the way to files and back", () => {
  // Data sets, pictures and downloads are copied as they are.
  const copied = [...files].filter(([path]) => path.startsWith("datasets/") || path.includes("/files/"));
  const written = new Map([...copied, ...(courses ?? []).flatMap((course) => [...formatCourse(course)])]);
  const again = readCatalog(written);
  expect(again.problems).toEqual([]);
  expect(again.courses?.map((course) => toRows(course).contentHash)).toEqual(
    courses?.map((course) => toRows(course).contentHash),
  );
});
