import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Problem } from "../problem";

/** The system account that owns the data folder and runs the server. */
export type Account = { readonly uid: number; readonly gid: number };

/** How to run a Postgres program: what to put in front of it, and as whom. */
export type Launcher = {
  readonly command: (program: string, args: readonly string[]) => readonly [string, ...string[]];
  readonly account: Account | null;
  /** Node drops the privileges itself when no `setpriv` does it. */
  readonly spawnAs: Partial<Account>;
  /** True when the kernel ends the server together with the process that started it. */
  readonly diesWithParent: boolean;
};

/** What the Postgres programs see of the environment: no secret of the shop, and the same language everywhere. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC", NODE_ENV: process.env.NODE_ENV };
}

/**
 * Postgres refuses to run as root. As root it runs as the owner of an existing cluster, else as `postgres`,
 * else as `nobody`; nothing is added to the system's users. As anybody else it runs as that person.
 */
export function chooseAccount(dataDir: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  if (existsSync(dataDir)) {
    const { uid, gid } = statSync(dataDir);
    if (uid !== 0) return { uid, gid };
  }
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const name of ["postgres", "nobody"]) {
    const user = users.find(([login]) => login === name);
    const uid = Number(user?.[2]);
    const gid = Number(user?.[3]);
    if (uid > 0 && gid > 0) return { uid, gid };
  }
  throw new Problem(
    "Postgres cannot run as root and there is no user postgres or nobody on this machine: start Lectern as an ordinary user, or set DATABASE_URL.",
  );
}

/**
 * Plans how the programs are started. `setpriv` (util-linux) makes the server end with its parent; where a folder
 * above the data or the programs is closed to the other account (a clone in root's home), it also hands down the
 * one capability that walking through it needs.
 *
 * @throws Problem when the folders cannot be reached in any way.
 */
export function planLauncher(dataDir: string, programFolder: string): Launcher {
  const account = chooseAccount(dataDir);
  const setpriv = spawnSync("setpriv", ["--pdeathsig", "INT", "true"], { stdio: "ignore" }).status === 0;
  const closed = account
    ? [dirname(resolve(dataDir)), programFolder].map((path) => closedFolder(path, account)).find(Boolean)
    : undefined;
  if (closed && !setpriv) throw unreachable(closed);
  const capability = closed ? reachCapability() : null;
  if (closed && !capability) throw unreachable(closed);

  if (!setpriv) {
    return {
      command: (program, args) => [program, ...args],
      account,
      spawnAs: account ?? {},
      diesWithParent: false,
    };
  }
  const prefix = ["--pdeathsig", "INT"];
  if (account) prefix.push("--reuid", String(account.uid), "--regid", String(account.gid), "--clear-groups");
  if (capability) {
    // no_setuid_fixup: without it access(2) ignores the capability, and initdb asks with access(2).
    prefix.push(
      "--securebits",
      "+no_setuid_fixup",
      "--inh-caps",
      `+${capability}`,
      "--ambient-caps",
      `+${capability}`,
    );
  }
  return {
    command: (program, args) => ["setpriv", ...prefix, program, ...args],
    account,
    spawnAs: {},
    diesWithParent: true,
  };
}

function unreachable(folder: string): Problem {
  return new Problem(
    `Postgres cannot run as root, and ${folder} is closed to other users: move Lectern (or DATA_DIR) to a folder such as /srv, start it as an ordinary user, or set DATABASE_URL.`,
  );
}

/** The lowest folder on the way to `path` that the account may not enter, or undefined. */
function closedFolder(path: string, account: Account): string | undefined {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const { mode, uid, gid } = statSync(folder);
      const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
      if ((mode & bit) === 0) return folder;
    }
    if (folder === dirname(folder)) return undefined;
  }
}

/** The weakest capability we hold that opens closed folders (capabilities(7): bit 2, bit 1; bit 8 to set securebits). */
function reachCapability(): "dac_read_search" | "dac_override" | null {
  if (process.platform !== "linux") return null;
  const hex = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  const held = BigInt(`0x${hex ?? "0"}`);
  const has = (bit: bigint) => ((held >> bit) & 1n) === 1n;
  if (!has(8n)) return null;
  return has(2n) ? "dac_read_search" : has(1n) ? "dac_override" : null;
}
