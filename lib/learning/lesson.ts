import type { LessonReview } from "@/db/schema/catalog";
import type { CourseType } from "@/lib/catalog/course-kinds";
import type { QuizForm } from "@/lib/exercises/quiz";
import type { Minor } from "@/lib/money";
import type { CourseProgress, ProgressStep } from "./course-progress";
import type { TaskExample } from "./task-examples";

export type LessonCourse = {
  readonly slug: string;
  readonly title: string;
  readonly courseType: CourseType;
  readonly priceAmount: Minor;
  readonly currency: string;
};

export type OutlineLesson = ProgressStep & {
  readonly slug: string;
  readonly title: string;
  readonly minutes: number;
  /** Whether the reader may open it. */
  readonly isOpen: boolean;
};

export type OutlineChapter = {
  readonly number: number;
  readonly title: string;
  readonly lessons: readonly OutlineLesson[];
};

export type LessonTask = {
  readonly slug: string;
  readonly title: string;
  readonly language: CourseType;
  readonly prompt: string;
  readonly starter: string;
  readonly hints: readonly string[];
  readonly examples: readonly TaskExample[];
  /** For SQL: the data set it asks about, and how the answer must look. */
  readonly dataset: string | null;
  readonly columns: readonly string[];
  readonly orderedBy: string | null;
};

/** What of a lesson everybody may know. */
export type LessonFrame = {
  readonly course: LessonCourse;
  readonly title: string;
  readonly slug: string;
  readonly summary: string;
  readonly minutes: number;
  readonly isPreview: boolean;
  readonly chapter: { readonly number: number; readonly title: string };
  /** "Lesson 2 of 8" of its chapter. */
  readonly place: { readonly number: number; readonly of: number };
  readonly outline: readonly OutlineChapter[];
  readonly previous: OutlineLesson | null;
  readonly next: OutlineLesson | null;
  /** Null for whoever is not enrolled: a guest reading a preview, an admin looking. */
  readonly progress: CourseProgress | null;
};

/** Everybody may know that the lesson exists; its text, exercises and quiz are not even read from the database. */
export type LockedLesson = LessonFrame & { readonly access: "locked" };

export type Picture = {
  readonly name: string;
  readonly width: number | null;
  readonly height: number | null;
};

export type OpenLesson = LessonFrame & {
  readonly access: "open";
  /** Markdown. */
  readonly body: string;
  /** Without the answers: those stay on the server until they were given. */
  readonly quiz: readonly QuizForm[];
  readonly tasks: readonly LessonTask[];
  readonly isCompleted: boolean;
  /** The reader's own note; empty with revision 0 when there is none. */
  readonly note: { readonly body: string; readonly revision: number };
  /** Of the reader's valid certificate in this course. */
  readonly certificateId: string | null;
  /** The pictures that the text shows, with their size in pixels. */
  readonly pictures: readonly Picture[];
  /** When the text was last checked, and with which runtime; null when nobody did. */
  readonly reviewed: LessonReview | null;
  /** How far down the reader was last, in thousandths. */
  readonly scrolled: number;
};
