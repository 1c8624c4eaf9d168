/** A lesson as the percentage sees it. */
export type ProgressStep = {
  readonly isCompleted: boolean;
  /** Exercises of the lesson, and how many of them are passed. */
  readonly exercises: number;
  readonly exercisesCompleted: number;
  /** Came to the course after the learner had completed it: offered, but counted on neither side. */
  readonly isNew: boolean;
};

export type CourseProgress = {
  readonly lessonsCompleted: number;
  readonly lessonsTotal: number;
  readonly exercisesCompleted: number;
  readonly exercisesTotal: number;
  /** 0 to 100, a whole number. */
  readonly percentage: number;
  readonly isCompleted: boolean;
};

/** The rule in words, shown wherever the percentage is. */
export const PROGRESS_RULE =
  "Every lesson that you mark as complete and every exercise that you pass counts one; the percentage is their share of all lessons and exercises of the course, rounded down. Reading and quizzes do not change it. It reaches 100% only with the last of them, and what is added to the course after that takes nothing back.";

/** What a certificate says about how it was earned, and never more. */
export const COMPLETION_RULE =
  "Every lesson of this version of the course was marked as complete by the learner, and every exercise was passed. Exercises are graded by their tests in the learner's own browser; nobody supervised the work.";

/**
 * Lessons and exercises done over all there are, each counting one, rounded down: 100 means all of them and nothing less.
 * What was taken out of the course counts on neither side, nor does what is new. A course without lessons is at 0.
 */
export function courseProgress(steps: readonly ProgressStep[]): CourseProgress {
  const counted = steps.filter((step) => !step.isNew);
  const lessonsTotal = counted.length;
  const lessonsCompleted = counted.filter((step) => step.isCompleted).length;
  const exercisesTotal = counted.reduce((sum, step) => sum + step.exercises, 0);
  const exercisesCompleted = counted.reduce(
    (sum, step) => sum + Math.min(step.exercisesCompleted, step.exercises),
    0,
  );
  const total = lessonsTotal + exercisesTotal;
  const done = lessonsCompleted + exercisesCompleted;
  return {
    lessonsCompleted,
    lessonsTotal,
    exercisesCompleted,
    exercisesTotal,
    percentage: lessonsTotal === 0 ? 0 : Math.floor((done * 100) / total),
    isCompleted: lessonsTotal > 0 && done === total,
  };
}
