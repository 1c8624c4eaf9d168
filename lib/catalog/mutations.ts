import "server-only";
import { type AnyColumn, eq, inArray, sql } from "drizzle-orm";
import { type Transaction, violatedConstraint, withTransaction } from "@/db/client";
import {
  catalogRevisions,
  courseFiles,
  courseModules,
  courses,
  exercises,
  lessons,
} from "@/db/schema/catalog";
import { lessonVersions } from "@/db/schema/lesson-versions";
import { type CourseId, type Id, type LessonId, newId, type UserId } from "../ids";
import type { CourseRows } from "./catalog-rows";
import {
  ARCHIVED_HASH,
  type CatalogChange,
  type CoursePlan,
  type ImportPlan,
  MADE_HERE_HASH,
  planImport,
} from "./plan-import";
import { listContentHashes, listStoredCourses } from "./queries";

type Writing = {
  readonly dryRun: boolean;
  readonly now: Date;
  /** Also over what an admin changed in the shop; without it, that is kept and answered as `keep`. */
  readonly force?: boolean;
};

/**
 * Makes the database say what the folders say, in one transaction; answers what was (or, dry, would be) changed.
 * Two importers at once do the work once: the second waits for the first one's rows and then finds nothing to do.
 */
export async function writeCatalog(
  wanted: readonly CourseRows[],
  { dryRun, now, force = false }: Writing,
): Promise<readonly CatalogChange[]> {
  if (!force && isUnchanged(wanted, await listContentHashes())) return [];
  if (dryRun) return planImport(wanted, await listStoredCourses(), { force }).changes;
  const write = () => withTransaction((tx) => writePlan(tx, wanted, { now, force }));
  try {
    return await write();
  } catch (error) {
    // Somebody else added the same course after we looked: their rows are there now, so look again.
    if (violatedConstraint(error) !== "courses_slug_unique") throw error;
    return await write();
  }
}

function isUnchanged(wanted: readonly CourseRows[], stored: ReadonlyMap<string, string>): boolean {
  const present = new Set(wanted.map((rows) => rows.course.slug));
  return (
    wanted.every((rows) => stored.get(rows.course.slug) === rows.contentHash) &&
    [...stored].every(
      ([slug, hash]) => present.has(slug) || hash === ARCHIVED_HASH || hash === MADE_HERE_HASH,
    )
  );
}

async function writePlan(
  tx: Transaction,
  wanted: readonly CourseRows[],
  { now, force }: { readonly now: Date; readonly force: boolean },
): Promise<readonly CatalogChange[]> {
  await tx.select({ id: courses.id }).from(courses).orderBy(courses.slug).for("update");
  const plan = planImport(wanted, await listStoredCourses(tx), { force });
  if (plan.changes.length === 0) return [];
  for (const course of plan.courses) {
    const courseId = await writeCourse(tx, course, { now, actorId: null });
    if (force) await forgetEdits(tx, courseId);
  }
  await archiveCourses(tx, plan, now);
  await countRevision(tx);
  await tx.update(catalogRevisions).set({ loaded: null });
  return plan.changes;
}

/** What an admin edited already and what is edited now, each once, without `forgotten`. */
export const withEdits = (column: AnyColumn, fields: readonly string[], forgotten?: string) =>
  sql`array(select distinct field from unnest(${column} || ${sql.param(fields)}::text[]) field
    where ${forgotten === undefined ? sql`true` : sql`field <> ${forgotten}`} order by 1)`;

/** The folder is the only one that decides again. */
async function forgetEdits(tx: Transaction, courseId: CourseId): Promise<void> {
  await tx.update(courses).set({ editedFields: [] }).where(eq(courses.id, courseId));
  for (const table of [courseModules, lessons, exercises, courseFiles])
    await tx.update(table).set({ editedFields: [] }).where(eq(table.courseId, courseId));
}

/** Part of every transaction that changes what the shop shows: all its processes then renew their static pages. */
export async function countRevision(tx: Transaction): Promise<void> {
  await tx
    .insert(catalogRevisions)
    .values({ revision: 1 })
    .onConflictDoUpdate({
      target: catalogRevisions.only,
      set: { revision: sql`${catalogRevisions.revision} + 1` },
    });
}

async function archiveCourses(tx: Transaction, plan: ImportPlan, now: Date): Promise<void> {
  const ids = plan.archive.map((course) => course.id);
  if (ids.length === 0) return;
  await tx
    .update(courses)
    .set({ status: "archived", contentHash: ARCHIVED_HASH, updatedAt: now })
    .where(inArray(courses.id, ids));
}

/** Who writes: an admin, or null for the importer of `content/`. */
type Author = { readonly now: Date; readonly actorId: UserId | null };

/** Writes a course as planned, keeping the former text of every lesson that it changes; answers the course's id. */
export async function writeCourse(tx: Transaction, plan: CoursePlan, author: Author): Promise<CourseId> {
  const { now } = author;
  const head = await writeHead(tx, plan, now);
  const moduleIds = await writeModules(tx, head.courseId, plan, now);
  const lessonIds = await writeLessons(tx, head, moduleIds, plan, author);
  await writeExercises(tx, head, lessonIds, plan, now);
  await writeFiles(tx, head, plan);
  return head.courseId;
}

const TEXT_FIELDS = ["title", "summary", "body", "quiz", "minutes", "freePreview"];

/** Keeps a lesson's text as it is now; call it before changing it, and let `revision` grow with the change. */
export async function keepLessonText(
  tx: Transaction,
  lessonId: LessonId,
  actorId: UserId | null,
): Promise<void> {
  const { revision, title, summary, body, quiz, minutes, freePreview } = lessons;
  const [text] = await tx
    .select({ lessonId: lessons.id, revision, title, summary, body, quiz, minutes, freePreview })
    .from(lessons)
    .where(eq(lessons.id, lessonId));
  if (text) await tx.insert(lessonVersions).values({ ...text, replacedByUserId: actorId });
}

/** The course as it is after this import. */
type WrittenHead = { readonly courseId: CourseId; readonly version: number };

async function writeHead(tx: Transaction, { stored, wanted }: CoursePlan, now: Date): Promise<WrittenHead> {
  const values = { ...wanted.course, contentHash: wanted.contentHash, updatedAt: now };
  if (!stored) {
    const courseId: CourseId = newId();
    await tx.insert(courses).values({ id: courseId, ...values, createdAt: now });
    return { courseId, version: 1 };
  }
  const [row] = await tx
    .update(courses)
    .set({ ...values, version: sql`${courses.version} + 1` })
    .where(eq(courses.id, stored.id))
    .returning({ version: courses.version });
  if (!row) throw new Error(`the import lost the course ${wanted.course.slug}`);
  return { courseId: stored.id, version: row.version };
}

type IdsBySlug<Kind extends string> = ReadonlyMap<string, Id<Kind>>;

async function writeModules(
  tx: Transaction,
  courseId: CourseId,
  { stored, modules: { add, update, archive } }: CoursePlan,
  now: Date,
): Promise<IdsBySlug<"module">> {
  const added = add.map((row) => ({ id: newId<"module">(), courseId, ...row }));
  if (added.length > 0) await tx.insert(courseModules).values(added);
  for (const { id, row } of update) {
    await tx
      .update(courseModules)
      .set({ ...row, archivedAt: null })
      .where(eq(courseModules.id, id));
  }
  if (archive.length > 0) {
    await tx
      .update(courseModules)
      .set({ archivedAt: now })
      .where(inArray(courseModules.id, [...archive]));
  }
  return new Map([...(stored?.modules ?? []), ...added].map(({ slug, id }) => [slug, id]));
}

async function writeLessons(
  tx: Transaction,
  { courseId, version }: WrittenHead,
  moduleIds: IdsBySlug<"module">,
  { stored, lessons: { add, update, archive } }: CoursePlan,
  { now, actorId }: Author,
): Promise<IdsBySlug<"lesson">> {
  const added = add.map(({ moduleSlug, ...row }) => ({
    id: newId<"lesson">(),
    courseId,
    moduleId: idOf(moduleIds, moduleSlug),
    sinceVersion: version,
    ...row,
  }));
  if (added.length > 0) await tx.insert(lessons).values(added);
  for (const { id, row, fields } of update) {
    const { moduleSlug, ...values } = row;
    const isRewritten = fields.some((field) => TEXT_FIELDS.includes(field));
    if (isRewritten) await keepLessonText(tx, id, actorId);
    const revision = sql`${lessons.revision} + ${isRewritten ? 1 : 0}`;
    const sinceVersion = sql`case when ${lessons.archivedAt} is null then ${lessons.sinceVersion} else ${version} end`;
    await tx
      .update(lessons)
      .set({ ...values, moduleId: idOf(moduleIds, moduleSlug), sinceVersion, revision, archivedAt: null })
      .where(eq(lessons.id, id));
  }
  if (archive.length > 0)
    await tx
      .update(lessons)
      .set({ archivedAt: now })
      .where(inArray(lessons.id, [...archive]));
  return new Map([...(stored?.lessons ?? []), ...added].map(({ slug, id }) => [slug, id]));
}

async function writeExercises(
  tx: Transaction,
  { courseId, version }: WrittenHead,
  lessonIds: IdsBySlug<"lesson">,
  { exercises: { add, update, archive } }: CoursePlan,
  now: Date,
): Promise<void> {
  const added = add.map(({ lessonSlug, ...row }) => ({
    id: newId<"exercise">(),
    courseId,
    lessonId: idOf(lessonIds, lessonSlug),
    sinceVersion: version,
    ...row,
  }));
  if (added.length > 0) await tx.insert(exercises).values(added);
  for (const { id, row } of update) {
    const { lessonSlug, ...values } = row;
    const sinceVersion = sql`case when ${exercises.archivedAt} is null then ${exercises.sinceVersion} else ${version} end`;
    await tx
      .update(exercises)
      .set({ ...values, lessonId: idOf(lessonIds, lessonSlug), sinceVersion, archivedAt: null })
      .where(eq(exercises.id, id));
  }
  if (archive.length > 0)
    await tx
      .update(exercises)
      .set({ archivedAt: now })
      .where(inArray(exercises.id, [...archive]));
}

/** A file that is gone is deleted: no text shows it any more, and nobody has a claim on a picture. */
async function writeFiles(
  tx: Transaction,
  { courseId }: WrittenHead,
  { wanted, files: { add, update, archive } }: CoursePlan,
): Promise<void> {
  const valuesOf = ({ slug, ...row }: CoursePlan["wanted"]["files"][number]) => {
    const bytes = wanted.bytes.get(slug);
    if (!bytes) throw new Error(`the import lost the bytes of ${slug}`);
    return { ...row, name: slug, bytes };
  };
  if (archive.length > 0) await tx.delete(courseFiles).where(inArray(courseFiles.id, [...archive]));
  if (add.length > 0) await tx.insert(courseFiles).values(add.map((row) => ({ courseId, ...valuesOf(row) })));
  for (const { id, row } of update)
    await tx.update(courseFiles).set(valuesOf(row)).where(eq(courseFiles.id, id));
}

/** Every slug comes from the same plan, so a missing one is a bug. */
function idOf<Kind extends string>(ids: IdsBySlug<Kind>, slug: string): Id<Kind> {
  const id = ids.get(slug);
  if (!id) throw new Error(`the import lost the row of ${slug}`);
  return id;
}
