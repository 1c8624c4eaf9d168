import { type ContentFiles, type CourseReading, parseCourse, type Reference } from "./parse-course";
import type { ContentProblem, ParsedCourse } from "./schema";

export type CatalogReading = {
  /** Every course, when there is no problem anywhere; else null. */
  readonly courses: readonly ParsedCourse[] | null;
  readonly problems: readonly ContentProblem[];
};

/** Reads everything below `content/` and follows what the files say about each other. Pure. */
export function readCatalog(files: ContentFiles): CatalogReading {
  const slugs = [
    ...new Set([...files.keys()].flatMap((path) => /^courses\/([^/]+)\//.exec(path)?.[1] ?? [])),
  ].sort();
  const readings = slugs.map((slug) => parseCourse(slug, files));
  const problems = [
    ...readings.flatMap((reading) => reading.problems),
    ...deadReferences(readings, files),
    ...misnamedCourses(slugs),
    ...uselessDatasets(readings, files),
  ].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
  const courses = readings.flatMap((reading) => reading.course ?? []);
  return { courses: problems.length === 0 ? courses : null, problems };
}

function deadReferences(readings: readonly CourseReading[], files: ContentFiles): ContentProblem[] {
  return findDeadReferences(readings, {
    files,
    courses: new Set(readings.map((reading) => reading.slug)),
    lessons: listLessonPaths(files),
  });
}

/** The addresses of the lessons that these files hold. */
export function listLessonPaths(files: ContentFiles): ReadonlySet<string> {
  const lessons = new Set<string>();
  for (const path of files.keys()) {
    const match = /^courses\/([^/]+)\/\d{2}-[^/]+\/\d{2}-([^/]+)\.md$/.exec(path);
    if (match) lessons.add(`/learn/${match[1]}/${match[2]}`);
  }
  return lessons;
}

/** What is there to be named: by path, by slug, by address. */
export type KnownPlaces = {
  readonly files: { has(path: string): boolean };
  readonly courses: ReadonlySet<string>;
  readonly lessons: ReadonlySet<string>;
};

/** Places in the files that name something which is not there. */
export function findDeadReferences(
  readings: readonly CourseReading[],
  { files, courses, lessons }: KnownPlaces,
): ContentProblem[] {
  const leadsSomewhere = ({ to }: Reference): boolean => {
    if (/^datasets\/|^courses\/[^/]+\/files\//.test(to)) return files.has(to);
    if (to.startsWith("courses/")) return courses.has(to.slice("courses/".length));
    // An e-mail address in the text looks like a link to the parser; the renderer shows it as text.
    if (/^(https:\/\/|#|mailto:)/.test(to)) return true;
    const [path = ""] = to.split(/[?#]/);
    const course = /^\/courses\/([^/]+)$/.exec(path)?.[1];
    return course ? courses.has(course) : path === "/courses" || path === "/pricing" || lessons.has(path);
  };
  return readings
    .flatMap((reading) => reading.references)
    .filter((reference) => !leadsSomewhere(reference))
    .map(({ file, line, reason }) => ({ file, line, reason }));
}

export function misnamedCourses(slugs: readonly string[]): ContentProblem[] {
  return slugs
    .filter((slug) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug) || slug === "search")
    .map((slug) => ({
      file: `courses/${slug}/course.yaml`,
      line: 1,
      reason: `${slug} cannot be a course's address: use lower-case words joined by hyphens, and not "search"`,
    }));
}

function uselessDatasets(readings: readonly CourseReading[], files: ContentFiles): ContentProblem[] {
  const used = new Set(readings.flatMap((reading) => reading.references.map((reference) => reference.to)));
  return [...files.keys()]
    .filter((path) => path.startsWith("datasets/") && !used.has(path))
    .map((file) => ({ file, line: 1, reason: "no exercise uses this dataset" }));
}
