import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "../../sandbox/postgres/start";
import { isAlive } from "../../sandbox/process";
import { freePort } from "./ports";

const PREFIX = "lectern-test-";
const ENOUGH_BYTES = 1024 ** 3;

/**
 * A Postgres for tests: in memory where the machine has room, without durability unless asked for, gone after `stop()`.
 * `crash` ends it as `pg_ctl restart -m immediate` does, and starts it again.
 */
export async function startTestCluster({ durable = false } = {}) {
  const parent = memoryFolder() ?? tmpdir();
  removeAbandoned(parent);
  const folder = mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
  chmodSync(folder, 0o711);
  const options = {
    dataDir: join(folder, "postgres"),
    port: await freePort(),
    superuserPassword: randomBytes(16).toString("hex"),
    role: { name: "lectern", password: randomBytes(16).toString("hex") },
    logFile: join(folder, "postgres.log"),
    durable,
    settings: ["max_connections=300", "shared_buffers=64MB"],
  };
  let cluster = await startPostgres(options);
  return {
    ...cluster,
    crash: async () => {
      process.kill(cluster.pid, "SIGQUIT");
      await cluster.ended;
      cluster = await startPostgres(options);
    },
    stop: async () => {
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function memoryFolder(): string | null {
  try {
    const { bavail, bsize } = statfsSync("/dev/shm");
    return bavail * bsize >= ENOUGH_BYTES ? "/dev/shm" : null;
  } catch {
    return null;
  }
}

/** A run that was killed leaves its folder behind, in memory at that; the folder's name holds the run's process id. */
function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1] ?? Number.NaN);
    if (Number.isInteger(pid) && !isAlive(pid)) rmSync(join(parent, name), { recursive: true, force: true });
  }
}
