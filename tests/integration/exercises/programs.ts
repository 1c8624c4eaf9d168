import { readCatalog } from "@/lib/catalog/check-catalog";
import type { ExerciseDefinition } from "@/lib/catalog/exercise-schema";
import { readContent } from "@/lib/catalog/read-content";
import { type GraderTask, toGraderTask } from "@/lib/exercises/grader-task";

export type Shipped = {
  /** `python-from-zero/change-due` */
  readonly name: string;
  readonly definition: ExerciseDefinition;
  readonly task: GraderTask;
};

/** The exercises that ship, read as the importer reads them. */
export async function listShipped(): Promise<readonly Shipped[]> {
  const { courses, problems } = readCatalog(await readContent("content"));
  if (!courses) throw new Error(JSON.stringify(problems));
  return courses.flatMap((course) =>
    course.modules.flatMap((module) =>
      module.lessons.flatMap((lesson) =>
        lesson.exercises.map(({ id, definition }) => ({
          name: `${course.slug}/${id}`,
          definition,
          task: toGraderTask(definition),
        })),
      ),
    ),
  );
}

export type Program = {
  readonly what: string;
  readonly code: string;
  /** Null: it must pass. Else the tests that must refuse it; none named: any. */
  readonly caughtBy: readonly number[] | null;
};

/** The programs whose outcome an exercise's own file states. */
export function programsOf(definition: ExerciseDefinition): Program[] {
  const right = [definition.solution, ...("also_right" in definition ? (definition.also_right ?? []) : [])];
  return [
    ...right.map((code, index) => ({
      what: index === 0 ? "the solution" : `answer ${index + 1}`,
      code,
      caughtBy: null,
    })),
    { what: "the starter", code: definition.starter, caughtBy: [] },
    ...definition.must_fail.map(({ reason, code, caught_by }) => ({
      what: reason,
      code,
      caughtBy: caught_by ?? [],
    })),
  ];
}
