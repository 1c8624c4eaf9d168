import { parse } from "csv-parse/sync";
import { z } from "zod";
import { err, ok, type Result } from "@/lib/result";
import { MOST_ROWS } from "./limits";
import { address, courseName, grantType, type ImportRejection, lastDay } from "./schema";

export type Grant = {
  readonly email: string;
  readonly course: string;
  readonly type: "free" | "gifted";
  readonly until: Date | null;
};

export type GrantRow = {
  /** In the file; the head is line 1. */
  readonly line: number;
  /** As it stands in the file, to be found again. */
  readonly email: string;
  readonly course: string;
  readonly grant: Result<Grant, string>;
};

const cell = z.string().default("");
const row = z.object({
  email: address,
  course: courseName,
  type: z
    .string()
    .default("")
    .transform((word) => word.trim().toLowerCase() || "gifted")
    .pipe(grantType),
  until: cell.pipe(lastDay),
});

/**
 * Reads `email,course[,type][,until]`, with a head that names the columns in any order; separated by commas, semicolons or
 * tabs as spreadsheets like it. A row that makes no sense is told by itself and does not stop the others.
 */
export function readGrants(csv: string): Result<readonly GrantRow[], ImportRejection> {
  let records: { info: { lines: number }; record: Record<string, string> }[];
  try {
    records = parse(csv, {
      bom: true,
      columns: (head: readonly string[]) => head.map((name) => name.trim().toLowerCase()),
      delimiter: [",", ";", "\t"],
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch {
    return err("unreadable");
  }
  if (records.length === 0) return err("no_rows");
  if (records.length > MOST_ROWS) return err("too_many_rows");
  if (records.some(({ record }) => record.email === undefined || record.course === undefined))
    return err("missing_columns");
  return ok(
    records.map(({ info, record }) => {
      const read = row.safeParse(record);
      const { email = "", course = "" } = record;
      const grant: Result<Grant, string> = read.success
        ? ok(read.data)
        : err(read.error.issues[0]?.message ?? "This row makes no sense.");
      return { line: info.lines, email, course, grant };
    }),
  );
}
