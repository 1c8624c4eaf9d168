/** Adapter: the way back from the database to `content/`, for editors of the files. */
import "server-only";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { formatCourse, fromRows } from "./format-course";
import { listFileBytes, listStoredCourses } from "./queries";

/**
 * Writes every course of the database into `to`, in the format that the importer reads, and copies the datasets
 * (files only, never in the database) from `from`. Answers how many files were written.
 */
export async function exportCatalog({
  from,
  to,
}: {
  readonly from: string;
  readonly to: string;
}): Promise<number> {
  const stored = await listStoredCourses();
  const texts = stored.flatMap((course) => [...formatCourse(fromRows(course))]);
  const files: (readonly [string, string | Buffer])[] = [...texts, ...(await listFileBytes())];
  for (const [path, content] of files) {
    await mkdir(dirname(join(to, path)), { recursive: true });
    await writeFile(join(to, path), content);
  }
  await cp(join(from, "datasets"), join(to, "datasets"), { recursive: true });
  return files.length;
}
