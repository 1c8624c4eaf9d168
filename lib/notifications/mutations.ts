import "server-only";
import { and, asc, eq, inArray, lte, type SQL, sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { emailOptOuts } from "@/db/schema/identity";
import { emails } from "@/db/schema/notifications";
import { newId, type UserId } from "@/lib/ids";
import { log } from "@/lib/log";
import type { Permission } from "@/lib/permissions";
import { attachDocuments } from "./attach-documents";
import { type SendingFailure, sendLetter } from "./mailer";
import { type OptionalMails, optionalGroupOf } from "./optional-mails";
import { listStaff } from "./queries";
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
  const group = optionalGroupOf(email.kind);
  if (group && email.userId && (await isUnwanted(tx, email.userId, group))) return;
  await tx.execute(emailStatement(email));
}

/** The mail's row alone, to run together with other statements; for kinds that are always sent. */
export const emailStatement = ({ kind, subjectId, userId, toAddress, payload }: NewEmail): SQL => sql`
  insert into ${emails} (id, kind, subject_id, user_id, to_address, payload)
  values (${newId<"email">()}, ${kind}, ${subjectId}, ${userId ?? null}, ${toAddress}, ${JSON.stringify(payload)}::jsonb)
  on conflict (kind, subject_id) do nothing
  returning id`;

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

async function isUnwanted(tx: Executor, userId: UserId, group: OptionalMails): Promise<boolean> {
  const refused = await tx
    .select({ group: emailOptOuts.group })
    .from(emailOptOuts)
    .where(and(eq(emailOptOuts.userId, userId), eq(emailOptOuts.group, group)));
  return refused.length > 0;
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
  "id" | "kind" | "subjectId" | "toAddress" | "payload" | "attempts"
> & {
  readonly ageMs: number;
};

async function sendOne(email: TakenEmail): Promise<void> {
  const rendered = await renderEmail(email.kind, email.payload);
  if (!rendered.ok) {
    const reason = `cannot be written: ${rendered.error}`;
    return recordFailure(email, { reason, code: "unreadable_payload", mayRetry: false, retryAfterMs: null });
  }
  const attachments = await attachDocuments(email);
  const sent = await sendLetter({ to: email.toAddress, ...rendered.value, attachments }, email.id);
  if (!sent.ok) return recordFailure(email, sent.error);
  await db()
    .update(emails)
    .set({ status: "sent", sentAt: sql`now()`, providerId: sent.value.providerId, lastError: null })
    .where(and(eq(emails.id, email.id), eq(emails.status, "queued")));
  log.info({ emailId: email.id, kind: email.kind, attempt: email.attempts }, "mail sent");
}

async function recordFailure(email: TakenEmail, failure: SendingFailure): Promise<void> {
  const delay = failure.mayRetry ? emailRetryDelay(email.attempts, email.ageMs, failure.retryAfterMs) : null;
  await db()
    .update(emails)
    .set({
      lastError: failure.reason,
      ...(delay === null
        ? { status: "failed" as const }
        : { nextAttemptAt: sql`now() + ${delay} * interval '1 millisecond'` }),
    })
    .where(and(eq(emails.id, email.id), eq(emails.status, "queued")));
  const facts = { emailId: email.id, kind: email.kind, attempt: email.attempts, code: failure.code };
  if (delay === null) log.error(facts, "mail given up");
  else log.warn({ ...facts, retryInMs: delay }, "mail not sent");
}
