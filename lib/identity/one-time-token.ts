/** Adapter: secrets that work once, in the database. Whoever reads the table has only their hashes. */
import "server-only";
import { and, eq, gt, inArray, lt, sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { oneTimeTokens, type TokenPayload } from "@/db/schema/identity";
import { hashSecret } from "../hash-secret";
import { newSecret, type UserId } from "../ids";
import type { TokenPurpose } from "./schema";
import { TOKEN_SECONDS } from "./token-lifetime";

export type NewToken = {
  readonly purpose: TokenPurpose;
  readonly userId: UserId | null;
  readonly email: string;
  readonly payload?: TokenPayload;
};

export type FoundToken = {
  readonly userId: UserId | null;
  readonly email: string;
  readonly payload: TokenPayload;
};

/** Makes a token; `secret` is shown to nobody but its receiver, `id` names the row. */
export async function issueToken(
  tx: Executor,
  { purpose, userId, email, payload = {} }: NewToken,
): Promise<{ readonly id: string; readonly secret: string }> {
  const secret = newSecret();
  const [row] = await tx
    .insert(oneTimeTokens)
    .values({
      purpose,
      userId,
      email,
      payload,
      tokenHash: hashSecret(secret),
      expiresAt: sql`now() + make_interval(secs => ${TOKEN_SECONDS[purpose]})`,
    })
    .returning({ id: oneTimeTokens.id });
  if (!row) throw new Error("The database answered no row for an insert");
  return { id: row.id, secret };
}

const found = {
  userId: oneTimeTokens.userId,
  email: oneTimeTokens.email,
  payload: oneTimeTokens.payload,
};

/** Uses a token up: of any number of simultaneous calls one gets it. Null when it is unknown, used, or too old. */
export async function spendToken(
  tx: Executor,
  purposes: readonly TokenPurpose[],
  secret: string,
): Promise<(FoundToken & { readonly purpose: TokenPurpose }) | null> {
  const [row] = await tx
    .delete(oneTimeTokens)
    .where(isLive(purposes, secret))
    .returning({ ...found, purpose: oneTimeTokens.purpose });
  return row ?? null;
}

/** Looks without using it up: what a page shows before its button is pressed. */
export async function findToken(
  purposes: readonly TokenPurpose[],
  secret: string,
): Promise<(FoundToken & { readonly purpose: TokenPurpose }) | null> {
  const [row] = await db()
    .select({ ...found, purpose: oneTimeTokens.purpose })
    .from(oneTimeTokens)
    .where(isLive(purposes, secret));
  return row ?? null;
}

function isLive(purposes: readonly TokenPurpose[], secret: string) {
  return and(
    eq(oneTimeTokens.tokenHash, hashSecret(secret)),
    inArray(oneTimeTokens.purpose, [...purposes]),
    gt(oneTimeTokens.expiresAt, sql`now()`),
  );
}

/** Ends every link and half-made sign-in of an account: its password, address or second factor changed. */
export async function revokeTokens(tx: Executor, userId: UserId): Promise<void> {
  await tx.delete(oneTimeTokens).where(eq(oneTimeTokens.userId, userId));
}

/** Deletes what is too old to be used. */
export async function pruneTokens(): Promise<number> {
  const gone = await db()
    .delete(oneTimeTokens)
    .where(lt(oneTimeTokens.expiresAt, sql`now()`))
    .returning({ id: oneTimeTokens.id });
  return gone.length;
}
