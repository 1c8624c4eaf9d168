import "server-only";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { db, violatedConstraint, withTransaction } from "@/db/client";
import { emailOptOuts, userSessions, users } from "@/db/schema/identity";
import { issueToken, revokeTokens, spendToken } from "@/lib/identity/one-time-token";
import { hashPassword } from "@/lib/identity/password";
import { noticeOf } from "@/lib/identity/security-notice";
import type { Viewer } from "@/lib/identity/viewer";
import type { SessionId, UserId } from "@/lib/ids";
import { MAILED_TOKEN } from "@/lib/notifications/account-mails";
import { queueEmail } from "@/lib/notifications/mutations";
import { OPTIONAL_MAILS } from "@/lib/notifications/optional-mails";
import { err, ok, type Result } from "@/lib/result";
import { seal } from "@/lib/seal";
import type { Notifications, Profile } from "./schema";

/** Changes what the account shows and how pages are shown to it. */
export async function saveProfile(userId: UserId, profile: Profile): Promise<void> {
  await db()
    .update(users)
    .set(profile)
    .where(and(eq(users.id, userId), isNull(users.erasedAt)));
}

/** Which optional mails are sent. Only refusals are kept: a kind that is new is on. */
export async function saveNotifications(userId: UserId, wanted: Notifications): Promise<void> {
  const refused = OPTIONAL_MAILS.filter((group) => !wanted[group]);
  await withTransaction(async (tx) => {
    await tx.delete(emailOptOuts).where(eq(emailOptOuts.userId, userId));
    if (refused.length > 0) await tx.insert(emailOptOuts).values(refused.map((group) => ({ userId, group })));
  });
}

/** Ends one of the user's sessions, wherever its browser is. One of somebody else is not found. */
export async function endUserSession(userId: UserId, sessionId: SessionId): Promise<void> {
  await db()
    .delete(userSessions)
    .where(and(eq(userSessions.id, sessionId), eq(userSessions.userId, userId)));
}

/** Ends all sessions but this one. */
export async function endOtherSessions({ userId, sessionId }: Viewer): Promise<void> {
  await db()
    .delete(userSessions)
    .where(and(eq(userSessions.userId, userId), ne(userSessions.id, sessionId)));
}

/** Sets a new password. All other sessions end, and so do all links that were mailed; the owner is told. */
export async function changePassword(viewer: Viewer, password: string, now: Date): Promise<void> {
  const passwordHash = await hashPassword(password);
  await withTransaction(async (tx) => {
    await tx.update(users).set({ passwordHash }).where(eq(users.id, viewer.userId));
    await tx
      .delete(userSessions)
      .where(and(eq(userSessions.userId, viewer.userId), ne(userSessions.id, viewer.sessionId)));
    await revokeTokens(tx, viewer.userId);
    await queueEmail(tx, noticeOf(viewer, "password_changed", now));
  });
}

/**
 * Mails a link to the new address and a notice to the old one. A new address that has an account gets a mail that says so
 * instead: to the one who asks it all looks the same.
 */
export async function requestEmailChange(viewer: Viewer, email: string, now: Date): Promise<void> {
  await withTransaction(async (tx) => {
    const [taken] = await tx
      .select({ userId: users.id, name: users.name })
      .from(users)
      .where(eq(users.email, email));
    const token = await issueToken(tx, { purpose: "change_email", userId: viewer.userId, email });
    const to = { subjectId: token.id, toAddress: email };
    if (taken)
      await queueEmail(tx, {
        ...to,
        kind: "change_email_known",
        userId: taken.userId,
        payload: { name: taken.name },
      });
    else
      await queueEmail(tx, {
        ...to,
        kind: "change_email_link",
        userId: viewer.userId,
        payload: { name: null, sealedToken: seal(token.secret, MAILED_TOKEN) },
      });
    await queueEmail(tx, noticeOf(viewer, "email_change_asked", now));
  });
}

/** Gives the account the address that the link was mailed to. Of two accounts that race for one address, one gets it. */
export async function changeEmail(secret: string, now: Date): Promise<Result<undefined, "link_spent">> {
  try {
    return await withTransaction(async (tx) => {
      const token = await spendToken(tx, ["change_email"], secret);
      if (!token?.userId) return err("link_spent");
      const [before] = await tx
        .select({ userId: users.id, email: users.email, name: users.name })
        .from(users)
        .where(and(eq(users.id, token.userId), isNull(users.erasedAt)))
        .for("update");
      if (!before) return err("link_spent");
      await tx
        .update(users)
        .set({ email: token.email, emailVerifiedAt: sql`now()` })
        .where(eq(users.id, before.userId));
      await revokeTokens(tx, before.userId);
      await queueEmail(tx, noticeOf(before, "email_changed", now));
      return ok();
    });
  } catch (error) {
    if (violatedConstraint(error) !== "users_email_unique") throw error;
    return err("link_spent");
  }
}
