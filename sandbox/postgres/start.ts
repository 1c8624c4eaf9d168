import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { Problem } from "../problem";
import { waitUntil } from "../process";
import { type Launcher, planLauncher, serverEnvironment } from "./account";
import { type Binaries, locateBinaries } from "./binaries";
import { ensureCluster } from "./initialise";
import { clearOrphan, readPostmasterFile } from "./postmaster";
import { prepareDatabase } from "./prepare-database";
import { ensureSuperuserPassword } from "./superuser";

export type PostgresOptions = {
  /** The cluster's own folder, for example `.data/postgres`. Made when missing. */
  readonly dataDir: string;
  /** Listens on 127.0.0.1 only. */
  readonly port: number;
  readonly superuserPassword: string;
  /** The shop's own role, without superuser rights, and its database of the same name are made when missing. */
  readonly role: { readonly name: string; readonly password: string };
  /** Where the server writes its log; appended. */
  readonly logFile: string;
  /** False gives up durability for speed: tests only. */
  readonly durable?: boolean;
  /** More `name=value` settings. */
  readonly settings?: readonly string[];
};

export type RunningPostgres = {
  /** For the shop: the role's own database. */
  readonly url: string;
  /** For the platform and for tests: the maintenance database as superuser. */
  readonly superuserUrl: string;
  readonly pid: number;
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Fast shutdown: open transactions roll back, what is committed is on disk. */
  stop(): Promise<void>;
};

const FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"];
const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "timezone=UTC",
  "log_timezone=UTC",
  "lc_messages=C",
  "log_checkpoints=off",
];

/**
 * Starts the embedded Postgres: makes the cluster when there is none, replaces a server that a killed parent left
 * behind, and waits until it accepts connections (after a crash that includes recovery).
 *
 * @throws Problem with one sentence when the machine or the data folder does not allow it.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const binaries = locateBinaries();
  const parent = dirname(resolve(options.dataDir));
  mkdirSync(parent, { recursive: true, mode: 0o711 });
  const dataDir = join(realpathSync(parent), basename(options.dataDir));
  const launcher = planLauncher(dataDir, dirname(binaries.postgres));
  await ensureCluster(dataDir, binaries, launcher, options.superuserPassword, {
    sync: options.durable !== false,
  });
  await clearOrphan(dataDir);
  ensureSuperuserPassword(dataDir, options.superuserPassword, binaries, launcher);

  const child = await launchUntilReady(() => launch(dataDir, binaries, launcher, options), dataDir, options);
  const ended = new Promise<void>((done) => (hasEnded(child) ? done() : child.once("exit", () => done())));
  const urls = connectionUrls(options);
  const running = { ...urls, pid: child.pid ?? 0, ended, stop: () => stopServer(child, ended) };
  try {
    await prepareDatabase({ superuserUrl: urls.superuserUrl, role: options.role });
  } catch (error) {
    await running.stop();
    throw error;
  }
  return running;
}

function launch(
  dataDir: string,
  binaries: Binaries,
  launcher: Launcher,
  options: PostgresOptions,
): ChildProcess {
  const settings = [...SETTINGS, ...(options.durable === false ? FAST : []), ...(options.settings ?? [])];
  const [command, ...args] = launcher.command(binaries.postgres, [
    "-D",
    dataDir,
    "-p",
    String(options.port),
    ...settings.flatMap((setting) => ["-c", setting]),
  ]);
  const log = openSync(options.logFile, "a", 0o600);
  try {
    // Its own process group: Ctrl-C in a terminal reaches the supervisor alone, which ends the shop first.
    return spawn(command, args, {
      ...launcher.spawnAs,
      cwd: "/",
      detached: true,
      env: serverEnvironment(),
      stdio: ["ignore", log, log],
    });
  } finally {
    closeSync(log);
  }
}

/** Backends of a server that was killed need a moment to notice; until then Postgres refuses to start again. */
async function launchUntilReady(
  launch: () => ChildProcess,
  dataDir: string,
  options: PostgresOptions,
): Promise<ChildProcess> {
  const giveUp = Date.now() + 10_000;
  for (;;) {
    const child = launch();
    let failure: unknown;
    child.once("error", (error) => {
      failure = error;
    });
    const isReady = () => {
      const file = readPostmasterFile(dataDir);
      return file?.pid === child.pid && file?.ready === true;
    };
    await waitUntil(() => failure !== undefined || hasEnded(child) || isReady(), 10 * 60_000, 5);
    if (failure === undefined && !hasEnded(child)) return child;
    if (Date.now() > giveUp) {
      throw new Problem(
        `Postgres does not start on ${dataDir} with port ${options.port}: ${lastComplaint(options.logFile)} Correct this, or take another port by PORT, then start again. (${options.logFile})`,
      );
    }
    await new Promise((done) => setTimeout(done, 250));
  }
}

/** The last thing that Postgres could not live with, by its own words. */
function lastComplaint(logFile: string): string {
  const lines = existsSync(logFile) ? readFileSync(logFile, "utf8").split("\n") : [];
  const last = lines.findLast((line) => /\b(FATAL|PANIC): /.test(line));
  return last ? `“${last.replace(/^.*?\b(FATAL|PANIC): +/, "")}”.` : "it does not say why.";
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function stopServer(child: ChildProcess, ended: Promise<void>): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (hasEnded(child)) return;
    child.kill(signal);
    const patience = new Promise<void>((done) => setTimeout(done, 20_000).unref());
    await Promise.race([ended, patience]);
  }
}

function connectionUrls(options: PostgresOptions): { url: string; superuserUrl: string } {
  const address = (user: string, password: string, database: string) =>
    `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${options.port}/${database}`;
  const { name, password } = options.role;
  return {
    url: address(name, password, name),
    superuserUrl: address("postgres", options.superuserPassword, "postgres"),
  };
}
