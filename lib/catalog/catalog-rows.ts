import { createHash } from "node:crypto";
import type { LessonReview } from "@/db/schema/catalog";
import type { Minor } from "../money";
import { COURSE_TYPE_NAMES, type CourseLevel, type CourseStatus, type CourseType } from "./course-kinds";
import { exerciseLanguage } from "./exercise-schema";
import type { ParsedCourse, QuizQuestion } from "./schema";

/** A course as the database keeps it: flat rows that name each other by slug. Ids belong to the database. */
export type CourseRow = {
  readonly slug: string;
  readonly title: string;
  readonly courseType: CourseType;
  readonly level: CourseLevel;
  readonly summary: string;
  readonly description: string;
  readonly outcomes: string[];
  readonly audience: string;
  readonly prerequisites: string;
  readonly relatedSlugs: string[];
  readonly priceAmount: Minor;
  readonly currency: string;
  readonly status: CourseStatus;
  readonly position: number;
  readonly keywords: string;
};
export type ModuleRow = { readonly slug: string; readonly title: string; readonly position: number };
export type LessonRow = {
  readonly slug: string;
  readonly moduleSlug: string;
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly quiz: readonly QuizQuestion[];
  readonly minutes: number;
  readonly reviewed: LessonReview | null;
  readonly freePreview: boolean;
  readonly position: number;
};
export type ExerciseRow = {
  readonly slug: string;
  readonly lessonSlug: string;
  readonly title: string;
  readonly language: CourseType;
  readonly kind: string;
  readonly prompt: string;
  readonly starter: string;
  readonly hints: string[];
  /** An `ExerciseDefinition`; what an older version stored may differ from today's shape. */
  readonly definition: Readonly<Record<string, unknown>>;
  readonly position: number;
};
/** Known by its hash; the bytes travel beside the rows. */
export type FileRow = {
  readonly slug: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly isPublic: boolean;
};
export type CourseRows = {
  readonly course: CourseRow;
  readonly modules: readonly ModuleRow[];
  readonly lessons: readonly LessonRow[];
  readonly exercises: readonly ExerciseRow[];
  readonly files: readonly FileRow[];
  readonly bytes: ReadonlyMap<string, Buffer>;
  /** Equal hashes mean equal rows. */
  readonly contentHash: string;
};

/** The rows of a parsed course. A course without lessons is never published, whatever its file says. */
export function toRows(parsed: ParsedCourse): CourseRows {
  const modules = parsed.modules.map(({ slug, title }, index) => ({ slug, title, position: index + 1 }));
  const placed = parsed.modules.flatMap((module) => module.lessons.map((lesson) => ({ module, lesson })));
  const lessons = placed.map(({ module, lesson }, index) => ({
    slug: lesson.slug,
    moduleSlug: module.slug,
    title: lesson.title,
    summary: lesson.summary,
    body: lesson.body,
    quiz: lesson.quiz,
    minutes: lesson.minutes,
    reviewed: lesson.reviewed ?? null,
    freePreview: lesson.preview,
    position: index + 1,
  }));
  const exercises = placed
    .flatMap(({ lesson }) => lesson.exercises.map((exercise) => ({ lesson, exercise })))
    .map(({ lesson, exercise: { id, definition } }, index) => ({
      slug: id,
      lessonSlug: lesson.slug,
      title: definition.title,
      language: exerciseLanguage(definition.kind),
      kind: definition.kind,
      prompt: definition.prompt,
      starter: definition.starter,
      hints: definition.hints,
      definition,
      position: index + 1,
    }));
  const course: CourseRow = {
    slug: parsed.slug,
    title: parsed.title,
    courseType: parsed.type,
    level: parsed.level,
    summary: parsed.summary,
    description: parsed.description,
    outcomes: parsed.outcomes,
    audience: parsed.audience,
    prerequisites: parsed.prerequisites,
    relatedSlugs: parsed.related,
    priceAmount: parsed.price,
    currency: parsed.currency,
    status: parsed.status === "published" && lessons.length === 0 ? "draft" : parsed.status,
    position: parsed.position,
    keywords: keywordsOf(parsed.type, parsed.outcomes, lessons),
  };
  const files = parsed.files.map(({ name, bytes: _bytes, ...file }) => ({ slug: name, ...file }));
  // What a course does not have is left out, so that it does not count as changed since before there was such a thing.
  const hashed = {
    course,
    modules,
    lessons: lessons.map(({ reviewed, ...lesson }) => ({ ...lesson, ...(reviewed ? { reviewed } : {}) })),
    exercises,
    ...(files.length > 0 ? { files } : {}),
  };
  return {
    course,
    modules,
    lessons,
    exercises,
    files,
    bytes: new Map(parsed.files.map(({ name, bytes }) => [name, bytes])),
    contentHash: createHash("sha256").update(canonicalJson(hashed)).digest("hex"),
  };
}

/** What a search finds the course by, beside its own texts. `lessons` in their order. */
export function keywordsOf(
  type: CourseType,
  outcomes: readonly string[],
  lessons: readonly { readonly title: string }[],
): string {
  return [COURSE_TYPE_NAMES[type], ...outcomes, ...lessons.map((lesson) => lesson.title)].join("\n");
}

/** JSON with sorted keys, so that equal values are equal texts: `jsonb` does not keep the order of keys. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
