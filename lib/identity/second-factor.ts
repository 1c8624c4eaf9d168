/** Adapter: authenticator keys and recovery codes, in the database. Keys are sealed, codes hashed under a key. */
import "server-only";
import { randomBytes } from "node:crypto";
import { and, count, eq, isNotNull, isNull, lt, ne, sql } from "drizzle-orm";
import { Secret } from "otpauth";
import { db, type Transaction, withTransaction } from "@/db/client";
import { recoveryCodes, totpSecrets, userSessions, users } from "@/db/schema/identity";
import type { SessionId, UserId } from "../ids";
import { queueEmail } from "../notifications/mutations";
import { err, ok, type Result } from "../result";
import { keyedHash, seal, unseal } from "../seal";
import { revokeTokens } from "./one-time-token";
import { noticeOf } from "./security-notice";
import { throttles } from "./throttle";
import { totpStep } from "./totp";

const RECOVERY_CODES = 10;
/** No I, L, O or U: the codes are written down by hand. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export type SecondFactor = { readonly since: Date; readonly recoveryCodesLeft: number };

/** The second factor that signing in asks for; null when there is none. */
export async function findSecondFactor(userId: UserId): Promise<SecondFactor | null> {
  const [row] = await db()
    .select({ since: totpSecrets.confirmedAt, recoveryCodesLeft: count(recoveryCodes.id) })
    .from(totpSecrets)
    .leftJoin(recoveryCodes, eq(recoveryCodes.userId, totpSecrets.userId))
    .where(and(eq(totpSecrets.userId, userId), isNotNull(totpSecrets.confirmedAt)))
    .groupBy(totpSecrets.userId);
  return row?.since ? { since: row.since, recoveryCodesLeft: row.recoveryCodesLeft } : null;
}

/** The key that is being set up, in base32; null when nobody asked for one within the last hour. */
export async function findPendingSecret(userId: UserId): Promise<string | null> {
  const [row] = await db()
    .select({ sealed: totpSecrets.sealedSecret })
    .from(totpSecrets)
    .where(
      and(
        eq(totpSecrets.userId, userId),
        isNull(totpSecrets.confirmedAt),
        sql`${totpSecrets.createdAt} > now() - interval '1 hour'`,
      ),
    );
  return row ? unseal(row.sealed, sealedFor(userId)) : null;
}

/** Makes a new key to be confirmed. One that is in use stays: it must be switched off first. */
export async function beginSecondFactor(userId: UserId): Promise<void> {
  const sealedSecret = seal(new Secret({ size: 20 }).base32, sealedFor(userId));
  await db()
    .insert(totpSecrets)
    .values({ userId, sealedSecret })
    .onConflictDoUpdate({
      target: totpSecrets.userId,
      set: { sealedSecret, createdAt: sql`now()` },
      setWhere: isNull(totpSecrets.confirmedAt),
    });
}

/**
 * Switches the second factor on once the app has shown that it has the key. Every other session ends, since none of them
 * gave a code. Answers the recovery codes, which are kept as hashes only.
 */
export async function confirmSecondFactor(
  who: { readonly userId: UserId; readonly sessionId: SessionId },
  code: string,
  now: Date,
): Promise<Result<readonly string[], "wrong_code" | "throttled">> {
  const { userId, sessionId } = who;
  if (!(await takeTry(userId))) return err("throttled");
  const secret = await findPendingSecret(userId);
  const step = secret === null ? null : totpStep(secret, code, now);
  if (step === null) return err("wrong_code");
  const codes = await withTransaction(async (tx) => {
    const confirmed = await tx
      .update(totpSecrets)
      .set({ confirmedAt: sql`now()`, lastStep: step })
      .where(and(eq(totpSecrets.userId, userId), isNull(totpSecrets.confirmedAt)))
      .returning({ userId: totpSecrets.userId });
    if (confirmed.length === 0) return null;
    await tx
      .update(userSessions)
      .set({ secondFactorAt: sql`now()` })
      .where(and(eq(userSessions.id, sessionId), eq(userSessions.userId, userId)));
    await tx.delete(userSessions).where(and(eq(userSessions.userId, userId), ne(userSessions.id, sessionId)));
    await revokeTokens(tx, userId);
    await notify(tx, userId, "second_factor_on", now);
    return replaceRecoveryCodes(tx, userId);
  });
  if (codes === null) return err("wrong_code");
  await forgiveTry(userId);
  return ok(codes);
}

/** Takes key and recovery codes away. */
export async function removeSecondFactor(userId: UserId, now: Date): Promise<void> {
  await withTransaction(async (tx) => {
    const gone = await tx
      .delete(totpSecrets)
      .where(eq(totpSecrets.userId, userId))
      .returning({ confirmedAt: totpSecrets.confirmedAt });
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
    await tx
      .update(userSessions)
      .set({ secondFactorAt: null })
      .where(and(eq(userSessions.userId, userId), isNotNull(userSessions.secondFactorAt)));
    if (gone[0]?.confirmedAt) await notify(tx, userId, "second_factor_off", now);
  });
}

/** New recovery codes; the old ones are worth nothing then. */
export async function renewRecoveryCodes(userId: UserId, now: Date): Promise<readonly string[]> {
  return withTransaction(async (tx) => {
    await notify(tx, userId, "recovery_codes_new", now);
    return replaceRecoveryCodes(tx, userId);
  });
}

/** Whether `code` is the app's code of this moment, not taken before, or a recovery code, which is used up by it. */
export async function checkSecondFactor(
  userId: UserId,
  code: string,
  now: Date,
): Promise<Result<undefined, "wrong_code" | "throttled">> {
  if (!(await takeTry(userId))) return err("throttled");
  const right = /^\d{6}$/.test(code)
    ? await takeTotp(userId, code, now)
    : await takeRecoveryCode(userId, code, now);
  if (!right) return err("wrong_code");
  await forgiveTry(userId);
  return ok();
}

async function takeTotp(userId: UserId, code: string, now: Date): Promise<boolean> {
  const [row] = await db()
    .select({ sealed: totpSecrets.sealedSecret })
    .from(totpSecrets)
    .where(and(eq(totpSecrets.userId, userId), isNotNull(totpSecrets.confirmedAt)));
  const secret = row ? unseal(row.sealed, sealedFor(userId)) : null;
  const step = secret === null ? null : totpStep(secret, code, now);
  if (step === null) return false;
  const taken = await db()
    .update(totpSecrets)
    .set({ lastStep: step })
    .where(and(eq(totpSecrets.userId, userId), lt(totpSecrets.lastStep, step)))
    .returning({ userId: totpSecrets.userId });
  return taken.length > 0;
}

async function takeRecoveryCode(userId: UserId, code: string, now: Date): Promise<boolean> {
  return withTransaction(async (tx) => {
    const used = await tx
      .delete(recoveryCodes)
      .where(and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.codeHash, recoveryHash(userId, code))))
      .returning({ id: recoveryCodes.id });
    if (used.length === 0) return false;
    await notify(tx, userId, "recovery_code_used", now);
    return true;
  });
}

async function replaceRecoveryCodes(tx: Transaction, userId: UserId): Promise<readonly string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ userId, codeHash: recoveryHash(userId, code.replaceAll("-", "")) })));
  return codes;
}

/** 80 random bits, as XXXX-XXXX-XXXX-XXXX. */
function newRecoveryCode(): string {
  const letters = Array.from(randomBytes(16), (byte) => LETTERS[byte % 32]).join("");
  return letters.replace(/(.{4})(?=.)/g, "$1-");
}

async function notify(tx: Transaction, userId: UserId, event: Parameters<typeof noticeOf>[1], now: Date) {
  const [user] = await tx
    .select({ userId: users.id, email: users.email, name: users.name })
    .from(users)
    .where(eq(users.id, userId));
  if (user) await queueEmail(tx, noticeOf(user, event, now));
}

const sealedFor = (userId: UserId) => `totp ${userId}`;
const recoveryHash = (userId: UserId, code: string) => keyedHash(code, `recovery code ${userId}`);

async function takeTry(userId: UserId): Promise<boolean> {
  const { take } = throttles();
  return (await take("secondFactor", userId)).ok && (await take("secondFactorDay", userId)).ok;
}

async function forgiveTry(userId: UserId): Promise<void> {
  const { reset, giveBack } = throttles();
  await Promise.all([reset("secondFactor", userId), giveBack("secondFactorDay", userId)]);
}
