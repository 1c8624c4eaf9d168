import "server-only";
import { desc, eq } from "drizzle-orm";
import { db } from "@/db/client";
import { emailOptOuts, userSessions, users } from "@/db/schema/identity";
import { findToken } from "@/lib/identity/one-time-token";
import { isLiveSession } from "@/lib/identity/queries";
import type { SessionId, UserId } from "@/lib/ids";
import { OPTIONAL_MAILS } from "@/lib/notifications/optional-mails";
import type { Notifications, Profile } from "./schema";

/** What the settings show of the account itself. */
export async function getProfile(userId: UserId): Promise<
  Profile & {
    readonly email: string;
    readonly hasPassword: boolean;
    readonly deletionDueAt: Date | null;
  }
> {
  const [row] = await db()
    .select({
      name: users.name,
      avatar: users.avatar,
      timeZone: users.timeZone,
      locale: users.locale,
      theme: users.theme,
      email: users.email,
      passwordHash: users.passwordHash,
      deletionDueAt: users.deletionDueAt,
    })
    .from(users)
    .where(eq(users.id, userId));
  if (!row) throw new Error(`No user ${userId}`);
  const { passwordHash, ...profile } = row;
  return { ...profile, hasPassword: passwordHash !== null };
}

export type ListedSession = {
  readonly id: SessionId;
  readonly userAgent: string | null;
  readonly addressPrefix: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
};

/** The user's live sessions, the one used last first. */
export function listSessions(userId: UserId): Promise<ListedSession[]> {
  return db()
    .select({
      id: userSessions.id,
      userAgent: userSessions.userAgent,
      addressPrefix: userSessions.addressPrefix,
      createdAt: userSessions.createdAt,
      lastSeenAt: userSessions.lastSeenAt,
    })
    .from(userSessions)
    .where(isLiveSession(eq(userSessions.userId, userId)))
    .orderBy(desc(userSessions.lastSeenAt))
    .limit(50);
}

/** Which optional mails the user wants. */
export async function getNotifications(userId: UserId): Promise<Notifications> {
  const refused = await db()
    .select({ group: emailOptOuts.group })
    .from(emailOptOuts)
    .where(eq(emailOptOuts.userId, userId));
  const groups = new Set(refused.map(({ group }) => group));
  return Object.fromEntries(OPTIONAL_MAILS.map((group) => [group, !groups.has(group)])) as Notifications;
}

/** The address that a mailed link would give to its account, while the link works. */
export async function findNewAddress(secret: string): Promise<string | null> {
  return (await findToken(["change_email"], secret))?.email ?? null;
}
