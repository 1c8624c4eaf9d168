import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { findRunningPostmaster, readPostmasterFile } from "../../sandbox/postgres/postmaster";
import { type PostgresOptions, type RunningPostgres, startPostgres } from "../../sandbox/postgres/start";
import { isAlive, waitUntil } from "../../sandbox/process";
import { freePort } from "../support/ports";

// Real servers on a real disk; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let options: PostgresOptions;
let running: RunningPostgres | null;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "lectern postgres "));
  options = {
    dataDir: join(folder, "data", "postgres"),
    port: await freePort(),
    superuserPassword: "the superuser's password",
    role: { name: "lectern", password: "the shop's / password" },
    logFile: join(folder, "postgres.log"),
    durable: false,
  };
  running = null;
});

afterEach(async () => {
  await running?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const start = async (changes: Partial<PostgresOptions> = {}) => {
  running = await startPostgres({ ...options, ...changes });
  return running;
};

async function query(url: string, statement: string): Promise<postgres.RowList<postgres.Row[]>> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

test("makes a UTF-8 cluster whose letters are cased alike everywhere, for a role without superuser rights", async () => {
  const { url } = await start();
  const [row] = await query(
    url,
    `select current_user, upper('é') as upper, current_setting('server_encoding') as encoding,
            current_setting('server_version_num')::int / 10000 as major, current_setting('listen_addresses') as listens,
            (select rolsuper from pg_roles where rolname = current_user) as super`,
  );
  expect(row).toEqual({
    current_user: "lectern",
    upper: "É",
    encoding: "UTF8",
    major: 18,
    listens: "127.0.0.1",
    super: false,
  });
});

test("refuses a wrong password", async () => {
  const { url } = await start();
  await expect(query(url.replace(/:[^:@]+@/, ":wrong@"), "select 1")).rejects.toMatchObject({
    code: "28P01",
  });
});

describe("after a kill -9 of the server", () => {
  test("the next start holds everything that was committed", async () => {
    const first = await start({ durable: true });
    await query(first.url, "create table kept as select 42 as answer");
    process.kill(first.pid, "SIGKILL");
    await first.ended;
    const second = await start({ durable: true });
    expect(await query(second.url, "select answer from kept")).toEqual([{ answer: 42 }]);
  });
});

describe("after a kill -9 of the process that started it", () => {
  test("the server is replaced, whether it lives on or not", async () => {
    const orphan = await start();
    await query(orphan.url, "create table kept as select 1 as one");
    const second = await start();
    expect(second.pid).not.toBe(orphan.pid);
    expect(isAlive(orphan.pid)).toBe(false);
    expect(findRunningPostmaster(options.dataDir)?.pid).toBe(second.pid);
    expect(await query(second.url, "select one from kept")).toHaveLength(1);
  });

  test.runIf(process.platform === "linux")("the server ends with it", async () => {
    const script = `import { startPostgres } from "./sandbox/postgres/start.ts";
      const { pid } = await startPostgres(JSON.parse(process.argv.at(-1)));
      console.log(pid); setInterval(() => {}, 1000);`;
    const parent = spawn(
      process.execPath,
      ["--import", "./scripts/typescript.mjs", "--input-type=module", "-e", script, JSON.stringify(options)],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const [line] = await once(parent.stdout, "data");
    parent.kill("SIGKILL");
    expect(await waitUntil(() => !isAlive(Number(line)), 10_000)).toBe(true);
  });
});

test("a stale postmaster.pid that names another program does not stop the start", async () => {
  const first = await start();
  await first.stop();
  const file = join(options.dataDir, "postmaster.pid");
  writeFileSync(
    file,
    [process.pid, options.dataDir, 0, options.port, "", "127.0.0.1", "", "ready", ""].join("\n"),
  );
  chmodSync(file, 0o666);
  const second = await start();
  expect(readPostmasterFile(options.dataDir)).toEqual({ pid: second.pid, port: options.port, ready: true });
});

test("secrets that were lost are replaced by the new ones", async () => {
  await query((await start()).url, "create table kept as select 1");
  await running?.stop();
  const renewed = await start({ superuserPassword: "another", role: { name: "lectern", password: "third" } });
  expect(await query(renewed.url, "select * from kept")).toHaveLength(1);
  expect(await query(renewed.superuserUrl, "select 1 as one")).toEqual([{ one: 1 }]);
});

describe("says in one sentence what is in the way", () => {
  test("data of another version", async () => {
    mkdirSync(options.dataDir, { recursive: true });
    writeFileSync(join(options.dataDir, "PG_VERSION"), "15\n");
    await expect(start()).rejects.toThrow(/was made by Postgres 15 and this is 18/);
  });

  test("a folder that holds something else", async () => {
    mkdirSync(options.dataDir, { recursive: true });
    writeFileSync(join(options.dataDir, "notes.txt"), "mine");
    await expect(start()).rejects.toThrow(/holds no Postgres data/);
    expect(readFileSync(join(options.dataDir, "notes.txt"), "utf8")).toBe("mine");
  });

  test("a data folder that is none", async () => {
    mkdirSync(dirname(options.dataDir), { recursive: true });
    writeFileSync(options.dataDir, "");
    await expect(start()).rejects.toThrow(/cannot be read \(ENOTDIR\)/);
  });
});
