import "server-only";
import { eq, inArray, sql } from "drizzle-orm";
import { type Transaction, violatedConstraint, withTransaction } from "@/db/client";
import {
  catalogRevisions,
  courseFiles,
  courseModules,
  courses,
  exercises,
  lessons,
} from "@/db/schema/catalog";
import { type CourseId, type Id, newId } from "../ids";
import type { CourseRows } from "./catalog-rows";
import {
  ARCHIVED_HASH,
  type CatalogChange,
  type CoursePlan,
  type ImportPlan,
  planImport,
} from "./plan-import";
import { listContentHashes, listStoredCourses } from "./queries";

/**
 * Makes the database say what the folders say, in one transaction; answers what was (or, dry, would be) changed.
 * Two importers at once do the work once: the second waits for the first one's rows and then finds nothing to do.
 */
export async function writeCatalog(
  wanted: readonly CourseRows[],
  { dryRun, now }: { readonly dryRun: boolean; readonly now: Date },
): Promise<readonly CatalogChange[]> {
  if (isUnchanged(wanted, await listContentHashes())) return [];
  if (dryRun) return planImport(wanted, await listStoredCourses()).changes;
  const write = () => withTransaction((tx) => writePlan(tx, wanted, now));
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
    [...stored].every(([slug, hash]) => present.has(slug) || hash === ARCHIVED_HASH)
  );
}

async function writePlan(
  tx: Transaction,
  wanted: readonly CourseRows[],
  now: Date,
): Promise<readonly CatalogChange[]> {
  await tx.select({ id: courses.id }).from(courses).orderBy(courses.slug).for("update");
  const plan = planImport(wanted, await listStoredCourses(tx));
  for (const course of plan.courses) await writeCourse(tx, course, now);
  await archiveCourses(tx, plan, now);
  await countRevision(tx);
  return plan.changes;
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

async function writeCourse(tx: Transaction, plan: CoursePlan, now: Date): Promise<void> {
  const head = await writeHead(tx, plan, now);
  const moduleIds = await writeModules(tx, head.courseId, plan, now);
  const lessonIds = await writeLessons(tx, head, moduleIds, plan, now);
  await writeExercises(tx, head, lessonIds, plan, now);
  await writeFiles(tx, head, plan);
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
  now: Date,
): Promise<IdsBySlug<"lesson">> {
  const added = add.map(({ moduleSlug, ...row }) => ({
    id: newId<"lesson">(),
    courseId,
    moduleId: idOf(moduleIds, moduleSlug),
    sinceVersion: version,
    ...row,
  }));
  if (added.length > 0) await tx.insert(lessons).values(added);
  for (const { id, row } of update) {
    const { moduleSlug, ...values } = row;
    const sinceVersion = sql`case when ${lessons.archivedAt} is null then ${lessons.sinceVersion} else ${version} end`;
    await tx
      .update(lessons)
      .set({ ...values, moduleId: idOf(moduleIds, moduleSlug), sinceVersion, archivedAt: null })
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
