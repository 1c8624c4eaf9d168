import "server-only";
import { and, eq } from "drizzle-orm";
import { withTransaction } from "@/db/client";
import { users } from "@/db/schema/identity";
import { emails } from "@/db/schema/notifications";
import { recordAudit } from "@/lib/audit/mutations";
import { env } from "@/lib/env";
import type { UserId } from "@/lib/ids";
import { queueEmail } from "@/lib/notifications/mutations";

/** Sends the admin a mail by the way that every mail of the shop goes. The same `test` sent twice is one mail. */
export async function sendTestMail(actorId: UserId, { test }: { readonly test: string }): Promise<void> {
  await withTransaction(async (tx) => {
    const [reader] = await tx
      .select({ email: users.email, name: users.name })
      .from(users)
      .where(eq(users.id, actorId))
      .for("no key update");
    if (!reader) throw new Error("who asks is not there");
    const sent = and(eq(emails.kind, "sender_test"), eq(emails.subjectId, test));
    const [before] = await tx.select({ id: emails.id }).from(emails).where(sent);
    if (before) return;
    await queueEmail(tx, {
      kind: "sender_test",
      subjectId: test,
      userId: actorId,
      toAddress: reader.email,
      payload: { name: reader.name, from: env().MAIL_FROM },
    });
    await recordAudit(tx, {
      actorId,
      action: "mail.tested",
      subject: { type: "mail", id: test, label: "Sender test" },
      detail: { after: { from: env().MAIL_FROM } },
    });
  });
}
