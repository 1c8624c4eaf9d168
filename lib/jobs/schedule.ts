/** Adapter: pg-boss, for jobs that run by the clock, once whichever of several workers is faster. */
import "server-only";
import PgBoss from "pg-boss";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { pauseFor } from "./poll";

/** A job and when it is due. What is missed is not made up for: the next time does all of it. */
export type ScheduledJob = {
  readonly name: string;
  /** Five fields, in UTC; nothing is more frequent than a minute. */
  readonly cron: string;
  readonly run: () => Promise<number>;
  /** Also at once, when the worker starts. */
  readonly atStart?: boolean;
};

const DRAIN_MS = 15_000;

/** Runs the jobs until `signal` aborts, then lets those under way end. Waits for a database that is not there yet. */
export async function runSchedule(jobs: readonly ScheduledJob[], signal: AbortSignal): Promise<void> {
  const boss = await startBoss(signal);
  if (!boss) return;
  const prepared = await retry(() => prepare(boss, jobs), signal);
  if (prepared) await new Promise<void>((resolve) => whenAborted(signal, resolve));
  await boss
    .stop({ graceful: true, timeout: DRAIN_MS })
    .catch((error) => log.warn({ err: error }, "the schedule could not say goodbye to its database"));
}

/** A started pg-boss in its own schema; a new instance for each try, since one that failed to start is spent. */
async function startBoss(signal: AbortSignal): Promise<PgBoss | null> {
  let started: PgBoss | null = null;
  await retry(async () => {
    const boss = new PgBoss({
      connectionString: env().DATABASE_URL,
      application_name: "lectern jobs",
      schema: "jobs",
      max: 3,
      retryLimit: 0,
      expireInSeconds: 300,
      deleteAfterDays: 1,
    });
    boss.on("error", (error) => log.warn({ err: error }, "the schedule has no database"));
    try {
      started = await boss.start();
    } catch (error) {
      await boss.stop({ graceful: false }).catch(() => {});
      throw error;
    }
  }, signal);
  return started;
}

/** Workers come last: only what asks the database may have to be tried again. */
async function prepare(boss: PgBoss, jobs: readonly ScheduledJob[]): Promise<void> {
  for (const { name, cron, atStart } of jobs) {
    await boss.createQueue(name, { name, policy: "short", retryLimit: 0 });
    await boss.schedule(name, cron);
    if (atStart) await boss.send(name, {});
  }
  for (const job of jobs) await boss.work(job.name, { pollingIntervalSeconds: 2 }, () => runOnce(job));
  log.info({ jobs: jobs.map((job) => job.name) }, "schedule runs");
}

async function runOnce({ name, run }: ScheduledJob): Promise<void> {
  const startedAt = performance.now();
  try {
    const done = await run();
    const durationMs = Math.round(performance.now() - startedAt);
    log[done > 0 ? "info" : "debug"]({ job: name, done, durationMs }, "job done");
  } catch (error) {
    log.error({ job: name, err: error }, "job failed");
    throw error;
  }
}

/** Tries every few seconds until it works; false when `signal` aborted first. */
async function retry(attempt: () => Promise<void>, signal: AbortSignal): Promise<boolean> {
  for (let pause = 500; !signal.aborted; pause = Math.min(10_000, pause * 2)) {
    try {
      await attempt();
      return true;
    } catch (error) {
      log.warn({ err: error, retryInMs: pause }, "the schedule could not start yet");
      await pauseFor(pause, signal);
    }
  }
  return false;
}

function whenAborted(signal: AbortSignal, then: () => void): void {
  if (signal.aborted) then();
  else signal.addEventListener("abort", then, { once: true });
}
