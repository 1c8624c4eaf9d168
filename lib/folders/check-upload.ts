import {
  findDeadReferences,
  type KnownPlaces,
  listLessonPaths,
  misnamedCourses,
} from "@/lib/catalog/check-catalog";
import { type ContentFiles, parseCourse } from "@/lib/catalog/parse-course";
import type { ContentProblem, ParsedCourse } from "@/lib/catalog/schema";

export type UploadReading =
  | { readonly courses: readonly ParsedCourse[]; readonly problems: readonly [] }
  | { readonly courses: null; readonly problems: readonly ContentProblem[] };

/** The courses of an upload. What they name may lie in it, or in the shop already. */
export function checkUpload(files: ContentFiles, known: KnownPlaces): UploadReading {
  const slugs = [...new Set([...files.keys()].flatMap((path) => path.split("/")[1] ?? []))].sort();
  const readings = slugs.map((slug) => parseCourse(slug, files));
  const places: KnownPlaces = {
    files: { has: (path) => files.has(path) || known.files.has(path) },
    courses: new Set([...known.courses, ...slugs]),
    lessons: new Set([...known.lessons, ...listLessonPaths(files)]),
  };
  const problems = [
    ...misnamedCourses(slugs),
    ...readings.flatMap((reading) => reading.problems),
    ...findDeadReferences(readings, places),
  ].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
  if (problems.length > 0) return { courses: null, problems };
  return { courses: readings.flatMap((reading) => reading.course ?? []), problems: [] };
}
