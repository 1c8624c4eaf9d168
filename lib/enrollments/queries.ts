import "server-only";
import { and, asc, eq, inArray, isNotNull, isNull, notExists, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { db, type Executor, type Transaction } from "@/db/client";
import { courses, exercises, lessons } from "@/db/schema/catalog";
import { certificates } from "@/db/schema/certificates";
import { exerciseAttempts } from "@/db/schema/exercises";
import { gifts } from "@/db/schema/gifts";
import { enrollments, lessonCompletions } from "@/db/schema/learning";
import { orderItems, orders, refundItems, refunds } from "@/db/schema/orders";
import type { Slot } from "@/db/statement";
import type { CourseLevel, CourseType } from "@/lib/catalog/course-kinds";
import { isValidCertificate } from "@/lib/certificates/queries";
import type { CourseId, OrderId, UserId } from "@/lib/ids";
import { chooseContinueLesson } from "@/lib/learning/continue-lesson";
import { type CourseProgress, courseProgress, type ProgressStep } from "@/lib/learning/course-progress";
import type { MyCourseStatus } from "./schema";

export type NextLesson = { readonly slug: string; readonly title: string };

export type MyCourse = {
  readonly slug: string;
  readonly title: string;
  readonly courseType: CourseType;
  readonly level: CourseLevel;
  /** `ended`: refunded, withdrawn, run out or suspended; `completed`: every lesson is ticked. */
  readonly state: "active" | "completed" | "ended";
  readonly status: MyCourseStatus;
  /** Why and when it ended. */
  readonly ended: {
    readonly reason: "refunded" | "revoked" | "expired" | "suspended";
    readonly at: Date;
  } | null;
  readonly progress: CourseProgress;
  readonly completedAt: Date | null;
  readonly enrolledAt: Date;
  /** When access ends or ended by itself; null when it does not. */
  readonly expiresAt: Date | null;
  /** Of its valid certificate's page. */
  readonly certificateId: string | null;
  /** Whether its public page exists. */
  readonly isOnSale: boolean;
  /** Null until a lesson has been opened. */
  readonly lastOpenedAt: Date | null;
  /** Null when it ended, or has no lessons. */
  readonly continueWith: NextLesson | null;
};

/** In SQL: the seat is taken and, by the database's clock, not over. It may be suspended; nobody needs to buy it again. */
export const holdsSeat: SQL = sql`(${enrollments.status} = 'active' and (${enrollments.expiresAt} is null or ${enrollments.expiresAt} > now()))`;

/** The one rule of access, in SQL: the seat is held, and no dispute about its payment suspends it. */
export const givesAccess: SQL = sql`(${holdsSeat} and ${enrollments.suspendedAt} is null)`;

/** Every course the learner has or had, the one opened last first. A course bought again counts once. */
export async function listMyCourses(userId: UserId): Promise<MyCourse[]> {
  const rows = await db()
    .selectDistinctOn([enrollments.courseId], {
      courseId: enrollments.courseId,
      slug: courses.slug,
      title: courses.title,
      courseType: courses.courseType,
      level: courses.level,
      isOnSale: sql<boolean>`${courses.status} = 'published'`,
      status: enrollments.status,
      isHeld: sql<boolean>`${holdsSeat}`,
      hasAccess: sql<boolean>`${givesAccess}`,
      lastOpened: lessons.slug,
      completedAt: enrollments.completedAt,
      enrolledAt: enrollments.enrolledAt,
      expiresAt: enrollments.expiresAt,
      suspendedAt: enrollments.suspendedAt,
      updatedAt: enrollments.updatedAt,
      certificateId: sql<string | null>`case when ${isValidCertificate} then ${certificates.publicId} end`,
    })
    .from(enrollments)
    .innerJoin(courses, eq(courses.id, enrollments.courseId))
    .leftJoin(lessons, eq(lessons.id, enrollments.lastAccessedLessonId))
    .leftJoin(certificates, eq(certificates.enrollmentId, enrollments.id))
    .where(eq(enrollments.userId, userId))
    .orderBy(enrollments.courseId, sql`${holdsSeat} desc`, sql`${enrollments.enrolledAt} desc`);

  const steps = await listSteps(
    userId,
    rows.map((row) => row.courseId),
  );
  return rows
    .map((row) => describe(row, steps.get(row.courseId) ?? []))
    .toSorted((a, b) => lastTouched(b) - lastTouched(a));
}

type EnrollmentRow = Pick<
  MyCourse,
  | "slug"
  | "title"
  | "courseType"
  | "level"
  | "isOnSale"
  | "completedAt"
  | "enrolledAt"
  | "expiresAt"
  | "certificateId"
> & {
  readonly status: "active" | "refunded" | "revoked";
  readonly isHeld: boolean;
  readonly hasAccess: boolean;
  readonly lastOpened: string | null;
  readonly suspendedAt: Date | null;
  readonly updatedAt: Date;
};

function describe(row: EnrollmentRow, steps: readonly Step[]): MyCourse {
  const progress = courseProgress(steps);
  const next = row.hasAccess ? chooseContinueLesson(steps, row.lastOpened) : null;
  return {
    slug: row.slug,
    title: row.title,
    courseType: row.courseType,
    level: row.level,
    isOnSale: row.isOnSale,
    state: row.hasAccess ? (progress.isCompleted ? "completed" : "active") : "ended",
    status: statusOf(row, progress),
    ended: row.hasAccess ? null : ending(row),
    progress,
    completedAt: progress.isCompleted ? row.completedAt : null,
    enrolledAt: row.enrolledAt,
    expiresAt: row.expiresAt,
    certificateId: row.certificateId,
    lastOpenedAt: row.hasAccess && row.lastOpened !== null ? row.updatedAt : null,
    continueWith: next ? { slug: next.slug, title: next.title } : null,
  };
}

function statusOf(row: EnrollmentRow, progress: CourseProgress): MyCourseStatus {
  if (!row.hasAccess) return ending(row)?.reason ?? "expired";
  if (progress.isCompleted) return "completed";
  const isStarted = row.lastOpened !== null || progress.lessonsCompleted + progress.exercisesCompleted > 0;
  return isStarted ? "in_progress" : "not_started";
}

function ending(row: EnrollmentRow): MyCourse["ended"] {
  if (row.status !== "active") return { reason: row.status, at: row.updatedAt };
  if (row.suspendedAt && row.isHeld) return { reason: "suspended", at: row.suspendedAt };
  return { reason: "expired", at: row.expiresAt ?? row.updatedAt };
}

const lastTouched = (course: MyCourse) => (course.lastOpenedAt ?? course.enrolledAt).getTime();

/** Where "Continue" leads in a course; null unless the learner is enrolled now. */
export async function findContinueLesson(userId: UserId, courseSlug: string): Promise<NextLesson | null> {
  const [enrolled] = await db()
    .select({ courseId: enrollments.courseId, lastOpened: lessons.slug })
    .from(enrollments)
    .innerJoin(courses, eq(courses.id, enrollments.courseId))
    .leftJoin(lessons, eq(lessons.id, enrollments.lastAccessedLessonId))
    .where(and(eq(enrollments.userId, userId), eq(courses.slug, courseSlug), givesAccess));
  if (!enrolled) return null;
  const steps = await listSteps(userId, [enrolled.courseId]);
  const next = chooseContinueLesson(steps.get(enrolled.courseId) ?? [], enrolled.lastOpened);
  return next ? { slug: next.slug, title: next.title } : null;
}

type Step = NextLesson & ProgressStep;

const seat = alias(enrollments, "seat");

/**
 * What the percentage is counted from, as columns of a query over `lessons` joined with the learner's
 * `lessonCompletions`. One enrollment at most is active; its pinned version says what is new.
 */
export function stepColumns(userId: Slot<UserId | null>) {
  const pin = sql`(select ${seat.pinnedVersion} from ${enrollments} ${sql.identifier("seat")}
    where ${seat.userId} = ${userId}::uuid and ${seat.courseId} = ${lessons.courseId} and ${seat.status} = 'active')`;
  const counted = sql`${exercises.lessonId} = ${lessons.id} and ${exercises.archivedAt} is null
    and ${exercises.sinceVersion} <= coalesce(${pin}, ${exercises.sinceVersion})`;
  return {
    isCompleted: sql<boolean>`${lessonCompletions.completedAt} is not null`,
    exercises: sql<number>`(select count(*)::int from ${exercises} where ${counted})`,
    exercisesCompleted: sql<number>`(select count(*)::int from ${exercises} where ${counted}
      and exists (select 1 from ${exerciseAttempts} where ${exerciseAttempts.userId} = ${userId}::uuid
        and ${exerciseAttempts.courseId} = ${lessons.courseId} and ${exerciseAttempts.exerciseId} = ${exercises.id}
        and ${exerciseAttempts.passed}))`,
    isNew: sql<boolean>`coalesce(${lessons.sinceVersion} > ${pin}, false)`,
  };
}

/** The lessons of courses in their order, with what the learner has done in each. */
export async function listSteps(
  userId: UserId,
  courseIds: readonly CourseId[],
  executor: Executor = db(),
): Promise<ReadonlyMap<CourseId, readonly Step[]>> {
  if (courseIds.length === 0) return new Map();
  const rows = await executor
    .select({
      courseId: lessons.courseId,
      slug: lessons.slug,
      title: lessons.title,
      ...stepColumns(userId),
    })
    .from(lessons)
    .leftJoin(
      lessonCompletions,
      and(eq(lessonCompletions.lessonId, lessons.id), eq(lessonCompletions.userId, userId)),
    )
    .where(and(inArray(lessons.courseId, [...courseIds]), isNull(lessons.archivedAt)))
    .orderBy(asc(lessons.position), asc(lessons.id));
  return groupByCourse(rows);
}

function groupByCourse(
  rows: readonly (Step & { readonly courseId: CourseId })[],
): ReadonlyMap<CourseId, readonly Step[]> {
  const grouped = new Map<CourseId, Step[]>();
  for (const { courseId, ...step } of rows) {
    const steps = grouped.get(courseId);
    if (steps) steps.push(step);
    else grouped.set(courseId, [step]);
  }
  return grouped;
}

/** Whether the learner's seat in a course is there but suspended. */
export async function isSuspended(userId: UserId, courseSlug: string): Promise<boolean> {
  const [seat] = await db()
    .select({ id: enrollments.id })
    .from(enrollments)
    .innerJoin(courses, eq(courses.id, enrollments.courseId))
    .where(
      and(
        eq(enrollments.userId, userId),
        eq(courses.slug, courseSlug),
        holdsSeat,
        isNotNull(enrollments.suspendedAt),
      ),
    );
  return seat !== undefined;
}

/** Slugs of every course the learner has a seat in, a suspended one included: it cannot be bought again. */
export async function listOwnedSlugs(userId: UserId): Promise<string[]> {
  const rows = await db()
    .select({ slug: courses.slug })
    .from(enrollments)
    .innerJoin(courses, eq(courses.id, enrollments.courseId))
    .where(and(eq(enrollments.userId, userId), holdsSeat))
    .orderBy(asc(courses.slug));
  return rows.map((row) => row.slug);
}

/**
 * Items that never gave a seat, are no gift, and are not on their way back as paid for twice. Another refund on its way
 * takes nothing away before it has arrived.
 */
export const isUnseated = (tx: Transaction) => [
  notExists(
    tx.select({ id: enrollments.id }).from(enrollments).where(eq(enrollments.orderItemId, orderItems.id)),
  ),
  isOwn(tx),
  notExists(
    tx
      .select({ id: refunds.id })
      .from(refundItems)
      .innerJoin(refunds, eq(refunds.id, refundItems.refundId))
      .where(
        and(
          eq(refundItems.orderItemId, orderItems.id),
          eq(refunds.status, "pending"),
          eq(refunds.reason, "duplicate"),
        ),
      ),
  ),
];

const isOwn = (tx: Transaction) =>
  notExists(tx.select({ id: gifts.id }).from(gifts).where(eq(gifts.orderItemId, orderItems.id)));

/** A seat that ended, in the condition of `listHeirs`. */
export const goneSeat = alias(enrollments, "gone");

/**
 * Paid orders that bought or gave the reader of a seat that is `gone` the same course, whose own seat in it does not stand: one
 * of them may give it now. Gifts count once they were accepted.
 */
export async function listHeirs(tx: Transaction, gone: SQL): Promise<readonly OrderId[]> {
  const reader = sql`case when ${gifts.id} is null then ${orders.userId} else ${gifts.claimedByUserId} end`;
  const standing = and(eq(enrollments.orderItemId, orderItems.id), eq(enrollments.status, "active"));
  const found = await tx
    .selectDistinct({ id: orders.id })
    .from(orders)
    .innerJoin(orderItems, eq(orderItems.orderId, orders.id))
    .leftJoin(gifts, eq(gifts.orderItemId, orderItems.id))
    .innerJoin(goneSeat, and(eq(goneSeat.userId, reader), eq(goneSeat.courseId, orderItems.courseId)))
    .where(
      and(
        gone,
        inArray(orders.status, ["completed", "partially_refunded"]),
        notExists(tx.select({ id: enrollments.id }).from(enrollments).where(standing)),
      ),
    );
  return found.map((order) => order.id);
}
