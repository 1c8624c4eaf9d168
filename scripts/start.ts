import { join } from "node:path";
import { clearOrphan } from "../sandbox/postgres/postmaster";
import { Problem } from "../sandbox/problem";
import { build, isBuildFresh } from "./build";
import { hashLoad, isLoaded, markLoaded } from "./loaded";
import { mailPart, postgresPart, shopPart, stripePart, workerPart } from "./local-parts";
import { migrateDatabase } from "./migrate";
import { completeEnvironment, type Mode, type Platform, postgresOptions, readPlatform } from "./platform";
import { requireFreePort } from "./ports";
import { explain, runCommand } from "./run-command";
import { takeDataFolder } from "./run-file";
import { runTask } from "./run-task";
import { step } from "./steps.mjs";
import { printSummary } from "./summary";
import { Supervisor } from "./supervisor";

/** Brings everything up, prints where it is, and keeps it up until a signal ends it. */
export function start(mode: Mode): Promise<void> {
  return runCommand(async () => {
    console.log("\nLectern\n");
    const platform = readPlatform(mode);
    const run = await takeDataFolder(platform.folder, platform.appUrl, platform.ports.shop);
    const supervisor = new Supervisor(run);
    const interrupt = new AbortController();
    const isEnding = endOnSignals(supervisor, interrupt);
    try {
      await bringUp(platform, supervisor, interrupt.signal);
      printSummary(platform);
      process.send?.({ ready: true });
    } catch (error) {
      // After a signal every step fails, because what it works on is being ended.
      if (isEnding()) return;
      await supervisor.stop();
      throw error;
    }
  });
}

async function bringUp(platform: Platform, supervisor: Supervisor, signal: AbortSignal): Promise<void> {
  await requirePorts(platform);
  const databaseUrl = await step("Start the database", async (detail) => {
    if (platform.settings.DATABASE_URL !== undefined) {
      detail("DATABASE_URL");
      return platform.settings.DATABASE_URL;
    }
    const part = postgresPart(postgresOptions(platform));
    await supervisor.add(part);
    detail(`Postgres on port ${platform.ports.postgres}`);
    return part.url;
  });
  await step("Update the schema", async (detail) => {
    const count = await migrateDatabase(databaseUrl);
    detail(count === 0 ? "up to date" : `${count} migration${count === 1 ? "" : "s"}`);
  });
  if (platform.mode === "production" && !isBuildFresh()) {
    await step("Build the shop", () => build(join(platform.folder.logs, "build.log"), signal));
  }
  const environment = completeEnvironment(platform, databaseUrl);
  const label = platform.demo ? "Load catalogue and demo" : "Load the catalogue";
  await step(label, async (detail) => {
    const hash = hashLoad(platform);
    if (await isLoaded(databaseUrl, hash)) return detail("nothing new");
    const [loaded] = await Promise.all([
      runTask(["scripts/content.ts", "import"], environment, signal),
      ...(platform.demo ? [runTask(["scripts/seed-demo.ts"], environment, signal)] : []),
    ]);
    await markLoaded(databaseUrl, hash);
    detail(loaded ?? "");
  });
  await step("Open the shop", async (detail) => {
    // In this order they are ended from the last to the first: nothing is taken away from under the shop.
    const parts = [
      ...(platform.localStripe ? [stripePart(platform, environment)] : []),
      ...(platform.localMail ? [mailPart(platform, environment)] : []),
      shopPart(platform, environment),
    ];
    await Promise.all(parts.map((part) => supervisor.add(part)));
    // Nobody waits for it, and it takes seconds of a processor to load, which the shop needs first.
    const worker = workerPart(platform, environment);
    await supervisor.add(worker);
    detail([...parts, worker].map((part) => part.name).join(", "));
  });
}

async function requirePorts(platform: Platform): Promise<void> {
  const { settings, ports } = platform;
  await requireFreePort(ports.shop, settings.HOST, "PORT, the shop");
  if (platform.localPostgres) {
    await clearOrphan(platform.folder.postgres);
    if (ports.postgres < 1024 && process.getuid?.() === 0)
      throw new Problem(
        `The embedded database does not run as root, so it cannot have port ${ports.postgres}: set PORT to 1024 or more, or DATABASE_URL.`,
      );
    await requireFreePort(ports.postgres, "127.0.0.1", "the embedded database");
  }
  if (platform.localStripe) await requireFreePort(ports.stripe, "127.0.0.1", "the payment sandbox");
  if (platform.localMail) await requireFreePort(ports.mail, "127.0.0.1", "the mail sandbox");
}

/** One signal ends the parts in order; answers whether that is going on. A terminal and npm may send it twice. */
function endOnSignals(supervisor: Supervisor, interrupt: AbortController): () => boolean {
  const end = async () => {
    if (interrupt.signal.aborted) return;
    interrupt.abort();
    console.log("\nStopping: the shop finishes what it has begun.");
    await supervisor.stop();
    console.log("Stopped. Your data is kept.");
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end());
  // Who started us with a channel (the browser tests) has been killed.
  process.on("disconnect", () => void end());
  // A closed terminal must not end the supervisor by an error.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});
  process.on("uncaughtException", (error) => void supervisor.stop().finally(() => explain(error)));
  return () => interrupt.signal.aborted;
}
