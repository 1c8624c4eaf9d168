/** Adapter: which sign-ins of elsewhere open which account, in the database. */
import "server-only";
import { and, asc, eq, sql } from "drizzle-orm";
import { db, withTransaction } from "@/db/client";
import { linkedAccounts, users } from "@/db/schema/identity";
import type { UserId } from "../ids";
import { queueEmail } from "../notifications/mutations";
import { err, ok, type Result } from "../result";
import type { Provider, ProviderIdentity } from "./providers";
import { name as nameSchema } from "./schema";
import { noticeOf } from "./security-notice";
import type { Viewer } from "./viewer";

export type OpenRejection = "address_has_account" | "address_not_proved";

/**
 * The account that this sign-in opens: the one it is linked to, or a new one. An account that merely has the same address
 * is never opened by it: its owner signs in and links it in the settings.
 */
export async function openLinked(identity: ProviderIdentity): Promise<Result<UserId, OpenRejection>> {
  const known = await findLinked(identity);
  if (known) return ok(known);
  const { email, provider, subject } = identity;
  if (email === null) return err("address_not_proved");
  const named = nameSchema.safeParse(identity.name ?? "");
  return withTransaction(async (tx) => {
    const [user] = await tx
      .insert(users)
      .values({
        email,
        name: named.success ? named.data : email.replace(/@.*/, "").slice(0, 80),
        emailVerifiedAt: sql`now()`,
      })
      .onConflictDoNothing({ target: users.email })
      .returning({ id: users.id });
    if (!user) return err("address_has_account");
    await tx.insert(linkedAccounts).values({ provider, subject, userId: user.id, email });
    return ok(user.id);
  });
}

async function findLinked({ provider, subject }: ProviderIdentity): Promise<UserId | null> {
  const [row] = await db()
    .select({ userId: linkedAccounts.userId })
    .from(linkedAccounts)
    .where(and(eq(linkedAccounts.provider, provider), eq(linkedAccounts.subject, subject)));
  return row?.userId ?? null;
}

/** Lets a sign-in of elsewhere open this account. One that opens another account stays there. */
export async function linkAccount(
  viewer: Viewer,
  { provider, subject, email }: ProviderIdentity,
  now: Date,
): Promise<Result<undefined, "linked_elsewhere">> {
  return withTransaction(async (tx) => {
    const linked = await tx
      .insert(linkedAccounts)
      .values({ provider, subject, userId: viewer.userId, email })
      .onConflictDoNothing()
      .returning({ userId: linkedAccounts.userId });
    if (linked.length > 0) {
      await queueEmail(tx, noticeOf(viewer, "sign_in_linked", now));
      return ok();
    }
    const [owner] = await tx
      .select({ userId: linkedAccounts.userId })
      .from(linkedAccounts)
      .where(and(eq(linkedAccounts.provider, provider), eq(linkedAccounts.subject, subject)));
    return owner?.userId === viewer.userId ? ok() : err("linked_elsewhere");
  });
}

/** The sign-in of elsewhere no longer opens this account. */
export async function unlinkAccount(viewer: Viewer, provider: Provider, now: Date): Promise<void> {
  await withTransaction(async (tx) => {
    const gone = await tx
      .delete(linkedAccounts)
      .where(and(eq(linkedAccounts.userId, viewer.userId), eq(linkedAccounts.provider, provider)))
      .returning({ provider: linkedAccounts.provider });
    if (gone.length > 0) await queueEmail(tx, noticeOf(viewer, "sign_in_unlinked", now));
  });
}

export type LinkedAccount = {
  readonly provider: string;
  readonly email: string | null;
  readonly linkedAt: Date;
};

/** The sign-ins of elsewhere that open this account. */
export function listLinkedAccounts(userId: UserId): Promise<LinkedAccount[]> {
  return db()
    .select({
      provider: linkedAccounts.provider,
      email: linkedAccounts.email,
      linkedAt: linkedAccounts.createdAt,
    })
    .from(linkedAccounts)
    .where(eq(linkedAccounts.userId, userId))
    .orderBy(asc(linkedAccounts.provider));
}
