import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { courses, lessons } from "./catalog";
import { idOf, instant } from "./columns";
import { users } from "./identity";

/** Columns that say whose, and in which course. Ticks, notes and time belong to the person, not to the seat: they outlive it. */
const ofLearner = () => ({
  userId: idOf<"user">()
    .notNull()
    .references(() => users.id, { onDelete: "cascade" }),
  courseId: idOf<"course">()
    .notNull()
    .references(() => courses.id),
});

/** How far somebody had scrolled in a lesson, for "Continue". */
export const lessonPositions = pgTable(
  "lesson_positions",
  {
    ...ofLearner(),
    lessonId: idOf<"lesson">()
      .notNull()
      .references(() => lessons.id),
    /** Thousandths of the way down; 0 is the top. */
    permille: integer().notNull(),
    updatedAt: instant().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.lessonId] }),
    check("lesson_positions_permille", sql`${t.permille} between 0 and 1000`),
  ],
);

/**
 * Time spent in lessons, by quarters of an hour: small enough that every time zone's days are made of whole ones. Counted
 * by the database's clock between two signs of life, so two tabs at once count once.
 */
export const activityQuarters = pgTable(
  "activity_quarters",
  {
    ...ofLearner(),
    /** When the quarter begins. */
    startsAt: instant().notNull(),
    seconds: integer().notNull().default(0),
    /** The latest sign of life in it. */
    seenAt: instant().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.startsAt, t.courseId] }),
    check("activity_quarters_seconds", sql`${t.seconds} between 0 and 900`),
    /** Who learned in a period. */
    index("activity_quarters_when").on(t.startsAt, t.userId),
  ],
);

/** What a learner wrote beside a lesson. `revision` counts the writes: a writer that saw an older one is told, never obeyed. */
export const lessonNotes = pgTable(
  "lesson_notes",
  {
    ...ofLearner(),
    lessonId: idOf<"lesson">()
      .notNull()
      .references(() => lessons.id),
    body: text().notNull(),
    revision: integer().notNull(),
    updatedAt: instant().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.lessonId] }),
    check("lesson_notes_size", sql`length(${t.body}) <= 20000`),
    index("lesson_notes_course").on(t.userId, t.courseId),
  ],
);
