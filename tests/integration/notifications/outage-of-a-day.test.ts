import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { emails } from "@/db/schema/notifications";
import { paymentAlerts } from "@/db/schema/payments";
import type { UserId } from "@/lib/ids";
import { newId } from "@/lib/ids";
import { MAILED_TOKEN } from "@/lib/notifications/account-mails";
import { sampleMails } from "@/lib/notifications/sample-mails";
import type { NewEmail } from "@/lib/notifications/schema";
import { seal } from "@/lib/seal";
import { startMailSandbox } from "../../../sandbox/mail/start";
import { createTestDatabase } from "../../support/database";

const folder = mkdtempSync(join(tmpdir(), "lectern-outage-"));
const [database, api] = [await createTestDatabase(), await startMailSandbox({ dataDir: folder })];
process.env.RESEND_BASE_URL = api.url;
const { queueEmail, sendDueEmails } = await import("@/lib/notifications/mutations");
const { db } = database;
afterAll(async () => {
  await database.close();
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

const control = (method: string, body?: object) =>
  fetch(`${api.url}/_sandbox/faults`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });

/** Lets so many minutes pass: everything that is written down becomes so much older. */
const pass = (minutes: number) =>
  database.sql`
    update emails set created_at = created_at - make_interval(mins => ${minutes}),
      next_attempt_at = next_attempt_at - make_interval(mins => ${minutes})`;

async function sendAllDue(): Promise<number> {
  let taken = 0;
  for (let count = 1; count > 0; taken += count) count = await sendDueEmails(50);
  return taken;
}

test("the mail API is down for a day, in every way by turns: afterwards each mail goes out, once", async () => {
  const words = { name: "Ada", title: "Python", sealedToken: seal("x".repeat(43), MAILED_TOKEN) };
  const samples = Object.entries(sampleMails(words));
  let attempts = 0;
  for (let half = 0; half < 48; half += 1) {
    await control("DELETE");
    // What is accepted although the answer is lost must not arrive a second time.
    const kind = half === 20 ? "accept_then_reset" : half % 2 === 0 ? "error" : "rate_limit";
    await control("POST", { kind, times: 10_000 });
    const sample = samples[half];
    if (sample) {
      const [name, payload] = sample;
      const mail = {
        kind: name,
        subjectId: newId(),
        userId: null,
        toAddress: `${name}@example.org`,
        payload,
      };
      await queueEmail(db, mail as NewEmail & { userId: UserId | null });
    }
    attempts += await sendAllDue();
    expect((await db.select().from(emails)).every(({ status }) => status === "queued")).toBe(true);
    await pass(30);
  }
  expect(await db.select().from(paymentAlerts), "nobody is called for what mends itself").toEqual([]);
  expect(attempts, "tried with patience").toBeLessThan(samples.length * 40);
  await control("DELETE");
  for (let hour = 0; hour < 5; hour += 1) {
    await sendAllDue();
    await pass(15);
  }
  const rows = await db.select().from(emails);
  expect(rows.filter(({ status }) => status !== "sent")).toEqual([]);
  const arrived = api.emails().map(({ to }) => to[0]);
  expect(arrived.toSorted()).toEqual(samples.map(([name]) => `${name}@example.org`).toSorted());
}, 120_000);
