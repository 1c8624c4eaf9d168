import { readFileSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { z } from "zod";
import { Problem } from "../sandbox/problem";
import { birthMark, isAlive, processSpace, waitUntil } from "../sandbox/process";
import { createWhole, type DataFolder, errorCode, writeWhole } from "./data-folder";

/** Of a run, so that one that cannot be seen from here can be told from one that was killed. */
const HEARTBEAT_MS = 2_000;
/** A run of another container that is quiet for so long is over. */
const QUIET_MS = 10_000;

const processSchema = z.object({ pid: z.number().int().positive(), born: z.string() });
const runSchema = processSchema.extend({
  address: z.string(),
  port: z.number().int(),
  parts: z.array(processSchema),
  /** Where its process ids mean something; files of older versions do not say. */
  space: z.string().optional(),
});
type KnownProcess = z.output<typeof processSchema>;
type FormerRun = z.output<typeof runSchema>;

/** The one run that owns a data folder, and the processes it has started. */
export type Run = {
  /** Notes a part, so that the next start can end it should this process be killed. */
  note(pid: number): void;
  release(): void;
};

/**
 * Takes the data folder for this process, and ends what a killed run left behind.
 *
 * @throws Problem when another run has it, on this machine or in another container that shares the folder.
 */
export async function takeDataFolder(folder: DataFolder, address: string, port: number): Promise<Run> {
  const self = {
    pid: process.pid,
    born: birthMark(process.pid),
    address,
    port,
    space: processSpace(),
  };
  let parts: KnownProcess[] = [];
  while (!createWhole(folder.runFile, { ...self, parts })) await clearFormerRun(folder);
  const heartbeat = setInterval(() => touch(folder.runFile), HEARTBEAT_MS).unref();
  return {
    note: (pid) => {
      parts = [...parts.filter((part) => isSame(part)), { pid, born: birthMark(pid) }];
      try {
        writeWhole(folder.runFile, { ...self, parts });
      } catch (error) {
        // On a full disk what runs goes on. Should this process be killed then, its parts end by themselves.
        if (errorCode(error) !== "ENOSPC") throw error;
      }
    },
    release: () => {
      clearInterval(heartbeat);
      rmSync(folder.runFile, { force: true });
    },
  };
}

/** The port of the run that has the folder now; null when none has. */
export function findRunningPort(folder: DataFolder): number | null {
  const run = readRun(folder.runFile);
  return run && isHere(run) && isSame(run) ? run.port : null;
}

async function clearFormerRun(folder: DataFolder): Promise<void> {
  const former = readRun(folder.runFile);
  if (former && !isHere(former)) await requireQuiet(folder, former);
  else if (former) {
    if (isSame(former)) throw taken(folder, `process ${former.pid}, ${former.address}`);
    await endParts(former.parts.filter(isSame));
  }
  removeRun(folder, former);
}

const isHere = ({ space }: FormerRun) => space === undefined || space === processSpace();

/** Processes of another container, or from before the machine was started anew, cannot be seen: their heartbeat can. */
async function requireQuiet(folder: DataFolder, former: FormerRun): Promise<void> {
  const beat = () => statSync(folder.runFile, { throwIfNoEntry: false })?.mtimeMs;
  const before = beat();
  console.log(`  … Another container or machine had ${folder.root}: waiting to see whether it still has it`);
  if (await waitUntil(() => beat() !== before, QUIET_MS))
    throw taken(folder, `in another container or on another machine, ${former.address}`);
}

const taken = ({ root }: DataFolder, where: string) =>
  new Problem(
    `Lectern already runs on ${root} (${where}): stop it first, or set DATA_DIR and PORT for a second one.`,
  );

async function endParts(left: readonly KnownProcess[]): Promise<void> {
  for (const part of left) endQuietly(part.pid, "SIGTERM");
  if (await waitUntil(() => !left.some(isSame), 5_000)) return;
  for (const part of left.filter(isSame)) endQuietly(part.pid, "SIGKILL");
  await waitUntil(() => !left.some(isSame), 5_000);
}

/** Of two starts that both find the same dead run, the second would take away what the first has written since. */
function removeRun(folder: DataFolder, former: FormerRun | null): void {
  const aside = `${folder.runFile}.${process.pid}.old`;
  try {
    renameSync(folder.runFile, aside);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw error;
  }
  const moved = readRun(aside);
  if (moved && JSON.stringify(moved) !== JSON.stringify(former)) createWhole(folder.runFile, moved);
  rmSync(aside, { force: true });
}

/** A process id is used again after a while: the time of birth tells whether it is still the same process. */
function isSame(known: KnownProcess): boolean {
  return isAlive(known.pid) && birthMark(known.pid) === known.born;
}

function readRun(path: string): FormerRun | null {
  try {
    const parsed = runSchema.safeParse(JSON.parse(readFileSync(path, "utf8")));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // Taken away by hand, or a disk that fails: neither may end the shop.
  }
}

function endQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself in between.
  }
}
