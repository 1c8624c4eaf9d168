import type { CourseId, Id } from "../ids";
import {
  type CourseRow,
  type CourseRows,
  canonicalJson,
  type ExerciseRow,
  type FileRow,
  type LessonRow,
  type ModuleRow,
} from "./catalog-rows";
import { hasEdits, keepEdits } from "./keep-edits";

/** `editedFields`: what an admin changed in the shop; `keepEdits` says what they mean. */
type Kept<Kind extends string> = {
  readonly id: Id<Kind>;
  readonly archivedAt: Date | null;
  readonly editedFields: readonly string[];
};
/** A course as the database has it now. */
export type StoredCourse = {
  readonly id: CourseId;
  readonly contentHash: string;
  readonly course: CourseRow & { readonly editedFields: readonly string[] };
  readonly modules: readonly (ModuleRow & Kept<"module">)[];
  readonly lessons: readonly (LessonRow & Kept<"lesson">)[];
  readonly exercises: readonly (ExerciseRow & Kept<"exercise">)[];
  readonly files: readonly (FileRow & Kept<"file">)[];
};

/** Stands in `content_hash` of a course whose folder is gone, so that its return is noticed. */
export const ARCHIVED_HASH = "archived";
/** The same for a course that came from no folder, but was made in the shop. */
export const MADE_HERE_HASH = "made here";

export type CatalogChange = {
  /** `keep`: the folder says something else than an admin did in the shop, and the admin's stays. */
  readonly action: "add" | "change" | "archive" | "restore" | "keep";
  readonly what: "course" | "chapter" | "lesson" | "exercise" | "file";
  /** `data-structures` or `data-structures/sets-and-tuples`. */
  readonly path: string;
  /** Which columns differ. */
  readonly fields: readonly string[];
};

export type RowPlan<Kind extends string, R> = {
  readonly add: readonly R[];
  readonly update: readonly {
    readonly id: Id<Kind>;
    readonly row: R;
    /** Which columns differ. */
    readonly fields: readonly string[];
  }[];
  readonly archive: readonly Id<Kind>[];
};
export type CoursePlan = {
  /** Null: a new course. */
  readonly stored: StoredCourse | null;
  readonly wanted: CourseRows;
  readonly modules: RowPlan<"module", ModuleRow>;
  readonly lessons: RowPlan<"lesson", LessonRow>;
  readonly exercises: RowPlan<"exercise", ExerciseRow>;
  readonly files: RowPlan<"file", FileRow>;
};
export type ImportPlan = {
  readonly changes: readonly CatalogChange[];
  readonly courses: readonly CoursePlan[];
  /** Courses whose folder is gone. */
  readonly archive: readonly StoredCourse[];
};

/**
 * What has to be written so that the database says what the folders say. Rows are matched by slug and keep their ids;
 * what vanished is archived, never deleted, because somebody may have bought or finished it. A course whose folder is
 * gone keeps its lessons for those who own it. What an admin changed in the shop stays, unless `force` is said.
 */
export function planImport(
  wanted: readonly CourseRows[],
  stored: readonly StoredCourse[],
  { force = false }: { readonly force?: boolean } = {},
): ImportPlan {
  const changes: CatalogChange[] = [];
  const bySlug = new Map(stored.map((course) => [course.course.slug, course]));
  const courses: CoursePlan[] = [];
  for (const rows of wanted) {
    const old = bySlug.get(rows.course.slug) ?? null;
    if (old?.contentHash === rows.contentHash && !(force && hasEdits(old))) continue;
    const merged = old && !force ? keepEdits(rows, old) : { rows, kept: [] };
    const planned = planCourse(merged.rows, old);
    changes.push(...planned.changes, ...merged.kept);
    courses.push(planned.plan);
  }
  const present = new Set(wanted.map((rows) => rows.course.slug));
  const archive = stored.filter((course) => !present.has(course.course.slug) && isGone(course, force));
  for (const { course } of archive)
    changes.push({ action: "archive", what: "course", path: course.slug, fields: ["status"] });
  return { changes, courses, archive };
}

/** A course without a folder goes, but for one that was made in the shop, or whose status an admin decided. */
function isGone({ contentHash, course }: StoredCourse, force: boolean): boolean {
  if (contentHash === ARCHIVED_HASH || contentHash === MADE_HERE_HASH) return false;
  return force || !course.editedFields.includes("status");
}

/** What has to be written so that one course is as wanted. */
export function planCourse(
  rows: CourseRows,
  old: StoredCourse | null,
): { readonly plan: CoursePlan; readonly changes: readonly CatalogChange[] } {
  const changes: CatalogChange[] = [courseChange(rows, old)];
  const path =
    (what: CatalogChange["what"]) =>
    (slug: string, action: CatalogChange["action"], fields: readonly string[]) =>
      changes.push({ action, what, path: `${rows.course.slug}/${slug}`, fields });
  const plan: CoursePlan = {
    stored: old,
    wanted: rows,
    modules: planRows(rows.modules, old?.modules ?? [], path("chapter")),
    lessons: planRows(rows.lessons, old?.lessons ?? [], path("lesson")),
    exercises: planRows(rows.exercises, old?.exercises ?? [], path("exercise")),
    files: planRows(rows.files, old?.files ?? [], path("file")),
  };
  return { plan, changes };
}

function courseChange(rows: CourseRows, old: StoredCourse | null): CatalogChange {
  const about = { what: "course", path: rows.course.slug } as const;
  if (!old) return { action: "add", ...about, fields: [] };
  const action = old.contentHash === ARCHIVED_HASH ? "restore" : "change";
  return { action, ...about, fields: changedFields(rows.course, old.course) };
}

function planRows<Kind extends string, R extends { readonly slug: string }>(
  wanted: readonly R[],
  stored: readonly (R & Kept<Kind>)[],
  note: (slug: string, action: CatalogChange["action"], fields: readonly string[]) => void,
): RowPlan<Kind, R> {
  const bySlug = new Map(stored.map((row) => [row.slug, row]));
  const add: R[] = [];
  const update: { id: Id<Kind>; row: R; fields: readonly string[] }[] = [];
  for (const row of wanted) {
    const old = bySlug.get(row.slug);
    const fields = old ? changedFields(row, old) : [];
    if (!old) {
      add.push(row);
      note(row.slug, "add", []);
    } else if (old.archivedAt || fields.length > 0) {
      update.push({ id: old.id, row, fields });
      note(row.slug, old.archivedAt ? "restore" : "change", fields);
    }
  }
  const present = new Set(wanted.map((row) => row.slug));
  const gone = stored.filter((row) => !row.archivedAt && !present.has(row.slug));
  for (const row of gone) note(row.slug, "archive", []);
  return { add, update, archive: gone.map((row) => row.id) };
}

/** The columns of a wanted row that the stored one has otherwise. */
export function changedFields<R extends object>(wanted: R, stored: R): string[] {
  const keys = Object.keys(wanted) as (keyof R & string)[];
  return keys.filter((key) => canonicalJson(wanted[key]) !== canonicalJson(stored[key]));
}
