/**
 * npm run worker   works off mails, refunds and expired orders until it is ended; `npm start` runs one.
 *
 * SIGTERM and Ctrl-C let what is under way end. Any number may run beside each other.
 */
import { runCommand } from "./run-command";
import { useInstallation } from "./use-installation";

async function main(): Promise<void> {
  const installation = await useInstallation();
  const { closeDatabase } = await import("../db/client");
  const { log } = await import("../lib/log");
  const { runJobs } = await import("../lib/jobs/run-jobs");

  const ending = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      log.info({ signal }, "worker ends what it is doing");
      ending.abort();
    });
  }
  log.info("worker started");
  await runJobs(ending.signal);
  await closeDatabase();
  await installation.close();
  log.info("worker ended");
}

await runCommand(main);
// Told to end while it was starting, the queue leaves a timer behind, which would keep the process.
process.exit();
