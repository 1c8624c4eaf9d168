import "server-only";
import { and, eq, lt, or, sql } from "drizzle-orm";
import { db, type Transaction, withTransaction } from "@/db/client";
import { recoveryCodes, totpSecrets, userSessions, users } from "@/db/schema/identity";
import { newId, type SessionId, type UserId } from "../ids";
import { err, ok, type Result } from "../result";
import { addressPrefix } from "./describe-device";
import { findToken, issueToken, revokeTokens, spendToken } from "./one-time-token";
import { hashPassword, verifyPassword } from "./password";
import { findCredentials, findPasswordHash } from "./queries";
import type { SecondStepRejection, SignInRejection } from "./schema";
import { checkSecondFactor } from "./second-factor";
import { IDLE_SECONDS, SEEN_EVERY_SECONDS, SHORT_SECONDS, sessionExpiry } from "./session-lifetime";
import { type Counted, throttles } from "./throttle";

/** `secondFactor` when a code was given a moment ago; the rest is for the owner's list of sessions. */
export type SessionFacts = {
  readonly secondFactor?: boolean;
  readonly userAgent?: string | null;
  /** As `clientAddress` answers it. */
  readonly address?: string;
};

/**
 * A new session row, never a known id again; the user's dead rows go on the same occasion. */
export async function createSession(
  userId: UserId,
  now: Date,
  stay: boolean,
  { secondFactor = false, userAgent = null, address = "" }: SessionFacts = {},
): Promise<SessionId> {
  const id = newId<"session">();
  await withTransaction(async (tx) => {
    const isOver = or(
      lt(userSessions.expiresAt, sql`now()`),
      lt(userSessions.lastSeenAt, sql`now() - make_interval(secs => ${IDLE_SECONDS})`),
    );
    await tx.delete(userSessions).where(and(eq(userSessions.userId, userId), isOver));
    await tx.insert(userSessions).values({
      id,
      userId,
      expiresAt: sessionExpiry(now, stay),
      secondFactorAt: secondFactor ? sql`now()` : null,
      userAgent: userAgent?.slice(0, 300) ?? null,
      addressPrefix: addressPrefix(address),
    });
  });
  return id;
}

/** Gives a session a new id, after what it may do has changed; the old id is worth nothing then. Null when it is over. */
export async function replaceSession(
  sessionId: SessionId,
): Promise<{ readonly id: SessionId; readonly stay: boolean } | null> {
  const id = newId<"session">();
  return withTransaction(async (tx) => {
    const [old] = await tx.delete(userSessions).where(eq(userSessions.id, sessionId)).returning();
    if (!old) return null;
    await tx.insert(userSessions).values({ ...old, id });
    const seconds = (old.expiresAt.getTime() - old.createdAt.getTime()) / 1000;
    return { id, stay: seconds > SHORT_SECONDS + 60 };
  });
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
 * A new learner whose address the caller vouches for (the demo, an import); strangers go through `requestSignUp`. Of two
 * registrations of one address, at once or not, one wins.
 */
export async function registerUser({
  email,
  name,
  password,
}: NewUser): Promise<Result<UserId, "address_unavailable">> {
  const passwordHash = await hashPassword(password);
  const [user] = await db()
    .insert(users)
    .values({ email, name, passwordHash, emailVerifiedAt: sql`now()` })
    .onConflictDoNothing({ target: users.email })
    .returning({ id: users.id });
  return user ? ok(user.id) : err("address_unavailable");
}

type SignIn = { readonly email: string; readonly password: string; readonly address: string };

const keyHere = (email: string, address: string) => `${email} ${address}`;

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
  const here = keyHere(email, address);
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

/** Forgets the wrong passwords of one address for one account: whoever has its mailbox sits there. */
export async function forgetGuesses(email: string, address: string): Promise<void> {
  await throttles().reset("signInHere", keyHere(email, address));
}

/** Whether this is the password of somebody who is signed in already, asked again before the account itself changes. */
export async function checkOwnPassword(
  userId: UserId,
  password: string,
): Promise<Result<undefined, "wrong_password" | "throttled">> {
  const { take, reset } = throttles();
  if (!(await take("confirmPassword", userId)).ok) return err("throttled");
  if (!(await verifyPassword(await findPasswordHash(userId), password))) return err("wrong_password");
  await reset("confirmPassword", userId);
  return ok();
}

type Going = { readonly stay: boolean; readonly returnTo: string | undefined };

/** Notes that the first step of signing in is done; answers the secret for the browser's cookie. */
export async function beginSecondStep(userId: UserId, { stay, returnTo }: Going): Promise<string> {
  const payload = { stay, ...(returnTo ? { returnTo } : {}) };
  return (await issueToken(db(), { purpose: "second_step", userId, email: "", payload })).secret;
}

/** Checks the code against the account whose first step is done. A wrong one may be tried again while the step lasts. */
export async function finishSecondStep(
  secret: string,
  code: string,
  now: Date,
): Promise<Result<Going & { readonly userId: UserId }, SecondStepRejection>> {
  const step = await findToken(["second_step"], secret);
  if (!step?.userId) return err("step_over");
  const checked = await checkSecondFactor(step.userId, code, now);
  if (!checked.ok) return checked;
  if (!(await spendToken(db(), ["second_step"], secret))) return err("step_over");
  const { stay = false, returnTo } = step.payload;
  return ok({ userId: step.userId, stay, returnTo });
}

/**
 * Makes an admin under this address: a new account, or the one that is there. That one gets the new password as well, loses
 * its second factor and is signed out everywhere: whoever can run this command decides whose account it is.
 */
export async function makeAdmin({ email, name, password }: NewUser): Promise<UserId> {
  const passwordHash = await hashPassword(password);
  return withTransaction(async (tx) => {
    const [admin] = await tx
      .insert(users)
      .values({ email, name, passwordHash, role: "admin", emailVerifiedAt: sql`now()` })
      .onConflictDoUpdate({
        target: users.email,
        set: { passwordHash, role: "admin", blockedAt: null, blockedReason: null, updatedAt: sql`now()` },
      })
      .returning({ id: users.id });
    if (!admin) throw new Error("The database answered no row for an upsert");
    await tx.delete(userSessions).where(eq(userSessions.userId, admin.id));
    await tx.delete(totpSecrets).where(eq(totpSecrets.userId, admin.id));
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, admin.id));
    await revokeTokens(tx, admin.id);
    return admin.id;
  });
}

/**
 * Whether nobody else could run the shop. All admins are locked, so that two cannot leave, be demoted or be blocked at the same
 * time; one who is blocked or about to be erased does not count. Call it in the transaction that takes an admin away.
 */
export async function isLastAdmin(tx: Transaction, userId: UserId): Promise<boolean> {
  const admins = await tx
    .select({
      id: users.id,
      isOut: sql<boolean>`${users.deletionDueAt} is not null or ${users.blockedAt} is not null`,
    })
    .from(users)
    .where(eq(users.role, "admin"))
    .orderBy(users.id)
    .for("update");
  const others = admins.filter(({ id, isOut }) => id !== userId && !isOut);
  return admins.some(({ id }) => id === userId) && others.length === 0;
}

/** Makes a learner of an admin again, at once; the last admin stays one. */
export async function demoteAdmin(email: string): Promise<Result<UserId, "not_an_admin" | "last_admin">> {
  return withTransaction(async (tx) => {
    const [admin] = await tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.email, email), eq(users.role, "admin")));
    if (!admin) return err("not_an_admin");
    if (await isLastAdmin(tx, admin.id)) return err("last_admin");
    const demoted = await tx
      .update(users)
      .set({ role: "learner" })
      .where(and(eq(users.id, admin.id), eq(users.role, "admin")))
      .returning({ id: users.id });
    if (demoted.length === 0) return err("not_an_admin");
    await tx.delete(userSessions).where(eq(userSessions.userId, admin.id));
    return ok(admin.id);
  });
}
