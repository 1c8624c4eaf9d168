import "server-only";
import { and, asc, count, eq, getTableColumns, gt, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { db, type Executor } from "@/db/client";
import {
  catalogRevisions,
  courseFiles,
  courseModules,
  courses,
  exercises,
  lessons,
} from "@/db/schema/catalog";
import type { CourseId } from "../ids";
import { type Minor, ZERO } from "../money";
import type { CourseLevel, CourseType } from "./course-kinds";
import { listTypes } from "./list-types";
import type { StoredCourse } from "./plan-import";
import { toPrefixQuery } from "./prefix-query";
import { type CourseSearch, type CourseSort, slug as courseSlug } from "./schema";

/** What a card shows. Nothing here is sold. */
export type CourseCard = {
  readonly slug: string;
  readonly title: string;
  readonly type: CourseType;
  readonly level: CourseLevel;
  readonly summary: string;
  readonly priceAmount: Minor;
  readonly currency: string;
  readonly lessons: number;
  readonly minutes: number;
  readonly updatedAt: Date;
};

export type OutlineLesson = {
  readonly slug: string;
  readonly title: string;
  readonly minutes: number;
  readonly freePreview: boolean;
  readonly exercises: number;
};
export type OutlineChapter = {
  readonly title: string;
  readonly minutes: number;
  readonly lessons: readonly OutlineLesson[];
};

/** The course's page: everything that may be seen before buying, so neither lesson texts nor exercises. */
export type CoursePage = CourseCard & {
  readonly description: string;
  readonly outcomes: readonly string[];
  readonly audience: string;
  readonly prerequisites: string;
  readonly exercises: number;
  readonly outline: readonly OutlineChapter[];
  readonly related: readonly CourseCard[];
};

/** Lessons and minutes per course, archived ones left out. */
const sizes = () =>
  db()
    .select({
      courseId: lessons.courseId,
      lessonCount: count().as("lesson_count"),
      totalMinutes: sql<number>`sum(${lessons.minutes})::int`.as("total_minutes"),
    })
    .from(lessons)
    .where(isNull(lessons.archivedAt))
    .groupBy(lessons.courseId)
    .as("sizes");

const cardColumns = (size: ReturnType<typeof sizes>) => ({
  slug: courses.slug,
  title: courses.title,
  type: courses.courseType,
  level: courses.level,
  summary: courses.summary,
  priceAmount: courses.priceAmount,
  currency: courses.currency,
  lessons: size.lessonCount,
  minutes: size.totalMinutes,
  updatedAt: courses.updatedAt,
});

/** Every course on sale, in the order of the shelf. */
export async function listCourses(): Promise<readonly CourseCard[]> {
  const size = sizes();
  return db()
    .select(cardColumns(size))
    .from(courses)
    .innerJoin(size, eq(size.courseId, courses.id))
    .where(eq(courses.status, "published"))
    .orderBy(asc(courses.position), asc(courses.slug));
}

/** The first free lesson of the shelf, for "Try a free lesson"; null when no course has one. */
export async function findFreeLesson(): Promise<{ readonly course: string; readonly lesson: string } | null> {
  const [found] = await db()
    .select({ course: courses.slug, lesson: lessons.slug })
    .from(lessons)
    .innerJoin(courses, eq(courses.id, lessons.courseId))
    .where(and(eq(courses.status, "published"), eq(lessons.freePreview, true), isNull(lessons.archivedAt)))
    .orderBy(asc(courses.position), asc(courses.slug), asc(lessons.position))
    .limit(1);
  return found ?? null;
}

/** A course on sale; null for an unknown, unpublished or withdrawn one. */
export function findCourse(slug: string): Promise<CoursePage | null> {
  return readCoursePage(slug, eq(courses.status, "published"));
}

/** The page of a course that `condition` holds for; whoever shows one that is not on sale guards it. */
export async function readCoursePage(slug: string, condition: SQL): Promise<CoursePage | null> {
  if (!courseSlug.safeParse(slug).success) return null;
  const size = sizes();
  const [course] = await db()
    .select({
      id: courses.id,
      ...cardColumns(size),
      description: courses.description,
      outcomes: courses.outcomes,
      audience: courses.audience,
      prerequisites: courses.prerequisites,
      relatedSlugs: courses.relatedSlugs,
    })
    .from(courses)
    .innerJoin(size, eq(size.courseId, courses.id))
    .where(and(eq(courses.slug, slug), condition));
  if (!course) return null;
  const { id, relatedSlugs, ...page } = course;
  const [rows, related] = await Promise.all([listOutlineRows(id), listCards(relatedSlugs)]);
  const outline: { title: string; minutes: number; lessons: OutlineLesson[] }[] = [];
  let chapterId: string | undefined;
  for (const { chapter, lesson } of rows) {
    if (chapter.id !== chapterId) outline.push({ title: chapter.title, minutes: 0, lessons: [] });
    chapterId = chapter.id;
    const current = outline.at(-1);
    current?.lessons.push(lesson);
    if (current) current.minutes += lesson.minutes;
  }
  return {
    ...page,
    exercises: rows.reduce((total, { lesson }) => total + lesson.exercises, 0),
    outline,
    related,
  };
}

async function listOutlineRows(courseId: CourseId) {
  return db()
    .select({
      chapter: { id: courseModules.id, title: courseModules.title },
      lesson: {
        slug: lessons.slug,
        title: lessons.title,
        minutes: lessons.minutes,
        freePreview: lessons.freePreview,
        exercises: sql<number>`(select count(*)::int from ${exercises}
          where ${exercises.lessonId} = ${lessons.id} and ${exercises.archivedAt} is null)`,
      },
    })
    .from(lessons)
    .innerJoin(courseModules, eq(courseModules.id, lessons.moduleId))
    .where(and(eq(lessons.courseId, courseId), isNull(lessons.archivedAt)))
    .orderBy(asc(lessons.position));
}

/** The cards of some courses, in the order named; what is not on sale is left out. */
export async function listCards(slugs: readonly string[]): Promise<readonly CourseCard[]> {
  if (slugs.length === 0) return [];
  const size = sizes();
  const found = await db()
    .select(cardColumns(size))
    .from(courses)
    .innerJoin(size, eq(size.courseId, courses.id))
    .where(and(inArray(courses.slug, [...slugs]), eq(courses.status, "published")));
  return slugs.flatMap((slug) => found.find((card) => card.slug === slug) ?? []);
}

export type FoundCourses = {
  readonly courses: readonly CourseCard[];
  /** How many match in all. */
  readonly total: number;
  /** Where the next page begins; null on the last one. */
  readonly next: string | null;
};

const PAGE_SIZE = 12;

/** Keyset: a sort key and the slug of the last course shown. */
const CURSOR = /^(-?\d{1,20}(?:\.\d{1,20})?)~([a-z0-9-]{1,80})$/;

/**
 * Courses on sale that match, twelve at a time, in one statement. Words are found in title, summary, lesson titles,
 * outcomes and description, in this order of weight, and by their beginning while somebody is still typing.
 */
export async function searchCourses(search: CourseSearch): Promise<FoundCourses> {
  const size = sizes();
  const text = textQuery(search.q);
  const matched = db()
    .$with("matched")
    .as(
      db()
        .select({ ...cardColumns(size), key: sortKey(search.sort, text, size.totalMinutes).as("key") })
        .from(courses)
        .innerJoin(size, eq(size.courseId, courses.id))
        .where(
          and(eq(courses.status, "published"), text && sql`${courses.search} @@ ${text}`, ...filters(search)),
        ),
    );
  const cursor = CURSOR.exec(search.after ?? "");
  const rows = await db()
    .with(matched)
    .select({
      slug: matched.slug,
      title: matched.title,
      type: matched.type,
      level: matched.level,
      summary: matched.summary,
      priceAmount: matched.priceAmount,
      currency: matched.currency,
      lessons: matched.lessons,
      minutes: matched.minutes,
      updatedAt: matched.updatedAt,
      key: matched.key,
      total: sql<number>`(select count(*)::int from ${matched})`,
    })
    .from(matched)
    .where(
      cursor ? sql`(${matched.key}, ${matched.slug}) > (${cursor[1]}::numeric, ${cursor[2]})` : undefined,
    )
    .orderBy(asc(matched.key), asc(matched.slug))
    .limit(PAGE_SIZE + 1);
  const shown = rows.slice(0, PAGE_SIZE);
  const last = rows.length > PAGE_SIZE ? shown.at(-1) : undefined;
  return {
    courses: shown.map(({ key: _key, total: _total, ...card }) => card),
    total: rows[0]?.total ?? 0,
    next: last ? `${last.key}~${last.slug}` : null,
  };
}

function filters({ type, level, price }: CourseSearch): (SQL | undefined)[] {
  return [
    type && eq(courses.courseType, type),
    level && eq(courses.level, level),
    price && (price === "free" ? eq(courses.priceAmount, ZERO) : gt(courses.priceAmount, ZERO)),
  ];
}

/** What was typed as a text-search query: the words as a search engine reads them, or their beginnings. */
function textQuery(q: string): SQL | undefined {
  if (!q) return undefined;
  const prefixes = toPrefixQuery(q);
  const words = sql`websearch_to_tsquery('english', ${q})`;
  return prefixes ? sql`(${words} || to_tsquery('english', ${prefixes}))` : words;
}

/** Ascending numbers, so that one comparison serves every order. */
function sortKey(sort: CourseSort, text: SQL | undefined, minutes: SQL.Aliased<number>): SQL<string> {
  if (sort === "newest") return sql<string>`-extract(epoch from ${courses.createdAt})`;
  if (sort === "price") return sql<string>`${courses.priceAmount}::numeric`;
  if (sort === "shortest") return sql<string>`${minutes}::numeric`;
  return text
    ? sql<string>`round(-ts_rank(${courses.search}, ${text})::numeric, 6)`
    : sql<string>`${courses.position}::numeric`;
}

/** The content hash of every course by slug; for the importer. */
export async function listContentHashes(): Promise<ReadonlyMap<string, string>> {
  const rows = await db().select({ slug: courses.slug, hash: courses.contentHash }).from(courses);
  return new Map(rows.map(({ slug, hash }) => [slug, hash]));
}

/** Every course, or one, with all it holds, lesson texts and solutions included: for the importer and the exporter only. */
export async function listStoredCourses(
  executor: Executor = db(),
  slug: string | null = null,
): Promise<readonly StoredCourse[]> {
  const one = slug === null ? undefined : eq(courses.slug, slug);
  const heads = await executor.select().from(courses).where(one).orderBy(asc(courses.slug));
  const within = (column: AnyPgColumn) => one && (heads[0] ? eq(column, heads[0].id) : sql`false`);
  const modules = await executor
    .select()
    .from(courseModules)
    .where(within(courseModules.courseId))
    .orderBy(asc(courseModules.position));
  const texts = await executor
    .select({ lesson: lessons, moduleSlug: courseModules.slug })
    .from(lessons)
    .innerJoin(courseModules, eq(courseModules.id, lessons.moduleId))
    .where(within(lessons.courseId))
    .orderBy(asc(lessons.position));
  const tasks = await executor
    .select({ exercise: exercises, lessonSlug: lessons.slug })
    .from(exercises)
    .innerJoin(lessons, eq(lessons.id, exercises.lessonId))
    .where(within(exercises.courseId))
    .orderBy(asc(exercises.position));
  const { bytes: _bytes, name: fileSlug, ...rest } = getTableColumns(courseFiles);
  const files = await executor
    .select({ ...rest, slug: fileSlug })
    .from(courseFiles)
    .where(within(courseFiles.courseId))
    .orderBy(asc(courseFiles.name));
  return heads.map((course) => ({
    id: course.id,
    contentHash: course.contentHash,
    course,
    modules: modules.filter((module) => module.courseId === course.id),
    lessons: texts
      .filter(({ lesson }) => lesson.courseId === course.id)
      .map(({ lesson, moduleSlug }) => ({ ...lesson, moduleSlug })),
    exercises: tasks
      .filter(({ exercise }) => exercise.courseId === course.id)
      .map(({ exercise, lessonSlug }) => ({ ...exercise, lessonSlug })),
    files: files.filter((file) => file.courseId === course.id).map((file) => ({ ...file, archivedAt: null })),
  }));
}

/** The bytes of every course's files, or of one's, by path below `content/`; for the exporter only. */
export async function listFileBytes(slug: string | null = null): Promise<ReadonlyMap<string, Buffer>> {
  const rows = await db()
    .select({ course: courses.slug, name: courseFiles.name, bytes: courseFiles.bytes })
    .from(courseFiles)
    .innerJoin(courses, eq(courses.id, courseFiles.courseId))
    .where(slug === null ? undefined : eq(courses.slug, slug));
  return new Map(rows.map(({ course, name, bytes }) => [`courses/${course}/files/${name}`, bytes]));
}

/** The types that there are courses of, for the filter. */
export async function listCourseTypes(): Promise<readonly CourseType[]> {
  const rows = await db()
    .selectDistinct({ type: courses.courseType })
    .from(courses)
    .where(eq(courses.status, "published"));
  return listTypes(rows);
}

/** Grows with every change of the catalogue; 0 before the first. */
export async function findCatalogRevision(): Promise<number> {
  const [row] = await db().select({ revision: catalogRevisions.revision }).from(catalogRevisions);
  return row?.revision ?? 0;
}
