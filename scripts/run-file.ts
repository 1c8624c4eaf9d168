import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { Problem } from "../sandbox/problem";
import { birthMark, isAlive, waitUntil } from "../sandbox/process";
import { type DataFolder, errorCode, writeWhole } from "./data-folder";

const processSchema = z.object({ pid: z.number().int().positive(), born: z.string() });
const runSchema = processSchema.extend({
  address: z.string(),
  port: z.number().int(),
  parts: z.array(processSchema),
});
type KnownProcess = z.output<typeof processSchema>;

/** The one run that owns a data folder, and the processes it has started. */
export type Run = {
  /** Notes a part, so that the next start can end it should this process be killed. */
  note(pid: number): void;
  release(): void;
};

/**
 * Takes the data folder for this process, and ends what a killed run left behind.
 *
 * @throws Problem when another run has it.
 */
export async function takeDataFolder(folder: DataFolder, address: string, port: number): Promise<Run> {
  const self = { pid: process.pid, born: birthMark(process.pid), address, port };
  let parts: KnownProcess[] = [];
  for (;;) {
    try {
      writeFileSync(folder.runFile, JSON.stringify({ ...self, parts }), { flag: "wx", mode: 0o600 });
      break;
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
      await clearFormerRun(folder);
    }
  }
  return {
    note: (pid) => {
      parts = [...parts.filter((part) => isSame(part)), { pid, born: birthMark(pid) }];
      writeWhole(folder.runFile, { ...self, parts });
    },
    release: () => rmSync(folder.runFile, { force: true }),
  };
}

/** The port of the run that has the folder now; null when none has. */
export function findRunningPort(folder: DataFolder): number | null {
  const run = readRun(folder.runFile);
  return run && isSame(run) ? run.port : null;
}

async function clearFormerRun(folder: DataFolder): Promise<void> {
  const former = readRun(folder.runFile);
  if (former && isSame(former)) {
    throw new Problem(
      `Lectern already runs on ${folder.root} (process ${former.pid}, ${former.address}): stop it first, or set DATA_DIR and PORT for a second one.`,
    );
  }
  const left = former?.parts.filter(isSame) ?? [];
  for (const part of left) endQuietly(part.pid, "SIGTERM");
  if (!(await waitUntil(() => !left.some(isSame), 5_000))) {
    for (const part of left.filter(isSame)) endQuietly(part.pid, "SIGKILL");
    await waitUntil(() => !left.some(isSame), 5_000);
  }
  rmSync(folder.runFile, { force: true });
}

/** A process id is used again after a while: the time of birth tells whether it is still the same process. */
function isSame(known: KnownProcess): boolean {
  return isAlive(known.pid) && birthMark(known.pid) === known.born;
}

function readRun(path: string) {
  try {
    const parsed = runSchema.safeParse(JSON.parse(readFileSync(path, "utf8")));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function endQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself in between.
  }
}
