/** Adapter: next-auth seals and reads the session cookie. Nothing outside `lib/identity/session.ts` knows it. */
import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { cookies } from "next/headers";
import NextAuth, { type NextAuthConfig } from "next-auth";
import { decode } from "next-auth/jwt";
import Credentials from "next-auth/providers/credentials";
import { env } from "../env";
import type { SessionId } from "../ids";
import { log } from "../log";
import { ABSOLUTE_SECONDS } from "./session-lifetime";

declare module "next-auth" {
  interface Session {
    readonly sessionId?: SessionId;
  }
}

/**
 * The session being granted right now. next-auth's provider takes no credentials: our own action has checked the
 * password, under our throttles. So a request to any endpoint of next-auth cannot sign anybody in.
 */
const granting = new AsyncLocalStorage<SessionId>();

export function isHttps(): boolean {
  return env().APP_URL.startsWith("https:");
}

/** `__Host-` ties the cookie to this very host; browsers take it over https only. */
export function sessionCookieName(): string {
  return isHttps() ? "__Host-lectern_session" : "lectern_session";
}

function callbackCookieName(): string {
  return isHttps() ? "__Host-lectern_callback" : "lectern_callback";
}

function cookieOptions() {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isHttps() } as const;
}

function config(): NextAuthConfig {
  const options = cookieOptions();
  return {
    secret: env().AUTH_SECRET,
    trustHost: true,
    basePath: "/api/auth",
    useSecureCookies: isHttps(),
    session: { strategy: "jwt", maxAge: ABSOLUTE_SECONDS },
    cookies: {
      sessionToken: { name: sessionCookieName(), options },
      // Where to go is decided by our action; next-auth's own note of it ends as it is written.
      callbackUrl: { name: callbackCookieName(), options: { ...options, maxAge: 0 } },
    },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      Credentials({
        credentials: {},
        authorize: () => {
          const sessionId = granting.getStore();
          return sessionId ? { id: sessionId } : null;
        },
      }),
    ],
    callbacks: {
      // Ids only: name and role are read from the database on every request.
      jwt: ({ token, user }) => (user?.id ? { sessionId: user.id as SessionId } : token),
      session: ({ session, token }) => ({
        expires: session.expires,
        sessionId: token.sessionId as SessionId,
      }),
    },
    logger: {
      // A cookie that cannot be read is any stranger's doing, not a fault.
      error: (error) => log.debug({ reason: error.message }, "session cookie refused"),
      warn: () => {},
      debug: () => {},
    },
  };
}

const nextAuth = NextAuth(() => config());

/**
 * The session that the cookie names; it may have ended since. The cookie is read as it stands now: an action that has just
 * given the session another id renders its page with that one, which next-auth's own reading of the request would not see.
 */
export async function readToken(): Promise<SessionId | null> {
  const token = (await cookies()).get(sessionCookieName())?.value;
  if (!token) return null;
  const known = opened.get(token);
  if (known) return known;
  try {
    const sealed = await decode({ token, secret: env().AUTH_SECRET, salt: sessionCookieName() });
    if (typeof sealed?.sessionId !== "string") return null;
    const sessionId = sealed.sessionId as SessionId;
    if (opened.size >= MOST_OPENED) opened.clear();
    opened.set(token, sessionId);
    return sessionId;
  } catch {
    // A cookie that cannot be read is any stranger's doing, not a fault.
    return null;
  }
}

/**
 * What cookies were opened to lately: opening one takes about a millisecond, and it says the same each time. Whether its session
 * still lives is asked of the database for every request; that row ends no later than the cookie.
 */
const opened = new Map<string, SessionId>();
const MOST_OPENED = 5_000;

/** Writes the cookie for a session that was just created. Unless it is to `stay`, the cookie ends with the browser. */
export async function writeToken(sessionId: SessionId, stay: boolean): Promise<void> {
  await granting.run(sessionId, () => nextAuth.signIn("credentials", { redirect: false, redirectTo: "/" }));
  if (stay) return;
  const jar = await cookies();
  const token = jar.get(sessionCookieName())?.value;
  if (token) jar.set(sessionCookieName(), token, cookieOptions());
}

/** Takes the cookie away. */
export async function clearToken(): Promise<void> {
  await nextAuth.signOut({ redirect: false, redirectTo: "/" });
}
