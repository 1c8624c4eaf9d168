import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a person may have set for their own shop must not reach the one under test, neither here nor from `.env`. */
const UNSET = [
  "APP_URL",
  "AUTH_SECRET",
  "CERTIFICATE_KEY",
  "DATABASE_URL",
  "DEMO",
  "GITHUB_CLIENT_ID",
  "GITHUB_CLIENT_SECRET",
  "GOOGLE_CLIENT_ID",
  "GOOGLE_CLIENT_SECRET",
  "GOOGLE_ISSUER",
  "HOST",
  "INTERNAL_TOKEN",
  "LOG_LEVEL",
  "MAIL_FROM",
  "NODE_ENV",
  "RESEND_API_KEY",
  "RESEND_BASE_URL",
  "STORE_ADDRESS",
  "STORE_CURRENCY",
  "STORE_DOCUMENTS",
  "STORE_NAME",
  "STORE_TAX",
  "STORE_TAX_NOTE",
  "STORE_VAT_ID",
  "STRIPE_API_BASE",
  "STRIPE_CHECKOUT_UI",
  "STRIPE_PUBLISHABLE_KEY",
  "STRIPE_PUBLIC_KEY",
  "STRIPE_SECRET_KEY",
  "STRIPE_WEBHOOK_SECRET",
  "TRUSTED_PROXY",
];

/**
 * Playwright's global setup: runs `npm start`'s own program on a data folder of its own, and ends it after the last
 * test. Nothing of the product is replaced or switched off.
 */
export default async function startProduct(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "lectern-e2e-"));
  process.env.E2E_DATA_DIR = dataDir;
  const logFile = join(dataDir, "start.log");
  const log = openSync(logFile, "a");
  const env = { ...process.env, ...Object.fromEntries(UNSET.map((name) => [name, ""])) };
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    env: { ...env, PORT: process.env.E2E_PORT, DATA_DIR: dataDir },
    // Through the channel it says that it is ready, and notices should this process be killed.
    stdio: ["ignore", log, log, "ipc"],
    detached: true,
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const ready = new Promise<boolean>((resolve) => child.once("message", () => resolve(true)));
  const isUp = await Promise.race([ready, ended.then(() => false)]);
  if (!isUp)
    throw new Error(`The product did not start:\n${readFileSync(logFile, "utf8")}${lastWords(dataDir)}`);
  return async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** The ends of the parts' logs: what they point to is gone once the machine that ran the tests is. */
function lastWords(dataDir: string): string {
  const logs = join(dataDir, "logs");
  if (!existsSync(logs)) return "";
  return readdirSync(logs)
    .map((name) => `\n── ${name}\n${readFileSync(join(logs, name), "utf8").slice(-2_000)}`)
    .join("");
}
