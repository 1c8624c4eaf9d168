import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { isAlive, waitUntil } from "../../sandbox/process";
import { createWhole, type DataFolder, loadSecrets, openDataFolder } from "../../scripts/data-folder";
import { findRunningPort, takeDataFolder } from "../../scripts/run-file";

let folder: DataFolder;
beforeEach(() => {
  folder = openDataFolder(mkdtempSync(join(tmpdir(), "lectern-data-")));
  vi.spyOn(console, "log").mockReturnValue();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  rmSync(folder.root, { recursive: true, force: true });
});

const take = () => takeDataFolder(folder, "http://localhost:3000", 3000);

describe("a run of another container, whose processes cannot be seen", () => {
  beforeEach(() => {
    const run = {
      pid: 1,
      born: "1",
      address: "http://localhost:4000",
      port: 4000,
      parts: [{ pid: 1, born: "1" }],
    };
    writeFileSync(folder.runFile, JSON.stringify({ ...run, space: "another boot pid:[1]" }));
    vi.useFakeTimers();
  });

  test("keeps the folder while its heart beats", async () => {
    const refused = expect(take()).rejects.toThrow(
      `Lectern already runs on ${folder.root} (in another container or on another machine, http://localhost:4000)`,
    );
    await vi.advanceTimersByTimeAsync(1_500);
    utimesSync(folder.runFile, 1, 1);
    await vi.advanceTimersByTimeAsync(100);
    await refused;
    expect(readFileSync(folder.runFile, "utf8")).toContain("another boot");
    expect(findRunningPort(folder)).toBeNull();
  });

  test("loses it when it is quiet", async () => {
    const taking = take();
    await vi.advanceTimersByTimeAsync(9_000);
    expect(readFileSync(folder.runFile, "utf8")).toContain("another boot");
    await vi.advanceTimersByTimeAsync(2_000);
    const run = await taking;
    expect(findRunningPort(folder)).toBe(3000);
    run.release();
  });
});

test("a run says by its heart that it lives", async () => {
  const run = await take();
  utimesSync(folder.runFile, 1, 1);
  const beats = () => Date.now() - statSync(folder.runFile).mtimeMs < 60_000;
  expect(await waitUntil(beats, 5_000)).toBe(true);
  run.release();
  expect(readdirSync(folder.root)).not.toContain("run.json");
});

test("of starts that find the same dead run, one takes the folder", async () => {
  for (let round = 0; round < 20; round += 1) {
    const dead = { pid: 2_147_483_647, born: "1", address: "", port: 1, parts: [] };
    writeFileSync(folder.runFile, JSON.stringify(dead));
    const taken = await Promise.allSettled([take(), take(), take()]);
    const runs = taken.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(runs).toHaveLength(1);
    runs[0]?.release();
  }
  expect(readdirSync(folder.root).sort()).toEqual(["logs"]);
});

test("a file that must be new stays as it is when somebody else was quicker, whole, with nothing beside it", () => {
  const path = join(folder.root, "one.json");
  expect(createWhole(path, { by: "the first" })).toBe(true);
  expect(createWhole(path, { by: "the second" })).toBe(false);
  expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({ by: "the first" });
  expect(readdirSync(folder.root).sort()).toEqual(["logs", "one.json"]);
});

test("first starts at once have the same secrets", async () => {
  const script = `import { loadSecrets, openDataFolder } from "./scripts/data-folder.ts";
    const folder = openDataFolder(process.argv.at(-1));
    process.stdin.once("data", () => { console.log(loadSecrets(folder).certificateKey); process.exit(); });
    console.log("ready");`;
  const starts = [1, 2, 3].map(() =>
    spawn(
      process.execPath,
      ["--import", "./scripts/typescript.mjs", "--input-type=module", "-e", script, folder.root],
      { stdio: ["pipe", "pipe", "inherit"] },
    ),
  );
  await Promise.all(starts.map(({ stdout }) => once(stdout, "data")));
  const keys = starts.map(async ({ stdin, stdout }) => {
    stdin.write("go");
    const [key] = await once(stdout, "data");
    return String(key).trim();
  });
  const found = new Set(await Promise.all(keys));
  expect([...found]).toEqual([loadSecrets(folder).certificateKey]);
});

test("what a start runs to its end, the build too, ends with it when it is killed", async () => {
  const script = `import { runTask } from "./scripts/run-task.ts";
    const task = "require('fs').writeFileSync(process.env.SEEN, String(process.pid)); setInterval(() => {}, 1000)";
    await runTask(["-e", task], { ...process.env, SEEN: process.argv.at(-1) }, new AbortController().signal);`;
  const seen = join(folder.root, "seen");
  const parent = spawn(
    process.execPath,
    ["--import", "./scripts/typescript.mjs", "--input-type=module", "-e", script, seen],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  const pid = () => Number(readIfThere(seen));
  expect(await waitUntil(() => pid() > 0, 20_000)).toBe(true);
  parent.kill("SIGKILL");
  expect(await waitUntil(() => !isAlive(pid()), 15_000)).toBe(true);
});

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
