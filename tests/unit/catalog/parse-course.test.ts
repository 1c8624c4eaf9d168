import { expect, test } from "vitest";
import { readCatalog } from "@/lib/catalog/check-catalog";
import { courseYaml, exercise, lesson, sampleFiles } from "./sample-course";

const COURSE = "courses/first-course/course.yaml";
const LESSON = "courses/first-course/01-first-steps/01-values.md";
const EXERCISE = "courses/first-course/01-first-steps/exercises/change-due.yaml";

function problemsOf(changes: Record<string, string | null>) {
  return readCatalog(sampleFiles(changes)).problems;
}
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split("\n").length;

test("a correct folder becomes a course", () => {
  const { courses, problems } = readCatalog(sampleFiles());
  expect(problems).toEqual([]);
  expect(courses).toHaveLength(1);
  const course = courses?.[0];
  expect(course).toMatchObject({ slug: "first-course", price: 3900, status: "published" });
  expect(course?.modules[0]?.lessons[0]).toMatchObject({
    slug: "values",
    preview: true,
    exercises: [{ id: "change-due", definition: { kind: "script" } }],
  });
  expect(course?.modules[0]?.lessons[0]?.body.startsWith("A name stands")).toBe(true);
});

test.each([
  ["a missing field", COURSE, courseYaml.replace("price: 3900\n", ""), "price: is missing", 1],
  ["a wrong value", COURSE, courseYaml.replace("beginner", "easy"), "level: ", lineOf(courseYaml, "level:")],
  [
    "an unknown field",
    COURSE,
    `${courseYaml}colour: red\n`,
    "colour: is not a known field",
    courseYaml.split("\n").length,
  ],
  [
    "a duplicate key",
    COURSE,
    `${courseYaml}title: Again\n`,
    "Map keys must be unique",
    courseYaml.split("\n").length,
  ],
  [
    "a fraction of a cent",
    COURSE,
    courseYaml.replace("3900", "39.5"),
    "price: ",
    lineOf(courseYaml, "price:"),
  ],
  [
    "an unknown related course",
    COURSE,
    courseYaml.replace("related: []", "related: [nowhere]"),
    "there is no course nowhere",
    14,
  ],
  [
    "itself as related",
    COURSE,
    courseYaml.replace("related: []", "related: [first-course]"),
    "related to itself",
    14,
  ],
  [
    "a link to no course",
    COURSE,
    courseYaml.replace("/courses/first-course", "/courses/gone"),
    "/courses/gone leads nowhere",
    5,
  ],
  ["an empty chapter", COURSE, `${courseYaml}  - folder: 02-more\n    title: More\n`, "has no lessons", 18],
  [
    "a chapter out of place",
    COURSE,
    courseYaml.replace("01-first-steps", "02-first-steps"),
    "stands in place 1",
    16,
  ],
])("names file, line and reason of %s", (_what, file, text, reason, line) => {
  const found = problemsOf({ [file]: text }).filter((problem) => problem.reason.includes(reason));
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ file });
  if (reason !== "price: is missing") expect(found[0]?.line).toBe(line);
});

test.each([
  ["no front matter", lesson("Values").replace("---\n", ""), "must begin with front matter", 1],
  ["an unquoted colon", lesson("Values: one"), "Nested mappings", 2],
  [
    "an unknown exercise",
    lesson("Values").replace("[change-due]", "[gone]"),
    "there is no exercises/gone.yaml",
    6,
  ],
  [
    "no question",
    lesson("Values").replace(/quiz:[\s\S]*?---/, "quiz: []\n---"),
    "quiz: needs at least one question",
    7,
  ],
])("a lesson with %s", (_what, text, reason, line) => {
  const found = problemsOf({ [LESSON]: text });
  expect(found).toContainEqual({ file: LESSON, line, reason: expect.stringContaining(reason) });
});

test("problems in the text carry the file's line", () => {
  const extra =
    "\n# A second title\n\n<b>bold</b>\n\n```\nx\n```\n\n[away](/learn/first-course/gone)\n\n![](x.png)\n";
  const text = lesson("Values", extra);
  const found = problemsOf({ [LESSON]: text });
  expect(found.map(({ line, reason }) => [line, reason])).toEqual([
    [lineOf(text, "# A second"), expect.stringContaining("begin with ##")],
    [lineOf(text, "<b>"), expect.stringContaining("HTML")],
    [lineOf(text, "<b>"), expect.stringContaining("HTML")],
    [lineOf(text, "```\nx"), expect.stringContaining("names no language")],
    [lineOf(text, "[away]"), expect.stringContaining("leads nowhere")],
    [lineOf(text, "![]"), expect.stringContaining("alternative text")],
    [lineOf(text, "![]"), expect.stringContaining("files/ folder")],
  ]);
});

test("a lesson under 500 words is refused, code not counted", () => {
  const short = lesson("Values").replaceAll("A name stands for one value at a time. ", "");
  expect(problemsOf({ [LESSON]: short })[0]?.reason).toMatch(
    /has \d+ words of prose; a lesson needs at least 500/,
  );
});

test("exercises: unused, used twice, misspelt, without a dataset, with two outcomes", () => {
  expect(problemsOf({ [LESSON]: lesson("Values").replace("[change-due]", "[]") })[0]?.reason).toContain(
    "no lesson of its chapter",
  );
  const second = "courses/first-course/01-first-steps/02-again.md";
  expect(problemsOf({ [second]: lesson("Again") })).toEqual([
    { file: second, line: 6, reason: expect.stringContaining("already belongs to") },
  ]);
  expect(problemsOf({ [EXERCISE]: exercise.replace("kind: script", "kind: essay") })[0]?.reason).toContain(
    "kind",
  );
  const both = exercise.replace('expect: "170"', 'expect: "170"\n    raises: ValueError');
  expect(problemsOf({ [EXERCISE]: both })[0]).toMatchObject({
    file: EXERCISE,
    reason: expect.stringContaining("tests[1]"),
  });
  const query = `kind: query
title: All
prompt: Show all.
hints: [SELECT]
dataset: missing
columns: [a]
starter: "-- Show all."
solution: SELECT a FROM t
second_run: { sql: DELETE FROM t }
must_fail: [{ reason: wrong, code: SELECT 1 }]
`;
  expect(problemsOf({ [EXERCISE]: query })).toEqual([
    { file: EXERCISE, line: 5, reason: "there is no datasets/missing.sql" },
  ]);
});

test("files that belong nowhere are named", () => {
  const stray = {
    "courses/first-course/09-lost/01-x.md": "",
    "courses/first-course/01-first-steps/notes.txt": "",
  };
  expect(problemsOf(stray).map((problem) => problem.reason)).toEqual([
    "is neither a lesson nor an exercise nor a file",
    "the chapter 09-lost is not listed in course.yaml",
  ]);
  expect(problemsOf({ "datasets/unused.sql": "" })).toEqual([
    { file: "datasets/unused.sql", line: 1, reason: "no exercise uses this dataset" },
  ]);
});

test("an alias bomb is refused, not expanded", () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n`;
  expect(problemsOf({ [COURSE]: bomb }).length).toBeGreaterThan(0);
});
