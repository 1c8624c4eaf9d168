import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { birthMark } from "../../sandbox/process";
import { isNodeNewEnough } from "../../scripts/install.mjs";
import { completeEnvironment, readPlatform } from "../../scripts/platform";
import { freePort } from "../support/ports";

// Each starts a process that compiles its sources; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lectern-start-"));
});
let child: ChildProcess | null = null;
afterEach(() => {
  child?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** Runs `npm start`'s program; these starts end before anything is built or started. */
async function start(variables: Readonly<Record<string, string>>) {
  const port = await freePort();
  const started = spawn(process.execPath, ["scripts/start.mjs"], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      PORT: String(port),
      DATA_DIR: folder,
      ...variables,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child = started;
  let errors = "";
  started.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  started.stdout.resume();
  const code = await new Promise((resolve) => started.once("close", resolve));
  return { code, sentence: errors.trim() };
}

test.each([
  [{ PORT: "shop" }, /^PORT must be a port number/],
  [{ DATABASE_URL: "localhost" }, /^DATABASE_URL must look like postgres:/],
  [{ DATABASE_URL: "postgres://shop:p#ss@localhost/shop" }, /^DATABASE_URL cannot be read: write # as %23/],
  [{ DATABASE_URL: "postgres://shop:p%ss@localhost/shop" }, /^DATABASE_URL cannot be read/],
  [{ APP_URL: "https://example.org/shop/" }, /^APP_URL must be the shop's address alone, without a path/],
  [{ APP_URL: "https://example.org?x" }, /^APP_URL must be the shop's address alone/],
  [{ DEMO: "true" }, /^DEMO must be 1 or 0/],
  [{ AUTH_SECRET: "short" }, /^AUTH_SECRET must have at least 32 characters/],
  [{ STRIPE_SECRET_KEY: "pk_test_1" }, /^STRIPE_SECRET_KEY must begin with/],
  [{ STRIPE_SECRET_KEY: "sk_test_1" }, /^STRIPE_WEBHOOK_SECRET is missing/],
  [
    { STRIPE_SECRET_KEY: "sk_live_1", STRIPE_API_BASE: "http://127.0.0.1:1" },
    /^STRIPE_SECRET_KEY is a live key while STRIPE_API_BASE/,
  ],
  [{ RESEND_API_KEY: "key" }, /^RESEND_API_KEY must begin with re_/],
  [{ HOST: "192.0.2.1" }, /^HOST 192\.0\.2\.1 with port \d+ cannot be used/],
  [{ DATA_DIR: "/dev/null/data" }, /^DATA_DIR \/dev\/null\/data cannot be read and written/],
])("a wrong variable stops the start with its name and the remedy: %o", async (variables, sentence) => {
  const { code, sentence: said } = await start(variables);
  expect(said).toMatch(sentence);
  expect(said.split("\n")).toHaveLength(1);
  expect(code).toBe(1);
});

test("a taken port is named, with the variable that moves it", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? String(address.port) : "";
  const { code, sentence } = await start({ PORT: port });
  server.close();
  expect(sentence).toContain(`Port ${port} (PORT, the shop) is taken by another program`);
  expect(code).toBe(1);
});

test("a second start on the same data is refused and leaves the first alone", async () => {
  const run = {
    pid: process.pid,
    born: birthMark(process.pid),
    address: "http://localhost:3000",
    port: 3000,
    parts: [],
  };
  writeFileSync(join(folder, "run.json"), JSON.stringify(run));
  const { code, sentence } = await start({});
  expect(sentence).toContain(
    `Lectern already runs on ${folder} (process ${process.pid}, http://localhost:3000)`,
  );
  expect(code).toBe(1);
});

test("Node is new enough where CommonJS may load ES modules", () => {
  const enough = (versions: readonly string[]) => versions.filter(isNodeNewEnough);
  expect(enough(["18.20.8", "20.9.0", "20.18.3", "21.7.3", "22.11.0"])).toEqual([]);
  const good = ["20.19.0", "20.20.2", "22.12.0", "22.23.3", "23.0.0", "24.1.0", "30.0.0"];
  expect(enough(good)).toEqual(good);
});

test("what a shell holds for other programs does not reach the parts", () => {
  const kept = { ...process.env };
  try {
    Object.assign(process.env, {
      DATA_DIR: folder,
      PGSSLMODE: "require",
      PGHOST: "db",
      NO_PROXY: "internal",
    });
    delete process.env.DATABASE_URL;
    const environment = completeEnvironment(readPlatform("production"), "postgres://embedded");
    expect(Object.keys(environment).filter((name) => name.startsWith("PG"))).toEqual([]);
    expect(environment.NO_PROXY).toBe("internal,localhost,127.0.0.1,[::1]");
    Object.assign(process.env, { DATABASE_URL: "postgres://shop@db.example/shop", PGSSLMODE: "require" });
    expect(completeEnvironment(readPlatform("production"), "").PGSSLMODE).toBe("require");
  } finally {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, kept);
  }
});

test("damaged secrets are never replaced silently", async () => {
  writeFileSync(join(folder, "secrets.json"), "{");
  const { code, sentence } = await start({});
  expect(sentence).toContain("secrets.json is damaged");
  expect(code).toBe(1);
});

test("a data folder of another Postgres is named", async () => {
  mkdirSync(join(folder, "postgres"));
  writeFileSync(join(folder, "postgres", "PG_VERSION"), "15\n");
  const { code, sentence } = await start({});
  expect(sentence).toContain("was made by Postgres 15");
  expect(code).toBe(1);
});
