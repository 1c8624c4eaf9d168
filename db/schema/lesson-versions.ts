import { boolean, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { lessons, type QuizQuestion } from "./catalog";
import { createdAt, idOf, primaryId } from "./columns";
import { users } from "./identity";

/** A lesson as it was before somebody changed it. Written by whatever changes a lesson's text, in the same transaction. */
export const lessonVersions = pgTable(
  "lesson_versions",
  {
    id: primaryId<"lesson-version">(),
    lessonId: idOf<"lesson">()
      .notNull()
      .references(() => lessons.id, { onDelete: "cascade" }),
    revision: integer().notNull(),
    title: text().notNull(),
    summary: text().notNull(),
    body: text().notNull(),
    quiz: jsonb().$type<readonly QuizQuestion[]>().notNull(),
    minutes: integer().notNull(),
    freePreview: boolean().notNull(),
    /** Who replaced it; null for the importer of `content/`. */
    replacedByUserId: idOf<"user">().references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (t) => [unique("lesson_versions_revision").on(t.lessonId, t.revision)],
);
