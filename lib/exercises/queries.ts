import "server-only";
import { and, asc, count, desc, eq, isNull, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { query } from "@/db/query";
import { courses, exercises, lessons } from "@/db/schema/catalog";
import { exerciseAttempts, exerciseDrafts, quizAttempts } from "@/db/schema/exercises";
import type { Slots } from "@/db/statement";
import { exerciseDefinition } from "@/lib/catalog/exercise-schema";
import type { UserId } from "@/lib/ids";
import { isEnrolled, mayRead, type Reader } from "@/lib/learning/queries";
import { type GraderTask, toGraderTask } from "./grader-task";
import { maySeeSolution } from "./may-see-solution";
import type { Draft } from "./merge-draft";
import type { QuizQuestion } from "./quiz";

/** An exercise as its editor needs it: what grades it, and what the reader has done so far. Never the solution in words. */
export type ExercisePackage = {
  readonly slug: string;
  /** Null when the stored shape is not one that we know. */
  readonly task: GraderTask | null;
  readonly tries: number;
  readonly passed: boolean;
  readonly draft: Draft | null;
};

export type LessonExercises = {
  /** Whether submissions and drafts go to an account: the reader is enrolled. */
  readonly saves: boolean;
  readonly exercises: readonly ExercisePackage[];
};

/** The exercises of a lesson, for whoever may read it; null for everybody else. */
export async function findLessonExercises(
  reader: Reader | null,
  course: string,
  lesson: string,
): Promise<LessonExercises | null> {
  const [place] = await db()
    .select({ id: lessons.id, saves: sql<boolean>`${isEnrolled(reader)}` })
    .from(lessons)
    .innerJoin(courses, eq(courses.id, lessons.courseId))
    .where(and(eq(courses.slug, course), eq(lessons.slug, lesson), mayRead(reader)));
  if (!place) return null;
  const userId = reader?.userId ?? null;
  const done = db()
    .select({
      exerciseId: exerciseAttempts.exerciseId,
      tries: count().as("tries"),
      passed: sql<boolean>`bool_or(${exerciseAttempts.passed})`.as("passed"),
    })
    .from(exerciseAttempts)
    .where(userId ? eq(exerciseAttempts.userId, userId) : sql`false`)
    .groupBy(exerciseAttempts.exerciseId)
    .as("done");
  const rows = await db()
    .select({
      slug: exercises.slug,
      definition: exercises.definition,
      tries: done.tries,
      passed: done.passed,
      draft: exerciseDrafts,
    })
    .from(exercises)
    .leftJoin(done, eq(done.exerciseId, exercises.id))
    .leftJoin(
      exerciseDrafts,
      and(
        eq(exerciseDrafts.exerciseId, exercises.id),
        userId ? eq(exerciseDrafts.userId, userId) : sql`false`,
      ),
    )
    .where(and(eq(exercises.lessonId, place.id), isNull(exercises.archivedAt)))
    .orderBy(asc(exercises.position), asc(exercises.id));
  return {
    saves: place.saves,
    exercises: rows.map(({ slug, definition, tries, passed, draft }) => {
      const known = exerciseDefinition.safeParse(definition);
      return {
        slug,
        task: known.success ? toGraderTask(known.data) : null,
        tries: tries ?? 0,
        passed: passed ?? false,
        draft: draft ? toDraft(draft) : null,
      };
    }),
  };
}

function toDraft(row: typeof exerciseDrafts.$inferSelect): Draft {
  const { version, code, editedAt, otherCode, otherEditedAt } = row;
  const other =
    otherCode !== null && otherEditedAt !== null ? { code: otherCode, editedAt: otherEditedAt } : null;
  return { version, code, editedAt, other };
}

/** `why` it works, in words; null where the author left none. */
export type Solution = { readonly solution: string; readonly why: string | null };

/** A solution, or why it is not shown yet. Null when the reader may not read the exercise at all. */
export async function findSolution(
  reader: Reader | null,
  course: string,
  exercise: string,
): Promise<Solution | "not_yet" | null> {
  const [found] = await db()
    .select({
      solution: sql<string | null>`${exercises.definition} ->> 'solution'`,
      why: sql<string | null>`${exercises.definition} ->> 'why'`,
      keepsTries: sql<boolean>`${isEnrolled(reader)}`,
      tries: sql<number>`(select count(*)::int from ${exerciseAttempts} where ${mine(reader)})`,
      passed: sql<boolean>`(select coalesce(bool_or(${exerciseAttempts.passed}), false) from ${exerciseAttempts} where ${mine(reader)})`,
    })
    .from(exercises)
    .innerJoin(lessons, eq(lessons.id, exercises.lessonId))
    .innerJoin(courses, eq(courses.id, exercises.courseId))
    .where(
      and(
        eq(courses.slug, course),
        eq(exercises.slug, exercise),
        isNull(exercises.archivedAt),
        mayRead(reader),
      ),
    );
  if (!found?.solution) return null;
  return maySeeSolution(found) ? { solution: found.solution, why: found.why } : "not_yet";
}

function mine(reader: Reader | null) {
  return and(
    eq(exerciseAttempts.exerciseId, exercises.id),
    reader ? eq(exerciseAttempts.userId, reader.userId) : sql`false`,
  );
}

/** A lesson's questions with their answers, for grading; null for whoever may not read the lesson. Never sent to a browser. */
export async function findQuestions(
  reader: Reader | null,
  course: string,
  lesson: string,
): Promise<readonly QuizQuestion[] | null> {
  const [found] = await db()
    .select({ quiz: lessons.quiz })
    .from(lessons)
    .innerJoin(courses, eq(courses.id, lessons.courseId))
    .where(and(eq(courses.slug, course), eq(lessons.slug, lesson), mayRead(reader)));
  return found?.quiz ?? null;
}

export type LastQuizAttempt = { readonly correct: number; readonly total: number; readonly at: Date };

/** How the reader answered a lesson's questions last; null when they never did. */
export async function findLastQuizAttempt(
  { userId }: Reader,
  course: string,
  lesson: string,
): Promise<LastQuizAttempt | null> {
  const [last] = await lastQuizAttempt({ userId, course, lesson });
  return last ?? null;
}

type OwnLesson = { readonly userId: UserId; readonly course: string; readonly lesson: string };

const lastQuizAttempt = query((database, { userId, course, lesson }: Slots<OwnLesson>) =>
  database
    .select({ correct: quizAttempts.correct, total: quizAttempts.total, at: quizAttempts.createdAt })
    .from(quizAttempts)
    .innerJoin(lessons, eq(lessons.id, quizAttempts.lessonId))
    .innerJoin(courses, eq(courses.id, lessons.courseId))
    .where(and(eq(quizAttempts.userId, userId), eq(courses.slug, course), eq(lessons.slug, lesson)))
    .orderBy(desc(quizAttempts.createdAt))
    .limit(1),
);
