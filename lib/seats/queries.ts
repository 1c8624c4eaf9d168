import "server-only";
import { and, asc, eq, inArray, isNull, like, ne, type SQL, sql } from "drizzle-orm";
import { askedBy } from "@/db/asked-by";
import { db } from "@/db/client";
import { beyondRow, inDirection } from "@/db/keyset";
import { courseModules, courses, lessons } from "@/db/schema/catalog";
import { certificates } from "@/db/schema/certificates";
import { users } from "@/db/schema/identity";
import { enrollments, lessonCompletions } from "@/db/schema/learning";
import { orderItems, orders } from "@/db/schema/orders";
import { type Change, listChangesOf } from "@/lib/audit/queries";
import { isValidCertificate } from "@/lib/certificates/queries";
import { stepColumns } from "@/lib/enrollments/queries";
import type { CourseId, EnrollmentId, UserId } from "@/lib/ids";
import { type Cursor, cutRows, type KeysetPage } from "@/lib/keyset";
import { type CourseProgress, courseProgress } from "@/lib/learning/course-progress";
import type { SeatFilter } from "./read-seat-filter";
import type { SeatState, SeatType } from "./schema";

/** The one definition of a seat's state, by the database's clock. */
export const seatState = sql<SeatState>`case
  when ${enrollments.status} <> 'active' then ${enrollments.status}::text
  when ${enrollments.expiresAt} <= now() then 'expired'
  when ${enrollments.suspendedAt} is not null then 'suspended'
  when ${enrollments.isCompleted} then 'completed'
  else 'active' end`;

export type SeatRow = {
  readonly id: EnrollmentId;
  readonly learner: { readonly name: string; readonly email: string };
  readonly course: { readonly title: string; readonly slug: string };
  readonly type: SeatType;
  readonly state: SeatState;
  readonly progress: number;
  readonly enrolledAt: Date;
  readonly expiresAt: Date | null;
};

const rowColumns = {
  id: enrollments.id,
  learner: { name: users.name, email: users.email },
  course: { title: courses.title, slug: courses.slug },
  type: enrollments.enrollmentType,
  state: seatState,
  progress: enrollments.progressPercentage,
  enrolledAt: enrollments.enrolledAt,
  expiresAt: enrollments.expiresAt,
};

export const SEATS_PER_PAGE = 25;
const CHANGES_SHOWN = 50;

/** A page of seats, the newest first; empty for who may not see them. */
export async function listSeats(
  staffId: UserId,
  filter: SeatFilter,
  cursor: Cursor = {},
  limit = SEATS_PER_PAGE,
): Promise<KeysetPage<SeatRow>> {
  const keys = [enrollments.enrolledAt, enrollments.id] as const;
  const far = beyondRow(
    cursor,
    keys,
    "desc",
    (id) => sql`select enrolled_at, id from enrollments where id = ${id}::uuid`,
  );
  const conditions = await conditionsOf(filter);
  if (conditions === "nothing") return { rows: [], newer: null, older: null };
  const rows = await db()
    .select(rowColumns)
    .from(enrollments)
    .innerJoin(users, eq(users.id, enrollments.userId))
    .innerJoin(courses, eq(courses.id, enrollments.courseId))
    .where(and(askedBy(staffId, "seats.see"), ...conditions, far))
    .orderBy(...inDirection(cursor, keys))
    .limit(limit + 1);
  if (rows.length === 0 && (cursor.before ?? cursor.after)) return listSeats(staffId, filter, {}, limit);
  return cutRows(rows, limit, cursor, (row) => row.id);
}

/** People and the course are looked up first, so that each condition has an index. */
async function conditionsOf({
  q,
  course,
  state,
  type,
}: SeatFilter): Promise<(SQL | undefined)[] | "nothing"> {
  const [people, found] = await Promise.all([
    q === "" ? null : findPeople(q),
    course === undefined
      ? null
      : db().select({ id: courses.id }).from(courses).where(eq(courses.slug, course)),
  ]);
  const courseId = found?.[0]?.id;
  if (people?.length === 0 || (found && !courseId)) return "nothing";
  return [
    people ? inArray(enrollments.userId, people) : undefined,
    courseId ? eq(enrollments.courseId, courseId) : undefined,
    type ? eq(enrollments.enrollmentType, type) : undefined,
    // The stored status narrows by index; the state is decided from it.
    state
      ? eq(enrollments.status, state === "refunded" || state === "revoked" ? state : "active")
      : undefined,
    state ? eq(seatState, state) : undefined,
  ];
}

async function findPeople(typed: string): Promise<UserId[]> {
  const begins = `${typed.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  const rows = await db().select({ id: users.id }).from(users).where(like(users.email, begins)).limit(500);
  return rows.map(({ id }) => id);
}

export type SeatStep = {
  readonly chapter: string;
  readonly title: string;
  readonly completedAt: Date | null;
  readonly exercises: number;
  readonly exercisesCompleted: number;
};

export type SeatDetails = SeatRow & {
  readonly userId: UserId;
  /** Of a bought seat. */
  readonly orderNumber: string | null;
  readonly suspendedAt: Date | null;
  readonly completedAt: Date | null;
  readonly certificateId: string | null;
  /** Counted anew, not the stored number. */
  readonly counted: CourseProgress;
  readonly steps: readonly SeatStep[];
  readonly changes: readonly Change[];
};

export async function findSeat(staffId: UserId, id: string): Promise<SeatDetails | null> {
  const seatId = id as EnrollmentId;
  const [found] = await db()
    .select({
      ...rowColumns,
      userId: enrollments.userId,
      courseId: enrollments.courseId,
      orderNumber: orders.orderNumber,
      suspendedAt: enrollments.suspendedAt,
      completedAt: enrollments.completedAt,
      certificateId: sql<string | null>`case when ${isValidCertificate} then ${certificates.publicId} end`,
    })
    .from(enrollments)
    .innerJoin(users, eq(users.id, enrollments.userId))
    .innerJoin(courses, eq(courses.id, enrollments.courseId))
    .leftJoin(orderItems, eq(orderItems.id, enrollments.orderItemId))
    .leftJoin(orders, eq(orders.id, orderItems.orderId))
    .leftJoin(certificates, eq(certificates.enrollmentId, enrollments.id))
    .where(and(eq(enrollments.id, seatId), askedBy(staffId, "seats.see")));
  if (!found) return null;
  const { courseId, ...seat } = found;
  const [steps, changes] = await Promise.all([
    listSteps(seat.userId, courseId),
    listChangesOf({ type: "enrollment", id: seatId }, CHANGES_SHOWN),
  ]);
  return {
    ...seat,
    counted: courseProgress(steps),
    steps: steps.map(({ isCompleted: _ticked, isNew: _new, ...step }) => step),
    changes,
  };
}

function listSteps(userId: UserId, courseId: CourseId) {
  return db()
    .select({
      chapter: courseModules.title,
      title: lessons.title,
      completedAt: lessonCompletions.completedAt,
      ...stepColumns(userId),
    })
    .from(lessons)
    .innerJoin(courseModules, eq(courseModules.id, lessons.moduleId))
    .leftJoin(
      lessonCompletions,
      and(eq(lessonCompletions.lessonId, lessons.id), eq(lessonCompletions.userId, userId)),
    )
    .where(and(eq(lessons.courseId, courseId), isNull(lessons.archivedAt)))
    .orderBy(asc(lessons.position), asc(lessons.id));
}

export type CourseChoice = { readonly slug: string; readonly title: string };

/** Courses that somebody can have a seat in. */
export function listCourseChoices(staffId: UserId): Promise<CourseChoice[]> {
  return db()
    .select({ slug: courses.slug, title: courses.title })
    .from(courses)
    .where(and(ne(courses.status, "draft"), askedBy(staffId, "seats.see")))
    .orderBy(asc(courses.title))
    .limit(2_000);
}
