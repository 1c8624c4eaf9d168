import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isAlive, waitUntil } from "../../sandbox/process";
import { openDataFolder } from "../../scripts/data-folder";
import { nodePart, type Running } from "../../scripts/parts";
import { findRunningPort, takeDataFolder } from "../../scripts/run-file";
import { Supervisor } from "../../scripts/supervisor";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lectern-supervisor-"));
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

/** A part that writes down when it starts and ends. */
function part(name: string, journal: string) {
  const program = join(root, `${name}.mjs`);
  writeFileSync(
    program,
    `import { appendFileSync } from "node:fs";
     const note = (what) => appendFileSync(${JSON.stringify(journal)}, what + " ${name} " + process.pid + "\\n");
     process.on("SIGTERM", () => { note("end"); process.exit(0); });
     note("start"); setInterval(() => {}, 1000);`,
  );
  return nodePart({
    name,
    logs: root,
    args: [program],
    env: process.env,
    isReady: async () => read(journal).some((line) => line.startsWith(`start ${name} `)),
    readyWithinMs: 10_000,
    stopWithinMs: 5_000,
  });
}

function read(journal: string): string[] {
  try {
    return readFileSync(journal, "utf8").trim().split("\n");
  } catch {
    return [];
  }
}

const pidsOf = (journal: string, name: string) =>
  read(journal)
    .filter((line) => line.startsWith(`start ${name} `))
    .map((line) => Number(line.split(" ")[2]));

async function superviseTwo(journal: string) {
  const folder = openDataFolder(join(root, "data"));
  const run = await takeDataFolder(folder, "http://localhost:1", 1);
  const supervisor = new Supervisor(run);
  await supervisor.add(part("first", journal));
  await supervisor.add(part("second", journal));
  return { folder, supervisor };
}

test("starts again what was killed, and ends the parts from the last to the first", async () => {
  const journal = join(root, "journal");
  const { folder, supervisor } = await superviseTwo(journal);
  expect(findRunningPort(folder)).toBe(1);
  process.kill(pidsOf(journal, "second")[0] ?? 0, "SIGKILL");
  expect(await waitUntil(() => pidsOf(journal, "second").length === 2, 10_000)).toBe(true);
  await supervisor.stop();
  expect(
    read(journal)
      .filter((line) => line.startsWith("end"))
      .map((line) => line.split(" ")[1]),
  ).toEqual(["second", "first"]);
  expect(findRunningPort(folder)).toBeNull();
});

test("a part that does not come up is named, with its log", async () => {
  const broken = nodePart({
    name: "worker",
    logs: root,
    args: ["-e", "process.exit(3)"],
    env: process.env,
    isReady: async () => false,
    readyWithinMs: 10_000,
    stopWithinMs: 1_000,
  });
  await expect(broken.launch()).rejects.toThrow(
    /The worker ended with code 3: the reason is in .*worker\.log/,
  );
});

test("what a killed run left behind is ended by the next one", async () => {
  const journal = join(root, "journal");
  const folder = openDataFolder(join(root, "data"));
  const left: Running = await part("left", journal).launch();
  const run = await takeDataFolder(folder, "http://localhost:1", 1);
  run.note(left.pid ?? 0);
  const killed = { ...JSON.parse(readFileSync(folder.runFile, "utf8")), pid: 2 ** 22 + 1, born: "long ago" };
  writeFileSync(folder.runFile, JSON.stringify(killed));
  await takeDataFolder(folder, "http://localhost:1", 1);
  expect(isAlive(left.pid ?? 0)).toBe(false);
});
