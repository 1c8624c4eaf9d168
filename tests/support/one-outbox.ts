import { desc, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { emails } from "@/db/schema/notifications";
import { MAILED_TOKEN } from "@/lib/notifications/account-mails";
import { renderEmail } from "@/lib/notifications/templates/render-email";
import { unseal } from "@/lib/seal";

/** The mails of one address, newest first. */
export function mailsTo(database: Database, address: string) {
  return database.select().from(emails).where(eq(emails.toAddress, address)).orderBy(desc(emails.createdAt));
}

/** The token in the newest mail of this kind to the address, as its reader finds it. */
export async function tokenMailedTo(database: Database, address: string, kind: string): Promise<string> {
  const mail = (await mailsTo(database, address)).find((one) => one.kind === kind);
  if (!mail) throw new Error(`no ${kind} to ${address}`);
  const rendered = await renderEmail(mail.kind, mail.payload);
  if (!rendered.ok) throw new Error(rendered.error);
  const token = /[?&]token=([A-Za-z0-9_-]{43})/.exec(rendered.value.text)?.[1];
  if (token === undefined || unseal(String(mail.payload.sealedToken), MAILED_TOKEN) !== token)
    throw new Error(`no token in the ${kind} to ${address}`);
  return token;
}
