import "server-only";
import { and, eq, gt, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { query } from "@/db/query";
import { userSessions, users } from "@/db/schema/identity";
import type { Slots } from "@/db/statement";
import type { SessionId, UserId } from "../ids";
import { IDLE_SECONDS, SEEN_EVERY_SECONDS } from "./session-lifetime";
import type { Viewer } from "./viewer";

/** A session that is neither deleted, idle too long nor past its end, by the database's clock; with its user as of now. */
export async function findLiveSession(
  sessionId: SessionId,
): Promise<(Viewer & { readonly seenLately: boolean }) | null> {
  const [row] = await liveSession({ sessionId });
  return row ?? null;
}

const liveSession = query((database, slots: Slots<{ readonly sessionId: SessionId }>) =>
  database
    .select({
      userId: users.id,
      sessionId: userSessions.id,
      name: users.name,
      email: users.email,
      role: users.role,
      avatar: users.avatar,
      timeZone: users.timeZone,
      locale: users.locale,
      theme: users.theme,
      emailVerified: sql<boolean>`${users.emailVerifiedAt} is not null`,
      secondFactor: sql<boolean>`${userSessions.secondFactorAt} is not null`,
      seenLately: sql<boolean>`${userSessions.lastSeenAt} > now() - make_interval(secs => ${SEEN_EVERY_SECONDS})`,
    })
    .from(userSessions)
    .innerJoin(users, eq(users.id, userSessions.userId))
    .where(and(isLiveSession(eq(userSessions.id, slots.sessionId)), isNull(users.blockedAt))),
);

/** Those of the `chosen` sessions that are not over. */
export function isLiveSession(chosen: SQL): SQL | undefined {
  return and(
    chosen,
    gt(userSessions.expiresAt, sql`now()`),
    gt(userSessions.lastSeenAt, sql`now() - make_interval(secs => ${IDLE_SECONDS})`),
  );
}

/** Whether staff keep this person out. */
export async function isBlocked(userId: UserId): Promise<boolean> {
  const [row] = await db()
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), isNotNull(users.blockedAt)));
  return row !== undefined;
}

/** What sign-in compares with. `email` normalised. */
export async function findCredentials(
  email: string,
): Promise<{ userId: UserId; passwordHash: string | null } | null> {
  const [row] = await db()
    .select({ userId: users.id, passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.email, email));
  return row ?? null;
}

/** What a password asked for again is compared with. */
export async function findPasswordHash(userId: UserId): Promise<string | null> {
  const [row] = await db()
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, userId));
  return row?.passwordHash ?? null;
}
