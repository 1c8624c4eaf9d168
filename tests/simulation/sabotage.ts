import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import postgres from "postgres";
import { Problem } from "../../sandbox/problem";
import { startCluster, startWorker } from "./processes";
import { SABOTAGES, type Sabotage } from "./sabotages";

/** What a history needs of the project. */
const SOURCES = [
  "app/api/stripe",
  "db",
  "lib",
  "sandbox",
  "scripts",
  "tests/simulation",
  "tests/support",
  "package.json",
  "tsconfig.json",
];
/** The rarest guard of the list is needed in one history of fifty. */
const MOST_HISTORIES = 200;

export type Verdict = {
  readonly name: string;
  /** The first complaint, or null when it was not noticed. */
  readonly noticed: string | null;
  readonly histories: number;
};

/**
 * Takes one guard away at a time, in a copy of the sources, and lives histories until one breaks.
 *
 * @throws Problem when a guard is not where it was: then the list is to be brought up to date.
 */
export async function trySabotages(
  { seed, only }: { readonly seed: number; readonly only: string | undefined },
  hear: (verdict: Verdict) => void,
): Promise<void> {
  const chosen = SABOTAGES.filter(({ name }) => only === undefined || new RegExp(only).test(name));
  for (const sabotage of chosen) requireGuards(sabotage);
  const cluster = await startCluster();
  const sources = mkdtempSync(join(tmpdir(), "lectern-sources-"));
  for (const source of SOURCES) cpSync(source, join(sources, source), { recursive: true });
  const waiting = [...chosen];
  try {
    await Promise.all(
      Array.from({ length: availableParallelism() }, async () => {
        for (let next = waiting.shift(); next; next = waiting.shift())
          hear(await tryOne(next, seed, cluster, sources));
      }),
    );
  } finally {
    await cluster.stop();
    rmSync(sources, { recursive: true, force: true });
  }
}

/** Every guard that is taken away stands in the sources, once. */
export function requireGuards({ name, edits = [] }: Sabotage): void {
  for (const { file, text } of edits) {
    if (readFileSync(file, "utf8").split(text).length !== 2)
      throw new Problem(
        `The guard "${name}" is not in ${file} as tests/simulation/sabotages.ts knows it: correct it there.`,
      );
  }
}

type Cluster = Awaited<ReturnType<typeof startCluster>>;

async function tryOne(sabotage: Sabotage, seed: number, cluster: Cluster, sources: string): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), "lectern-sabotage-"));
  const template = `sabotage_${SABOTAGES.indexOf(sabotage)}`;
  try {
    cpSync(sources, folder, { recursive: true });
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"), "junction");
    for (const { file, text, instead } of sabotage.edits ?? []) {
      const path = join(folder, file);
      writeFileSync(
        path,
        readFileSync(path, "utf8").replace(text, () => instead),
      );
    }
    await cloneTemplate(cluster, template, sabotage.sql);
    const worker = await startWorker({ ...cluster, template }, folder, sabotage.focus);
    try {
      for (let index = 0; index < MOST_HISTORIES; index += 1) {
        // A history that never ends is noticed by that.
        const [noticed] = await worker.live(seed + index).then(
          (told) => told.violations,
          (error: Error) => [error.message],
        );
        if (noticed) return { name: sabotage.name, noticed, histories: index + 1 };
      }
      return { name: sabotage.name, noticed: null, histories: MOST_HISTORIES };
    } finally {
      await worker.end();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function cloneTemplate(cluster: Cluster, name: string, sql: string | undefined): Promise<void> {
  const admin = postgres(cluster.superuserUrl, { max: 1, onnotice: () => {} });
  try {
    await admin`create database ${admin(name)} template ${admin(cluster.template)} strategy file_copy owner lectern`;
  } finally {
    await admin.end();
  }
  if (sql === undefined) return;
  const inside = postgres(cluster.superuserUrl.replace(/\/postgres$/, `/${name}`), {
    max: 1,
    onnotice: () => {},
  });
  try {
    await inside.unsafe(sql);
  } finally {
    await inside.end();
  }
}
