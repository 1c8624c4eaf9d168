/** Adapter: links by mail that make, open and repair accounts. None of it tells whether an address has an account. */
import "server-only";
import { eq, sql } from "drizzle-orm";
import { db, type Executor, type Transaction, withTransaction } from "@/db/client";
import { userSessions, users } from "@/db/schema/identity";
import { hashSecret } from "../hash-secret";
import type { UserId } from "../ids";
import { type LinkKind, MAILED_TOKEN } from "../notifications/account-mails";
import { queueEmail } from "../notifications/mutations";
import { err, ok, type Result } from "../result";
import { seal } from "../seal";
import { findToken, issueToken, revokeTokens, spendToken } from "./one-time-token";
import { hashPassword, verifyPassword } from "./password";
import type { TokenPurpose } from "./schema";
import { noticeOf } from "./security-notice";

type Owner = { readonly userId: UserId; readonly email: string; readonly name: string };

type SignUp = {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  /** The secret in the cookie of the browser that asks; the link works without the password there. */
  readonly browser: string;
  readonly returnTo: string | undefined;
};

/**
 * Sends the link that makes the account, or, when the address has one, a mail that says so. Both write the same rows after
 * the same work: only the reader of the mailbox learns which it was.
 */
export async function requestSignUp({ email, name, password, browser, returnTo }: SignUp): Promise<void> {
  const passwordHash = await hashPassword(password);
  await withTransaction(async (tx) => {
    const owner = await findOwner(tx, email);
    const payload = {
      name,
      passwordHash,
      browserHash: hashSecret(browser),
      ...(returnTo ? { returnTo } : {}),
    };
    const token = await issueToken(tx, { purpose: "sign_up", userId: null, email, payload });
    if (owner) {
      await queueEmail(tx, {
        kind: "sign_up_known",
        subjectId: token.id,
        userId: owner.userId,
        toAddress: email,
        payload: { name: owner.name },
      });
    } else await queueLink(tx, "sign_up_link", token, { userId: null, email, name: null });
  });
}

/** Whether the link was asked for in the browser with this cookie; elsewhere it asks for the password as well. */
export async function findSignUp(
  secret: string,
  browser: string | null,
): Promise<{ readonly name: string; readonly email: string; readonly sameBrowser: boolean } | null> {
  const token = await findToken(["sign_up"], secret);
  if (!token) return null;
  const { name = "", browserHash } = token.payload;
  return { name, email: token.email, sameBrowser: browser !== null && hashSecret(browser) === browserHash };
}

type Arrival = { readonly userId: UserId; readonly returnTo: string | undefined };

/**
 * Makes the account that the link is for. Somebody else may have typed this address into the form: so a browser that did
 * not, must know the password that was chosen there. Of several links of one address the first makes the account.
 */
export async function completeSignUp(
  secret: string,
  proof: { readonly browser: string | null; readonly password: string | null },
): Promise<Result<Arrival, "link_spent" | "wrong_password">> {
  const asked = await findToken(["sign_up"], secret);
  const { name, passwordHash, browserHash } = asked?.payload ?? {};
  if (!asked || name === undefined || passwordHash === undefined) return err("link_spent");
  const sameBrowser = proof.browser !== null && hashSecret(proof.browser) === browserHash;
  if (!sameBrowser && !(await verifyPassword(passwordHash, proof.password ?? "")))
    return err("wrong_password");
  return withTransaction(async (tx) => {
    const token = await spendToken(tx, ["sign_up"], secret);
    if (!token) return err("link_spent");
    const [user] = await tx
      .insert(users)
      .values({ email: token.email, name, passwordHash, emailVerifiedAt: sql`now()` })
      .onConflictDoNothing({ target: users.email })
      .returning({ id: users.id });
    return user ? ok({ userId: user.id, returnTo: token.payload.returnTo }) : err("link_spent");
  });
}

/** Mails a link to the account of this address, if there is one. An unknown address costs the same work. */
export async function requestLink(
  purpose: "sign_in" | "reset_password" | "verify_address",
  email: string,
  returnTo?: string,
): Promise<void> {
  await withTransaction((tx) => mailLink(tx, purpose, email, returnTo));
}

/** The same as a part of a transaction. */
export async function mailLink(
  tx: Transaction,
  purpose: "sign_in" | "reset_password" | "verify_address",
  email: string,
  returnTo?: string,
): Promise<void> {
  const owner = await findOwner(tx, email);
  const payload = returnTo ? { returnTo } : {};
  const token = await issueToken(tx, { purpose, userId: owner?.userId ?? null, email, payload });
  if (owner) await queueLink(tx, `${purpose}_link`, token, owner);
  else await tx.execute(sql`select ${seal(token.secret, MAILED_TOKEN)}`);
}

/** Uses a link to sign in: whose account it opens. The mailbox is proved by it. */
export async function openSignInLink(secret: string): Promise<Result<Arrival, "link_spent">> {
  return withTransaction(async (tx) => {
    const proved = await spendOwnersToken(tx, "sign_in", secret);
    return proved ? ok({ userId: proved.userId, returnTo: proved.returnTo }) : err("link_spent");
  });
}

/** Notes that the mailbox of a link's account is its owner's. */
export async function verifyAddress(secret: string): Promise<Result<UserId, "link_spent">> {
  return withTransaction(async (tx) => {
    const proved = await spendOwnersToken(tx, "verify_address", secret);
    return proved ? ok(proved.userId) : err("link_spent");
  });
}

/**
 * Sets the password of a link's account. All its sessions end, and so do all its other links; the second factor stays as
 * it is. Answers the address, so that this browser's guesses can be forgotten.
 */
export async function resetPassword(
  secret: string,
  password: string,
  now: Date,
): Promise<Result<string, "link_spent">> {
  const passwordHash = await hashPassword(password);
  return withTransaction(async (tx) => {
    const owner = await spendOwnersToken(tx, "reset_password", secret);
    if (!owner) return err("link_spent");
    await tx.update(users).set({ passwordHash }).where(eq(users.id, owner.userId));
    await tx.delete(userSessions).where(eq(userSessions.userId, owner.userId));
    await revokeTokens(tx, owner.userId);
    await queueEmail(tx, noticeOf(owner, "password_changed", now));
    return ok(owner.email);
  });
}

/** Whose link this is, while it works; nothing is used up. */
export async function findLinkOwner(purpose: TokenPurpose, secret: string): Promise<Owner | null> {
  const token = await findToken([purpose], secret);
  return token?.userId ? findOwner(db(), token.email) : null;
}

/** Uses the token up, and proves the address that it was sent to, unless the account has another one by now. */
async function spendOwnersToken(
  tx: Transaction,
  purpose: TokenPurpose,
  secret: string,
): Promise<(Owner & { readonly returnTo: string | undefined }) | null> {
  const token = await spendToken(tx, [purpose], secret);
  if (!token?.userId) return null;
  const [owner] = await tx
    .update(users)
    .set({ emailVerifiedAt: sql`coalesce(${users.emailVerifiedAt}, now())` })
    .where(sql`${users.id} = ${token.userId} and ${users.email} = ${token.email}`)
    .returning({ userId: users.id, email: users.email, name: users.name });
  return owner ? { ...owner, returnTo: token.payload.returnTo } : null;
}

async function findOwner(tx: Executor, email: string): Promise<Owner | null> {
  const [owner] = await tx
    .select({ userId: users.id, email: users.email, name: users.name })
    .from(users)
    .where(eq(users.email, email));
  return owner ?? null;
}

async function queueLink(
  tx: Transaction,
  kind: LinkKind,
  token: { readonly id: string; readonly secret: string },
  to: { readonly userId: UserId | null; readonly email: string; readonly name: string | null },
): Promise<void> {
  await queueEmail(tx, {
    kind,
    subjectId: token.id,
    userId: to.userId,
    toAddress: to.email,
    payload: { name: to.name, sealedToken: seal(token.secret, MAILED_TOKEN) },
  });
}
