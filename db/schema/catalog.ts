import { type SQL, sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgEnum, pgTable, text, unique } from "drizzle-orm/pg-core";
import { bytes, createdAt, currency, idOf, instant, money, primaryId, tsvector, updatedAt } from "./columns";

export const courseType = pgEnum("course_type", ["python", "sql", "general"]);
export const courseLevel = pgEnum("course_level", ["beginner", "intermediate", "advanced"]);
export const courseStatus = pgEnum("course_status", ["draft", "published", "archived"]);

/**
 * What an admin changed in the shop, by the names of the row's columns, with `added` for a row made there and `archived` for one
 * taken out there. The importer of `content/` keeps these (decision 0050).
 */
const editedFields = () => text().array().notNull().default(sql`'{}'::text[]`);

/** A course on sale. Imported from `content/`; what somebody bought is archived, never deleted. */
export const courses = pgTable(
  "courses",
  {
    id: primaryId<"course">(),
    slug: text().notNull().unique(),
    title: text().notNull(),
    courseType: courseType().notNull(),
    level: courseLevel().notNull(),
    summary: text().notNull(),
    description: text().notNull(),
    outcomes: text().array().notNull(),
    audience: text().notNull(),
    prerequisites: text().notNull(),
    relatedSlugs: text().array().notNull().default([]),
    priceAmount: money().notNull(),
    currency: currency().notNull(),
    status: courseStatus().notNull().default("draft"),
    position: integer().notNull().default(0),
    version: integer().notNull().default(1),
    contentHash: text().notNull(),
    /** Lesson titles and outcomes, so that a search finds what a course teaches. */
    keywords: text().notNull().default(""),
    editedFields: editedFields(),
    search: tsvector().generatedAlwaysAs(
      (): SQL =>
        sql`setweight(to_tsvector('english', ${courses.title}), 'A') || setweight(to_tsvector('english', ${courses.summary}), 'B') || setweight(to_tsvector('english', ${courses.keywords}), 'C') || setweight(to_tsvector('english', ${courses.description}), 'D')`,
    ),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    check("courses_price_not_negative", sql`${t.priceAmount} >= 0`),
    index("courses_search").using("gin", t.search),
    index("courses_listing").on(t.status, t.position),
  ],
);

/** A chapter. */
export const courseModules = pgTable(
  "course_modules",
  {
    id: primaryId<"module">(),
    courseId: idOf<"course">()
      .notNull()
      .references(() => courses.id),
    slug: text().notNull(),
    title: text().notNull(),
    position: integer().notNull(),
    editedFields: editedFields(),
    archivedAt: instant(),
  },
  (t) => [unique("course_modules_slug").on(t.courseId, t.slug)],
);

export type QuizQuestion = {
  readonly question: string;
  readonly explanation: string;
  readonly answer?: string | undefined;
  readonly answers?: readonly string[] | undefined;
  readonly accepts?: readonly string[] | undefined;
  readonly wrong?: readonly { readonly option: string; readonly why: string }[] | undefined;
};

/** When somebody read a lesson to its end and ran it last (`2026-11-27`), and with which runtime. */
export type LessonReview = { readonly on: string; readonly with: string };

export const lessons = pgTable(
  "lessons",
  {
    id: primaryId<"lesson">(),
    courseId: idOf<"course">()
      .notNull()
      .references(() => courses.id),
    moduleId: idOf<"module">()
      .notNull()
      .references(() => courseModules.id),
    slug: text().notNull(),
    title: text().notNull(),
    summary: text().notNull(),
    /** Markdown. Sold: only `lib/learning/queries` reads it, behind the access check. */
    body: text().notNull(),
    quiz: jsonb().$type<readonly QuizQuestion[]>().notNull().default([]),
    minutes: integer().notNull(),
    /** Null: by nobody, or not as the text is now. */
    reviewed: jsonb().$type<LessonReview>(),
    freePreview: boolean().notNull().default(false),
    /** Place in the whole course, counted over all chapters. */
    position: integer().notNull(),
    /** The course's version that brought (or brought back) this lesson: who had completed the course before stays done. */
    sinceVersion: integer().notNull().default(1),
    /** Grows with every change of the text; who saves names the one that they began with. */
    revision: integer().notNull().default(1),
    editedFields: editedFields(),
    archivedAt: instant(),
  },
  (t) => [unique("lessons_slug").on(t.courseId, t.slug), index("lessons_module").on(t.moduleId)],
);

/** A task with its tests. `definition` holds starter, tests, solution and hints in the shape of `lib/catalog/schema.ts`. */
export const exercises = pgTable(
  "exercises",
  {
    id: primaryId<"exercise">(),
    courseId: idOf<"course">()
      .notNull()
      .references(() => courses.id),
    lessonId: idOf<"lesson">()
      .notNull()
      .references(() => lessons.id),
    slug: text().notNull(),
    title: text().notNull(),
    language: courseType().notNull(),
    kind: text().notNull(),
    prompt: text().notNull(),
    starter: text().notNull(),
    hints: text().array().notNull().default([]),
    definition: jsonb().$type<Readonly<Record<string, unknown>>>().notNull(),
    position: integer().notNull(),
    /** As of a lesson. */
    sinceVersion: integer().notNull().default(1),
    editedFields: editedFields(),
    archivedAt: instant(),
  },
  (t) => [unique("exercises_slug").on(t.courseId, t.slug), index("exercises_lesson").on(t.lessonId)],
);

/** One row: its number grows with every change of the catalogue, so that each process of the shop renews its static pages. */
export const catalogRevisions = pgTable(
  "catalog_revisions",
  {
    only: boolean().primaryKey().default(true),
    revision: integer().notNull(),
    /** What the last start brought in, as a hash; null after an import by hand. The next start of the same brings nothing. */
    loaded: text(),
  },
  (t) => [check("catalog_revisions_only_one", sql`${t.only}`)],
);

/** Pictures and downloads of a course. Sold like its lessons, unless a free preview or the description shows them. */
export const courseFiles = pgTable(
  "course_files",
  {
    id: primaryId<"file">(),
    courseId: idOf<"course">()
      .notNull()
      .references(() => courses.id),
    name: text().notNull(),
    mediaType: text().notNull(),
    bytes: bytes().notNull(),
    sha256: text().notNull(),
    width: integer(),
    height: integer(),
    isPublic: boolean().notNull().default(false),
    editedFields: editedFields(),
  },
  (t) => [unique("course_files_name").on(t.courseId, t.name)],
);
