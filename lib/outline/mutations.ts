import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/client";
import { courseModules, courses, lessons } from "@/db/schema/catalog";
import { lockCourse, noteChange, type Version } from "@/lib/authoring/mutations";
import type { OrderRejection, OutlineOrder } from "@/lib/authoring/schema";
import { withEdits } from "@/lib/catalog/mutations";
import type { CourseId, UserId } from "@/lib/ids";
import { err, ok, type Result } from "@/lib/result";

type Reorder = { readonly course: CourseId; readonly version: number; readonly order: OutlineOrder };

/** Puts chapters and lessons into another order; a lesson may go to another chapter. Every one of the course must be named. */
export async function reorderCourse(
  actorId: UserId,
  { course: id, version, order }: Reorder,
  now: Date,
): Promise<Result<Version, OrderRejection>> {
  return withTransaction(async (tx) => {
    const locked = await lockCourse(tx, id, version);
    if (!locked.ok) return locked;
    const outline = await readOutline(tx, id);
    if (!namesAll(order, outline)) return err("changed_meanwhile");
    if (order.some((chapter) => chapter.lessons.length === 0)) return err("empty_chapter");
    const moved = (await placeChapters(tx, order, outline)) + (await placeLessons(tx, order, outline));
    if (moved === 0) return ok({ version });
    await placeExercises(tx, id);
    await tx
      .update(courses)
      .set({ version: version + 1, updatedAt: now })
      .where(eq(courses.id, id));
    await noteChange(tx, actorId, locked.value, { action: "course.reordered", detail: { after: { moved } } });
    return ok({ version: version + 1 });
  });
}

type Outline = Awaited<ReturnType<typeof readOutline>>;

async function readOutline(tx: Transaction, courseId: CourseId) {
  const [chapters, steps] = await Promise.all([
    tx
      .select({ id: courseModules.id, position: courseModules.position })
      .from(courseModules)
      .where(and(eq(courseModules.courseId, courseId), isNull(courseModules.archivedAt))),
    tx
      .select({ id: lessons.id, moduleId: lessons.moduleId, position: lessons.position })
      .from(lessons)
      .where(and(eq(lessons.courseId, courseId), isNull(lessons.archivedAt))),
  ]);
  return { chapters, steps };
}

const idsOf = (rows: readonly { readonly id: string }[]) => rows.map((row) => row.id);

function namesAll(order: OutlineOrder, { chapters, steps }: Outline): boolean {
  const named = order.flatMap((chapter) => chapter.lessons);
  return (
    sameSet(
      order.map(({ chapter }) => chapter),
      idsOf(chapters),
    ) && sameSet(named, idsOf(steps))
  );
}

/** Answers how many have another place now. */
async function placeChapters(tx: Transaction, order: OutlineOrder, { chapters }: Outline): Promise<number> {
  let moved = 0;
  for (const [index, { chapter }] of order.entries()) {
    const old = chapters.find((row) => row.id === chapter);
    if (!old || old.position === index + 1) continue;
    moved += 1;
    await tx
      .update(courseModules)
      .set({ position: index + 1, editedFields: withEdits(courseModules.editedFields, ["position"]) })
      .where(eq(courseModules.id, old.id));
  }
  return moved;
}

/** Lessons are counted over the whole course. Answers how many have another place now. */
async function placeLessons(
  tx: Transaction,
  order: OutlineOrder,
  { chapters, steps }: Outline,
): Promise<number> {
  const wanted = order.flatMap(({ chapter, lessons: within }) =>
    within.map((lesson) => ({ chapter, lesson })),
  );
  let moved = 0;
  for (const [index, { chapter, lesson }] of wanted.entries()) {
    const old = steps.find((row) => row.id === lesson);
    const to = chapters.find((row) => row.id === chapter);
    if (!old || !to || (old.position === index + 1 && old.moduleId === to.id)) continue;
    moved += 1;
    const fields = old.moduleId === to.id ? ["position"] : ["position", "moduleSlug"];
    await tx
      .update(lessons)
      .set({ position: index + 1, moduleId: to.id, editedFields: withEdits(lessons.editedFields, fields) })
      .where(eq(lessons.id, old.id));
  }
  return moved;
}

/** Exercises are counted over the whole course, in the order of their lessons. */
async function placeExercises(tx: Transaction, courseId: CourseId): Promise<void> {
  await tx.execute(sql`
    update exercises e set position = placed.place from (
      select t.id, row_number() over (order by l.position, t.position, t.id) as place
      from exercises t join lessons l on l.id = t.lesson_id
      where t.course_id = ${courseId} and t.archived_at is null and l.archived_at is null) placed
    where e.id = placed.id and e.position <> placed.place`);
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  const set = new Set(one);
  return set.size === one.length && one.length === other.length && other.every((id) => set.has(id));
}
