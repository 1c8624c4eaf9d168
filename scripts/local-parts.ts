import { join } from "node:path";
import { type PostgresOptions, startPostgres } from "../sandbox/postgres/start";
import { nodePart, type Part } from "./parts";
import type { Platform } from "./platform";

const LOADER = new URL("typescript.mjs", import.meta.url).href;
const NEXT = join("node_modules", "next", "dist", "bin", "next");

/** The embedded Postgres. Its address is known before it runs, and is the same after every restart. */
export function postgresPart(options: PostgresOptions): Part & { readonly url: string } {
  const { name, password } = options.role;
  return {
    name: "database",
    logFile: options.logFile,
    url: `postgres://${name}:${password}@127.0.0.1:${options.port}/${name}`,
    launch: async () => {
      const postgres = await startPostgres(options);
      return { pid: null, ended: postgres.ended.then(() => "ended"), stop: postgres.stop };
    },
  };
}

/** The payment stand-in. It reports to the shop as Stripe does, with signed webhooks. */
export function stripePart(platform: Platform, env: NodeJS.ProcessEnv): Part {
  const { folder, ports } = platform;
  return nodePart({
    name: "payment-sandbox",
    logs: folder.logs,
    args: ["--import", LOADER, "sandbox/stripe/main.ts"],
    env: {
      ...env,
      SANDBOX_WEBHOOK_URL: `${shopAddress(platform)}/api/stripe/webhook`,
      SANDBOX_WEBHOOK_SECRET: env.STRIPE_WEBHOOK_SECRET,
    },
    isReady: () => answers(`http://127.0.0.1:${ports.stripe}/`),
    readyWithinMs: 30_000,
    stopWithinMs: 5_000,
  });
}

/** The mail stand-in. */
export function mailPart({ folder, ports }: Platform, env: NodeJS.ProcessEnv): Part {
  return nodePart({
    name: "mail-sandbox",
    logs: folder.logs,
    args: ["--import", LOADER, "sandbox/mail/main.ts"],
    env,
    isReady: () => answers(`http://127.0.0.1:${ports.mail}/`),
    readyWithinMs: 30_000,
    stopWithinMs: 5_000,
  });
}

/** The jobs: mails, expiries, reconciliation. It needs nobody to wait for it. */
export function workerPart({ folder }: Platform, env: NodeJS.ProcessEnv): Part {
  return nodePart({
    name: "worker",
    logs: folder.logs,
    args: ["--import", LOADER, "scripts/worker.ts"],
    env,
    isReady: async () => true,
    readyWithinMs: 1_000,
    stopWithinMs: 20_000,
  });
}

/** The shop is ready once it reaches its database and its static pages have been renewed from it. */
export function shopPart(platform: Platform, env: NodeJS.ProcessEnv): Part {
  const { mode, folder, ports, settings } = platform;
  const address = shopAddress(platform);
  return nodePart({
    name: "shop",
    logs: folder.logs,
    args:
      mode === "production"
        ? ["--import", LOADER, "scripts/serve.ts"]
        : [NEXT, "dev", "--port", String(ports.shop), "--hostname", settings.HOST],
    env,
    isReady: async () =>
      (await answers(`${address}/api/health?ready`)) && (await renewStaticPages(address, env)),
    readyWithinMs: mode === "production" ? 60_000 : 180_000,
    stopWithinMs: 20_000,
  });
}

/** Where this machine reaches the shop, whatever its public address is. */
function shopAddress({ settings, ports }: Platform): string {
  const host = /^(0\.0\.0\.0|::)$/.test(settings.HOST) ? "127.0.0.1" : settings.HOST;
  return `http://${host.includes(":") ? `[${host}]` : host}:${ports.shop}`;
}

/** The build knew no database: the pages it made are replaced at their next request. */
async function renewStaticPages(address: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  return answers(`${address}/api/internal/revalidate`, {
    method: "POST",
    headers: { authorization: `Bearer ${env.INTERNAL_TOKEN}` },
  });
}

async function answers(url: string, request: RequestInit = {}): Promise<boolean> {
  try {
    const response = await fetch(url, {
      ...request,
      redirect: "manual",
      signal: AbortSignal.timeout(60_000),
    });
    await response.body?.cancel();
    return response.status < 400;
  } catch {
    return false;
  }
}
