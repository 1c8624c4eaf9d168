import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importCatalog } from "@/lib/catalog/import";
import { findCourse, findFreeLesson, listCourses, searchCourses } from "@/lib/catalog/queries";
import { courseSearch } from "@/lib/catalog/schema";
import { createTestDatabase } from "../../support/database";
import { courseYaml, exercise, lesson } from "../../unit/catalog/sample-course";
import { writeFiles } from "./write-files";

const database = await createTestDatabase();
afterAll(database.close);

type Sample = {
  title: string;
  type?: string;
  level?: string;
  price?: number;
  summary?: string;
  status?: string;
  minutes?: number;
};

const samples: Readonly<Record<string, Sample>> = {
  "python-zero": { title: "Python from zero", price: 0, minutes: 90 },
  "joins-windows": {
    title: "Joins and windows",
    type: "sql",
    level: "intermediate",
    price: 4900,
    minutes: 60,
  },
  "test-python": {
    title: "Testing Python",
    level: "intermediate",
    price: 4900,
    summary: "Tests that fail for one reason.",
  },
  hidden: { title: "A Python draft", status: "draft" },
  gone: { title: "A Python of old", status: "archived" },
};

function courseFiles(slug: string, sample: Sample, position: number): [string, string][] {
  const {
    title,
    type = "python",
    level = "beginner",
    price = 3900,
    status = "published",
    minutes = 15,
  } = sample;
  const yaml = courseYaml
    .replace("First course", title)
    .replace("type: python", `type: ${type}`)
    .replace("beginner", level)
    .replace("3900", String(price))
    .replace("published", status)
    .replace("position: 1", `position: ${position}`)
    .replace("A course to test with.", sample.summary ?? "A course to test with.")
    .replace("/courses/first-course", "/courses")
    .replace(
      "related: []",
      slug === "python-zero" ? "related: [test-python, hidden, joins-windows]" : "related: []",
    );
  const folder = `courses/${slug}/01-first-steps`;
  return [
    [`courses/${slug}/course.yaml`, yaml],
    [`${folder}/01-values.md`, lesson(`The lesson of ${slug}`).replace("minutes: 15", `minutes: ${minutes}`)],
    [`${folder}/exercises/change-due.yaml`, exercise],
  ];
}

beforeAll(async () => {
  const many = Array.from(
    { length: 25 },
    (_, index) =>
      [`many-${index}`, { title: `Shelf ${index}`, type: "general", price: 100 * (index % 7) }] as const,
  );
  const all = [...Object.entries(samples), ...many];
  const dir = await mkdtemp(join(tmpdir(), "lectern-queries-"));
  await writeFiles(
    dir,
    new Map(all.flatMap(([slug, sample], index) => courseFiles(slug, sample, index + 1))),
  );
  await importCatalog({ dir, now: new Date("2026-03-01T12:00:00Z") });
  await rm(dir, { recursive: true });
});

const search = (query: Record<string, string>) => searchCourses(courseSearch.parse(query));
const slugs = async (query: Record<string, string>) =>
  (await search(query)).courses.map((course) => course.slug);

test("the shelf holds what is published, in its order, and nothing that is sold", async () => {
  const shelf = await listCourses();
  expect(shelf).toHaveLength(28);
  expect(shelf[0]).toEqual({
    slug: "python-zero",
    title: "Python from zero",
    type: "python",
    level: "beginner",
    summary: "A course to test with.",
    priceAmount: 0,
    currency: "usd",
    lessons: 1,
    minutes: 90,
    updatedAt: new Date("2026-03-01T12:00:00Z"),
  });
});

test("a course's page has its outline and the related courses on sale, but no text, task or solution", async () => {
  const page = await findCourse("python-zero");
  expect(page?.outline).toEqual([
    {
      title: "First steps",
      minutes: 90,
      lessons: [
        { slug: "values", title: "The lesson of python-zero", minutes: 90, freePreview: true, exercises: 1 },
      ],
    },
  ]);
  expect(page?.related.map((course) => course.slug)).toEqual(["test-python", "joins-windows"]);
  expect(page?.exercises).toBe(1);
  const bytes = JSON.stringify(page);
  for (const secret of ["A name stands", "paid - price", "Subtract", "What is `b`"])
    expect(bytes).not.toContain(secret);
});

test("drafts, withdrawn and unknown courses do not exist", async () => {
  expect(
    await Promise.all(["hidden", "gone", "nothing", "python-zero' or 1=1", "a\0b"].map(findCourse)),
  ).toEqual([null, null, null, null, null]);
  expect(await slugs({ q: "python" })).not.toContain("hidden");
});

test("finds words in titles first, by their stem, by their beginning, and in lesson titles", async () => {
  expect(await slugs({ q: "python", sort: "suggested" })).toEqual(
    expect.arrayContaining(["python-zero", "test-python"]),
  );
  expect((await slugs({ q: "joining window" }))[0]).toBe("joins-windows");
  expect(await slugs({ q: "windo" })).toEqual(["joins-windows"]);
  expect((await slugs({ q: "testing" }))[0]).toBe("test-python");
  expect(await slugs({ q: '"one reason"' })).toEqual(["test-python"]);
  expect(await slugs({ q: "python -zero", type: "python" })).toEqual(["test-python"]);
  expect(await slugs({ q: "lesson many-24" })).toContain("many-24");
});

test.each([
  "'; drop table courses; --",
  "a & b | !",
  ":*",
  "\\",
  "<-> ((",
  "%",
  "\u0000",
  "the",
  "🙂",
  "x".repeat(500),
])("typing %j is no error", async (q) => {
  expect((await search({ q })).total).toBeGreaterThanOrEqual(0);
});

test("filters by type, level and price, and says how many there are", async () => {
  expect(await slugs({ type: "sql" })).toEqual(["joins-windows"]);
  expect(await slugs({ level: "intermediate", type: "python" })).toEqual(["test-python"]);
  expect(await slugs({ price: "free", type: "python" })).toEqual(["python-zero"]);
  expect(await search({ price: "paid", type: "general" })).toMatchObject({
    total: 21,
    next: expect.any(String),
  });
  expect(await search({ q: "nothingofthekind" })).toEqual({ courses: [], total: 0, next: null });
  expect((await search({ type: "cobol", level: "x", sort: "y", price: "z" })).total).toBe(28);
});

test.each(["suggested", "newest", "price", "shortest"] as const)(
  "pages by %s hold every course once, in order",
  async (sort) => {
    const seen = [];
    let after: string | null = "";
    while (after !== null) {
      const page: Awaited<ReturnType<typeof search>> = await search({ sort, after });
      expect(page.total).toBe(28);
      seen.push(...page.courses);
      after = page.next;
    }
    expect(new Set(seen.map((course) => course.slug)).size).toBe(28);
    const prices = seen.map((course) => course.priceAmount);
    if (sort === "price") expect(prices).toEqual(prices.toSorted((a, b) => a - b));
    const minutes = seen.map((course) => course.minutes);
    if (sort === "shortest") expect(minutes).toEqual(minutes.toSorted((a, b) => a - b));
  },
);

test("a place that nobody gave out begins at the beginning", async () => {
  expect((await search({ after: "1~'; drop table courses" })).courses).toHaveLength(12);
});

test("the free lesson is the first of the shelf", async () => {
  expect(await findFreeLesson()).toEqual({ course: "python-zero", lesson: "values" });
});
