import nextEnv from "@next/env";
import { defaultAppUrl, readSettings, type Settings } from "../lib/env";
import { Problem } from "../sandbox/problem";
import { type DataFolder, loadSecrets, openDataFolder, type Secrets } from "./data-folder";
import { portsFrom } from "./ports";

/** Set where an installation has completed the environment: nothing is missing, and nothing has to be started. */
export const COMPLETE = "LECTERN_COMPLETE";

export type Mode = "production" | "development";

/** What this installation consists of: settings, secrets, and which real parts replace their stand-ins. */
export type Platform = {
  readonly mode: Mode;
  readonly settings: Settings;
  readonly folder: DataFolder;
  readonly secrets: Secrets;
  readonly ports: ReturnType<typeof portsFrom>;
  readonly appUrl: string;
  readonly localPostgres: boolean;
  readonly localStripe: boolean;
  readonly localMail: boolean;
  /** Demo accounts and coupons: by default on the embedded database, never beside a live key. DEMO=1 or 0 decides. */
  readonly demo: boolean;
};

/**
 * Reads variables and `.env` files as Next does, and the data folder.
 *
 * @throws Problem with one sentence for each wrong variable.
 */
export function readPlatform(mode: Mode): Platform {
  nextEnv.loadEnvConfig(process.cwd(), mode === "development", { info: () => {}, error: console.error });
  const { settings, problems } = readSettings({ ...process.env, NODE_ENV: mode });
  if (!settings) throw new Problem(problems.map((problem) => problem.sentence).join("\n"));
  const folder = openDataFolder(settings.DATA_DIR);
  const localPostgres = settings.DATABASE_URL === undefined;
  clearSurroundings(localPostgres);
  const live = /^(sk|rk)_live_/.test(settings.STRIPE_SECRET_KEY ?? "");
  return {
    mode,
    settings,
    folder,
    secrets: loadSecrets(folder),
    ports: portsFrom(settings.PORT),
    appUrl: settings.APP_URL ?? defaultAppUrl(settings),
    localPostgres,
    localStripe: settings.STRIPE_SECRET_KEY === undefined,
    localMail: settings.RESEND_API_KEY === undefined,
    demo: readDemo() ?? (localPostgres && !live),
  };
}

/** What a shell may hold for other programs and would lead the parts of this installation astray. */
function clearSurroundings(localPostgres: boolean): void {
  // Both clients of Postgres read them, and the embedded one knows neither TLS nor replicas.
  if (localPostgres)
    for (const name of Object.keys(process.env)) if (/^PG[A-Z]+$/.test(name)) delete process.env[name];
  // What talks to a neighbour of this machine goes through no proxy.
  for (const name of ["NO_PROXY", "no_proxy"])
    process.env[name] = [process.env[name], "localhost,127.0.0.1,[::1]"].filter(Boolean).join(",");
}

function readDemo(): boolean | null {
  const { DEMO } = process.env;
  if (!DEMO) return null;
  if (DEMO !== "1" && DEMO !== "0")
    throw new Problem("DEMO must be 1 or 0. Correct it or unset it, then start again.");
  return DEMO === "1";
}

/** The complete environment of the shop, the worker and the stand-ins. */
export function completeEnvironment(platform: Platform, databaseUrl: string): NodeJS.ProcessEnv {
  const { settings, secrets, ports, folder } = platform;
  const local = (port: number) => `http://127.0.0.1:${port}`;
  const stripe = platform.localStripe
    ? {
        STRIPE_SECRET_KEY: secrets.stripeSecretKey,
        STRIPE_PUBLISHABLE_KEY: secrets.stripePublishableKey,
        STRIPE_WEBHOOK_SECRET: secrets.stripeWebhookSecret,
        STRIPE_API_BASE: local(ports.stripe),
      }
    : {};
  const mail = platform.localMail
    ? { RESEND_API_KEY: secrets.mailApiKey, RESEND_BASE_URL: local(ports.mail) }
    : {};
  return {
    ...process.env,
    NODE_ENV: platform.mode,
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: String(ports.shop),
    HOST: settings.HOST,
    APP_URL: platform.appUrl,
    AUTH_SECRET: settings.AUTH_SECRET ?? secrets.authSecret,
    INTERNAL_TOKEN: settings.INTERNAL_TOKEN ?? secrets.internalToken,
    CERTIFICATE_KEY: settings.CERTIFICATE_KEY?.join(",") ?? secrets.certificateKey,
    DATABASE_URL: databaseUrl,
    DATA_DIR: folder.root,
    [COMPLETE]: "1",
    ...stripe,
    ...mail,
  };
}

/** How the embedded Postgres of this installation is started. */
export function postgresOptions({ folder, secrets, ports }: Platform) {
  return {
    dataDir: folder.postgres,
    port: ports.postgres,
    superuserPassword: secrets.postgresPassword,
    role: { name: "lectern", password: secrets.databasePassword },
    logFile: `${folder.logs}/postgres.log`,
  };
}
