import { z } from "zod";
import { minor } from "../money";
import { searchWords } from "../search-words";
import type { ParsedFile } from "./course-file";
import { COURSE_LEVELS, COURSE_STATUSES, COURSE_TYPES } from "./course-kinds";
import type { ExerciseDefinition } from "./exercise-schema";

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
export const slug = z.string().max(80).regex(SLUG, "must be lower-case words joined by hyphens");
const numberedFolder = z.string().regex(/^\d{2}-[a-z0-9]+(?:-[a-z0-9]+)*$/, "must look like 01-first-steps");
const text = z.string().trim().min(1, "must not be empty");

/** `content/courses/<slug>/course.yaml`. `price` is in the currency's minor unit. */
export const courseFile = z.strictObject({
  title: text.max(120),
  type: z.enum(COURSE_TYPES),
  level: z.enum(COURSE_LEVELS),
  summary: text.max(200, "must fit a card: at most 200 characters"),
  description: text,
  price: z.int().min(0).transform(minor),
  currency: z.string().regex(/^[a-z]{3}$/, "must be a three-letter code in lower case"),
  status: z.enum(COURSE_STATUSES),
  position: z.int().min(0),
  outcomes: z.array(text.max(160)).min(3, "needs at least three outcomes"),
  audience: text,
  prerequisites: text,
  related: z.array(slug).default([]),
  modules: z.array(z.strictObject({ folder: numberedFolder, title: text.max(120) })).min(1),
});
export type CourseFile = z.output<typeof courseFile>;

const options = z.array(text).min(1, "needs at least one").readonly();

/** One right option (`answer`), several (`answers`), or a short answer to type (`accepts`). */
export const quizQuestion = z
  .strictObject({
    question: text,
    answer: text.optional(),
    answers: options.optional(),
    accepts: options.optional(),
    explanation: text,
    wrong: z
      .array(z.strictObject({ option: text, why: text }))
      .min(1, "needs at least one wrong option")
      .readonly()
      .optional(),
  })
  .refine(
    ({ answer, answers, accepts }) =>
      [answer, answers, accepts].filter((one) => one !== undefined).length === 1,
    "needs one of `answer`, `answers` and `accepts`",
  )
  .refine(
    ({ accepts, wrong }) => (accepts === undefined) === (wrong !== undefined),
    "needs `wrong` options, unless the answer is typed",
  )
  .refine(({ answer, answers = [], wrong = [] }) => {
    const all = [...(answer === undefined ? [] : [answer]), ...answers, ...wrong.map(({ option }) => option)];
    return new Set(all).size === all.length;
  }, "names an option twice");
export type QuizQuestion = z.output<typeof quizQuestion>;

/** The part between the `---` lines of a lesson. */
export const lessonFrontMatter = z.strictObject({
  title: text.max(120),
  minutes: z.int().min(1).max(240),
  preview: z.boolean().default(false),
  reviewed: z
    .strictObject({ on: z.iso.date(), with: text.max(80) })
    .readonly()
    .optional(),
  summary: text.max(240),
  exercises: z.array(slug).default([]),
  quiz: z.array(quizQuestion).min(1, "needs at least one question"),
});
export type LessonFrontMatter = z.output<typeof lessonFrontMatter>;

export type ParsedExercise = { readonly id: string; readonly definition: ExerciseDefinition };
export type ParsedLesson = Omit<LessonFrontMatter, "exercises"> & {
  readonly slug: string;
  readonly body: string;
  readonly exercises: readonly ParsedExercise[];
};
export type ParsedModule = {
  readonly slug: string;
  readonly title: string;
  readonly lessons: readonly ParsedLesson[];
};

/** A course as its folder says, complete and consistent. */
export type ParsedCourse = Omit<CourseFile, "modules"> & {
  readonly slug: string;
  readonly modules: readonly ParsedModule[];
  readonly files: readonly ParsedFile[];
};

/** Kinds of `> [!NOTE]`, as on GitHub. */
export const CALLOUTS = ["note", "tip", "important", "warning", "caution"] as const;
export type Callout = (typeof CALLOUTS)[number];

/** What is wrong with a file of `content/`; `line` counts from 1. */
export type ContentProblem = { readonly file: string; readonly line: number; readonly reason: string };

export const SORTS = ["suggested", "newest", "price", "shortest"] as const;
export type CourseSort = (typeof SORTS)[number];
export const SORT_NAMES: Readonly<Record<CourseSort, string>> = {
  suggested: "Suggested",
  newest: "Newest",
  price: "Price, low to high",
  shortest: "Shortest first",
};

export const PRICE_FILTERS = ["free", "paid"] as const;
export type PriceFilter = (typeof PRICE_FILTERS)[number];
export const PRICE_FILTER_NAMES: Readonly<Record<PriceFilter, string>> = { free: "Free", paid: "Paid" };

const orNothing = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined);

/** The query string of /courses/search. A value nobody offered counts as not set: a shared link never fails. */
export const courseSearch = z.object({
  q: searchWords,
  type: orNothing(z.enum(COURSE_TYPES)),
  level: orNothing(z.enum(COURSE_LEVELS)),
  price: orNothing(z.enum(PRICE_FILTERS)),
  sort: z.enum(SORTS).catch("suggested").default("suggested"),
  after: orNothing(z.string().max(300)),
});
export type CourseSearch = z.output<typeof courseSearch>;
