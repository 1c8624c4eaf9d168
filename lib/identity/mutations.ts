import "server-only";
import { and, eq, lt, or, sql } from "drizzle-orm";
import { db, withTransaction } from "@/db/client";
import { userSessions } from "@/db/schema/identity";
import { newId, type SessionId, type UserId } from "../ids";
import { IDLE_SECONDS, SEEN_EVERY_SECONDS, sessionExpiry } from "./session-lifetime";

/** A new session row, never a known id again; the user's dead rows go on the same occasion. */
export async function createSession(userId: UserId, now: Date): Promise<SessionId> {
  const id = newId<"session">();
  await withTransaction(async (tx) => {
    const isOver = or(
      lt(userSessions.expiresAt, sql`now()`),
      lt(userSessions.lastSeenAt, sql`now() - make_interval(secs => ${IDLE_SECONDS})`),
    );
    await tx.delete(userSessions).where(and(eq(userSessions.userId, userId), isOver));
    await tx.insert(userSessions).values({ id, userId, expiresAt: sessionExpiry(now) });
  });
  return id;
}

/** Notes the visit, which keeps an idle session alive. */
export async function touchSession(sessionId: SessionId): Promise<void> {
  await db()
    .update(userSessions)
    .set({ lastSeenAt: sql`now()` })
    .where(
      and(
        eq(userSessions.id, sessionId),
        lt(userSessions.lastSeenAt, sql`now() - make_interval(secs => ${SEEN_EVERY_SECONDS})`),
      ),
    );
}

/** Signs a browser out at once, wherever its cookie is. */
export async function deleteSession(sessionId: SessionId): Promise<void> {
  await db().delete(userSessions).where(eq(userSessions.id, sessionId));
}
