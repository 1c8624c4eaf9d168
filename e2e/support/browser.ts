import { execFileSync } from "node:child_process";
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { chromium } from "@playwright/test";

export type Browser = {
  readonly executablePath: string;
  readonly args: readonly string[];
  /** Variables it needs beside ours. */
  readonly env: Readonly<Record<string, string>>;
};

/** Tests often run as root in a container, where the browser's own sandbox cannot; and it must not call home. */
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
] as const;

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * A Chromium to test with: `$CHROMIUM_PATH`, else one of the system or Playwright's own, else the one inside the npm
 * package @sparticuz/chromium, which brings the libraries that a bare Linux lacks.
 */
export async function findBrowser(): Promise<Browser> {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!runs(named))
      throw new Error(`CHROMIUM_PATH ${named} is no browser that runs: correct it, or unset it.`);
    return { executablePath: named, args: ARGS, env: {} };
  }
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = [
    ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...(process.platform === "darwin" ? MAC : []),
    chromium.executablePath(),
  ];
  const found = candidates.find((path) => existsSync(path) && runs(path));
  return found ? { executablePath: found, args: ARGS, env: {} } : unpackBrowser();
}

/** Some systems have a stub by this name that only asks for the real package: it must say its version. */
function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    const version = execFileSync(path, ["--version"], {
      encoding: "utf8",
      timeout: 20_000,
      stdio: ["ignore", "pipe", "ignore"],
    });
    return /chrom/i.test(version);
  } catch {
    return false;
  }
}

/**
 * Unpacks the browser of the npm package into a folder of the temporary folder, once per version. Unpacked beside its
 * place and moved there when whole, since the package takes half a file for a whole one.
 */
export async function unpackBrowser(): Promise<Browser> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("No browser was found: install Chromium or Chrome, or set CHROMIUM_PATH to one.");
  }
  const folder = packageFolder();
  const place = join(tmpdir(), `lectern-chromium-${packageVersion(folder)}-${process.getuid?.() ?? 0}`);
  if (!existsSync(place)) {
    const draft = mkdtempSync(`${place}-`);
    await inflateInto(draft, join(folder, "bin"));
    writeFileSync(join(draft, "fonts", "fonts.conf"), fontSettings(place));
    try {
      renameSync(draft, place);
    } catch {
      // Another run was first; its copy is the same.
      rmSync(draft, { recursive: true, force: true });
    }
  }
  const libraries = [join(place, "al2023", "lib"), place, process.env.LD_LIBRARY_PATH].filter(Boolean);
  return {
    executablePath: join(place, "chromium"),
    args: [...ARGS, "--disable-webgl"],
    env: { LD_LIBRARY_PATH: libraries.join(delimiter), FONTCONFIG_PATH: join(place, "fonts") },
  };
}

/** The package unpacks into the temporary folder, wherever that is said to be at the moment. */
async function inflateInto(target: string, source: string): Promise<void> {
  const { inflate } = await import("@sparticuz/chromium");
  const former = process.env.TMPDIR;
  process.env.TMPDIR = target;
  try {
    const archives = ["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"];
    await Promise.all(archives.map((archive) => inflate(join(source, archive))));
  } finally {
    if (former === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = former;
  }
}

function packageFolder(): string {
  return dirname(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")));
}

function packageVersion(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string }).version;
}

/** The package's own settings look for its fonts in fixed folders of a cloud service. */
function fontSettings(place: string): string {
  const folders = [join(place, "fonts", "fonts"), "/usr/share/fonts", "/usr/local/share/fonts"];
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.map((folder) => `  <dir>${folder}</dir>`).join("\n")}
  <cachedir>${join(place, "fonts-cache")}</cachedir>
</fontconfig>
`;
}
