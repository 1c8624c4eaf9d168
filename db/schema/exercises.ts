import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { courses, exercises, lessons } from "./catalog";
import { createdAt, idOf, instant, primaryId } from "./columns";
import { users } from "./identity";

const learner = () =>
  idOf<"user">()
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });
const course = () =>
  idOf<"course">()
    .notNull()
    .references(() => courses.id);

/** Submissions, as graded in the learner's browser. The browser makes the id, so that a result sent twice counts once. */
export const exerciseAttempts = pgTable(
  "exercise_attempts",
  {
    id: primaryId<"attempt">(),
    userId: learner(),
    exerciseId: idOf<"exercise">()
      .notNull()
      .references(() => exercises.id),
    courseId: course(),
    code: text().notNull(),
    testsPassed: integer().notNull(),
    testsTotal: integer().notNull(),
    passed: boolean().notNull(),
    /** Whether the solution had been shown before; it is passed all the same. */
    solutionShown: boolean().notNull().default(false),
    /** When it was graded; a result made offline arrives later. Never later than `created_at`. */
    gradedAt: instant().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    check(
      "exercise_attempts_count",
      sql`${t.testsTotal} > 0 and ${t.testsPassed} between 0 and ${t.testsTotal}`,
    ),
    check("exercise_attempts_passed", sql`${t.passed} = (${t.testsPassed} = ${t.testsTotal})`),
    check("exercise_attempts_code", sql`octet_length(${t.code}) <= 65536`),
    check("exercise_attempts_graded", sql`${t.gradedAt} <= ${t.createdAt}`),
    index("exercise_attempts_of_exercise").on(t.userId, t.exerciseId, t.gradedAt.desc()),
    index("exercise_attempts_passed_of_course")
      .on(t.userId, t.courseId, t.exerciseId)
      .where(sql`${t.passed}`),
  ],
);

/** What is being written, one per learner and exercise. A version that lost against a newer one stays beside it. */
export const exerciseDrafts = pgTable(
  "exercise_drafts",
  {
    userId: learner(),
    exerciseId: idOf<"exercise">()
      .notNull()
      .references(() => exercises.id),
    /** Counts every change; a save names the one it was made from. */
    version: integer().notNull(),
    code: text().notNull(),
    editedAt: instant().notNull(),
    otherCode: text(),
    otherEditedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.exerciseId] }),
    check("exercise_drafts_version", sql`${t.version} > 0`),
    check("exercise_drafts_code", sql`octet_length(${t.code}) <= 65536`),
    check("exercise_drafts_other", sql`(${t.otherCode} is null) = (${t.otherEditedAt} is null)`),
  ],
);

/** Answers to a lesson's questions, graded on the server. */
export const quizAttempts = pgTable(
  "quiz_attempts",
  {
    id: primaryId<"quiz-attempt">(),
    userId: learner(),
    lessonId: idOf<"lesson">()
      .notNull()
      .references(() => lessons.id),
    courseId: course(),
    /** One per question, in the lesson's order: the options chosen, or the words typed. */
    answers: jsonb().$type<readonly (readonly string[])[]>().notNull(),
    correct: integer().notNull(),
    total: integer().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    check("quiz_attempts_count", sql`${t.total} > 0 and ${t.correct} between 0 and ${t.total}`),
    index("quiz_attempts_of_lesson").on(t.userId, t.lessonId, t.createdAt.desc()),
  ],
);
