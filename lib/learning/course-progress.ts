export type CourseProgress = {
  readonly lessonsCompleted: number;
  readonly lessonsTotal: number;
  /** 0 to 100, a whole number. */
  readonly percentage: number;
  readonly isCompleted: boolean;
};

/** The rule in words, shown wherever the percentage is. */
export const PROGRESS_RULE =
  "The percentage is the share of the course's lessons that you marked as complete, rounded down. Every lesson counts the same; reading, exercises and quizzes do not change it. It reaches 100% only with the last lesson.";

/**
 * Lessons completed over lessons in the course now, rounded down: 100 means all of them and nothing less. Lessons taken
 * out of a course count on neither side. A course without lessons is at 0.
 */
export function courseProgress(lessonsCompleted: number, lessonsTotal: number): CourseProgress {
  const completed = Math.max(0, Math.min(lessonsCompleted, lessonsTotal));
  return {
    lessonsCompleted: completed,
    lessonsTotal,
    percentage: lessonsTotal === 0 ? 0 : Math.floor((completed * 100) / lessonsTotal),
    isCompleted: lessonsTotal > 0 && completed === lessonsTotal,
  };
}
