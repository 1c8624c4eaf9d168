import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { courses, lessons } from "@/db/schema/catalog";
import { enrollments } from "@/db/schema/learning";
import { lessonNotes } from "@/db/schema/progress";
import { givesAccess } from "@/lib/enrollments/queries";
import type { UserId } from "@/lib/ids";
import { err, ok, type Result } from "@/lib/result";
import type { NoteInput, SavedNote } from "./schema";

export type NoteRejection = "not_enrolled";

/**
 * Keeps a note if nobody wrote since the revision it was typed over, in one statement; else changes nothing and answers
 * what stands there now, so that the browser merges. A note never overwrites one that its writer has not seen.
 */
export async function saveNote(
  userId: UserId,
  { course, lesson, revision, body }: NoteInput,
): Promise<Result<SavedNote, NoteRejection>> {
  const [place] = await db()
    .select({ lessonId: lessons.id, courseId: lessons.courseId })
    .from(lessons)
    .innerJoin(courses, eq(courses.id, lessons.courseId))
    .innerJoin(enrollments, and(eq(enrollments.courseId, courses.id), eq(enrollments.userId, userId)))
    .where(and(eq(courses.slug, course), eq(lessons.slug, lesson), isNull(lessons.archivedAt), givesAccess));
  if (!place) return err("not_enrolled");
  const own = and(eq(lessonNotes.userId, userId), eq(lessonNotes.lessonId, place.lessonId));
  const written =
    revision === 0
      ? await db()
          .insert(lessonNotes)
          .values({ userId, ...place, body, revision: 1 })
          .onConflictDoNothing()
          .returning({ revision: lessonNotes.revision })
      : await db()
          .update(lessonNotes)
          .set({ body, revision: sql`${lessonNotes.revision} + 1`, updatedAt: sql`now()` })
          .where(and(own, eq(lessonNotes.revision, revision)))
          .returning({ revision: lessonNotes.revision });
  if (written[0]) return ok({ kind: "saved", revision: written[0].revision });
  const [stored] = await db()
    .select({ body: lessonNotes.body, revision: lessonNotes.revision })
    .from(lessonNotes)
    .where(own);
  if (!stored) return ok({ kind: "overtaken", revision: 0, body: "" });
  return ok(
    stored.body === body ? { kind: "saved", revision: stored.revision } : { kind: "overtaken", ...stored },
  );
}
