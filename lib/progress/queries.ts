import "server-only";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { courseModules, courses, exercises, lessons } from "@/db/schema/catalog";
import { certificates } from "@/db/schema/certificates";
import { exerciseAttempts } from "@/db/schema/exercises";
import { enrollments, lessonCompletions } from "@/db/schema/learning";
import { activityQuarters } from "@/db/schema/progress";
import type { CourseType } from "@/lib/catalog/course-kinds";
import { isValidCertificate } from "@/lib/certificates/queries";
import { givesAccess } from "@/lib/enrollments/queries";
import type { CourseId, EnrollmentId, UserId } from "@/lib/ids";
import type { ActivityDay } from "./streak";

/**
 * What the learner did on each day of their calendar, days without anything left out. An exercise counts on the day it
 * was first passed. `zone` is an IANA name; a day is a date as text.
 */
export async function listActivity(userId: UserId, zone: string): Promise<ActivityDay[]> {
  const passed = sql`(select min(${exerciseAttempts.gradedAt}) as at from ${exerciseAttempts}
    where ${exerciseAttempts.userId} = ${userId} and ${exerciseAttempts.passed} group by ${exerciseAttempts.exerciseId})`;
  const rows = await db().execute<{ day: string; seconds: number; lessons: number; exercises: number }>(sql`
    select to_char(at at time zone ${zone}, 'YYYY-MM-DD') as day, sum(seconds)::int as seconds,
      sum(lessons)::int as lessons, sum(exercises)::int as exercises
    from (
      select ${activityQuarters.startsAt} as at, ${activityQuarters.seconds} as seconds, 0 as lessons, 0 as exercises
      from ${activityQuarters} where ${activityQuarters.userId} = ${userId}
      union all
      select ${lessonCompletions.completedAt}, 0, 1, 0
      from ${lessonCompletions} where ${lessonCompletions.userId} = ${userId}
      union all
      select at, 0, 0, 1 from ${passed} passed
    ) done group by day order by day`);
  return rows.map(({ day, seconds, lessons: done, exercises: tasks }) => ({
    day,
    seconds,
    lessons: done,
    exercises: tasks,
  }));
}

export type TopicProgress = {
  readonly course: string;
  readonly courseTitle: string;
  readonly courseType: CourseType;
  readonly topic: string;
  readonly exercises: number;
  readonly passed: number;
};

/** Exercises passed by chapter, in the courses that the learner may read now. */
export function listTopics(userId: UserId): Promise<TopicProgress[]> {
  const isPassed = sql`exists (select 1 from ${exerciseAttempts} where ${exerciseAttempts.userId} = ${userId}
    and ${exerciseAttempts.courseId} = ${exercises.courseId} and ${exerciseAttempts.exerciseId} = ${exercises.id}
    and ${exerciseAttempts.passed})`;
  return db()
    .select({
      course: courses.slug,
      courseTitle: courses.title,
      courseType: courses.courseType,
      topic: courseModules.title,
      exercises: sql<number>`count(*)::int`,
      passed: sql<number>`count(*) filter (where ${isPassed})::int`,
    })
    .from(exercises)
    .innerJoin(lessons, eq(lessons.id, exercises.lessonId))
    .innerJoin(courseModules, eq(courseModules.id, lessons.moduleId))
    .innerJoin(courses, eq(courses.id, exercises.courseId))
    .innerJoin(
      enrollments,
      and(eq(enrollments.courseId, courses.id), eq(enrollments.userId, userId), givesAccess),
    )
    .where(and(isNull(exercises.archivedAt), isNull(lessons.archivedAt)))
    .groupBy(
      courses.id,
      courses.slug,
      courses.title,
      courses.courseType,
      courseModules.id,
      courseModules.title,
    )
    .orderBy(courses.title, sql`min(${lessons.position})`);
}

/** Seconds spent in lessons of each course, by its address. */
export async function listCourseSeconds(userId: UserId): Promise<ReadonlyMap<string, number>> {
  const rows = await db()
    .select({ slug: courses.slug, seconds: sql<number>`sum(${activityQuarters.seconds})::int` })
    .from(activityQuarters)
    .innerJoin(courses, eq(courses.id, activityQuarters.courseId))
    .where(eq(activityQuarters.userId, userId))
    .groupBy(courses.slug);
  return new Map(rows.map(({ slug, seconds }) => [slug, seconds]));
}

export type Finished = {
  readonly kind: "lesson" | "exercise" | "course";
  readonly title: string;
  readonly href: string;
  readonly at: Date;
};

/** What was finished last: lessons, exercises at their first pass, courses by their certificate. */
export async function listRecentlyFinished(userId: UserId, limit: number): Promise<Finished[]> {
  const [done, passed, certified] = await Promise.all([
    db()
      .select({
        title: lessons.title,
        course: courses.slug,
        lesson: lessons.slug,
        at: lessonCompletions.completedAt,
      })
      .from(lessonCompletions)
      .innerJoin(lessons, eq(lessons.id, lessonCompletions.lessonId))
      .innerJoin(courses, eq(courses.id, lessonCompletions.courseId))
      .where(eq(lessonCompletions.userId, userId))
      .orderBy(sql`${lessonCompletions.completedAt} desc`)
      .limit(limit),
    db()
      .select({
        title: exercises.title,
        course: courses.slug,
        lesson: lessons.slug,
        at: sql<Date>`min(${exerciseAttempts.gradedAt})`.mapWith(exerciseAttempts.gradedAt),
      })
      .from(exerciseAttempts)
      .innerJoin(exercises, eq(exercises.id, exerciseAttempts.exerciseId))
      .innerJoin(lessons, eq(lessons.id, exercises.lessonId))
      .innerJoin(courses, eq(courses.id, exerciseAttempts.courseId))
      .where(and(eq(exerciseAttempts.userId, userId), eq(exerciseAttempts.passed, true)))
      .groupBy(exercises.id, exercises.title, courses.slug, lessons.slug)
      .orderBy(sql`min(${exerciseAttempts.gradedAt}) desc`)
      .limit(limit),
    db()
      .select({ title: courses.title, publicId: certificates.publicId, at: certificates.issuedAt })
      .from(certificates)
      .innerJoin(enrollments, eq(enrollments.id, certificates.enrollmentId))
      .innerJoin(courses, eq(courses.id, certificates.courseId))
      .where(and(eq(certificates.userId, userId), isValidCertificate))
      .orderBy(sql`${certificates.issuedAt} desc`)
      .limit(limit),
  ]);
  const inLesson = (kind: "lesson" | "exercise") => (row: (typeof done)[number]) => ({
    kind,
    title: row.title,
    href: `/learn/${row.course}/${row.lesson}`,
    at: row.at,
  });
  return [
    ...certified.map(
      (row): Finished => ({
        kind: "course",
        title: row.title,
        href: `/certificates/${row.publicId}`,
        at: row.at,
      }),
    ),
    ...done.map(inLesson("lesson")),
    ...passed.map(inLesson("exercise")),
  ]
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, limit);
}

/** What left a course longer ago has been looked at. A worker that was away for longer leaves the rest to the next visit. */
const LOOKED_BACK = "2 days";

export type FinishedSeat = {
  readonly id: EnrollmentId;
  readonly userId: UserId;
  readonly courseId: CourseId;
};

/**
 * Seats with something done and nothing left to do that are not completed yet, of courses that lost a lesson or an
 * exercise lately. It only narrows down whom to count again: `courseProgress` alone says what is completed.
 */
export function listFinishedSeats(after: EnrollmentId | null, limit: number): Promise<FinishedSeat[]> {
  const lately = sql`now() - ${LOOKED_BACK}::interval`;
  const isCounted = ({ archivedAt, sinceVersion }: typeof lessons | typeof exercises) =>
    sql`${archivedAt} is null and ${sinceVersion} <= coalesce(${enrollments.pinnedVersion}, ${sinceVersion})`;
  const ofCourse = sql`${lessons.courseId} = ${enrollments.courseId} and ${isCounted(lessons)}`;
  const isTicked = sql`exists (select 1 from ${lessonCompletions}
    where ${lessonCompletions.userId} = ${enrollments.userId} and ${lessonCompletions.lessonId} = ${lessons.id})`;
  const isPassed = sql`exists (select 1 from ${exerciseAttempts}
    where ${exerciseAttempts.userId} = ${enrollments.userId} and ${exerciseAttempts.courseId} = ${enrollments.courseId}
      and ${exerciseAttempts.exerciseId} = ${exercises.id} and ${exerciseAttempts.passed})`;
  return db()
    .select({ id: enrollments.id, userId: enrollments.userId, courseId: enrollments.courseId })
    .from(enrollments)
    .where(
      and(
        sql`${enrollments.courseId} in (
          select ${lessons.courseId} from ${lessons} where ${lessons.archivedAt} > ${lately}
          union select ${exercises.courseId} from ${exercises} where ${exercises.archivedAt} > ${lately})`,
        eq(enrollments.isCompleted, false),
        givesAccess,
        sql`exists (select 1 from ${lessons} where ${ofCourse} and ${isTicked})`,
        sql`not exists (select 1 from ${lessons} where ${ofCourse} and not ${isTicked})`,
        sql`not exists (select 1 from ${exercises} join ${lessons} on ${lessons.id} = ${exercises.lessonId}
          where ${ofCourse} and ${isCounted(exercises)} and not ${isPassed})`,
        after ? gt(enrollments.id, after) : undefined,
      ),
    )
    .orderBy(enrollments.id)
    .limit(limit);
}
