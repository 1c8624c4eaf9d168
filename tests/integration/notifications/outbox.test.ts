import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { emails } from "@/db/schema/notifications";
import { newId } from "@/lib/ids";
import type { NewEmail } from "@/lib/notifications/schema";
import { createTestDatabase } from "../../support/database";
import { startMailApi } from "./mail-api";

const [database, api] = [await createTestDatabase(), await startMailApi()];
process.env.RESEND_BASE_URL = api.url;
const { queueEmail, sendDueEmails } = await import("@/lib/notifications/mutations");
const { db } = database;
afterAll(async () => {
  await database.close();
  await api.close();
});
beforeEach(async () => {
  await db.delete(emails);
  api.delivered.clear();
  api.keys.length = 0;
});

const welcome = (subjectId: string = newId()): NewEmail => ({
  kind: "enrollment_welcome",
  subjectId,
  userId: null,
  toAddress: "ada@example.org",
  payload: { name: "Ada", title: "Python from zero", slug: "python-from-zero" },
});

async function stored() {
  const [row] = await db.select().from(emails);
  if (!row) throw new Error("no mail");
  return row;
}
const makeDue = () => db.update(emails).set({ nextAttemptAt: sql`now()` });

test("a mail queued twice is one mail, and goes once", async () => {
  await queueEmail(db, welcome("enrollment-1"));
  await queueEmail(db, welcome("enrollment-1"));
  expect(await sendDueEmails()).toBe(1);
  expect(await sendDueEmails()).toBe(0);
  const { id, ...row } = await stored();
  expect(row).toMatchObject({ status: "sent", attempts: 1, providerId: `sent-${id}`, lastError: null });
  expect(api.delivered.get(id)).toMatchObject({
    to: "ada@example.org",
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

test("many senders at once deliver each mail once, with one request each", async () => {
  for (let n = 0; n < 40; n += 1) await queueEmail(db, welcome());
  const taken = await Promise.all(Array.from({ length: 8 }, () => sendDueEmails(10)));
  expect(taken.reduce((total, count) => total + count, 0)).toBe(40);
  expect(api.delivered.size).toBe(40);
  expect(api.keys).toHaveLength(40);
});

describe("when the API", () => {
  const failing = {
    "answers 500": { status: 500, name: "internal_server_error" },
    "answers 401": { status: 401, name: "missing_api_key" },
    "cuts the connection": "reset",
    "does not answer": "hang",
  } as const;

  test.each(Object.entries(failing))("%s, the mail waits and goes later", async (_name, behaviour) => {
    await queueEmail(db, welcome());
    api.next(behaviour);
    await sendDueEmails();
    expect(await stored()).toMatchObject({ status: "queued", attempts: 1, lastError: expect.any(String) });
    expect(await sendDueEmails()).toBe(0);
    await makeDue();
    await sendDueEmails();
    expect(await stored()).toMatchObject({ status: "sent", attempts: 2, lastError: null });
    expect(api.delivered.size).toBe(1);
  });

  test("asks to be left alone, the mail waits that long", async () => {
    await queueEmail(db, welcome());
    api.next({ status: 429, name: "rate_limit_exceeded", retryAfter: 120 });
    await sendDueEmails();
    const wait = (await stored()).nextAttemptAt.getTime() - Date.now();
    expect(wait).toBeGreaterThan(110_000);
    expect(wait).toBeLessThan(130_000);
  });

  test("accepts and dies before answering, the second attempt has the same key and delivers nothing new", async () => {
    await queueEmail(db, welcome());
    api.next("accept then reset");
    await sendDueEmails();
    expect((await stored()).status).toBe("queued");
    await makeDue();
    await sendDueEmails();
    expect((await stored()).status).toBe("sent");
    expect(new Set(api.keys).size).toBe(1);
    expect(api.keys).toHaveLength(2);
    expect(api.delivered.size).toBe(1);
  });

  test("has delivered under this key before, with other words, the mail counts as sent", async () => {
    await queueEmail(db, welcome());
    api.next({ status: 409, name: "invalid_idempotent_request" });
    await sendDueEmails();
    expect(await stored()).toMatchObject({ status: "sent", providerId: null });
  });

  test("refuses the letter itself, it is given up at once", async () => {
    await queueEmail(db, welcome());
    api.next({ status: 422, name: "validation_error" });
    await sendDueEmails();
    expect(await stored()).toMatchObject({ status: "failed", lastError: "validation_error (422): no" });
  });
});

test("a sender that died is followed by the next one after its lease, never before", async () => {
  await queueEmail(db, welcome());
  await db.update(emails).set({ attempts: 1, nextAttemptAt: sql`now() + interval '1 second'` });
  expect(await sendDueEmails()).toBe(0);
  await makeDue();
  expect(await sendDueEmails()).toBe(1);
  expect((await stored()).status).toBe("sent");
});

test("after a day of failures the mail is given up, and kept", async () => {
  await queueEmail(db, welcome());
  await db.update(emails).set({ attempts: 20, createdAt: sql`now() - interval '25 hours'` });
  api.next({ status: 500, name: "internal_server_error" });
  await sendDueEmails();
  expect(await stored()).toMatchObject({ status: "failed", attempts: 21 });
});

test("a mail that waited a day for its first attempt is still sent", async () => {
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
  expect(api.delivered.size).toBe(1);
});
