import "server-only";
import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { askedBy } from "@/db/asked-by";
import { db, type Executor } from "@/db/client";
import { users } from "@/db/schema/identity";
import { emails } from "@/db/schema/notifications";
import { paymentAlerts } from "@/db/schema/payments";
import type { EmailId, UserId } from "@/lib/ids";
import { type Permission, rolesWith } from "@/lib/permissions";

export type FailedEmail = {
  readonly id: string;
  readonly kind: string;
  readonly toAddress: string;
  readonly attempts: number;
  readonly problem: string;
  readonly at: Date;
};

/** The kind of alert that stands for a mail which was given up. */
export const MAIL_GIVEN_UP = "mail_given_up";

/** Mails that were given up and have not been seen to since, newest first; for staff, and empty for anybody else. */
export function listFailedEmails(staffId: UserId, limit = 50): Promise<FailedEmail[]> {
  return (
    db()
      .select({
        id: emails.id,
        kind: emails.kind,
        toAddress: emails.toAddress,
        attempts: emails.attempts,
        problem: sql<string>`coalesce(${emails.lastError}, '')`,
        at: emails.createdAt,
      })
      .from(paymentAlerts)
      // The few alerts lead to their mails, not all mails to the alerts; a subject of another kind need not be an id.
      .innerJoin(
        emails,
        eq(
          emails.id,
          sql`case when ${paymentAlerts.kind} = ${MAIL_GIVEN_UP} then ${paymentAlerts.subject}::uuid end`,
        ),
      )
      .where(
        and(
          eq(paymentAlerts.kind, MAIL_GIVEN_UP),
          isNull(paymentAlerts.clearedAt),
          askedBy(staffId, "overview.see"),
        ),
      )
      .orderBy(desc(emails.createdAt))
      .limit(limit)
  );
}

/** More readers than this would be a mailing list. */
const MOST_STAFF = 20;

/** Whom a mail about the shop's business goes to: everybody whose role has the permission. */
export function listStaff(
  executor: Executor,
  permission: Permission,
): Promise<{ readonly id: UserId; readonly email: string }[]> {
  return executor
    .select({ id: users.id, email: users.email })
    .from(users)
    .where(and(inArray(users.role, [...rolesWith(permission)]), isNull(users.erasedAt)))
    .orderBy(asc(users.createdAt))
    .limit(MOST_STAFF);
}

/** What a mail is about; null when there is no such mail. */
export async function findSubject(emailId: EmailId): Promise<string | null> {
  const [email] = await db().select({ subject: emails.subjectId }).from(emails).where(eq(emails.id, emailId));
  return email?.subject ?? null;
}
