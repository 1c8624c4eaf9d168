import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withTransaction } from "@/db/client";
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
