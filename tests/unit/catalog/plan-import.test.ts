import { expect, test } from "vitest";
import { type CourseRows, canonicalJson, toRows } from "@/lib/catalog/catalog-rows";
import { readCatalog } from "@/lib/catalog/check-catalog";
import { formatCourse, fromRows } from "@/lib/catalog/format-course";
import { ARCHIVED_HASH, planImport, type StoredCourse } from "@/lib/catalog/plan-import";
import { newId } from "@/lib/ids";
import { exercise, lesson, sampleFiles } from "./sample-course";

const EXERCISE = "courses/first-course/01-first-steps/exercises/change-due.yaml";
const LESSON = "courses/first-course/01-first-steps/01-values.md";

function rowsOf(changes: Record<string, string | null> = {}): CourseRows {
  const { courses, problems } = readCatalog(sampleFiles(changes));
  expect(problems).toEqual([]);
  const course = courses?.[0];
  if (!course) throw new Error("the sample is no course");
  return toRows(course);
}

function store({ course, modules, lessons, exercises, files, contentHash }: CourseRows): StoredCourse {
  const keep = <Kind extends string, R>(row: R) => ({
    ...row,
    id: newId<Kind>(),
    archivedAt: null,
    editedFields: [],
  });
  return {
    id: newId(),
    contentHash,
    course: { ...course, editedFields: [] },
    modules: modules.map((row) => keep<"module", typeof row>(row)),
    lessons: lessons.map((row) => keep<"lesson", typeof row>(row)),
    exercises: exercises.map((row) => keep<"exercise", typeof row>(row)),
    files: files.map((row) => keep<"file", typeof row>(row)),
  };
}

test("a new course is added whole", () => {
  const { changes } = planImport([rowsOf()], []);
  expect(changes.map(({ action, what, path }) => `${action} ${what} ${path}`)).toEqual([
    "add course first-course",
    "add chapter first-course/first-steps",
    "add lesson first-course/values",
    "add exercise first-course/change-due",
  ]);
});

test("the same course again plans nothing", () => {
  expect(planImport([rowsOf()], [store(rowsOf())])).toEqual({ changes: [], courses: [], archive: [] });
});

test("a changed lesson names its fields and keeps its id", () => {
  const stored = store(rowsOf());
  const { changes, courses } = planImport([rowsOf({ [LESSON]: lesson("Values, again") })], [stored]);
  expect(changes).toContainEqual({
    action: "change",
    what: "lesson",
    path: "first-course/values",
    fields: ["title"],
  });
  expect(courses[0]?.lessons.update[0]?.id).toBe(stored.lessons[0]?.id);
});

test("what vanished is archived, and restored under its old id when it returns", () => {
  const without = { [LESSON]: lesson("Values").replace("[change-due]", "[]"), [EXERCISE]: null };
  const stored = store(rowsOf());
  const gone = planImport([rowsOf(without)], [stored]);
  expect(gone.courses[0]?.exercises.archive).toEqual([stored.exercises[0]?.id]);
  const archived: StoredCourse = {
    ...stored,
    contentHash: rowsOf(without).contentHash,
    exercises: stored.exercises.map((row) => ({ ...row, archivedAt: new Date() })),
  };
  const back = planImport([rowsOf()], [archived]);
  expect(back.changes).toContainEqual({
    action: "restore",
    what: "exercise",
    path: "first-course/change-due",
    fields: [],
  });
  expect(back.courses[0]?.exercises.update[0]?.id).toBe(stored.exercises[0]?.id);
});

test("a course whose folder is gone is archived once", () => {
  const stored = store(rowsOf());
  expect(planImport([], [stored]).archive).toEqual([stored]);
  expect(planImport([], [{ ...stored, contentHash: ARCHIVED_HASH }]).changes).toEqual([]);
  const back = planImport(
    [rowsOf()],
    [{ ...stored, contentHash: ARCHIVED_HASH, course: { ...stored.course, status: "archived" } }],
  );
  expect(back.changes).toEqual([
    { action: "restore", what: "course", path: "first-course", fields: ["status"] },
  ]);
});

test("a changed solution changes the hash; the order of keys does not", () => {
  expect(rowsOf({ [EXERCISE]: exercise.replace("paid - price", "-price + paid") }).contentHash).not.toBe(
    rowsOf().contentHash,
  );
  expect(canonicalJson({ a: 1, b: { c: [1, 2], d: 3 } })).toBe(
    canonicalJson({ b: { d: 3, c: [1, 2] }, a: 1 }),
  );
  expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
});

test("a course without lessons is not published", () => {
  const course = readCatalog(sampleFiles()).courses?.[0];
  if (!course) throw new Error("the sample is no course");
  expect(toRows({ ...course, modules: [] }).course.status).toBe("draft");
});

test("files written from the rows are the same course", () => {
  const rows = rowsOf();
  const written = formatCourse(fromRows(store(rows)));
  expect([...written.keys()].sort()).toEqual([...sampleFiles().keys()].sort());
  const again = readCatalog(written).courses?.[0];
  expect(again && toRows(again).contentHash).toBe(rows.contentHash);
});
