import "server-only";
import { and, desc, eq, sql } from "drizzle-orm";
import { askedBy } from "@/db/asked-by";
import { db } from "@/db/client";
import { emails } from "@/db/schema/notifications";
import type { UserId } from "@/lib/ids";

export type FailedEmail = {
  readonly id: string;
  readonly kind: string;
  readonly toAddress: string;
  readonly attempts: number;
  readonly problem: string;
  readonly at: Date;
};

/** Mails that were given up, newest first; for staff, and empty for anybody else. */
export function listFailedEmails(staffId: UserId, limit = 50): Promise<FailedEmail[]> {
  return db()
    .select({
      id: emails.id,
      kind: emails.kind,
      toAddress: emails.toAddress,
      attempts: emails.attempts,
      problem: sql<string>`coalesce(${emails.lastError}, '')`,
      at: emails.createdAt,
    })
    .from(emails)
    .where(and(eq(emails.status, "failed"), askedBy(staffId, "overview.see")))
    .orderBy(desc(emails.createdAt))
    .limit(limit);
}
