import { type CourseRows, canonicalJson, keywordsOf } from "./catalog-rows";
import type { CatalogChange, StoredCourse } from "./plan-import";

/** A row that was made in the shop. */
export const ADDED = "added";
/** A row that was taken out in the shop. */
export const ARCHIVED = "archived";

type Stored = {
  readonly slug: string;
  readonly archivedAt: Date | null;
  readonly editedFields: readonly string[];
};
type Note = (slug: string, fields: readonly string[]) => void;

/** Whether an admin changed anything of the course in the shop. */
export function hasEdits({ course, modules, lessons, exercises, files }: StoredCourse): boolean {
  const rows: readonly { readonly editedFields: readonly string[] }[] = [
    course,
    ...modules,
    ...lessons,
    ...exercises,
    ...files,
  ];
  return rows.some(({ editedFields }) => editedFields.length > 0);
}

/**
 * The folder's rows with what an admin changed in the shop put over them, and where the two differ. Edited columns keep the
 * stored value, rows made in the shop stay, rows taken out there stay out; everything else is as the folder says.
 */
export function keepEdits(
  wanted: CourseRows,
  stored: StoredCourse,
): { readonly rows: CourseRows; readonly kept: readonly CatalogChange[] } {
  if (!hasEdits(stored)) return { rows: wanted, kept: [] };
  const kept: CatalogChange[] = [];
  const { slug } = wanted.course;
  const note =
    (what: CatalogChange["what"]): Note =>
    (name, fields) =>
      kept.push({ action: "keep", what, path: `${slug}/${name}`, fields });
  const course = keepFields(wanted.course, stored.course, (_slug, fields) =>
    kept.push({ action: "keep", what: "course", path: slug, fields }),
  );
  const modules = keepRows(wanted.modules, stored.modules, note("chapter"));
  const chapters = new Set(modules.map((row) => row.slug));
  const lessons = keepRows(wanted.lessons, stored.lessons, note("lesson")).filter(({ moduleSlug }) =>
    chapters.has(moduleSlug),
  );
  const present = new Set(lessons.map((row) => row.slug));
  const exercises = keepRows(wanted.exercises, stored.exercises, note("exercise")).filter(({ lessonSlug }) =>
    present.has(lessonSlug),
  );
  const files = keepRows(wanted.files, stored.files, note("file"));
  const inOrder = placeLessons(modules, lessons);
  const keywords = keywordsOf(course.courseType, course.outcomes, inOrder);
  return {
    rows: { ...wanted, course: { ...course, keywords }, modules, lessons: inOrder, exercises, files },
    kept,
  };
}

/** Chapter by chapter, counted anew: of the folder's places and the shop's, two may be the same. */
export function placeLessons<L extends { readonly moduleSlug: string; readonly position: number }>(
  modules: readonly { readonly slug: string; readonly position: number }[],
  lessons: readonly L[],
): L[] {
  return modules
    .toSorted((a, b) => a.position - b.position)
    .flatMap(({ slug }) =>
      lessons.filter((row) => row.moduleSlug === slug).toSorted((a, b) => a.position - b.position),
    )
    .map((row, index) => ({ ...row, position: index + 1 }));
}

function keepRows<R extends { readonly slug: string }>(
  wanted: readonly R[],
  stored: readonly (R & Stored)[],
  note: Note,
): R[] {
  const bySlug = new Map(stored.map((row) => [row.slug, row]));
  const rows = wanted.flatMap((row) => {
    const old = bySlug.get(row.slug);
    if (!old) return [row];
    if (old.archivedAt && old.editedFields.includes(ARCHIVED)) {
      note(row.slug, [ARCHIVED]);
      return [];
    }
    return [keepFields(row, old, note)];
  });
  const present = new Set(wanted.map((row) => row.slug));
  const own = stored.filter(
    (row) => !row.archivedAt && !present.has(row.slug) && row.editedFields.includes(ADDED),
  );
  return [...rows, ...own.map(withoutTraces)];
}

/** A row as wanted, but for the columns that an admin set. */
function keepFields<R extends { readonly slug: string }>(
  wanted: R,
  old: R & { readonly editedFields: readonly string[] },
  note: Note,
): R {
  const columns = (Object.keys(wanted) as (keyof R & string)[]).filter((key) =>
    old.editedFields.includes(key),
  );
  const differing = columns.filter((key) => canonicalJson(wanted[key]) !== canonicalJson(old[key]));
  if (differing.length === 0) return wanted;
  note(wanted.slug, differing);
  return { ...wanted, ...Object.fromEntries(differing.map((key) => [key, old[key]])) };
}

/** Only the columns that a folder's row has too. */
function withoutTraces<R extends { readonly slug: string }>(row: R & Stored): R {
  const traces = [
    "id",
    "courseId",
    "moduleId",
    "lessonId",
    "archivedAt",
    "editedFields",
    "sinceVersion",
    "revision",
  ];
  return Object.fromEntries(Object.entries(row).filter(([key]) => !traces.includes(key))) as R & Stored;
}
