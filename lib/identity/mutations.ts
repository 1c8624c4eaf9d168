import "server-only";
import { and, eq, lt, or, sql } from "drizzle-orm";
import { db, withTransaction } from "@/db/client";
import { userSessions, users } from "@/db/schema/identity";
import { newId, type SessionId, type UserId } from "../ids";
import { err, ok, type Result } from "../result";
import { hashPassword, verifyPassword } from "./password";
import { findCredentials } from "./queries";
import type { SignInRejection } from "./schema";
import { IDLE_SECONDS, SEEN_EVERY_SECONDS, sessionExpiry } from "./session-lifetime";
import { type Counted, throttles } from "./throttle";

/** A new session row, never a known id again; the user's dead rows go on the same occasion. */
export async function createSession(userId: UserId, now: Date, stay: boolean): Promise<SessionId> {
  const id = newId<"session">();
  await withTransaction(async (tx) => {
    const isOver = or(
      lt(userSessions.expiresAt, sql`now()`),
      lt(userSessions.lastSeenAt, sql`now() - make_interval(secs => ${IDLE_SECONDS})`),
    );
    await tx.delete(userSessions).where(and(eq(userSessions.userId, userId), isOver));
    await tx.insert(userSessions).values({ id, userId, expiresAt: sessionExpiry(now, stay) });
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

export type NewUser = { readonly email: string; readonly name: string; readonly password: string };

/**
 * A new learner. Of two registrations of one address, at once or not, one wins; the
 * password is hashed first, so that both take as long.
 */
export async function registerUser({
  email,
  name,
  password,
}: NewUser): Promise<Result<UserId, "address_unavailable">> {
  const passwordHash = await hashPassword(password);
  const [user] = await db()
    .insert(users)
    .values({ email, name, passwordHash })
    .onConflictDoNothing({ target: users.email })
    .returning({ id: users.id });
  return user ? ok(user.id) : err("address_unavailable");
}

type SignIn = { readonly email: string; readonly password: string; readonly address: string };

/**
 * The user whose address and password these are. An unknown e-mail address and a wrong password are one answer after
 * the same work; the throttles count for addresses that have no account as well, so they give nothing away either.
 * docs/decisions/0004-sign-in-and-sign-up.md
 */
export async function checkSignIn({
  email,
  password,
  address,
}: SignIn): Promise<Result<UserId, SignInRejection>> {
  const { take, giveBack, reset, remember, remembers } = throttles();
  const here = `${email} ${address}`;
  const counted: Counted[] = [
    ["signInHere", here],
    ["signInAddress", address],
  ];
  if (!(await remembers(email, address)))
    counted.push(["signInAccountHour", email], ["signInAccountDay", email]);
  // One after the other: a try that a narrow limit refuses must not use up the wide ones.
  for (const [kind, key] of counted) {
    if (!(await take(kind, key)).ok) return err("throttled");
  }
  const credentials = await findCredentials(email);
  const matches = await verifyPassword(credentials?.passwordHash ?? null, password);
  if (!credentials || !matches) return err("wrong_credentials");
  await Promise.all([
    reset("signInHere", here),
    ...counted.slice(1).map(([kind, key]) => giveBack(kind, key)),
    remember(email, address),
  ]);
  return ok(credentials.userId);
}

/**
 * Makes an admin under this address: a new account, or the one that is there. That one gets the new password as well and
 * is signed out everywhere, since nobody has proved yet that whoever registered the address owns it.
 */
export async function makeAdmin({ email, name, password }: NewUser): Promise<UserId> {
  const passwordHash = await hashPassword(password);
  return withTransaction(async (tx) => {
    const [admin] = await tx
      .insert(users)
      .values({ email, name, passwordHash, role: "admin" })
      .onConflictDoUpdate({
        target: users.email,
        set: { passwordHash, role: "admin", updatedAt: sql`now()` },
      })
      .returning({ id: users.id });
    if (!admin) throw new Error("The database answered no row for an upsert");
    await tx.delete(userSessions).where(eq(userSessions.userId, admin.id));
    return admin.id;
  });
}

/** Makes a learner of an admin again, at once; the last admin stays one. */
export async function demoteAdmin(email: string): Promise<Result<UserId, "not_an_admin" | "last_admin">> {
  return withTransaction(async (tx) => {
    // All of them are locked, so that two admins cannot demote each other at the same time.
    const admins = await tx
      .select({ id: users.id, email: users.email })
      .from(users)
      .where(eq(users.role, "admin"))
      .orderBy(users.id)
      .for("update");
    const admin = admins.find((candidate) => candidate.email === email);
    if (!admin) return err("not_an_admin");
    if (admins.length === 1) return err("last_admin");
    await tx.update(users).set({ role: "learner" }).where(eq(users.id, admin.id));
    await tx.delete(userSessions).where(eq(userSessions.userId, admin.id));
    return ok(admin.id);
  });
}
