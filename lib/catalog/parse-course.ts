import { checkProse, type ProseLink } from "./check-prose";
import { type ParsedFile, readCourseFile } from "./course-file";
import { exerciseDefinition } from "./exercise-schema";
import { type LessonFile, parseLesson } from "./parse-lesson";
import { parseYaml, readYaml, type YamlSource } from "./parse-yaml";
import {
  type ContentProblem,
  type CourseFile,
  courseFile,
  type ParsedCourse,
  type ParsedExercise,
  type ParsedLesson,
  type ParsedModule,
} from "./schema";

/** A place in a file that names something elsewhere; `check-catalog.ts` follows it. */
export type Reference = ContentProblem & { readonly to: string };

export type CourseReading = {
  readonly slug: string;
  /** Null when the problems leave no complete course. */
  readonly course: ParsedCourse | null;
  readonly problems: readonly ContentProblem[];
  readonly references: readonly Reference[];
};

/** Files by path below `content/`, with `/` as separator: their text, and of a course's `files/` their bytes in base64. */
export type ContentFiles = ReadonlyMap<string, string>;

const LESSON_NAME = /^(\d{2})-([a-z0-9]+(?:-[a-z0-9]+)*)\.md$/;
const EXERCISE_NAME = /^([a-z0-9]+(?:-[a-z0-9]+)*)\.yaml$/;

/** Reads the folder `courses/<slug>`. Pure: files in, a course or every problem with its line out. */
export function parseCourse(slug: string, files: ContentFiles): CourseReading {
  const folder = `courses/${slug}`;
  const file = `${folder}/course.yaml`;
  const text = files.get(file);
  if (text === undefined) {
    return { slug, course: null, problems: [{ file, line: 1, reason: "is missing" }], references: [] };
  }
  const source = readYaml(file, text);
  const { value: head, problems: headProblems } = parseYaml(file, source, courseFile);
  if (!head) return { slug, course: null, problems: headProblems, references: [] };

  const reading = new FolderReading(slug, head.status === "published");
  const modules = head.modules.map((module, index) =>
    reading.readModule(
      `${folder}/${module.folder}`,
      module,
      source.lineOf(["modules", index, "folder"]),
      files,
    ),
  );
  reading.checkCourse(file, head, source);
  reading.checkStrayFiles(folder, head, files);
  const ownFiles = reading.readFiles(`${folder}/files`, files);
  const { problems, references } = reading;
  const course = problems.length === 0 ? { ...head, slug, modules, files: ownFiles } : null;
  return { slug, course, problems, references };
}

/** Collects what the files of one course say and what is wrong with them. */
class FolderReading {
  readonly problems: ContentProblem[] = [];
  readonly references: Reference[] = [];
  readonly #lessonSlugs = new Map<string, string>();
  readonly #exerciseIds = new Map<string, string>();
  /** Files that the texts show or link, and whether anybody may see one of these texts. */
  readonly #usedFiles = new Map<string, boolean>();

  constructor(
    readonly slug: string,
    readonly published: boolean,
  ) {}

  readModule(
    folder: string,
    module: CourseFile["modules"][number],
    line: number,
    files: ContentFiles,
  ): ParsedModule {
    const exercises = this.#readExercises(`${folder}/exercises`, files);
    const names = namesIn(folder, files).filter((name) => name.endsWith(".md"));
    const lessons = names.flatMap((name) =>
      this.#readLesson(folder, name, files.get(`${folder}/${name}`) ?? "", exercises),
    );
    if (this.published && names.length === 0) {
      const courseYaml = `courses/${this.slug}/course.yaml`;
      this.#complain(courseYaml, line, `the chapter ${module.folder} of a published course has no lessons`);
    }
    // While a lesson cannot be read, nobody knows which exercises it asks for.
    if (this.published && lessons.length === names.length) {
      for (const [id, { file, askedBy }] of exercises) {
        if (!askedBy) this.#complain(file, 1, `no lesson of its chapter asks for the exercise ${id}`);
      }
    }
    return { slug: module.folder.replace(/^\d{2}-/, ""), title: module.title, lessons };
  }

  #readLesson(folder: string, name: string, text: string, exercises: ExerciseFiles): ParsedLesson[] {
    const file = `${folder}/${name}`;
    const slug = LESSON_NAME.exec(name)?.[2];
    if (slug === undefined) {
      this.#complain(file, 1, "the file's name must look like 01-values-and-names.md");
      return [];
    }
    this.#mustBeNew(this.#lessonSlugs, slug, file, "lesson");
    const lesson = parseLesson(file, text);
    this.problems.push(...lesson.problems);
    this.#refer(file, lesson.links, lesson.frontMatter?.preview === true);
    if (!lesson.frontMatter) return [];
    return [
      {
        ...lesson.frontMatter,
        slug,
        body: lesson.body,
        exercises: this.#pick(lesson, lesson.frontMatter.exercises, exercises),
      },
    ];
  }

  /** The lesson's exercises, in its order; each may be used once. */
  #pick(lesson: LessonFile, ids: readonly string[], exercises: ExerciseFiles): ParsedExercise[] {
    return ids.flatMap((id, index) => {
      const line = lesson.lineOf(["exercises", index]);
      const found = exercises.get(id);
      if (!found) this.#complain(lesson.file, line, `there is no exercises/${id}.yaml in this chapter`);
      else if (found.askedBy)
        this.#complain(lesson.file, line, `the exercise ${id} already belongs to ${found.askedBy}`);
      if (!found || found.askedBy) return [];
      found.askedBy = lesson.file;
      return found.exercise ? [found.exercise] : [];
    });
  }

  #readExercises(folder: string, files: ContentFiles): ExerciseFiles {
    const found: ExerciseFiles = new Map();
    for (const name of namesIn(folder, files)) {
      const file = `${folder}/${name}`;
      const id = EXERCISE_NAME.exec(name)?.[1];
      if (id === undefined) {
        this.#complain(file, 1, "an exercise's file must be called <id>.yaml");
        continue;
      }
      this.#mustBeNew(this.#exerciseIds, id, file, "exercise");
      const source = readYaml(file, files.get(file) ?? "");
      const { value, problems } = parseYaml(file, source, exerciseDefinition);
      this.problems.push(...problems);
      if (value && "dataset" in value) {
        const reason = `there is no datasets/${value.dataset}.sql`;
        this.references.push({
          file,
          line: source.lineOf(["dataset"]),
          reason,
          to: `datasets/${value.dataset}.sql`,
        });
      }
      found.set(id, { file, exercise: value ? { id, definition: value } : null, askedBy: null });
    }
    return found;
  }

  checkCourse(file: string, head: CourseFile, source: YamlSource): void {
    head.related.forEach((related, index) => {
      const line = source.lineOf(["related", index]);
      if (related === this.slug) this.#complain(file, line, "a course cannot be related to itself");
      this.references.push({ file, line, reason: `there is no course ${related}`, to: `courses/${related}` });
    });
    for (const field of ["description", "audience", "prerequisites"] as const) {
      const prose = checkProse(file, head[field], source.lineOf([field]));
      this.problems.push(...prose.problems);
      this.#refer(file, prose.links, true);
    }
    const folders = head.modules.map((module) => module.folder);
    folders.forEach((folder, index) => {
      const line = source.lineOf(["modules", index, "folder"]);
      if (folders.indexOf(folder) !== index)
        this.#complain(file, line, `the chapter ${folder} is listed twice`);
      if (Number(folder.slice(0, 2)) !== index + 1)
        this.#complain(file, line, `the chapter ${folder} stands in place ${index + 1}`);
    });
  }

  checkStrayFiles(folder: string, head: CourseFile, files: ContentFiles): void {
    const known = new Set(head.modules.map((module) => module.folder));
    for (const path of files.keys()) {
      if (!path.startsWith(`${folder}/`)) continue;
      const [chapter = "", ...rest] = path.slice(folder.length + 1).split("/");
      if (chapter === "files" && rest.length === 1) continue;
      if (rest.length > 0 && !known.has(chapter))
        this.#complain(path, 1, `the chapter ${chapter} is not listed in course.yaml`);
      else if (!isExpected(chapter, rest))
        this.#complain(path, 1, "is neither a lesson nor an exercise nor a file");
    }
  }

  #refer(file: string, links: readonly ProseLink[], isPublic: boolean): void {
    for (const { url, line } of links) {
      const own = url.startsWith("files/");
      const to = own ? `courses/${this.slug}/${url}` : url;
      const reason = own ? `there is no ${url} in the course's folder` : `the link ${url} leads nowhere`;
      this.references.push({ file, line, reason, to });
      if (own) {
        const name = url.slice("files/".length);
        this.#usedFiles.set(name, isPublic || this.#usedFiles.get(name) === true);
      }
    }
  }

  /** Call it after every text was read. */
  readFiles(folder: string, files: ContentFiles): ParsedFile[] {
    return namesIn(folder, files).flatMap((name) => {
      const file = `${folder}/${name}`;
      const read = readCourseFile(name, Buffer.from(files.get(file) ?? "", "base64"));
      const isPublic = this.#usedFiles.get(name);
      if ("problem" in read) this.#complain(file, 1, read.problem);
      else if (isPublic === undefined)
        this.#complain(file, 1, "no text of the course shows or links this file");
      else return [{ ...read, isPublic }];
      return [];
    });
  }

  #mustBeNew(seen: Map<string, string>, name: string, file: string, what: string): void {
    const other = seen.get(name);
    if (other) this.#complain(file, 1, `the ${what} ${name} exists already: ${other}`);
    seen.set(name, file);
  }

  #complain(file: string, line: number, reason: string): void {
    this.problems.push({ file, line, reason });
  }
}

type ExerciseFiles = Map<
  string,
  { readonly file: string; readonly exercise: ParsedExercise | null; askedBy: string | null }
>;

function isExpected(first: string, rest: readonly string[]): boolean {
  if (rest.length === 0) return first === "course.yaml";
  if (rest.length === 1) return rest[0]?.endsWith(".md") ?? false;
  return rest.length === 2 && rest[0] === "exercises" && (rest[1]?.endsWith(".yaml") ?? false);
}

/** The names of the files directly in `folder`, in order. */
function namesIn(folder: string, files: ContentFiles): string[] {
  return [...files.keys()]
    .filter((path) => path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes("/"))
    .map((path) => path.slice(folder.length + 1))
    .sort();
}
