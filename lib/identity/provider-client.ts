/** Adapter: OAuth and OpenID Connect through next-auth's core; it says who somebody is over there, and starts no session here. */
import "server-only";
import { Auth, type AuthConfig, raw, skipCSRFCheck } from "@auth/core";
import GitHub from "@auth/core/providers/github";
import Google from "@auth/core/providers/google";
import { cookies } from "next/headers";
import { z } from "zod";
import { env } from "../env";
import { log } from "../log";
import { readGitHubUser } from "./github-user";
import { isHttps } from "./next-auth";
import { normaliseEmail } from "./normalise-email";
import { PROVIDERS, type Provider, type ProviderIdentity } from "./providers";

/** Those whose keys are set. */
export function configuredProviders(): readonly Provider[] {
  const { GOOGLE_CLIENT_ID, GITHUB_CLIENT_ID } = env();
  const keys = { google: GOOGLE_CLIENT_ID, github: GITHUB_CLIENT_ID };
  return PROVIDERS.filter((provider) => keys[provider] !== undefined);
}

/** The provider's page to go to. Notes in cookies what its answer must match. */
export async function startAtProvider(provider: Provider): Promise<string> {
  const request = new Request(`${env().APP_URL}/api/auth/signin/${provider}`, {
    method: "POST",
    headers: await cookieHeader(),
    body: new URLSearchParams({ callbackUrl: "/" }),
  });
  const answer = await Auth(request, { ...config(), raw, skipCSRFCheck });
  await keepCookies(answer.cookies);
  if (!answer.redirect) throw new Error(`no address to go to for ${provider}`);
  return answer.redirect;
}

/** Who the provider's answer is about; null when it does not match what was asked, or the person changed their mind. */
export async function readProviderAnswer(
  provider: Provider,
  search: string,
): Promise<ProviderIdentity | null> {
  const found: { identity: ProviderIdentity | null } = { identity: null };
  const request = new Request(`${env().APP_URL}/api/auth/callback/${provider}${search}`, {
    headers: await cookieHeader(),
  });
  const callbacks: AuthConfig["callbacks"] = {
    signIn: ({ account, profile }) => {
      found.identity = readIdentity(provider, account?.providerAccountId, profile);
      // An address ends it here: no session of next-auth's own is made.
      return "/";
    },
  };
  try {
    const answer = await Auth(request, { ...config(), callbacks, raw });
    if (answer.cookies) await keepCookies(answer.cookies);
  } catch (error) {
    log.info(
      { provider, reason: error instanceof Error ? error.name : "unknown" },
      "a linked sign-in failed",
    );
    return null;
  }
  return found.identity;
}

const profileSchema = z.object({
  email: z.string().nullish(),
  email_verified: z.boolean().nullish(),
  name: z.string().nullish(),
  login: z.string().nullish(),
});

function readIdentity(
  provider: Provider,
  subject: string | undefined,
  profile: unknown,
): ProviderIdentity | null {
  const read = profileSchema.safeParse(profile);
  if (!read.success || !subject) return null;
  const { email, email_verified, name, login } = read.data;
  const proved = email_verified === true && email ? normaliseEmail(email) : null;
  return { provider, subject, email: proved, name: name ?? login ?? null };
}

function config(): AuthConfig {
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GOOGLE_ISSUER, GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET } =
    env();
  return {
    secret: env().AUTH_SECRET,
    trustHost: true,
    basePath: "/api/auth",
    useSecureCookies: isHttps(),
    cookies: {
      pkceCodeVerifier: ownCookie("pkce"),
      state: ownCookie("state"),
      nonce: ownCookie("nonce"),
      callbackUrl: ownCookie("callback"),
      sessionToken: ownCookie("nothing"),
    },
    providers: [
      Google({
        clientId: GOOGLE_CLIENT_ID,
        clientSecret: GOOGLE_CLIENT_SECRET,
        checks: ["pkce", "state", "nonce"],
        ...(GOOGLE_ISSUER ? { issuer: GOOGLE_ISSUER } : {}),
      }),
      GitHub({
        clientId: GITHUB_CLIENT_ID,
        clientSecret: GITHUB_CLIENT_SECRET,
        checks: ["pkce", "state"],
        userinfo: {
          url: "https://api.github.com/user",
          request: ({ tokens }: { tokens: { access_token?: string } }) =>
            readGitHubUser(tokens.access_token ?? ""),
        },
      }),
    ],
    logger: {
      error: (error) => log.debug({ reason: error.message }, "provider refused"),
      warn: () => {},
      debug: () => {},
    },
  };
}

const MINUTES_10 = 600;

function ownCookie(name: string) {
  const options = {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: isHttps(),
    maxAge: MINUTES_10,
  } as const;
  return { name: `${isHttps() ? "__Host-" : ""}lectern_${name}`, options };
}

async function cookieHeader(): Promise<HeadersInit> {
  const all = (await cookies()).getAll();
  return { cookie: all.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ") };
}

type Written = { readonly name: string; readonly value: string; readonly options: object };

async function keepCookies(written: readonly Written[] | undefined): Promise<void> {
  const jar = await cookies();
  for (const { name, value, options } of written ?? []) {
    if (!name.endsWith("lectern_callback") && !name.includes("csrf")) jar.set(name, value, options);
  }
}
