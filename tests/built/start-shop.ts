import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importCatalog } from "@/lib/catalog/import";
import { sandboxClient } from "../../sandbox/stripe/client";
import { type StripeSandboxOptions, startStripeSandbox } from "../../sandbox/stripe/start";
import { nodePart } from "../../scripts/parts";
import { createTestDatabase } from "../support/database";
import { freePort } from "../support/ports";
import { Visitor } from "./visitor";

const LOADER = new URL("../../scripts/typescript.mjs", import.meta.url).href;

type Options = {
  readonly cluster?: Parameters<typeof createTestDatabase>[0];
  /** Where the shop finds its database; the test itself goes there directly. */
  readonly databaseThrough?: (url: string) => Promise<string>;
  readonly intercept?: StripeSandboxOptions["intercept"];
  readonly settings?: Readonly<Record<string, string>>;
  /** Waits before each retry of a webhook, in milliseconds. */
  readonly retryDelays?: readonly number[];
};

export type BuiltShop = Awaited<ReturnType<typeof startBuiltShop>>;

/**
 * The shop as it is shipped: the build served by a process of its own, on a database of its own that holds the
 * catalogue, with the Stripe sandbox. No worker runs, so that nothing changes by itself.
 */
export async function startBuiltShop({
  cluster,
  databaseThrough,
  intercept,
  settings,
  retryDelays = [100, 200, 400],
}: Options = {}) {
  if (!existsSync(join(".next", "BUILD_ID")))
    throw new Error(
      "There is no build: `npm test` builds before these tests; by hand it is `npx next build`.",
    );
  const database = await createTestDatabase(cluster);
  const port = await freePort();
  const secrets = makeSecrets();
  const webhook = {
    url: `http://127.0.0.1:${port}/api/stripe/webhook`,
    secret: secrets.STRIPE_WEBHOOK_SECRET,
  };
  const sandbox = await startStripeSandbox({
    webhooks: [webhook],
    retryDelays,
    intercept,
    checkAnswers: true,
  });
  // This process reads the sandbox's books with the shop's own code.
  Object.assign(process.env, { STRIPE_API_BASE: sandbox.url, STRIPE_SECRET_KEY: secrets.STRIPE_SECRET_KEY });
  await importCatalog({ dir: "content", now: new Date() });
  const databaseUrl = await (databaseThrough?.(database.url) ?? database.url);
  const environment = { ...secrets, DATABASE_URL: databaseUrl, STRIPE_API_BASE: sandbox.url, ...settings };
  let first = await startInstance(port, environment);
  return {
    ...database,
    ...first,
    /** kill -9, as a crash would. */
    kill: () => first.kill(),
    /** The same process again, at the same address. */
    startAgain: async () => {
      await first.close();
      first = await startInstance(port, environment);
    },
    secrets,
    sandbox: sandboxClient(sandbox.url),
    /** A second process beside the first, on the same database. */
    startAnother: async (settings: Readonly<Record<string, string>> = {}, ownPort?: number) =>
      startInstance(ownPort ?? (await freePort()), { ...environment, ...settings }),
    close: async () => {
      await first.close();
      await sandbox.close();
      if (sandbox.nonconforming.length > 0)
        throw new Error(`The sandbox is not like Stripe: ${sandbox.nonconforming.join("\n")}`);
      await database.close();
    },
  };
}

async function startInstance(port: number, environment: Readonly<Record<string, string>>) {
  const origin = `http://127.0.0.1:${port}`;
  const logs = mkdtempSync(join(tmpdir(), "lectern-built-"));
  const part = nodePart({
    name: "shop",
    logs,
    args: ["--import", LOADER, "scripts/serve.ts"],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      TZ: "UTC",
      LOG_LEVEL: "info",
      PORT: String(port),
      APP_URL: origin,
      RESEND_BASE_URL: "http://127.0.0.1:9",
      ...environment,
    },
    isReady: () => isReady(origin, environment.INTERNAL_TOKEN ?? ""),
    readyWithinMs: 60_000,
    stopWithinMs: 10_000,
  });
  const running = await part.launch();
  return {
    origin,
    visitor: () => new Visitor(origin),
    /** Everything the process wrote so far. */
    readLog: () => readFileSync(part.logFile, "utf8"),
    kill: () => {
      if (running.pid !== null) process.kill(running.pid, "SIGKILL");
    },
    close: async () => {
      await running.stop();
      rmSync(logs, { recursive: true, force: true });
    },
  };
}

function makeSecrets() {
  const word = () => randomBytes(24).toString("hex");
  return {
    AUTH_SECRET: word(),
    INTERNAL_TOKEN: word(),
    CERTIFICATE_KEY: randomBytes(32).toString("base64url"),
    STRIPE_SECRET_KEY: `sk_test_${word()}`,
    STRIPE_PUBLISHABLE_KEY: `pk_test_${word()}`,
    STRIPE_WEBHOOK_SECRET: `whsec_${word()}`,
    RESEND_API_KEY: `re_${word()}`,
  };
}

/** As at `npm start`: it answers, and its static pages have been renewed from the database. */
async function isReady(origin: string, token: string): Promise<boolean> {
  try {
    const health = await fetch(`${origin}/api/health?ready`);
    if (!health.ok) return false;
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${origin}/api/internal/revalidate`, { method: "POST", headers })).ok;
  } catch {
    return false;
  }
}
