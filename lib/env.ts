import { z } from "zod";
import { isOfVatCountry, isVatId, normaliseVatId } from "./vat-id";

/** The only reader of `process.env`. A wrong value stops the start with its name, the reason and the remedy. */

const url = z.url({ protocol: /^https?$/, error: "must be an http or https address" });
const port = z.coerce.number({ error: "must be a port number" }).int().min(1).max(65_532);
const noBlank = (name: string) =>
  z.string().regex(/^\S+$/, `must be one ${name} without spaces or line breaks`);

const stripeSecretKey = noBlank("key").regex(
  /^(sk|rk)_(test|live)_/,
  "must begin with sk_test_, sk_live_, rk_test_ or rk_live_",
);
const webhookSecrets = z
  .string()
  .transform((list) => list.split(",").map((secret) => secret.trim()))
  .pipe(z.array(noBlank("secret").startsWith("whsec_", "each secret must begin with whsec_")).min(1));

const signingKeys = z
  .string()
  .transform((list) => list.split(",").map((key) => key.trim()))
  .pipe(z.array(z.string().regex(/^[\w-]{43}$/, "each key must be 32 bytes in base64url")).min(1));

function isReadableUrl(value: string): boolean {
  try {
    const { username, password, pathname, hash } = new URL(value);
    for (const part of [username, password, pathname]) decodeURIComponent(part);
    return hash === "";
  } catch {
    return false;
  }
}

/** What a person may set. Everything is optional: `npm start` fills the rest with local stand-ins. */
const settings = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  PORT: port.default(3000),
  HOST: z.string().default("127.0.0.1"),
  APP_URL: url
    .refine(
      (value) => /^\/*$/.test(new URL(value).pathname) && !/[?#]/.test(value),
      "must be the shop's address alone, without a path, such as https://shop.example.org",
    )
    .transform((value) => value.replace(/\/+$/, ""))
    .optional(),
  AUTH_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  INTERNAL_TOKEN: z.string().min(32, "must have at least 32 characters").optional(),
  CERTIFICATE_KEY: signingKeys.optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, {
      error: "must look like postgres://user:password@host:5432/name",
      abort: true,
    })
    .refine(
      isReadableUrl,
      "cannot be read: write # as %23, % as %25, @ as %40, : as %3A and / as %2F in user and password",
    )
    .optional(),
  DATABASE_POOL: z.coerce.number({ error: "must be a number" }).int().min(1).max(200).default(10),
  STRIPE_SECRET_KEY: stripeSecretKey.optional(),
  STRIPE_PUBLISHABLE_KEY: noBlank("key")
    .regex(/^pk_(test|live)_/, "must begin with pk_test_ or pk_live_")
    .optional(),
  STRIPE_WEBHOOK_SECRET: webhookSecrets.optional(),
  STRIPE_API_BASE: url.optional(),
  STRIPE_CHECKOUT_UI: z.enum(["hosted", "embedded"]).default("hosted"),
  /** `on`: Stripe makes invoices of its own for paid sessions; they stand on the billing page beside ours. */
  STRIPE_INVOICES: z.enum(["on", "off"]).default("off"),
  RESEND_API_KEY: noBlank("key").startsWith("re_", "must begin with re_").optional(),
  RESEND_BASE_URL: url.optional(),
  MAIL_FROM: z
    .string()
    .regex(
      /^[^\r\n]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/,
      "must be an address such as Lectern <shop@example.org>",
    )
    .default("Lectern <shop@lectern.example>"),
  GOOGLE_CLIENT_ID: noBlank("id").optional(),
  GOOGLE_CLIENT_SECRET: noBlank("secret").optional(),
  GOOGLE_ISSUER: url.optional(),
  GITHUB_CLIENT_ID: noBlank("id").optional(),
  GITHUB_CLIENT_SECRET: noBlank("secret").optional(),
  STORE_CURRENCY: z
    .string()
    .regex(/^[A-Za-z]{3}$/, "must be a three-letter currency code")
    .transform((code) => code.toLowerCase())
    .default("usd"),
  STORE_NAME: z.string().min(1).max(80).default("Lectern"),
  STORE_ADDRESS: z.string().max(400).optional(),
  STORE_VAT_ID: z
    .string()
    .max(40)
    .transform(normaliseVatId)
    .refine((id) => isVatId(id) || !isOfVatCountry(id), "does not look like a VAT id, such as DE123456789")
    .optional(),
  /** `stripe`: Stripe's tax computes it when the buyer pays, on top of the price. */
  STORE_TAX: z.enum(["none", "stripe"]).default("none"),
  /** Whether paid orders get invoices, and refunds credit notes. */
  STORE_DOCUMENTS: z.enum(["on", "off"]).default("on"),
  /** Printed on documents that charge no tax, such as the paragraph that exempts a small business. */
  STORE_TAX_NOTE: z.string().max(300).optional(),
  DATA_DIR: z.string().min(1).default(".data"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  TRUSTED_PROXY: z.enum(["none", "x-forwarded-for"]).default("none"),
  NEXT_PHASE: z.string().optional(),
});

export type Settings = z.output<typeof settings>;
type Required_ =
  | "AUTH_SECRET"
  | "INTERNAL_TOKEN"
  | "CERTIFICATE_KEY"
  | "DATABASE_URL"
  | "STRIPE_SECRET_KEY"
  | "STRIPE_WEBHOOK_SECRET"
  | "RESEND_API_KEY";

/** What the running shop and worker have: every secret present. */
export type Env = Settings & { readonly [K in Required_]-?: NonNullable<Settings[K]> } & {
  readonly APP_URL: string;
  /** True when no real money can move: test keys, or the sandbox. */
  readonly testMode: boolean;
};

type Source = Readonly<Record<string, string | undefined>>;
export type EnvProblem = { readonly name: string; readonly sentence: string };

/** Empty strings count as unset, as in most `.env` files; the seed's older name of the publishable key is taken too. */
function normalise(source: Source): Source {
  const set = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  return { STRIPE_PUBLISHABLE_KEY: set.STRIPE_PUBLIC_KEY, ...set };
}

/** Checks what a person set. Answers the settings, or one sentence for each wrong variable. */
export function readSettings(
  source: Source,
):
  | { readonly settings: Settings; readonly problems: readonly [] }
  | { readonly settings: null; readonly problems: readonly EnvProblem[] } {
  const parsed = settings.safeParse(normalise(source));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0] ?? "environment");
      return {
        name,
        sentence: `${name} ${issue.message.replace(/^Invalid input: /, "is wrong: ")}. Correct it or unset it, then start again.`,
      };
    });
    return { settings: null, problems };
  }
  const conflict = findConflict(parsed.data);
  return conflict ? { settings: null, problems: [conflict] } : { settings: parsed.data, problems: [] };
}

function findConflict(env: Settings): EnvProblem | null {
  const live = env.STRIPE_SECRET_KEY !== undefined && /^(sk|rk)_live_/.test(env.STRIPE_SECRET_KEY);
  if (live && env.STRIPE_API_BASE !== undefined) {
    return {
      name: "STRIPE_SECRET_KEY",
      sentence:
        "STRIPE_SECRET_KEY is a live key while STRIPE_API_BASE points to a stand-in. Unset STRIPE_API_BASE, or use a test key.",
    };
  }
  if (env.STRIPE_SECRET_KEY !== undefined && env.STRIPE_WEBHOOK_SECRET === undefined) {
    return {
      name: "STRIPE_WEBHOOK_SECRET",
      sentence:
        "STRIPE_WEBHOOK_SECRET is missing. Copy the signing secret (whsec_…) of your webhook endpoint from Stripe's Dashboard.",
    };
  }
  const embedded = env.STRIPE_CHECKOUT_UI === "embedded" && env.STRIPE_SECRET_KEY !== undefined;
  if (embedded && env.STRIPE_PUBLISHABLE_KEY === undefined) {
    return {
      name: "STRIPE_PUBLISHABLE_KEY",
      sentence:
        "STRIPE_PUBLISHABLE_KEY is missing: the embedded payment page needs it. Copy it from Stripe's Dashboard, or set STRIPE_CHECKOUT_UI to hosted.",
    };
  }
  if (embedded && env.STRIPE_PUBLISHABLE_KEY?.startsWith("pk_live_") !== live) {
    return {
      name: "STRIPE_PUBLISHABLE_KEY",
      sentence:
        "STRIPE_PUBLISHABLE_KEY and STRIPE_SECRET_KEY are of different modes. Use both of test mode or both of live mode.",
    };
  }
  for (const name of ["GOOGLE", "GITHUB"] as const) {
    const halves = [`${name}_CLIENT_ID`, `${name}_CLIENT_SECRET`] as const;
    const missing = halves.find((half) => env[half] === undefined);
    if (missing && halves.some((half) => env[half] !== undefined))
      return {
        name: missing,
        sentence: `${missing} is missing: set both ${halves.join(" and ")}, or neither.`,
      };
  }
  if (live && env.APP_URL?.startsWith("http:")) {
    return {
      name: "APP_URL",
      sentence: "APP_URL must be an https address when STRIPE_SECRET_KEY is a live key.",
    };
  }
  if (live && env.APP_URL === undefined) {
    return { name: "APP_URL", sentence: "APP_URL is missing. Set it to the shop's public https address." };
  }
  if (live && env.STORE_DOCUMENTS === "on" && env.STORE_ADDRESS === undefined) {
    return {
      name: "STORE_ADDRESS",
      sentence:
        "STORE_ADDRESS is missing: invoices must name the seller's address. Set it (lines separated by semicolons), or set STORE_DOCUMENTS=off.",
    };
  }
  return null;
}

/** Where a shop is reached that was told no address: on this machine, unless it listens to one address only. */
export function defaultAppUrl({ HOST, PORT }: Pick<Settings, "HOST" | "PORT">): string {
  const isHere = /^(127\.\d+\.\d+\.\d+|0\.0\.0\.0|::1?|localhost)$/.test(HOST);
  return `http://${isHere ? "localhost" : HOST.includes(":") ? `[${HOST}]` : HOST}:${PORT}`;
}

const buildTime = {
  AUTH_SECRET: "only-while-building-only-while-building",
  INTERNAL_TOKEN: "only-while-building-only-while-building",
  CERTIFICATE_KEY: ["only-while-building-only-while-building-000"],
  DATABASE_URL: "postgres://build@localhost/none",
  STRIPE_SECRET_KEY: "sk_test_build",
  STRIPE_WEBHOOK_SECRET: ["whsec_build"],
  RESEND_API_KEY: "re_build",
} satisfies Pick<Env, Required_>;

/** The complete environment of a running process; throws one sentence naming what is missing or wrong. */
export function parseEnv(source: Source): Env {
  const { settings: read, problems } = readSettings(source);
  if (!read) throw new Error(problems.map((problem) => problem.sentence).join("\n"));
  const building = read.NEXT_PHASE === "phase-production-build";
  const complete = building ? { ...buildTime, ...read } : read;
  const missing = (Object.keys(buildTime) as Required_[]).filter((name) => complete[name] === undefined);
  if (missing.length > 0)
    throw new Error(`${missing.join(", ")} not set. \`npm start\` sets local values for all of them.`);
  const env = complete as Settings & Pick<Env, Required_>;
  return {
    ...env,
    APP_URL: env.APP_URL ?? defaultAppUrl(env),
    testMode: !/^(sk|rk)_live_/.test(env.STRIPE_SECRET_KEY),
  };
}

let cached: Env | undefined;

/** The environment, parsed once per process. */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/** Where this process reaches itself, whatever its public address is. */
export function ownOrigin(): string {
  const { HOST, PORT } = env();
  const host = /^(0\.0\.0\.0|::)$/.test(HOST) ? "127.0.0.1" : HOST;
  return `http://${host.includes(":") ? `[${host}]` : host}:${PORT}`;
}

/** What is logged; read apart from the rest, since a log is there before anything else is. */
export function logLevel(): Settings["LOG_LEVEL"] {
  return settings.shape.LOG_LEVEL.catch("info").parse(process.env.LOG_LEVEL || undefined);
}

/** True while `next build` runs: there is no database then. */
export function isBuilding(): boolean {
  return process.env.NEXT_PHASE === "phase-production-build";
}
