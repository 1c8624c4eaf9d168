import { type SQL, sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { courses, lessons } from "./catalog";
import { createdAt, idOf, instant, primaryId, updatedAt } from "./columns";
import { users } from "./identity";
import { orderItems } from "./orders";

export const enrollmentStatus = pgEnum("enrollment_status", ["active", "refunded", "revoked"]);
export const enrollmentType = pgEnum("enrollment_type", ["paid", "free", "gifted"]);

/** The right to read a course. Whether it has expired is asked of the database's clock. */
export const enrollments = pgTable(
  "enrollments",
  {
    id: primaryId<"enrollment">(),
    userId: idOf<"user">()
      .notNull()
      .references(() => users.id),
    courseId: idOf<"course">()
      .notNull()
      .references(() => courses.id),
    orderItemId: idOf<"order-item">()
      .unique("enrollments_order_item_id_unique")
      .references(() => orderItems.id),
    status: enrollmentStatus().notNull().default("active"),
    /** Since when a disputed payment keeps an active seat closed; stays on one that a lost dispute ended. */
    suspendedAt: instant(),
    enrollmentType: enrollmentType().notNull(),
    progressPercentage: integer().notNull().default(0),
    lessonsCompleted: integer().notNull().default(0),
    exercisesCompleted: integer().notNull().default(0),
    lastAccessedLessonId: idOf<"lesson">().references(() => lessons.id),
    isCompleted: boolean().notNull().default(false),
    /** The course's version when it was first completed. What came later is offered, and undoes nothing. */
    pinnedVersion: integer(),
    completedAt: instant(),
    certificateIssued: boolean().notNull().default(false),
    enrolledAt: createdAt(),
    expiresAt: instant(),
    updatedAt: updatedAt(),
  },
  (t) => [
    /** One person, one course, one seat: whatever buys, gifts and grants meet. */
    uniqueIndex("enrollments_one_active").on(t.userId, t.courseId).where(sql`${t.status} = 'active'`),
    check("enrollments_progress", sql`${t.progressPercentage} between 0 and 100`),
    check("enrollments_paid_has_source", sql`${t.enrollmentType} <> 'paid' or ${t.orderItemId} is not null`),
    index("enrollments_of_user").on(t.userId, t.enrolledAt.desc()),
    /** What staff narrow the list by; read backwards for the newest first. */
    index("enrollments_given").on(t.enrolledAt, t.id),
    index("enrollments_of_course").on(t.courseId, t.enrolledAt, t.id),
    /** Counted for each course of the admin's list. */
    index("enrollments_seats_of_course").on(t.courseId).where(sql`${t.status} = 'active'`),
    index("enrollments_by_status").on(t.status, t.enrolledAt, t.id),
    index("enrollments_by_type").on(t.enrollmentType, t.enrolledAt, t.id),
  ],
);

/**
 * In SQL: the seat ended with its money, by a refund or a lost dispute, which leaves its mark. What staff take away is revoked
 * without one.
 */
export const moneyWentBack: SQL = sql`(${enrollments.status} = 'refunded' or (${enrollments.status} = 'revoked' and ${enrollments.suspendedAt} is not null))`;

export const lessonCompletions = pgTable(
  "lesson_completions",
  {
    userId: idOf<"user">()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    lessonId: idOf<"lesson">()
      .notNull()
      .references(() => lessons.id),
    courseId: idOf<"course">()
      .notNull()
      .references(() => courses.id),
    completedAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.lessonId] }),
    index("lesson_completions_course").on(t.userId, t.courseId),
  ],
);

/** The last time that somebody took a tick back, so that one made before it without a network, and sent after it, comes to nothing. */
export const lessonUndos = pgTable(
  "lesson_undos",
  {
    userId: idOf<"user">()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    lessonId: idOf<"lesson">()
      .notNull()
      .references(() => lessons.id),
    courseId: idOf<"course">()
      .notNull()
      .references(() => courses.id),
    undoneAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.lessonId] })],
);
