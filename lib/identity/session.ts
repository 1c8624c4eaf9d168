/** Adapter: who is signed in. Hides next-auth, the cookie and the session row from everybody else. */
import "server-only";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { UserId } from "../ids";
import { isStaff, type Permission, roleMay } from "../permissions";
import { createSession, deleteSession, replaceSession, type SessionFacts, touchSession } from "./mutations";
import { clearToken, isHttps, readToken, writeToken } from "./next-auth";
import { findLiveSession } from "./queries";
import { readClientAddress } from "./request-address";
import { safeReturnTo } from "./safe-return-to";
import type { Viewer } from "./viewer";
import { VIEWER_HINT_COOKIE, viewerHint } from "./viewer-hint";

export type { Viewer } from "./viewer";

/** Where staff without a second factor are led. */
const SET_UP_SECOND_FACTOR = "/account/settings/two-step?for=admin";

/** The viewer, read anew from the database once per request; null when nobody is signed in. */
export const findViewer: () => Promise<Viewer | null> = cache(async () => {
  const sessionId = await readToken();
  if (!sessionId) return null;
  const live = await findLiveSession(sessionId);
  if (!live) return null;
  const { seenLately, ...viewer } = live;
  if (!seenLately) await touchSession(sessionId);
  return viewer;
});

/** For pages: the viewer, or a detour over the sign-in page back to `returnTo` (a path of this site). */
export async function requireViewer(returnTo: string): Promise<Viewer> {
  const viewer = await findViewer();
  if (!viewer) redirect(`/sign-in?returnTo=${encodeURIComponent(safeReturnTo(returnTo))}`);
  return viewer;
}

/**
 * For admin pages and routes: staff whose role may do this (lib/permissions.ts) and who gave a code of the second factor in
 * this session. Staff without one set it up first; to everybody else the page does not exist.
 */
export async function requirePermission(permission: Permission): Promise<Viewer> {
  const viewer = await findViewer();
  if (!viewer || !isStaff(viewer.role)) notFound();
  if (!viewer.secondFactor) redirect(SET_UP_SECOND_FACTOR);
  if (!roleMay(viewer.role, permission)) notFound();
  return viewer;
}

/**
 * Signs this browser in under a fresh id; a session that it had before ends. Unless it is to `stay` on this device, it
 * ends with the browser, after half a day at the latest. `secondFactor` when a code was given. For actions only: it
 * writes cookies.
 */
export async function startSession(
  userId: UserId,
  now: Date,
  stay = true,
  secondFactor = false,
): Promise<void> {
  const before = await readToken();
  if (before) await deleteSession(before);
  await writeToken(await createSession(userId, now, stay, await readFacts(secondFactor)), stay);
  (await cookies()).set(viewerHint(isHttps()));
}

async function readFacts(secondFactor: boolean): Promise<SessionFacts> {
  const userAgent = (await headers()).get("user-agent");
  return { secondFactor, userAgent, address: await readClientAddress() };
}

/** Gives this browser's session a new id, after what it may do has changed. For actions only: it writes cookies. */
export async function rotateSession(): Promise<void> {
  const before = await readToken();
  const replaced = before ? await replaceSession(before) : null;
  if (replaced) await writeToken(replaced.id, replaced.stay);
}

/** Signs this browser out, for good. For actions only: it writes cookies. */
export async function endSession(): Promise<void> {
  const sessionId = await readToken();
  if (sessionId) await deleteSession(sessionId);
  await clearToken();
  (await cookies()).delete(VIEWER_HINT_COOKIE);
}
