import "server-only";
import { and, asc, eq, isNotNull, isNull, lte, ne, sql } from "drizzle-orm";
import { db, type Transaction, withTransaction } from "@/db/client";
import { oneTimeTokens, userSessions, users } from "@/db/schema/identity";
import { emails } from "@/db/schema/notifications";
import { dataExports } from "@/db/schema/privacy";
import { findDocument, listOwnDocuments } from "@/lib/documents/queries";
import { renderDocument } from "@/lib/documents/render-document";
import { isLastAdmin } from "@/lib/identity/mutations";
import { noticeOf } from "@/lib/identity/security-notice";
import type { Viewer } from "@/lib/identity/viewer";
import { newSecret, type SessionId, type UserId } from "@/lib/ids";
import { log } from "@/lib/log";
import { queueEmail } from "@/lib/notifications/mutations";
import { queueCustomerErasures } from "@/lib/payments/mutations";
import { err, ok, type Result } from "@/lib/result";
import { GRACE_DAYS } from "./grace-days";
import { type PackedFile, packArchive } from "./pack-archive";
import { ERASED } from "./personal-data";
import { collectPersonalData, hasOpenMoney } from "./queries";

const ATTEMPTS = 5;

/** Asks the worker for a copy of somebody's data. One that is waiting, or still there, is not made again. */
export async function requestExport(userId: UserId): Promise<void> {
  await withTransaction((tx) => queueExport(tx, userId));
}

/** The same as a part of a transaction; false when there is one already. */
export async function queueExport(tx: Transaction, userId: UserId): Promise<boolean> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");
  const [current] = await tx
    .select({ id: dataExports.id })
    .from(dataExports)
    .where(
      and(
        eq(dataExports.userId, userId),
        ne(dataExports.status, "failed"),
        sql`(${dataExports.expiresAt} is null or ${dataExports.expiresAt} > now())`,
      ),
    );
  if (!current) await tx.insert(dataExports).values({ userId });
  return !current;
}

/** Packs the copy that waits longest, if any is due, and answers how many that were. Several workers may run. */
export async function packDueExport(): Promise<number> {
  const due = db()
    .$with("due")
    .as(
      db()
        .select({ id: dataExports.id })
        .from(dataExports)
        .where(and(eq(dataExports.status, "queued"), lte(dataExports.nextAttemptAt, sql`now()`)))
        .orderBy(asc(dataExports.createdAt))
        .limit(1)
        .for("update", { skipLocked: true }),
    );
  const [taken] = await db()
    .with(due)
    .update(dataExports)
    .set({ attempts: sql`${dataExports.attempts} + 1`, nextAttemptAt: sql`now() + interval '2 minutes'` })
    .where(sql`${dataExports.id} in (select id from due)`)
    .returning({ id: dataExports.id, userId: dataExports.userId, attempts: dataExports.attempts });
  if (!taken) return 0;
  try {
    const tables = await collectPersonalData(taken.userId);
    const archive = Buffer.from(packArchive(tables, await renderDocuments(taken.userId), new Date()));
    await withTransaction((tx) => storeArchive(tx, taken, archive));
  } catch (error) {
    log.error({ err: error, exportId: taken.id, attempt: taken.attempts }, "a copy of data was not packed");
    if (taken.attempts >= ATTEMPTS)
      await db().update(dataExports).set({ status: "failed" }).where(eq(dataExports.id, taken.id));
  }
  return 1;
}

/** The person's invoices and credit notes, as they were issued. */
async function renderDocuments(userId: UserId): Promise<PackedFile[]> {
  const files: PackedFile[] = [];
  for (const { orderNumber, number } of await listOwnDocuments(userId)) {
    const document = await findDocument(userId, orderNumber, number);
    if (document) files.push({ name: `${number}.pdf`, bytes: await renderDocument(document) });
  }
  return files;
}

type Taken = { readonly id: (typeof dataExports.$inferSelect)["id"]; readonly userId: UserId };

async function storeArchive(tx: Transaction, { id, userId }: Taken, archive: Buffer): Promise<void> {
  const stored = await tx
    .update(dataExports)
    .set({ status: "ready", archive, expiresAt: sql`now() + interval '24 hours'` })
    .where(and(eq(dataExports.id, id), eq(dataExports.status, "queued")))
    .returning({ id: dataExports.id });
  const [owner] = await tx
    .select({ email: users.email, name: users.name })
    .from(users)
    .where(eq(users.id, userId));
  if (stored.length === 0 || !owner) return;
  await queueEmail(tx, {
    kind: "data_export_ready",
    subjectId: id,
    userId,
    toAddress: owner.email,
    payload: { name: owner.name },
  });
}

type Person = Pick<Viewer, "userId" | "email" | "name">;

/** Plans the deletion of an account. Its other sessions end; it can be undone until the day comes. The last admin stays. */
export async function planDeletion(viewer: Viewer, now: Date): Promise<Result<undefined, "last_admin">> {
  const planned = await withTransaction((tx) => planErasure(tx, viewer, now, viewer.sessionId));
  return planned.ok ? ok() : planned;
}

/** The same as a part of a transaction, for anybody; false when it was planned already. `kept` is the session that goes on. */
export async function planErasure(
  tx: Transaction,
  person: Person,
  now: Date,
  kept: SessionId | null,
): Promise<Result<boolean, "last_admin">> {
  if (await isLastAdmin(tx, person.userId)) return err("last_admin");
  const planned = await tx
    .update(users)
    .set({ deletionDueAt: sql`now() + make_interval(days => ${GRACE_DAYS})` })
    .where(and(eq(users.id, person.userId), isNull(users.deletionDueAt), isNull(users.erasedAt)))
    .returning({ id: users.id });
  if (planned.length === 0) return ok(false);
  await tx
    .delete(userSessions)
    .where(and(eq(userSessions.userId, person.userId), kept ? ne(userSessions.id, kept) : undefined));
  await queueEmail(tx, noticeOf(person, "deletion_planned", now));
  return ok(true);
}

/** Keeps an account that was to be deleted. */
export async function undoDeletion(viewer: Viewer, now: Date): Promise<void> {
  await withTransaction((tx) => undoErasure(tx, viewer, now));
}

/** The same as a part of a transaction; false when nothing was planned. */
export async function undoErasure(tx: Transaction, person: Person, now: Date): Promise<boolean> {
  const kept = await tx
    .update(users)
    .set({ deletionDueAt: null })
    .where(and(eq(users.id, person.userId), isNotNull(users.deletionDueAt), isNull(users.erasedAt)))
    .returning({ id: users.id });
  if (kept.length > 0) await queueEmail(tx, noticeOf(person, "deletion_undone", now));
  return kept.length > 0;
}

/**
 * Erases the accounts whose day has come, and answers how many. While a payment, refund or gift of one is under way, it
 * waits for the next time. On the same occasion copies whose day is over go, and the last mails to those who left.
 */
export async function eraseDueAccounts(): Promise<number> {
  await db().delete(dataExports).where(lte(dataExports.expiresAt, sql`now()`));
  await db()
    .delete(emails)
    .where(and(eq(emails.kind, "account_erased"), ne(emails.status, "queued")));
  const due = await db()
    .select({ id: users.id })
    .from(users)
    .where(and(lte(users.deletionDueAt, sql`now()`), isNull(users.erasedAt)))
    .limit(100);
  let erased = 0;
  for (const { id } of due) {
    if (await eraseAccount(id)) erased += 1;
  }
  return erased;
}

/** What remains is a row without a person, for the orders that name it. */
async function eraseAccount(userId: UserId): Promise<boolean> {
  return withTransaction(async (tx) => {
    const lastAdmin = await isLastAdmin(tx, userId);
    const [person] = await tx
      .select({ email: users.email })
      .from(users)
      .where(and(eq(users.id, userId), lte(users.deletionDueAt, sql`now()`), isNull(users.erasedAt)))
      .for("update");
    if (!person || lastAdmin) return false;
    // Under the lock: whoever was placing an order has finished, and whoever comes now finds no account.
    if (await hasOpenMoney(userId, tx)) {
      log.info({ userId }, "an account waits for its money before it is erased");
      return false;
    }
    for (const { table, owner, via } of ERASED) {
      const whose = via
        ? sql`${sql.identifier(owner)} in (select id from ${sql.identifier(via)} where user_id = ${userId})`
        : sql`${sql.identifier(owner)} = ${userId}`;
      await tx.execute(sql`delete from ${sql.identifier(table)} where ${whose}`);
    }
    await tx.delete(oneTimeTokens).where(eq(oneTimeTokens.email, person.email));
    await queueCustomerErasures(tx, userId);
    await blankRest(tx, userId, person.email);
    await queueEmail(tx, {
      kind: "account_erased",
      subjectId: newSecret(128),
      userId: null,
      toAddress: person.email,
      payload: {},
    });
    return true;
  });
}

/** Rows that money or its proofs hang on: they stay, and say nothing about the person any more. */
async function blankRest(tx: Transaction, userId: UserId, email: string): Promise<void> {
  await tx.execute(sql`
    update emails set to_address = 'erased', payload = '{}', user_id = null, last_error = null,
      status = case when status = 'queued' then 'failed' else status end
    where user_id = ${userId} or to_address = ${email}`);
  // What was given by them loses its words, and its address once the mail is out; until then it belongs to the receiver.
  await tx.execute(sql`
    update gifts set message = '', updated_at = now(),
      recipient_email = case when delivered_at is null then recipient_email end
    where order_id in (select id from orders where user_id = ${userId})`);
  // What others give them and is still to come stays as it is: it was paid for, and goes out as to any stranger.
  await tx.execute(sql`
    update gifts set recipient_email = null, message = '', updated_at = now()
    where claimed_by_user_id = ${userId} or (recipient_email = ${email} and delivered_at is not null)`);
  await tx.execute(sql`
    update enrollments set progress_percentage = 0, lessons_completed = 0, exercises_completed = 0,
      last_accessed_lesson_id = null, is_completed = false, completed_at = null, certificate_issued = false,
      updated_at = now()
    where user_id = ${userId}`);
  await tx
    .update(users)
    .set({
      email: `erased-${userId}@erased.invalid`,
      name: "Deleted account",
      emailVerifiedAt: null,
      passwordHash: null,
      role: "learner",
      avatar: 0,
      timeZone: null,
      locale: null,
      theme: "system",
      stripeCustomerId: null,
      deletionDueAt: null,
      blockedAt: null,
      blockedReason: null,
      erasedAt: sql`now()`,
    })
    .where(eq(users.id, userId));
}
