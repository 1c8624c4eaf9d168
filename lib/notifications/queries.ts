import "server-only";
import { and, desc, eq, exists, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { users } from "@/db/schema/identity";
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

/** Mails that were given up, newest first; for admins, and empty for anybody else. */
export function listFailedEmails(adminId: UserId, limit = 50): Promise<FailedEmail[]> {
  const admin = db()
    .select({ one: sql`1` })
    .from(users)
    .where(and(eq(users.id, adminId), eq(users.role, "admin")));
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
    .where(and(eq(emails.status, "failed"), exists(admin)))
    .orderBy(desc(emails.createdAt))
    .limit(limit);
}
