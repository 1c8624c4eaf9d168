import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/client";
import { courses, exercises, lessons } from "@/db/schema/catalog";
import { exerciseAttempts, exerciseDrafts, quizAttempts } from "@/db/schema/exercises";
import { enrollments } from "@/db/schema/learning";
import { exerciseDefinition } from "@/lib/catalog/exercise-schema";
import { givesAccess } from "@/lib/enrollments/queries";
import type { AttemptId, CourseId, ExerciseId, UserId } from "@/lib/ids";
import { recountProgress } from "@/lib/progress/mutations";
import { err, ok, type Result } from "@/lib/result";
import { countTests, toGraderTask } from "./grader-task";
import { type Draft, type DraftText, mergeDraft } from "./merge-draft";
import type { AttemptInput, DraftInput, ExerciseAddress } from "./schema";

/** Not enrolled now, or no such exercise in that course: the answer is the same. */
export type ExerciseRejection = "not_enrolled";

/**
 * Keeps a submission. Sending one again, from whichever tab, changes nothing: its id was made with it. Somebody else's id
 * is as good as taken. A result of an exercise that has left the course is kept too; it may have been made offline. There
 * the tests may be older than the exercise: with fewer of them than it has now, those that were not run count as not passed.
 * Answers whether it is kept as passed, however often it is asked.
 */
export function recordAttempt(
  userId: UserId,
  { id, ageMs, course, exercise, code, solutionShown, ...sent }: AttemptInput,
): Promise<Result<{ readonly passed: boolean }, ExerciseRejection>> {
  return withTransaction(async (tx) => {
    const seat = await findSeat(tx, userId, { course, exercise });
    if (!seat) return err("not_enrolled");
    const { exerciseId, courseId } = seat;
    const testsPassed = Math.min(sent.testsPassed, sent.testsTotal);
    const testsTotal = Math.max(sent.testsTotal, testsOf(seat.definition));
    const passed = testsPassed === testsTotal;
    const [made] = await tx
      .insert(exerciseAttempts)
      .values({
        id,
        userId,
        exerciseId,
        courseId,
        code,
        solutionShown,
        testsPassed,
        testsTotal,
        passed,
        gradedAt: before(ageMs),
      })
      .onConflictDoNothing()
      .returning({ passed: exerciseAttempts.passed });
    if (passed) await recountProgress(tx, userId, courseId);
    return ok(made ?? (await findVerdict(tx, userId, id)));
  });
}

/** Of a submission that came before; what is somebody else's has not passed. */
async function findVerdict(tx: Transaction, userId: UserId, id: AttemptId) {
  const [kept] = await tx
    .select({ passed: exerciseAttempts.passed })
    .from(exerciseAttempts)
    .where(and(eq(exerciseAttempts.id, id), eq(exerciseAttempts.userId, userId)));
  return kept ?? { passed: false };
}

/** Saves what is being written, by the rule of `merge-draft.ts`; answers what is kept now. */
export function saveDraft(
  userId: UserId,
  { course, exercise, code, baseVersion, ageMs, drops }: DraftInput,
): Promise<Result<Draft, ExerciseRejection>> {
  return withTransaction(async (tx) => {
    const seat = await findSeat(tx, userId, { course, exercise });
    if (!seat) return err("not_enrolled");
    const [clock] = await tx.execute<{ edited_ms: number }>(
      sql`select floor(extract(epoch from ${before(ageMs)}) * 1000)::float8 as edited_ms`,
    );
    const incoming: DraftText = { code, editedAt: new Date(clock?.edited_ms ?? 0) };
    const row = { userId, exerciseId: seat.exerciseId };
    const made = await tx
      .insert(exerciseDrafts)
      .values({ ...row, version: 1, ...incoming })
      .onConflictDoNothing()
      .returning({ version: exerciseDrafts.version });
    if (made.length > 0) return ok({ version: 1, ...incoming, other: null });

    const mine = and(eq(exerciseDrafts.userId, userId), eq(exerciseDrafts.exerciseId, seat.exerciseId));
    const [stored] = await tx.select().from(exerciseDrafts).where(mine).for("update");
    if (!stored) return err("not_enrolled");
    const { otherCode, otherEditedAt } = stored;
    const other =
      otherCode !== null && otherEditedAt !== null ? { code: otherCode, editedAt: otherEditedAt } : null;
    const current = { ...stored, other };
    const kept = mergeDraft(current, incoming, baseVersion, drops);
    if (kept !== current) {
      await tx
        .update(exerciseDrafts)
        .set({
          version: kept.version,
          code: kept.code,
          editedAt: kept.editedAt,
          otherCode: kept.other?.code ?? null,
          otherEditedAt: kept.other?.editedAt ?? null,
        })
        .where(mine);
    }
    return ok(kept);
  });
}

/** Keeps graded answers of somebody who is enrolled; answers whether it did. */
export async function recordQuizAttempt(
  userId: UserId,
  course: string,
  lesson: string,
  graded: Pick<typeof quizAttempts.$inferInsert, "answers" | "correct" | "total">,
): Promise<boolean> {
  return withTransaction(async (tx) => {
    const [seat] = await tx
      .select({ lessonId: lessons.id, courseId: lessons.courseId })
      .from(lessons)
      .innerJoin(courses, eq(courses.id, lessons.courseId))
      .innerJoin(enrollments, eq(enrollments.courseId, courses.id))
      .where(
        and(eq(courses.slug, course), eq(lessons.slug, lesson), eq(enrollments.userId, userId), givesAccess),
      );
    if (!seat) return false;
    await tx.insert(quizAttempts).values({ userId, ...seat, ...graded });
    return true;
  });
}

/** So many ms ago, by the database's clock. */
function before(ageMs: number) {
  return sql`now() - make_interval(secs => ${ageMs / 1000}::float8)`;
}

/** How many tests an exercise has; 0 for a shape that is not known, which no page offers. */
function testsOf(definition: unknown): number {
  const known = exerciseDefinition.safeParse(definition);
  return known.success ? countTests(toGraderTask(known.data)) : 0;
}

type ExerciseSeat = {
  readonly exerciseId: ExerciseId;
  readonly courseId: CourseId;
  readonly definition: unknown;
};

async function findSeat(
  tx: Transaction,
  userId: UserId,
  { course, exercise }: ExerciseAddress,
): Promise<ExerciseSeat | null> {
  const [seat] = await tx
    .select({ exerciseId: exercises.id, courseId: exercises.courseId, definition: exercises.definition })
    .from(exercises)
    .innerJoin(courses, eq(courses.id, exercises.courseId))
    .innerJoin(enrollments, eq(enrollments.courseId, courses.id))
    .where(
      and(
        eq(courses.slug, course),
        eq(exercises.slug, exercise),
        eq(enrollments.userId, userId),
        givesAccess,
      ),
    );
  return seat ?? null;
}
