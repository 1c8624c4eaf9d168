/**
 * `npm test`: on a fresh clone installs, then lint, types, unit, integration, simulation, build, tests of the build, and
 * the browser tests on the started product. `--fast` leaves out what needs a build. Stops at the first stage that fails.
 * The last line is `N passed, N failed` or `N passed, N failed, N skipped`; a stage that breaks without running a
 * test counts as one failed.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareWorkingCopy } from "./install.mjs";

const fast = process.argv.includes("--fast");
const total = { passed: 0, failed: 0, skipped: 0 };
let current = null;

await prepareWorkingCopy();
const reports = mkdtempSync(join(tmpdir(), "lectern-test-"));
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    current?.kill("SIGTERM");
    total.failed += 1;
    finish();
  });
}

const bin = (name, ...args) => [join("node_modules", ".bin", name), ...args];
const stages = [
  { name: "lint", command: bin("biome", "check", ".") },
  { name: "route types", command: bin("next", "typegen") },
  { name: "types", command: bin("tsc", "--noEmit") },
  vitest("unit"),
  vitest("integration"),
  simulation(),
  ...(fast
    ? []
    : [
        {
          name: "build",
          command: [process.execPath, "--import", "./scripts/typescript.mjs", "scripts/build-fresh.ts"],
        },
        vitest("built"),
        {
          name: "browser",
          command: bin("playwright", "test"),
          variables: { E2E_REPORT: join(reports, "browser.json") },
          count: () => countPlaywright(join(reports, "browser.json")),
        },
      ]),
];

for (const stage of stages) {
  if (!(await runStage(stage))) break;
}
finish();

function vitest(project) {
  const report = join(reports, `${project}.json`);
  return {
    name: project,
    command: bin(
      "vitest",
      "run",
      "--project",
      project,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ),
    count: () => countVitest(report),
  };
}

/** Short enough for every run; the seed is fixed, so that a failure is the same everywhere. */
function simulation() {
  const report = join(reports, "simulation.json");
  const run = ["--histories", fast ? "30" : "500", "--seed", "1", "--report", report];
  return {
    name: "simulation",
    command: [process.execPath, "--import", "./scripts/typescript.mjs", "tests/simulation/run.ts", ...run],
    count: () => {
      const counted = readReport(report);
      return counted && { ...counted, skipped: 0 };
    },
  };
}

/** Answers whether the stage went well, and adds what it counted. */
async function runStage({ name, command, variables = {}, count }) {
  const started = Date.now();
  console.log(`\n── ${name} ${"─".repeat(Math.max(0, 70 - name.length))}`);
  const code = await run(command, variables);
  const counted = count?.() ?? { passed: 0, failed: 0, skipped: 0 };
  if (code !== 0 && counted.failed === 0) counted.failed = 1;
  for (const key of Object.keys(total)) total[key] += counted[key];
  const ok = code === 0 && counted.failed === 0;
  console.log(`── ${name}: ${ok ? "ok" : "failed"}, ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return ok;
}

function run([program, ...args], variables) {
  return new Promise((resolve) => {
    current = spawn(program, args, {
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...variables },
      stdio: ["ignore", "inherit", "inherit"],
      shell: process.platform === "win32",
    });
    current.once("error", (error) => {
      console.error(error.message);
      resolve(1);
    });
    current.once("exit", (code) => resolve(code ?? 1));
  });
}

function countVitest(path) {
  const report = readReport(path);
  if (!report) return null;
  const {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: pending,
    numTodoTests: todo,
  } = report;
  // A file that breaks while it is loaded has no tests that could fail.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return { passed, failed: failed + broken.length, skipped: pending + todo };
}

function countPlaywright(path) {
  const report = readReport(path);
  if (!report) return null;
  const { expected, flaky, unexpected, skipped } = report.stats;
  if (flaky > 0) console.log(`${flaky} of them passed only the second time`);
  return { passed: expected + flaky, failed: unexpected, skipped };
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}

function finish() {
  rmSync(reports, { recursive: true, force: true });
  const { passed, failed, skipped } = total;
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  process.exit(failed > 0 ? 1 : 0);
}
