import "server-only";
import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/client";
import type { AuditDetail } from "@/db/schema/audit";
import { courseFiles, courses, lessons } from "@/db/schema/catalog";
import { lessonVersions } from "@/db/schema/lesson-versions";
import { recordAudit } from "@/lib/audit/mutations";
import { keywordsOf } from "@/lib/catalog/catalog-rows";
import type { CourseStatus } from "@/lib/catalog/course-kinds";
import { countRevision, keepLessonText, withEdits } from "@/lib/catalog/mutations";
import { changedFields } from "@/lib/catalog/plan-import";
import type { CourseId, LessonId, UserId } from "@/lib/ids";
import { err, ok, type Result } from "@/lib/result";
import type { CheckedCourse, CheckedLesson } from "./checked-input";
import { describeEdit } from "./describe-edit";
import { readPrice } from "./read-price";
import type { EditCourseRejection, RestoreRejection, SaveLessonRejection, StatusRejection } from "./schema";

export type Version = { readonly version: number };

/** The course, locked, as long as nobody has changed it since `version`. */
export async function lockCourse(tx: Transaction, id: CourseId, version: number) {
  const [course] = await tx.select().from(courses).where(eq(courses.id, id)).for("no key update");
  if (!course) return err("unknown_course" as const);
  return course.version === version ? ok(course) : err("changed_meanwhile" as const);
}

type StoredRow = typeof courses.$inferSelect;

/** What every change of a course does: the search words and the public files follow, pages are made anew, the log knows. */
export async function noteChange(
  tx: Transaction,
  actorId: UserId,
  course: Pick<StoredRow, "id" | "slug">,
  noted: {
    readonly action: "course.edited" | "course.reordered" | "lesson.edited" | "lesson.restored";
    readonly detail: AuditDetail;
  },
): Promise<void> {
  await refreshKeywords(tx, course.id);
  await refreshPublicFiles(tx, course.id);
  await countRevision(tx);
  const subject = { type: "course", id: course.id, label: course.slug } as const;
  await recordAudit(tx, { actorId, subject, ...noted });
}

/** Changes what the course's page says, its price and its status. Nothing happens when somebody else changed it since `version`. */
export async function editCourse(
  actorId: UserId,
  { course: id, version, price, ...typed }: CheckedCourse,
  now: Date,
): Promise<Result<Version, EditCourseRejection>> {
  return withTransaction(async (tx) => {
    const locked = await lockCourse(tx, id, version);
    if (!locked.ok) return locked;
    const before = locked.value;
    const priceAmount = readPrice(price, before.currency);
    if (!priceAmount.ok) return priceAmount;
    const wanted = { ...typed, priceAmount: priceAmount.value };
    if (wanted.status === "published" && !(await hasLessons(tx, id))) return err("no_lessons");
    return ok({ version: await changeCourse(tx, actorId, before, wanted, now) });
  });
}

/** Puts a course on sale, takes it off, or archives it. Who has it keeps it; nothing that was sold is ever deleted. */
export async function setCourseStatus(
  actorId: UserId,
  {
    course: id,
    version,
    status,
  }: { readonly course: CourseId; readonly version: number; readonly status: CourseStatus },
  now: Date,
): Promise<Result<Version, StatusRejection>> {
  return withTransaction(async (tx) => {
    const locked = await lockCourse(tx, id, version);
    if (!locked.ok) return locked;
    if (status === "published" && !(await hasLessons(tx, id))) return err("no_lessons");
    return ok({ version: await changeCourse(tx, actorId, locked.value, { status }, now) });
  });
}

/** Answers the course's version afterwards: the same when nothing differs. */
async function changeCourse(
  tx: Transaction,
  actorId: UserId,
  before: StoredRow,
  wanted: Partial<StoredRow>,
  now: Date,
): Promise<number> {
  const fields = changedFields<Partial<StoredRow>>(wanted, before);
  if (fields.length === 0) return before.version;
  await tx
    .update(courses)
    .set({
      ...wanted,
      version: before.version + 1,
      updatedAt: now,
      editedFields: withEdits(courses.editedFields, fields),
    })
    .where(eq(courses.id, before.id));
  await noteChange(tx, actorId, before, {
    action: "course.edited",
    detail: describeEdit(before, wanted, fields),
  });
  return before.version + 1;
}

async function hasLessons(tx: Transaction, courseId: CourseId): Promise<boolean> {
  const [lesson] = await tx
    .select({ id: lessons.id })
    .from(lessons)
    .where(and(eq(lessons.courseId, courseId), isNull(lessons.archivedAt)))
    .limit(1);
  return lesson !== undefined;
}

type LessonText = Pick<CheckedLesson, "title" | "summary" | "minutes" | "freePreview" | "body" | "quiz">;
type Saved = { readonly revision: number };

async function lockLesson(tx: Transaction, id: LessonId, revision: number) {
  const [found] = await tx
    .select({ lesson: lessons, course: { id: courses.id, slug: courses.slug } })
    .from(lessons)
    .innerJoin(courses, eq(courses.id, lessons.courseId))
    .where(and(eq(lessons.id, id), isNull(lessons.archivedAt)))
    .for("no key update", { of: lessons });
  if (!found) return err("unknown_lesson" as const);
  return found.lesson.revision === revision ? ok(found) : err("changed_meanwhile" as const);
}

/** Saves a lesson's text and keeps the former one. Nothing happens when somebody else saved it since `revision`. */
export async function saveLesson(
  actorId: UserId,
  { lesson: id, revision, ...text }: CheckedLesson,
  now: Date,
): Promise<Result<Saved, SaveLessonRejection>> {
  return withTransaction(async (tx) => {
    const locked = await lockLesson(tx, id, revision);
    if (!locked.ok) return locked;
    return ok({ revision: await changeLesson(tx, actorId, locked.value, text, now, "lesson.edited") });
  });
}

type Restore = { readonly lesson: LessonId; readonly revision: number; readonly former: number };

/** Brings a former text back, as one more change: the text that it replaces is kept too. */
export async function restoreLesson(
  actorId: UserId,
  { lesson: id, revision, former }: Restore,
  now: Date,
): Promise<Result<Saved, RestoreRejection>> {
  return withTransaction(async (tx) => {
    const locked = await lockLesson(tx, id, revision);
    if (!locked.ok) return locked;
    const { title, summary, minutes, freePreview, body, quiz } = lessonVersions;
    const [text] = await tx
      .select({ title, summary, minutes, freePreview, body, quiz })
      .from(lessonVersions)
      .where(and(eq(lessonVersions.lessonId, id), eq(lessonVersions.revision, former)));
    if (!text) return err("unknown_version");
    return ok({ revision: await changeLesson(tx, actorId, locked.value, text, now, "lesson.restored") });
  });
}

type LockedLesson = {
  readonly lesson: typeof lessons.$inferSelect;
  readonly course: Pick<StoredRow, "id" | "slug">;
};

async function changeLesson(
  tx: Transaction,
  actorId: UserId,
  { lesson: before, course }: LockedLesson,
  text: Pick<LessonText, "title" | "summary" | "minutes" | "freePreview" | "body"> & {
    readonly quiz: (typeof before)["quiz"];
  },
  now: Date,
  action: "lesson.edited" | "lesson.restored",
): Promise<number> {
  const isRewritten =
    changedFields<Partial<typeof before>>({ body: text.body, quiz: text.quiz }, before).length > 0;
  const wanted = { ...text, ...(isRewritten ? { reviewed: null } : {}) };
  const fields = changedFields<Partial<typeof before>>(wanted, before);
  if (fields.length === 0) return before.revision;
  await keepLessonText(tx, before.id, actorId);
  await tx
    .update(lessons)
    .set({
      ...wanted,
      revision: before.revision + 1,
      editedFields: withEdits(lessons.editedFields, fields),
    })
    .where(eq(lessons.id, before.id));
  await tx.update(courses).set({ updatedAt: now }).where(eq(courses.id, course.id));
  await noteChange(tx, actorId, course, {
    action,
    detail: { after: { lesson: before.slug, revision: before.revision + 1, changed: fields } },
  });
  return before.revision + 1;
}

/** A search finds a course by its lessons' titles and its outcomes. */
async function refreshKeywords(tx: Transaction, courseId: CourseId): Promise<void> {
  const [course] = await tx
    .select({ type: courses.courseType, outcomes: courses.outcomes })
    .from(courses)
    .where(eq(courses.id, courseId));
  const titles = await tx
    .select({ title: lessons.title })
    .from(lessons)
    .where(and(eq(lessons.courseId, courseId), isNull(lessons.archivedAt)))
    .orderBy(asc(lessons.position), asc(lessons.id));
  if (!course) return;
  await tx
    .update(courses)
    .set({ keywords: keywordsOf(course.type, course.outcomes, titles) })
    .where(eq(courses.id, courseId));
}

/** A file is for everybody where a text that everybody may read shows or links it. */
async function refreshPublicFiles(tx: Transaction, courseId: CourseId): Promise<void> {
  const files = await tx
    .select({ id: courseFiles.id, name: courseFiles.name })
    .from(courseFiles)
    .where(eq(courseFiles.courseId, courseId));
  if (files.length === 0) return;
  const [course] = await tx.select().from(courses).where(eq(courses.id, courseId));
  const previews = await tx
    .select({ body: lessons.body })
    .from(lessons)
    .where(and(eq(lessons.courseId, courseId), eq(lessons.freePreview, true), isNull(lessons.archivedAt)));
  const open = [
    course?.description,
    course?.audience,
    course?.prerequisites,
    ...previews.map(({ body }) => body),
  ].join("\n");
  const shown = files.filter(({ name }) => open.includes(`files/${name}`)).map(({ id }) => id);
  const isShown = shown.length > 0 ? inArray(courseFiles.id, shown) : sql`false`;
  await tx
    .update(courseFiles)
    .set({ isPublic: sql`${isShown}` })
    .where(and(eq(courseFiles.courseId, courseId), sql`${courseFiles.isPublic} <> (${isShown})`));
}
