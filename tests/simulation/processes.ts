import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import postgres from "postgres";
import { migrateDatabase } from "../../scripts/migrate";
import { startTestCluster } from "../support/cluster";
import type { Told } from "./history";

const TEMPLATE = "simulation_template";

export type Histories = Awaited<ReturnType<typeof startHistories>>;
type Cluster = { readonly url: string; readonly superuserUrl: string; readonly template: string };

/** A Postgres with a migrated template to clone. */
export async function startCluster(options: Parameters<typeof startTestCluster>[0] = {}) {
  const cluster = await startTestCluster(options);
  const admin = postgres(cluster.superuserUrl, { max: 1, onnotice: () => {} });
  try {
    await admin`create database ${admin(TEMPLATE)} owner lectern`;
    await migrateDatabase(cluster.url.replace(/\/lectern$/, `/${TEMPLATE}`));
  } finally {
    await admin.end();
  }
  return { ...cluster, template: TEMPLATE };
}

/** One process for each core. */
export async function startHistories() {
  const cluster = await startCluster();
  const workers = await Promise.all(
    Array.from({ length: availableParallelism() }, () => startWorker(cluster, process.cwd())),
  );
  return {
    /** Calls `hear` after each history; when it answers false no more are begun. */
    live: (seeds: readonly number[], hear: (told: Told) => boolean) => share(workers, seeds, hear),
    close: async () => {
      for (const worker of workers) await worker.end();
      await cluster.stop();
    },
  };
}

export type Worker = Awaited<ReturnType<typeof startWorker>>;

export async function share(
  workers: readonly Worker[],
  seeds: readonly number[],
  hear: (told: Told) => boolean,
): Promise<void> {
  const waiting = [...seeds];
  let goesOn = true;
  await Promise.all(
    workers.map(async (worker) => {
      for (let seed = waiting.shift(); seed !== undefined && goesOn; seed = waiting.shift())
        goesOn = hear(await worker.live(seed)) && goesOn;
    }),
  );
}

/** `folder` holds the sources it runs: the project, or a copy of it. */
export async function startWorker({ url, superuserUrl, template }: Cluster, folder: string, focus = "") {
  const child = fork(
    join(folder, "tests", "simulation", "worker.ts"),
    [JSON.stringify({ cluster: { url, superuserUrl, template } })],
    {
      cwd: folder,
      env: { ...process.env, SIMULATION_FOCUS: focus },
      execArgv: ["--import", pathToFileURL(join(folder, "scripts", "typescript.mjs")).href],
    },
  );
  await nextMessage(child);
  return {
    live: async (seed: number): Promise<Told> => {
      child.send({ seed });
      return (await nextMessage(child)) as Told;
    },
    end: async () => {
      if (child.exitCode !== null) return;
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.send({ end: true });
      await gone;
    },
  };
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) =>
      reject(new Error(`a process of the simulation ended with code ${code}`));
    child.once("exit", onExit);
    child.once("message", (message) => {
      child.off("exit", onExit);
      resolve(message);
    });
  });
}
