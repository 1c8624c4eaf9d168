import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startPostgres } from "../sandbox/postgres/start";
import { migrateDatabase } from "../scripts/migrate";
import { nodePart, type Running } from "../scripts/parts";
import { freePort } from "../tests/support/ports";

/** Logs, and what is built for measuring. */
export const LOGS = join(".data", "bench");

const LOADER = new URL("../scripts/typescript.mjs", import.meta.url).href;

export type BenchShop = Awaited<ReturnType<typeof startBenchShop>>;

/** The built shop as `npm start` serves it, one process, on a durable Postgres of its own that holds the catalogue. */
export async function startBenchShop() {
  const folder = mkdtempSync(join(tmpdir(), "lectern-bench-"));
  chmodSync(folder, 0o711);
  const secret = () => randomBytes(24).toString("hex");
  const postgres = await startPostgres({
    dataDir: join(folder, "postgres"),
    port: await freePort(),
    superuserPassword: secret(),
    role: { name: "lectern", password: secret() },
    logFile: join(folder, "postgres.log"),
  });
  await migrateDatabase(postgres.url);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const settings = {
    APP_URL: origin,
    AUTH_SECRET: secret(),
    INTERNAL_TOKEN: secret(),
    CERTIFICATE_KEY: randomBytes(32).toString("base64url"),
    DATABASE_URL: postgres.url,
    STRIPE_SECRET_KEY: `sk_test_${secret()}`,
    STRIPE_WEBHOOK_SECRET: `whsec_${secret()}`,
    STRIPE_API_BASE: "http://127.0.0.1:9",
    RESEND_API_KEY: `re_${secret()}`,
    RESEND_BASE_URL: "http://127.0.0.1:9",
    LOG_LEVEL: "warn",
  };
  // This process prepares orders by the shop's own code.
  Object.assign(process.env, settings);
  const { importCatalog } = await import("../lib/catalog/import");
  await importCatalog({ dir: "content", now: new Date() });
  const running = await startProcess("shop", port, ["--import", LOADER, "scripts/serve.ts"], settings);
  await renewStaticPages(origin, settings.INTERNAL_TOKEN);
  return {
    origin,
    databaseUrl: postgres.url,
    webhookSecret: settings.STRIPE_WEBHOOK_SECRET,
    close: async () => {
      const { closeDatabase } = await import("../db/client");
      await closeDatabase();
      await running.stop();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `next start` of the build in `project`, ready to answer. */
export function startNext(
  name: string,
  project: string,
  port: number,
  settings: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const next = resolve("node_modules", "next", "dist", "bin", "next");
  const args = [next, "start", resolve(project), "--port", String(port), "--hostname", "127.0.0.1"];
  return startProcess(name, port, args, settings);
}

function startProcess(
  name: string,
  port: number,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Running> {
  mkdirSync(LOGS, { recursive: true });
  const part = nodePart({
    name,
    logs: LOGS,
    args,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      TZ: "UTC",
      PORT: String(port),
      ...settings,
    },
    isReady: async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
      await answer?.arrayBuffer();
      return answer?.ok === true;
    },
    readyWithinMs: 60_000,
    stopWithinMs: 10_000,
  });
  return part.launch();
}

async function renewStaticPages(origin: string, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${origin}/api/internal/revalidate`, { method: "POST", headers });
  if (!answer.ok) throw new Error(`The shop did not renew its static pages: ${answer.status}`);
}
