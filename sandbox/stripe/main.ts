/** Starts the Stripe sandbox as a process of its own; README.md lists its variables. */
import { join } from "node:path";
import { type StripeSandboxOptions, startStripeSandbox } from "./start";

function numberFrom(name: string): number | undefined {
  const text = process.env[name];
  if (text === undefined || text === "") return undefined;
  if (!/^\d+$/.test(text)) throw new Error(`${name} must be a whole number, not "${text}".`);
  return Number(text);
}

function options(): StripeSandboxOptions {
  const {
    DATA_DIR,
    SANDBOX_WEBHOOK_SECRET: secret,
    SANDBOX_WEBHOOK_URL: url,
    STORE_NAME,
    STRIPE_SANDBOX_COUNTRY,
    STRIPE_SANDBOX_URL,
  } = process.env;
  if ((url === undefined) !== (secret === undefined)) {
    throw new Error("Set both SANDBOX_WEBHOOK_URL and SANDBOX_WEBHOOK_SECRET, or neither.");
  }
  const settles = numberFrom("STRIPE_SANDBOX_SETTLE_SECONDS");
  return {
    port: numberFrom("STRIPE_SANDBOX_PORT") ?? (numberFrom("PORT") ?? 3000) + 1,
    ...(DATA_DIR ? { dataDir: join(DATA_DIR, "stripe") } : {}),
    ...(url && secret ? { webhooks: [{ url, secret }] } : {}),
    ...(STORE_NAME ? { shopName: STORE_NAME } : {}),
    ...(STRIPE_SANDBOX_COUNTRY ? { country: STRIPE_SANDBOX_COUNTRY.toUpperCase() } : {}),
    ...(STRIPE_SANDBOX_URL ? { publicUrl: STRIPE_SANDBOX_URL } : {}),
    ...(settles === undefined ? {} : { delays: { bankDebitSettles: settles } }),
  };
}

try {
  const sandbox = await startStripeSandbox(options());
  console.log(`Stripe sandbox: ${sandbox.publicUrl}`);
  const stop = () => void sandbox.close().then(() => process.exit(0));
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
} catch (error) {
  const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  const message = error instanceof Error ? error.message : String(error);
  console.error(
    `Stripe sandbox: ${taken ? "its port is taken; set STRIPE_SANDBOX_PORT to a free one." : message}`,
  );
  process.exit(1);
}
