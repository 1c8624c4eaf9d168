import { z } from "zod";
import { COURSE_LEVELS, COURSE_STATUSES } from "@/lib/catalog/course-kinds";
import type { CourseId, LessonId } from "@/lib/ids";
import type { PriceRejection } from "./read-price";

const id = <T>() => z.uuid().transform((value) => value as T);
/** As the page showed it, so that two editors do not undo each other unseen. */
const seen = z.coerce.number().int().min(1).max(2_147_483_647);
const text = (most: number) =>
  z
    .string()
    .trim()
    .min(1, "Must not be empty.")
    .max(most, `At most ${most.toLocaleString("en")} characters.`);
/** Browsers send a box's lines with CRLF. */
const prose = z
  .string()
  .transform((typed) => typed.replaceAll("\r\n", "\n").trim())
  .pipe(z.string().min(1, "Must not be empty.").max(150_000, "At most 150,000 characters."));

const outcomes = z
  .string()
  .max(10_000)
  .transform((typed) =>
    typed
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  )
  .pipe(
    z
      .array(z.string().max(160, "At most 160 characters a line."))
      .min(3, "Name at least three, one a line.")
      .max(30, "At most 30 lines."),
  );

/** The course's own page, as its form sends it. */
export const courseInput = z.object({
  course: id<CourseId>(),
  version: seen,
  title: text(120),
  summary: text(200),
  level: z.enum(COURSE_LEVELS),
  /** In the currency's main unit, as typed: what it may be depends on the course's currency. */
  price: z.string().max(20),
  status: z.enum(COURSE_STATUSES),
  description: prose,
  audience: prose,
  prerequisites: prose,
  outcomes,
});

/** One lesson, as its form sends it. `quiz` is YAML, as in the folder format. */
export const lessonInput = z.object({
  lesson: id<LessonId>(),
  revision: seen,
  title: text(120),
  summary: text(240),
  minutes: z.coerce
    .number({ error: "Give the minutes as a number." })
    .int("Whole minutes.")
    .min(1, "At least 1.")
    .max(240, "At most 240."),
  freePreview: z.literal("on").optional().transform(Boolean),
  /** Ends with a line break, as a file does. */
  body: prose.transform((text) => `${text}\n`),
  quiz: z.string().max(60_000, "At most 60,000 characters."),
});

const outline = z.array(z.object({ chapter: z.uuid(), lessons: z.array(z.uuid()).max(1_000) })).max(200);
export type OutlineOrder = z.output<typeof outline>;

export const orderInput = z.object({
  course: id<CourseId>(),
  version: seen,
  order: z
    .string()
    .max(100_000)
    .transform((typed, context) => {
      const read = outline.safeParse(parseJson(typed));
      if (read.success) return read.data;
      context.addIssue({ code: "custom", message: "This is no order of lessons." });
      return z.NEVER;
    }),
});

function parseJson(typed: string): unknown {
  try {
    return JSON.parse(typed);
  } catch {
    return undefined;
  }
}

export const statusInput = z.object({
  course: id<CourseId>(),
  version: seen,
  status: z.enum(COURSE_STATUSES),
});

export const restoreInput = z.object({
  lesson: id<LessonId>(),
  /** The text that is in force. */
  revision: seen,
  /** The former one. */
  former: seen,
});

export const previewInput = z.object({ source: z.string().max(150_000) });

export type EditCourseRejection = "unknown_course" | "changed_meanwhile" | "no_lessons" | PriceRejection;
export type SaveLessonRejection = "unknown_lesson" | "changed_meanwhile";
export type OrderRejection = "unknown_course" | "changed_meanwhile" | "empty_chapter";
export type StatusRejection = "unknown_course" | "changed_meanwhile" | "no_lessons";
export type RestoreRejection = "unknown_lesson" | "unknown_version" | "changed_meanwhile";
