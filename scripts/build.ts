import { spawn } from "node:child_process";
import { createHash, type Hash } from "node:crypto";
import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../sandbox/problem";

/** What ends up in the build. Content does not: it lives in the database. */
const FOLDERS = ["app", "components", "lib", "db", "public"];
const END_WITH_PARENT = new URL("end-with-parent.mjs", import.meta.url).href;
const STAMP = join(".next", "sources.sha256");

/** True when the build of exactly these sources is there. Paths are relative to the repository root. */
export function isBuildFresh(): boolean {
  try {
    return existsSync(join(".next", "BUILD_ID")) && readFileSync(STAMP, "utf8") === hashSources();
  } catch {
    return false;
  }
}

/**
 * Builds the shop. It needs no database and no secret.
 *
 * @throws Problem when the sources do not build; the compiler's words are in `logFile`.
 */
export async function build(logFile: string, signal?: AbortSignal): Promise<void> {
  const sources = hashSources();
  rmSync(STAMP, { force: true });
  const log = openSync(logFile, "w", 0o600);
  const [code, killedBy] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    const next = join("node_modules", "next", "dist", "bin", "next");
    const child = spawn(process.execPath, ["--import", END_WITH_PARENT, next, "build"], {
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", END_WITH_PARENT: "1" },
      stdio: ["pipe", log, log],
      signal,
      killSignal: "SIGTERM",
    });
    child.once("error", reject);
    child.once("close", (...how) => resolve(how));
  }).finally(() => closeSync(log));
  if (killedBy === "SIGKILL")
    throw new Problem(
      "The system ended the build, most likely for want of memory: it needs 2 GB. Close other programs or add swap, then start again.",
    );
  if (code !== 0) {
    process.stderr.write(`\n${readFileSync(logFile, "utf8").trim().split("\n").slice(-25).join("\n")}\n`);
    throw new Problem(
      `The build failed: the reason is above and in ${logFile}. Correct it, then start again.`,
    );
  }
  writeFileSync(STAMP, sources);
}

/** Of all that ends up in the build. */
export function hashSources(): string {
  const hash = createHash("sha256");
  const files = [
    ...readdirSync(".").filter(
      (name) =>
        /\.(ts|mjs)$|^package(-lock)?\.json$|^tsconfig\.json$/.test(name) &&
        !/^(vitest|playwright|drizzle)\.|^next-env/.test(name),
    ),
    ...FOLDERS.flatMap(listFiles),
  ].sort();
  hashFiles(hash, files);
  return hash.digest("hex");
}

/** Names and contents. */
export function hashFiles(hash: Hash, files: readonly string[]): void {
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
}

/** All below a folder, at any depth; none where there is no such folder. */
export function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
