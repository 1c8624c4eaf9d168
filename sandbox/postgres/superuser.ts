import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../problem";
import { type Launcher, serverEnvironment } from "./account";
import type { Binaries } from "./binaries";

export const SUPERUSER = "postgres";

const digest = (password: string) => createHash("sha256").update(password).digest("hex");
const markFile = (dataDir: string) => join(dataDir, "superuser.sha256");

/** Notes which password the cluster was made with. */
export function markSuperuserPassword(dataDir: string, password: string): void {
  writeFileSync(markFile(dataDir), `${digest(password)}\n`, { mode: 0o600 });
}

/**
 * Gives the superuser the password of the secrets file when the cluster has another one, which happens after
 * `secrets.json` was lost or `postgres/` was restored from a backup alone. Whoever may write the data folder may do
 * so; Postgres' single-user mode needs no password. The server must not run.
 */
export function ensureSuperuserPassword(
  dataDir: string,
  password: string,
  binaries: Binaries,
  launcher: Launcher,
): void {
  if (readMark(dataDir) === digest(password)) return;
  const [command, ...args] = launcher.command(binaries.postgres, ["--single", "-D", dataDir, "postgres"]);
  const { status, stderr } = spawnSync(command, args, {
    ...launcher.spawnAs,
    cwd: "/",
    env: serverEnvironment(),
    input: `alter role ${SUPERUSER} password '${password.replaceAll("'", "''")}';\n`,
    encoding: "utf8",
  });
  if (status !== 0 || /ERROR|FATAL/.test(stderr)) {
    const line = stderr.trim().split("\n").at(-1) ?? "no reason given";
    throw new Problem(
      `The password in secrets.json does not open ${dataDir} and could not be renewed (${line}): restore secrets.json from the same backup as the data.`,
    );
  }
  markSuperuserPassword(dataDir, password);
}

function readMark(dataDir: string): string | null {
  try {
    return readFileSync(markFile(dataDir), "utf8").trim();
  } catch {
    return null;
  }
}
