import { readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../problem";
import { commandLine, isAlive, waitUntil, workingFolder } from "../process";

/** The lines of postmaster.pid that matter here (src/include/utils/pidfile.h). */
export type PostmasterFile = { readonly pid: number; readonly port: number; readonly ready: boolean };

export function readPostmasterFile(dataDir: string): PostmasterFile | null {
  try {
    const lines = readFileSync(join(dataDir, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    if (!Number.isInteger(pid) || pid <= 0) return null;
    return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
  } catch {
    return null;
  }
}

/** The server that works on this folder right now, whoever started it. */
export function findRunningPostmaster(dataDir: string): PostmasterFile | null {
  const file = readPostmasterFile(dataDir);
  return file && isAlive(file.pid) && isPostgresOn(dataDir, file.pid) ? file : null;
}

function isPostgresOn(dataDir: string, pid: number): boolean {
  const command = commandLine(pid);
  if (!/postgres/.test(command)) return false;
  const folder = realpathSync(dataDir);
  const cwd = workingFolder(pid);
  return cwd === null ? command.includes(folder) || command.includes(dataDir) : cwd === folder;
}

/**
 * Ends a server that a killed parent left behind: fast shutdown, then an immediate one (crash recovery at the next
 * start; nothing committed is lost either way). A file that stays behind is disarmed, since its process id may
 * belong to another program by now, which Postgres itself would take for a running server.
 */
export async function clearOrphan(dataDir: string): Promise<void> {
  const orphan = findRunningPostmaster(dataDir);
  if (orphan && !(await endServer(orphan.pid))) {
    throw new Problem(
      `A Postgres server (process ${orphan.pid}) still uses ${dataDir} and could not be ended: end it, then start again.`,
    );
  }
  if (readPostmasterFile(dataDir)) disarm(dataDir);
}

async function endServer(pid: number): Promise<boolean> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended in between, or it is not ours to end; the wait tells which.
    }
    if (await waitUntil(() => !isAlive(pid), 10_000)) return true;
  }
  return false;
}

/**
 * Puts an id that cannot exist in the first line. The rest stays: by its shared memory key Postgres recognises
 * backends of the old server that still live, and then refuses to start.
 */
function disarm(dataDir: string): void {
  const path = join(dataDir, "postmaster.pid");
  const [, ...rest] = readFileSync(path, "utf8").split("\n");
  writeFileSync(path, ["2147483647", ...rest].join("\n"));
}
