import { formatDay } from "@/lib/format-day";
import type { OpenLesson } from "@/lib/learning/lesson";

/** How fresh the lesson is. A day of the calendar, the same in every zone. */
export function LessonReview({ reviewed }: { readonly reviewed: NonNullable<OpenLesson["reviewed"]> }) {
  return (
    <p className="mt-8 text-xs text-ink-muted">
      This lesson and its exercises were last checked on{" "}
      <time dateTime={reviewed.on}>{formatDay(reviewed.on)}</time> with {reviewed.with}.
    </p>
  );
}
