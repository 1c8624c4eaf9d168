import { spawn } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { Problem } from "../problem";
import { type Launcher, serverEnvironment } from "./account";
import { type Binaries, POSTGRES_MAJOR } from "./binaries";
import { markSuperuserPassword, SUPERUSER } from "./superuser";

/**
 * Makes the cluster when there is none. It is made beside its place and moved there when whole, so that a kill in
 * the middle leaves nothing half made.
 *
 * @throws Problem when the folder holds a cluster of another Postgres, or cannot be read or written.
 */
export async function ensureCluster(
  dataDir: string,
  binaries: Binaries,
  launcher: Launcher,
  superuserPassword: string,
  options: { readonly sync: boolean },
): Promise<void> {
  const version = readVersion(dataDir);
  if (version === POSTGRES_MAJOR) return;
  if (version !== null) {
    throw new Problem(
      `${dataDir} was made by Postgres ${version} and this is ${POSTGRES_MAJOR}: dump it with the old version and restore it (docs/operations.md), or set DATA_DIR to another folder.`,
    );
  }
  const draft = `${dataDir}.new`;
  try {
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true, mode: 0o700 });
    if (launcher.account) chownSync(draft, launcher.account.uid, launcher.account.gid);
    await runInitdb(draft, binaries, launcher, superuserPassword, options);
    markSuperuserPassword(draft, superuserPassword);
    rmSync(dataDir, { recursive: true, force: true });
    renameSync(draft, dataDir);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      `The data folder ${dirname(dataDir)} cannot be written (${reason(error)}): correct its owner or mode, or set DATA_DIR to another folder.`,
    );
  }
}

/** The major version of the cluster in the folder; null when the folder is missing or empty. */
function readVersion(dataDir: string): string | null {
  try {
    if (!existsSync(dataDir)) return null;
    const entries = readdirSync(dataDir);
    if (entries.includes("PG_VERSION")) return readFileSync(join(dataDir, "PG_VERSION"), "utf8").trim();
    if (entries.length === 0) return null;
  } catch (error) {
    throw new Problem(
      `The data folder ${dataDir} cannot be read (${reason(error)}): start Lectern as the user who owns it, correct its owner or mode, or set DATA_DIR to another folder.`,
    );
  }
  throw new Problem(
    `${dataDir} is not empty and holds no Postgres data: move its content away, or set DATA_DIR to another folder.`,
  );
}

async function runInitdb(
  folder: string,
  binaries: Binaries,
  launcher: Launcher,
  password: string,
  options: { readonly sync: boolean },
): Promise<void> {
  // Readable for the account that runs initdb, and for nobody else.
  const passwordFile = `${folder}.password`;
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  try {
    if (launcher.account) chownSync(passwordFile, launcher.account.uid, launcher.account.gid);
    const [command, ...args] = launcher.command(binaries.initdb, [
      `--pgdata=${folder}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      // One collation on every machine, and upper() and lower() that know more than ASCII.
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-instructions",
      ...(options.sync ? [] : ["--no-sync"]),
    ]);
    await run(command, args, launcher, folder);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function run(command: string, args: readonly string[], launcher: Launcher, folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...launcher.spawnAs,
      cwd: "/",
      env: serverEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) return resolve();
      const line =
        output
          .trim()
          .split("\n")
          .findLast((text) => /error|fatal/i.test(text)) ?? `initdb ended with ${code}`;
      reject(
        new Problem(
          `Postgres could not make its data folder ${folder} (${line}): correct this, or set DATABASE_URL to a Postgres of your own.`,
        ),
      );
    });
  });
}

function reason(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
