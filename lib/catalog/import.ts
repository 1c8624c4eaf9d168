/** Adapter: brings `content/` into the database. Called at every start and by `npm run content -- import`. */
import "server-only";
import { toRows } from "./catalog-rows";
import { readCatalog } from "./check-catalog";
import { writeCatalog } from "./mutations";
import type { CatalogChange } from "./plan-import";
import { readContent } from "./read-content";
import type { ContentProblem } from "./schema";

export type ImportReport = {
  readonly dryRun: boolean;
  readonly changes: readonly CatalogChange[];
  /** What the folders hold. */
  readonly courses: number;
  readonly lessons: number;
  readonly exercises: number;
};

/** The folders hold a mistake; nothing was written. The message lists every file, line and reason. */
export class ContentError extends Error {
  constructor(readonly problems: readonly ContentProblem[]) {
    super(problems.map(describeProblem).join("\n"));
    this.name = "ContentError";
  }
}

/** `courses/x/course.yaml:12: price: is missing` */
export function describeProblem({ file, line, reason }: ContentProblem): string {
  return `${file}:${line}: ${reason}`;
}

/**
 * Reads the courses below `dir` and makes the database say the same, in one transaction. Running it again changes
 * nothing; a dry run only answers what would change. What an admin changed in the shop stays, unless `force` is said. Throws `ContentError` when a file is wrong.
 */
export async function importCatalog({
  dir,
  dryRun = false,
  force = false,
  now,
}: {
  readonly dir: string;
  readonly dryRun?: boolean;
  /** Also over what an admin changed in the shop. */
  readonly force?: boolean;
  readonly now: Date;
}): Promise<ImportReport> {
  const { courses, problems } = readCatalog(await readContent(dir));
  if (!courses) throw new ContentError(problems);
  const rows = courses.map(toRows);
  const changes = await writeCatalog(rows, { dryRun, now, force });
  const count = (part: "lessons" | "exercises") =>
    rows.reduce((total, course) => total + course[part].length, 0);
  return { dryRun, changes, courses: rows.length, lessons: count("lessons"), exercises: count("exercises") };
}
