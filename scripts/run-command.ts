import { Problem } from "../sandbox/problem";
import { PartFailed } from "./parts";
import { fail } from "./steps.mjs";

/** Runs a command; what a person can mend ends it with one sentence and 1, a bug of ours with its stack. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    explain(error);
  }
}

/** Ends the process with the reason. */
export function explain(error: unknown): never {
  if (error instanceof Problem || error instanceof PartFailed) fail(error.message);
  if (error instanceof Error && "code" in error && /^ERR_PARSE_ARGS/.test(String(error.code)))
    fail(error.message);
  const database = describeDatabaseError(error);
  if (database) fail(database);
  const disk = describeDiskError(error);
  if (disk) fail(disk);
  console.error(error);
  process.exit(1);
}

/** What Postgres' client says when the server cannot be used, as a sentence; null for anything else. */
function describeDatabaseError(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  switch (error.code) {
    case "ECONNREFUSED":
    case "ENOTFOUND":
    case "CONNECT_TIMEOUT":
    case "CONNECTION_ENDED":
    case "ECONNRESET":
    case "CONNECTION_CLOSED":
    case "CONNECTION_DESTROYED":
      return "DATABASE_URL leads to no Postgres that answers: check host, port and sslmode, start that server, or unset it to use the embedded one.";
    case "28P01":
    case "28000":
      return "DATABASE_URL is refused by its server: check user and password.";
    case "3D000":
      return "DATABASE_URL names a database that does not exist: create it, or correct the name.";
    case "42704":
      return `DATABASE_URL asks its server for a setting that it does not know (${error.message}): take that away from the address.`;
    case "42501":
      return "DATABASE_URL's user may not change the schema: make it the owner of its database.";
    default:
      return null;
  }
}

/** What the system says when nothing can be written. */
function describeDiskError(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  const where = "path" in error ? String(error.path) : "The disk";
  switch (error.code) {
    case "ENOSPC":
    case "EDQUOT":
      return `${where} cannot be written: there is no space left. Make room, then start again; nothing that was saved is lost.`;
    case "EROFS":
      return `${where} cannot be written: it is on a read-only file system. Set DATA_DIR to a folder that can be written.`;
    default:
      return null;
  }
}
