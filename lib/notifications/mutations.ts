import "server-only";
import type { Executor } from "@/db/client";
import { emails } from "@/db/schema/notifications";
import type { NewEmail } from "./schema";

/**
 * Puts a mail into the outbox. Call it inside the business transaction: the mail exists if and only if the
 * business change does. Queueing the same (kind, subject) again changes nothing.
 */
export async function queueEmail(tx: Executor, email: NewEmail): Promise<void> {
  await tx
    .insert(emails)
    .values(email)
    .onConflictDoNothing({ target: [emails.kind, emails.subjectId] });
}
