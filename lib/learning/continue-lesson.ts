type Step = {
  readonly slug: string;
  readonly isCompleted: boolean;
  readonly exercises: number;
  readonly exercisesCompleted: number;
};

/**
 * Where "Continue" leads, in the order of the course: the lesson opened last; when that one is done, the next open one
 * after it, else the first open one; when all are done, the first with an exercise that is not passed, else the first.
 * Null for a course without lessons.
 */
export function chooseContinueLesson<S extends Step>(
  lessons: readonly S[],
  lastOpened: string | null,
): S | null {
  const at = lessons.findIndex((lesson) => lesson.slug === lastOpened);
  const isOpen = (lesson: S) => !lesson.isCompleted;
  const hasWork = (lesson: S) => lesson.exercisesCompleted < lesson.exercises;
  return (
    lessons.slice(Math.max(at, 0)).find(isOpen) ??
    lessons.find(isOpen) ??
    lessons.find(hasWork) ??
    lessons[0] ??
    null
  );
}
