import "server-only";
import { and, asc, eq, inArray, isNull, lte, type SQL, sql } from "drizzle-orm";
import { db, type Executor, withTransaction } from "@/db/client";
import { emailOptOuts, users } from "@/db/schema/identity";
import { emails } from "@/db/schema/notifications";
import { type Columns, type Given, over } from "@/db/statement";
import { raiseAlert, settleAlert } from "@/lib/alerts/mutations";
import { type EmailId, newId, type UserId } from "@/lib/ids";
import { describeError, log } from "@/lib/log";
import type { Permission } from "@/lib/permissions";
import { err } from "@/lib/result";
import { attachDocuments } from "./attach-documents";
import { type SendingFailure, sendLetter } from "./mailer";
import { type OptionalMails, optionalGroupOf } from "./optional-mails";
import { listStaff, MAIL_GIVEN_UP } from "./queries";
import type { StaffKind } from "./refund-mails";
import { emailRetryDelay } from "./retry-email";
import type { EmailPayload, NewEmail } from "./schema";
import { renderEmail } from "./templates/render-email";

/**
 * Puts a mail into the outbox. Call it inside the business transaction: the mail exists if and only if the
 * business change does. Queueing the same (kind, subject) again changes nothing, and neither does an optional mail that
 * its reader does not want.
 */
export async function queueEmail(tx: Executor, email: NewEmail): Promise<void> {
  const values = { id: newId<"email">(), ...email };
  await tx.execute(over(MAIL, values, (given) => emailStatement(email.kind, given, given.payload)));
}

type Addressed = Pick<NewEmail, "subjectId" | "userId" | "toAddress"> & { readonly id: EmailId };

export const ADDRESSED: Columns<Addressed> = {
  id: "uuid",
  subjectId: "text",
  userId: "uuid",
  toAddress: "text",
};
const MAIL: Columns<Addressed & { payload: unknown }> = { ...ADDRESSED, payload: "jsonb" };

/**
 * Puts a mail for each row of `given` into the outbox. `payload` may be put together from rows that are there already; it
 * must fit the kind's schema. The mail exists only under `condition`.
 */
export function emailStatement(
  kind: NewEmail["kind"],
  { id, subjectId, userId, toAddress }: Given<Addressed>,
  payload: SQL,
  condition?: SQL,
): SQL {
  const group = optionalGroupOf(kind);
  const wanted = group
    ? sql`not exists (select 1 from ${emailOptOuts} where ${eq(emailOptOuts.userId, userId)} and ${eq(emailOptOuts.group, group)})`
    : undefined;
  return sql`
    insert into ${emails} (id, kind, subject_id, user_id, to_address, payload)
    select ${id}, ${kind}, ${subjectId}, ${userId}, ${toAddress}, ${payload} from given
    where ${and(sql`true`, condition, wanted)}
    on conflict (kind, subject_id) do nothing`;
}

/** Puts a mail to everybody of the staff with this permission into the outbox; one for each of them and each subject. */
export async function queueStaffEmail<K extends StaffKind>(
  tx: Executor,
  permission: Permission,
  mail: { readonly kind: K; readonly subjectId: string; readonly payload: EmailPayload<K> },
): Promise<void> {
  for (const { id, email } of await listStaff(tx, permission)) {
    const addressed = { ...mail, subjectId: `${mail.subjectId}:${id}`, userId: id, toAddress: email };
    await queueEmail(tx, addressed as NewEmail);
  }
}

/** Well above the mailer's timeout. A worker that dies while sending frees its mails when this is over. */
const LEASE = "60 seconds";

/**
 * Sends up to `limit` mails that are due and answers how many it took. Several workers may run: each takes other rows,
 * and no transaction is open while the API is called. A mail whose sender died after the API accepted it is sent again
 * under the same idempotency key, which the API delivers once.
 */
export async function sendDueEmails(limit = 10): Promise<number> {
  const due = db()
    .$with("due")
    .as(
      db()
        .select({ id: emails.id })
        .from(emails)
        .where(and(eq(emails.status, "queued"), lte(emails.nextAttemptAt, sql`now()`)))
        .orderBy(asc(emails.nextAttemptAt))
        .limit(limit)
        .for("update", { skipLocked: true }),
    );
  const taken = await db()
    .with(due)
    .update(emails)
    .set({ attempts: sql`${emails.attempts} + 1`, nextAttemptAt: sql`now() + ${LEASE}::interval` })
    .where(inArray(emails.id, db().select({ id: due.id }).from(due)))
    .returning({
      id: emails.id,
      kind: emails.kind,
      subjectId: emails.subjectId,
      userId: emails.userId,
      copyOfId: emails.copyOfId,
      toAddress: emails.toAddress,
      payload: emails.payload,
      attempts: emails.attempts,
      ageMs: sql<number>`(extract(epoch from now() - ${emails.createdAt}) * 1000)::float8`,
    });
  await Promise.all(taken.map(sendOne));
  return taken.length;
}

type TakenEmail = Pick<
  typeof emails.$inferSelect,
  "id" | "kind" | "subjectId" | "userId" | "copyOfId" | "toAddress" | "payload" | "attempts"
> & {
  readonly ageMs: number;
};

async function sendOne(email: TakenEmail): Promise<void> {
  // A document that cannot be drawn counts as a try like any other: it ends within the day, and somebody is told.
  const sent = await writeAndSend(email).catch((error) => {
    const reason = `cannot be written now: ${describeError(error)}`;
    return err({ reason, code: "unwritten", mayRetry: true, retryAfterMs: null });
  });
  if (!sent.ok) return recordFailure(email, sent.error);
  const about = email.copyOfId ?? email.id;
  await withTransaction(async (tx) => {
    await tx
      .update(emails)
      .set({ status: "sent", sentAt: sql`now()`, providerId: sent.value.providerId, lastError: null })
      .where(and(eq(emails.id, email.id), eq(emails.status, "queued")));
    if (email.copyOfId) await settleAlert(tx, MAIL_GIVEN_UP, about);
  });
  log.info({ emailId: email.id, kind: email.kind, attempt: email.attempts }, "mail sent");
}

async function writeAndSend(email: TakenEmail): ReturnType<typeof sendLetter> {
  const rendered = await renderEmail(email.kind, email.payload, email.userId);
  if (!rendered.ok) {
    const reason = `cannot be written: ${rendered.error}`;
    return err({ reason, code: "unreadable_payload", mayRetry: false, retryAfterMs: null });
  }
  const attachments = await attachDocuments(email);
  return sendLetter({ to: email.toAddress, ...rendered.value, attachments }, email.id);
}

async function recordFailure(email: TakenEmail, failure: SendingFailure): Promise<void> {
  const delay = failure.mayRetry ? emailRetryDelay(email.attempts, email.ageMs, failure.retryAfterMs) : null;
  if (delay === null) await giveUp(email, failure);
  else {
    await db()
      .update(emails)
      .set({ lastError: failure.reason, nextAttemptAt: sql`now() + ${delay} * interval '1 millisecond'` })
      .where(and(eq(emails.id, email.id), eq(emails.status, "queued")));
  }
  const facts = { emailId: email.id, kind: email.kind, attempt: email.attempts, code: failure.code };
  if (delay === null) log.error(facts, "mail given up");
  else log.warn({ ...facts, retryInMs: delay }, "mail not sent");
}

/** No later attempt would help: a person is told. The alert names no address, since alerts are logged. */
async function giveUp(email: TakenEmail, failure: SendingFailure): Promise<void> {
  await withTransaction(async (tx) => {
    const given = await tx
      .update(emails)
      .set({ lastError: failure.reason, status: "failed" })
      .where(and(eq(emails.id, email.id), eq(emails.status, "queued")))
      .returning({ id: emails.id });
    if (given.length === 0) return;
    await raiseAlert(tx, {
      kind: MAIL_GIVEN_UP,
      subject: email.copyOfId ?? email.id,
      orderId: null,
      problem: `A mail (${email.kind.replaceAll("_", " ")}) was given up after ${email.attempts} attempts: ${failure.code}.`,
    });
  });
}

/** Switches a group of optional mails off for somebody; again it changes nothing. False when the account is gone. */
export async function unsubscribe(userId: UserId, group: OptionalMails): Promise<boolean> {
  const [reader] = await db()
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.erasedAt)));
  if (!reader) return false;
  await db().insert(emailOptOuts).values({ userId, group }).onConflictDoNothing();
  return true;
}
