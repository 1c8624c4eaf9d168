import { stringify } from "yaml";
import { exerciseDefinition } from "./exercise-schema";
import type { StoredCourse } from "./plan-import";
import type { ParsedCourse, ParsedLesson } from "./schema";

/** The course that the rows describe, without what was archived. The inverse of `toRows`. */
export function fromRows({ course, modules, lessons, exercises }: StoredCourse): ParsedCourse {
  const kept = <R extends { readonly archivedAt: Date | null; readonly position: number }>(
    rows: readonly R[],
  ) => rows.filter((row) => row.archivedAt === null).toSorted((a, b) => a.position - b.position);
  const exercisesOf = (lessonSlug: string) =>
    kept(exercises)
      .filter((exercise) => exercise.lessonSlug === lessonSlug)
      .map(({ slug, definition }) => ({ id: slug, definition: exerciseDefinition.parse(definition) }));
  const lessonsOf = (moduleSlug: string): ParsedLesson[] =>
    kept(lessons)
      .filter((lesson) => lesson.moduleSlug === moduleSlug)
      .map(({ slug, title, minutes, freePreview, reviewed, summary, quiz, body }) => {
        return {
          slug,
          title,
          minutes,
          preview: freePreview,
          ...(reviewed ? { reviewed } : {}),
          summary,
          quiz: [...quiz],
          body,
          exercises: exercisesOf(slug),
        };
      });
  return {
    slug: course.slug,
    title: course.title,
    type: course.courseType,
    level: course.level,
    summary: course.summary,
    description: course.description,
    price: course.priceAmount,
    currency: course.currency,
    status: course.status,
    position: course.position,
    outcomes: course.outcomes,
    audience: course.audience,
    prerequisites: course.prerequisites,
    related: course.relatedSlugs,
    modules: kept(modules).map(({ slug, title }) => ({ slug, title, lessons: lessonsOf(slug) })),
    files: [],
  };
}

/** The files of a course by path below `content/`; parsing them gives the same course again. */
export function formatCourse({
  slug,
  modules,
  files: _files,
  ...head
}: ParsedCourse): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const folders = modules.map((module, index) => `${numbered(index)}-${module.slug}`);
  const listed = modules.map(({ title }, index) => ({ folder: folders[index], title }));
  files.set(`courses/${slug}/course.yaml`, toYaml({ ...head, modules: listed }));
  modules.forEach((module, moduleIndex) => {
    const folder = `courses/${slug}/${folders[moduleIndex]}`;
    module.lessons.forEach((lesson, index) => {
      files.set(`${folder}/${numbered(index)}-${lesson.slug}.md`, formatLesson(lesson));
      for (const { id, definition } of lesson.exercises)
        files.set(`${folder}/exercises/${id}.yaml`, toYaml(definition));
    });
  });
  return files;
}

function formatLesson(lesson: ParsedLesson): string {
  const { title, minutes, preview, reviewed, summary, quiz, exercises, body } = lesson;
  const frontMatter = {
    title,
    minutes,
    preview,
    ...(reviewed ? { reviewed } : {}),
    summary,
    exercises: exercises.map((exercise) => exercise.id),
    quiz,
  };
  return `---\n${toYaml(frontMatter)}---\n${body}`;
}

function toYaml(value: unknown): string {
  return stringify(value, { lineWidth: 110, aliasDuplicateObjects: false });
}

function numbered(index: number): string {
  return String(index + 1).padStart(2, "0");
}
