import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { users } from "@/db/schema/identity";
import { emails } from "@/db/schema/notifications";
import { paymentAlerts } from "@/db/schema/payments";
import { newId, type UserId } from "@/lib/ids";
import { listFailedEmails } from "@/lib/notifications/queries";
import type { NewEmail } from "@/lib/notifications/schema";
import { startMailSandbox } from "../../../sandbox/mail/start";
import { createTestDatabase } from "../../support/database";

const folder = mkdtempSync(join(tmpdir(), "lectern-outbox-"));
const [database, api] = [await createTestDatabase(), await startMailSandbox({ dataDir: folder })];
process.env.RESEND_BASE_URL = api.url;
const { queueEmail, sendDueEmails } = await import("@/lib/notifications/mutations");
const { db } = database;
afterAll(async () => {
  await database.close();
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});
const control = (method: string, path: string, body?: object) =>
  fetch(`${api.url}/_sandbox/${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
beforeEach(async () => {
  await db.delete(emails);
  await control("DELETE", "emails");
  await control("DELETE", "faults");
});

const welcome = (subjectId: string = newId(), toAddress = "ada@example.org"): NewEmail => ({
  kind: "enrollment_welcome",
  subjectId,
  userId: null,
  toAddress,
  payload: {
    name: "Ada",
    isFree: true,
    courses: [{ title: "Python from zero", slug: "python-from-zero", firstLesson: null }],
  },
});

async function stored() {
  const [row] = await db.select().from(emails);
  if (!row) throw new Error("no mail");
  return row;
}
const makeDue = () => db.update(emails).set({ nextAttemptAt: sql`now()`, status: "queued" });
const fault = (kind: string) => control("POST", "faults", { kind });

test("a mail queued twice is one mail, and goes once", async () => {
  await queueEmail(db, welcome("enrollment-1"));
  await queueEmail(db, welcome("enrollment-1"));
  expect(await sendDueEmails()).toBe(1);
  expect(await sendDueEmails()).toBe(0);
  const [delivered, ...others] = api.emails();
  expect(others).toEqual([]);
  expect(await stored()).toMatchObject({
    status: "sent",
    attempts: 1,
    providerId: delivered?.id,
    lastError: null,
  });
  expect(delivered).toMatchObject({
    to: ["ada@example.org"],
    subject: "You are enrolled: Python from zero",
    text: expect.stringContaining("http://localhost:3000/learn/python-from-zero"),
  });
});

test("a mail of a transaction that is undone does not exist", async () => {
  const undone = db.transaction(async (tx) => {
    await queueEmail(tx, welcome());
    throw new Error("undo");
  });
  await expect(undone).rejects.toThrow("undo");
  expect(await sendDueEmails()).toBe(0);
});

test("many senders at once deliver each mail once, in one attempt each", async () => {
  for (let n = 0; n < 40; n += 1) await queueEmail(db, welcome());
  const taken = await Promise.all(Array.from({ length: 8 }, () => sendDueEmails(10)));
  expect(taken.reduce((total, count) => total + count, 0)).toBe(40);
  expect(api.emails()).toHaveLength(40);
  const rows = await db.select({ attempts: emails.attempts, status: emails.status }).from(emails);
  expect(rows.every((row) => row.attempts === 1 && row.status === "sent")).toBe(true);
});

describe("when the mail API", () => {
  const failing = { "answers 500": "error", "does not answer": "hang", "asks for patience": "rate_limit" };

  test.each(Object.entries(failing))("%s, the mail waits and goes later", async (_name, kind) => {
    await queueEmail(db, welcome());
    await fault(kind);
    await sendDueEmails();
    expect(await stored()).toMatchObject({ status: "queued", attempts: 1, lastError: expect.any(String) });
    expect(await sendDueEmails()).toBe(0);
    await makeDue();
    await sendDueEmails();
    expect(await stored()).toMatchObject({ status: "sent", attempts: 2, lastError: null });
    expect(api.emails()).toHaveLength(1);
  });

  test("accepts and dies before answering, the second attempt delivers nothing new", async () => {
    await queueEmail(db, welcome());
    await fault("accept_then_reset");
    await sendDueEmails();
    expect(await stored()).toMatchObject({ status: "queued", providerId: null });
    await makeDue();
    await sendDueEmails();
    expect(api.emails()).toHaveLength(1);
    expect(await stored()).toMatchObject({ status: "sent", providerId: api.emails()[0]?.id });
  });

  test("has delivered under this key before, with other words, the mail counts as sent", async () => {
    await queueEmail(db, welcome());
    await fault("accept_then_reset");
    await sendDueEmails();
    await db
      .update(emails)
      .set({ payload: { name: "Ada", title: "Renamed since", slug: "python-from-zero" } });
    await makeDue();
    await sendDueEmails();
    expect(await stored()).toMatchObject({ status: "sent", providerId: null });
    expect(api.emails().map((mail) => mail.subject)).toEqual(["You are enrolled: Python from zero"]);
  });

  test("refuses the letter itself, it is given up at once", async () => {
    await queueEmail(db, welcome("odd", "not an address"));
    await sendDueEmails();
    expect(await stored()).toMatchObject({ status: "failed", lastError: expect.stringContaining("422") });
    expect(api.emails()).toEqual([]);
  });
});

test("a sender that died is followed by another after its lease, never before", async () => {
  await queueEmail(db, welcome());
  await db.update(emails).set({ attempts: 1, nextAttemptAt: sql`now() + interval '1 minute'` });
  expect(await sendDueEmails()).toBe(0);
  await makeDue();
  expect(await sendDueEmails()).toBe(1);
  expect((await stored()).status).toBe("sent");
});

test("after a day of failures the mail is given up, and kept", async () => {
  await queueEmail(db, welcome());
  await db.update(emails).set({ attempts: 20, createdAt: sql`now() - interval '25 hours'` });
  await fault("error");
  await sendDueEmails();
  expect(await stored()).toMatchObject({ status: "failed", attempts: 21 });
  const [admin] = await db
    .insert(users)
    .values({ email: "admin@example.org", name: "Admin", role: "admin" })
    .returning({ id: users.id });
  const adminId = admin?.id as UserId;
  const mail = await stored();
  expect(await listFailedEmails(adminId)).toMatchObject([{ id: mail.id, toAddress: "ada@example.org" }]);
  const [alert] = await db.select().from(paymentAlerts).where(eq(paymentAlerts.subject, mail.id));
  expect(alert).toMatchObject({ kind: "mail_given_up", clearedAt: null });
  expect(alert?.problem).not.toContain("@");
  // Sent again by staff, and this time it arrives: nothing is left to look at.
  await db
    .insert(emails)
    .values({ ...welcome(`${mail.subjectId}#1`), copyOfId: mail.id } as typeof emails.$inferInsert);
  await sendDueEmails();
  expect(await listFailedEmails(adminId)).toEqual([]);
});

test("a mail that waited days for its first attempt is still sent", async () => {
  await queueEmail(db, welcome());
  await db.update(emails).set({ createdAt: sql`now() - interval '3 days'` });
  await sendDueEmails();
  expect((await stored()).status).toBe("sent");
});

test("a row that cannot be read is given up without touching the others", async () => {
  await queueEmail(db, welcome());
  await queueEmail(db, welcome());
  const unreadable = await stored();
  await db
    .update(emails)
    .set({ payload: { name: 1 } })
    .where(eq(emails.id, unreadable.id));
  expect(await sendDueEmails()).toBe(2);
  const rows = await db.select().from(emails);
  expect(rows.find((row) => row.id === unreadable.id)?.status).toBe("failed");
  expect(api.emails()).toHaveLength(1);
});
