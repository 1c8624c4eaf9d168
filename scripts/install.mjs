/** Makes the working copy runnable: the right Node and the dependencies of the lock file. Plain JavaScript, no dependency. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fail, step } from "./steps.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const LEAST_NODE = [20, 9];

/** Ends the command with a sentence when Node is too old; installs when something is missing or stale. */
export async function prepareWorkingCopy() {
  process.chdir(ROOT);
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1])) {
    fail(
      `Lectern needs Node ${LEAST_NODE.join(".")} or newer and this is ${process.versions.node}: install a newer Node from https://nodejs.org, then start again.`,
    );
  }
  const reason = findStaleDependency();
  if (reason === null) return;
  try {
    await step("Install dependencies", (detail) => {
      detail(reason);
      return npmInstall();
    });
  } catch (error) {
    fail(`npm install failed: ${error.message}`);
  }
}

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
 * optional packages. Development dependencies too, whatever NODE_ENV says: the build needs their types.
 */
function npmInstall() {
  const script = process.env.npm_execpath ?? "";
  const args = ["install", "--no-audit", "--no-fund", "--include=dev", "--loglevel=error"];
  const child =
    basename(script) === "npm-cli.js"
      ? spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "pipe"] })
      : spawn("npm", args, { stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
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
      if (code === 0) return resolve();
      process.stderr.write(`\n${output.trim()}\n`);
      reject(new Error("the reason is above. Check the network and the registry, then start again."));
    });
  });
}
