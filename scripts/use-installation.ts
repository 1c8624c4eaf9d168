import { findRunningPostmaster } from "../sandbox/postgres/postmaster";
import { startPostgres } from "../sandbox/postgres/start";
import { migrateDatabase } from "./migrate";
import { COMPLETE, completeEnvironment, type Platform, postgresOptions, readPlatform } from "./platform";
import { findRunningPort, takeDataFolder } from "./run-file";

/**
 * For commands that run beside the shop or without it (admin, content, worker): completes `process.env` with this
 * installation's secrets and database. Uses the embedded Postgres of a running `npm start`, and otherwise starts it
 * for the time of the command. Call it before anything that reads the environment, and `close` at the end.
 *
 *     const installation = await useInstallation();
 *     const { createAdmin } = await import("@/lib/identity/mutations");
 *     …
 *     await installation.close();
 *
 * @throws Problem with one sentence; see `runCommand`.
 */
export async function useInstallation(): Promise<{ close(): Promise<void> }> {
  const nothing = { close: async () => {} };
  // Started by `npm start`, which has completed the environment.
  if (process.env[COMPLETE]) return nothing;
  const first = readPlatform("production");
  const runningPort = findRunningPort(first.folder);
  if (runningPort !== null) process.env.PORT = String(runningPort);
  const platform = runningPort === null ? first : readPlatform("production");
  const { settings } = platform;
  if (settings.DATABASE_URL !== undefined) return complete(platform, settings.DATABASE_URL, nothing);

  const options = postgresOptions(platform);
  const running = runningPort === null ? null : findRunningPostmaster(options.dataDir);
  if (running) {
    const { name, password } = options.role;
    return complete(platform, `postgres://${name}:${password}@127.0.0.1:${running.port}/${name}`, nothing);
  }
  const run = await takeDataFolder(platform.folder, "a command", platform.ports.shop);
  const postgres = await startPostgres(options);
  await migrateDatabase(postgres.url);
  const close = async () => {
    await postgres.stop();
    run.release();
  };
  return complete(platform, postgres.url, { close });
}

function complete<T>(platform: Platform, databaseUrl: string, installation: T): T {
  Object.assign(process.env, completeEnvironment(platform, databaseUrl));
  return installation;
}
