/** Adapter: the data that SQL exercises ask about, as files of SQL statements for SQLite in `content/datasets/`. */
import "server-only";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const NAME = /^[a-z][a-z0-9-]{0,60}$/;

/** The statements that build a data set; null when there is none of that name. */
export async function readDataset(name: string): Promise<string | null> {
  if (!NAME.test(name)) return null;
  const file = join(process.cwd(), "content", "datasets", `${name}.sql`);
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
}
