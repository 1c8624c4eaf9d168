import "server-only";
import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { db, type Executor, type Transaction, violatedConstraint, withTransaction } from "@/db/client";
import { courseFiles, courseModules, courses, exercises, lessons } from "@/db/schema/catalog";
import { recordAudit } from "@/lib/audit/mutations";
import { type CourseRows, canonicalJson } from "@/lib/catalog/catalog-rows";
import { ADDED, ARCHIVED } from "@/lib/catalog/keep-edits";
import { countRevision, withEdits, writeCourse } from "@/lib/catalog/mutations";
import {
  type CatalogChange,
  type CoursePlan,
  MADE_HERE_HASH,
  planCourse,
  type StoredCourse,
} from "@/lib/catalog/plan-import";
import { listStoredCourses } from "@/lib/catalog/queries";
import type { CourseId, UserId } from "@/lib/ids";
import { err, ok, type Result } from "@/lib/result";
import { type ChangedText, cutTexts, listTexts } from "./list-texts";

type Planned = { readonly plan: CoursePlan; readonly changes: readonly CatalogChange[] };
export type Tried = {
  readonly changes: readonly CatalogChange[];
  readonly texts: readonly ChangedText[];
  readonly seen: string;
};

/** What an upload would change, and a name for exactly that: of what is uploaded and of what it would replace. */
export async function tryUpload(wanted: readonly CourseRows[], executor: Executor = db()): Promise<Tried> {
  const { planned, seen } = await planUpload(executor, wanted);
  return {
    changes: planned.flatMap(({ changes }) => changes),
    texts: cutTexts(planned.flatMap(({ plan }) => listTexts(plan))),
    seen,
  };
}

async function planUpload(executor: Executor, wanted: readonly CourseRows[]) {
  const hash = createHash("sha256");
  const planned: Planned[] = [];
  for (const rows of wanted) {
    const [stored] = await listStoredCourses(executor, rows.course.slug);
    hash.update(`${rows.contentHash} ${stored ? fingerprint(stored) : "none"}\n`);
    const made = planCourse({ ...rows, contentHash: stored?.contentHash ?? MADE_HERE_HASH }, stored ?? null);
    if (made.changes.some(isReal)) planned.push({ ...made, changes: made.changes.filter(isReal) });
  }
  return { planned, seen: hash.digest("hex") };
}

/** The plan names its course even where nothing of the course itself differs. */
const isReal = ({ action, fields }: CatalogChange) => action !== "change" || fields.length > 0;

function fingerprint({ course, modules, lessons: texts, exercises: tasks, files }: StoredCourse): string {
  const { updatedAt: _at, ...head } = course as StoredCourse["course"] & { readonly updatedAt?: Date };
  return canonicalJson([head, modules, texts, tasks, files]);
}

/**
 * Brings uploaded courses into the shop as an admin's change: what it sets is kept when `content/` is imported later. Nothing
 * happens when a course is not any more what `seen` was answered for.
 */
export async function importUpload(
  actorId: UserId,
  wanted: readonly CourseRows[],
  seen: string,
  now: Date,
): Promise<Result<readonly CatalogChange[], "changed_meanwhile">> {
  try {
    return await withTransaction(async (tx) => {
      await tx.select({ id: courses.id }).from(courses).orderBy(courses.slug).for("update");
      const upload = await planUpload(tx, wanted);
      if (upload.seen !== seen) return err("changed_meanwhile");
      for (const one of upload.planned) await writeUploaded(tx, actorId, one, now);
      if (upload.planned.length > 0) await countRevision(tx);
      return ok(upload.planned.flatMap(({ changes }) => changes));
    });
  } catch (error) {
    // Two uploads of the same new course: the first is there now.
    if (violatedConstraint(error) === "courses_slug_unique") return err("changed_meanwhile");
    throw error;
  }
}

async function writeUploaded(tx: Transaction, actorId: UserId, { plan, changes }: Planned, now: Date) {
  const courseId = await writeCourse(tx, plan, { now, actorId });
  for (const change of changes) await noteEdits(tx, courseId, change);
  const { slug } = plan.wanted.course;
  await recordAudit(tx, {
    actorId,
    action: "course.imported",
    subject: { type: "course", id: courseId, label: slug },
    detail: {
      after: {
        changes: changes.length,
        ...(changes.length <= 20 ? { changed: changes.map(({ action, path }) => `${action} ${path}`) } : {}),
      },
    },
  });
}

const TABLES = { chapter: courseModules, lesson: lessons, exercise: exercises } as const;

/** Notes what the upload decided, so that the importer of `content/` keeps it. */
async function noteEdits(tx: Transaction, courseId: CourseId, change: CatalogChange): Promise<void> {
  const { action, what, path, fields } = change;
  const noted = [...fields, ...(action === "add" ? [ADDED] : action === "archive" ? [ARCHIVED] : [])];
  const forgotten = action === "restore" ? ARCHIVED : undefined;
  const slug = path.slice(path.indexOf("/") + 1);
  if (what === "course") {
    await tx
      .update(courses)
      .set({ editedFields: withEdits(courses.editedFields, noted, forgotten) })
      .where(eq(courses.id, courseId));
  } else if (what === "file") {
    await tx
      .update(courseFiles)
      .set({ editedFields: withEdits(courseFiles.editedFields, noted, forgotten) })
      .where(and(eq(courseFiles.courseId, courseId), eq(courseFiles.name, slug)));
  } else {
    const table = TABLES[what];
    await tx
      .update(table)
      .set({ editedFields: withEdits(table.editedFields, noted, forgotten) })
      .where(and(eq(table.courseId, courseId), eq(table.slug, slug)));
  }
}
