import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { withTransaction } from "@/db/client";
import { emails } from "@/db/schema/notifications";
import { paymentAlerts } from "@/db/schema/payments";
import { fulfillOrder } from "@/lib/fulfillment/mutations";
import { type MailSandbox, startMailSandbox } from "../../../sandbox/mail/start";
import { readPdf } from "../../support/read-pdf";
import { startTestShop } from "../../support/shop";
import type { TestShop } from "../commerce/buying";
import { placeUnpaid } from "../documents/issuing";

let shop: TestShop;
let api: MailSandbox;
const folder = mkdtempSync(join(tmpdir(), "lectern-attachments-"));
beforeAll(async () => {
  api = await startMailSandbox({ dataDir: folder });
  process.env.RESEND_BASE_URL = api.url;
  shop = await startTestShop();
});
afterAll(async () => {
  await shop.close();
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

test("the confirmation of a paid order carries its invoice, once, also when the answer of the API was lost", async () => {
  const { sendDueEmails } = await import("@/lib/notifications/mutations");
  const { facts } = await placeUnpaid(shop);
  await withTransaction((tx) => fulfillOrder(tx, facts));
  await fetch(`${api.url}/_sandbox/faults`, {
    method: "POST",
    body: JSON.stringify({ kind: "accept_then_reset" }),
  });
  await sendDueEmails();
  await shop.sql`update emails set next_attempt_at = now(), status = 'queued'`;
  await sendDueEmails();
  const mails = api.emails().filter(({ attachments }) => attachments.length > 0);
  expect(mails).toHaveLength(1);
  expect(api.emails(), "and the welcome carries nothing").toHaveLength(2);
  const [file, ...more] = mails[0]?.attachments ?? [];
  expect(more).toEqual([]);
  expect(file).toMatchObject({ contentType: "application/pdf" });
  expect(file?.filename).toMatch(/^TEST-INV-\d{4}-0001\.pdf$/);
  const { text } = await readPdf(Buffer.from(file?.content ?? "", "base64"));
  expect(text).toContain("$49.00");
  // Sent again by staff: found by the mail it copies, whatever its own subject is.
  await shop.sql`
    insert into emails (id, kind, subject_id, to_address, payload, copy_of_id)
    select gen_random_uuid(), kind, 'sent again', to_address, payload, id from emails where kind = 'order_confirmation'`;
  await sendDueEmails();
  const [again] = api.emails();
  expect(again?.attachments[0]?.filename).toBe(file?.filename);
});

/** As only whoever owns the database can. */
async function spoilInvoice(orderId: string): Promise<void> {
  const [{ name } = { name: "" }] = await shop.sql<{ name: string }[]>`select current_database() as name`;
  const superuser = postgres(inject("cluster").superuserUrl.replace(/\/postgres$/, `/${name}`), { max: 1 });
  await superuser.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update invoices set data = '{}' where order_id = ${orderId}`;
  });
  await superuser.end();
}

test("an invoice that cannot be drawn is tried again like any failed mail, ends after a day, and keeps no other mail", async () => {
  const { sendDueEmails } = await import("@/lib/notifications/mutations");
  const { id, facts } = await placeUnpaid(shop);
  await withTransaction((tx) => fulfillOrder(tx, facts));
  await spoilInvoice(id);
  const confirmation = async () => {
    const [row] = await shop.db
      .select()
      .from(emails)
      .where(and(eq(emails.kind, "order_confirmation"), eq(emails.subjectId, id)));
    if (!row) throw new Error("no mail");
    return row;
  };
  expect(await sendDueEmails()).toBe(2);
  const first = await confirmation();
  expect(first).toMatchObject({ status: "queued", attempts: 1 });
  expect(first.lastError).toMatch(/^cannot be written now: /);
  expect(api.emails()[0]?.subject, "the welcome of the same order went").toMatch(/^You are enrolled/);

  await shop.sql`update emails set next_attempt_at = now(), attempts = 20, created_at = now() - interval '25 hours' where id = ${first.id}`;
  await sendDueEmails();
  expect(await confirmation()).toMatchObject({ status: "failed", attempts: 21 });
  const [alert] = await shop.db.select().from(paymentAlerts).where(eq(paymentAlerts.subject, first.id));
  expect(alert).toMatchObject({ kind: "mail_given_up", clearedAt: null });
});
