import { afterAll, beforeEach, expect, test } from "vitest";
import { GET, POST } from "@/app/api/unsubscribe/[token]/route";
import { emailOptOuts, users } from "@/db/schema/identity";
import { emails } from "@/db/schema/notifications";
import { newId, type UserId } from "@/lib/ids";
import { queueEmail } from "@/lib/notifications/mutations";
import { sampleMails } from "@/lib/notifications/sample-mails";
import { renderEmail } from "@/lib/notifications/templates/render-email";
import { readUnsubscribeToken, unsubscribeToken } from "@/lib/notifications/unsubscribe";
import { createTestDatabase } from "../../support/database";

const database = await createTestDatabase();
const { db } = database;
afterAll(database.close);

let reader: UserId;
beforeEach(async () => {
  reader = newId<"user">();
  await db.insert(users).values({ id: reader, email: `${reader}@example.org`, name: "Ada" });
});

const welcome = (userId: UserId) => ({
  kind: "enrollment_welcome" as const,
  subjectId: newId(),
  userId,
  toAddress: "ada@example.org",
  payload: {
    name: "Ada",
    isFree: true,
    courses: [{ title: "Python", slug: "python", firstLesson: { slug: "one", title: "One" } }],
  },
});

const context = (token: string) => ({ params: Promise.resolve({ token }) });
const press = (token: string, body = "List-Unsubscribe=One-Click") =>
  POST(
    new Request("http://localhost:3000/api/unsubscribe/x", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body,
    }),
    context(token),
  );
const refused = async () => (await db.select().from(emailOptOuts)).filter(({ userId }) => userId === reader);
const queued = async () => (await db.select().from(emails)).filter(({ userId }) => userId === reader);

test("the headers of a mail end such mails by one press, without a cookie, once and for good", async () => {
  const mail = await renderEmail("enrollment_welcome", welcome(reader).payload, reader);
  if (!mail.ok) throw new Error(mail.error);
  expect(mail.value.headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
  const address = mail.value.headers["List-Unsubscribe"]?.slice(1, -1) ?? "";
  expect(address).toMatch(/^http:\/\/localhost:3000\/api\/unsubscribe\//);
  const token = address.split("/").at(-1) ?? "";
  await queueEmail(db, welcome(reader));
  expect(await queued()).toHaveLength(1);
  expect((await GET(new Request(address), context(token))).status, "looking changes nothing").toBe(303);
  expect((await press(token, "")).status).toBe(400);
  expect(await refused()).toEqual([]);
  expect((await press(token)).status).toBe(204);
  expect((await press(token)).status).toBe(204);
  expect(await refused()).toMatchObject([{ group: "learning" }]);
  await queueEmail(db, welcome(reader));
  expect(await queued(), "no more of them").toHaveLength(1);
  await queueEmail(db, {
    kind: "data_export_ready",
    subjectId: newId(),
    userId: reader,
    toAddress: "ada@example.org",
    payload: { name: "Ada" },
  });
  expect(await queued(), "the others go on").toHaveLength(2);
});

test.each([
  ["certificate_earned", "certificates", "No more mails about my certificates"],
  ["gift_claimed", "gifts", "No more mails about gifts I gave"],
] as const)("the link of %s ends mails about %s and no others", async (kind, group, words) => {
  const payload = sampleMails({ name: "Ada", title: "Python", sealedToken: "" })[kind];
  const mail = await renderEmail(kind, payload, reader);
  if (!mail.ok) throw new Error(mail.error);
  expect(mail.value.text).toContain(words);
  const token = mail.value.headers["List-Unsubscribe"]?.slice(1, -1).split("/").at(-1) ?? "";
  expect((await press(token)).status).toBe(204);
  expect(await refused()).toMatchObject([{ group }]);
  await queueEmail(db, welcome(reader));
  const mails = (await queued()).map((one) => one.kind);
  expect(mails).toEqual(["enrollment_welcome"]);
});

test("nobody can make up a link, or turn one's own into another's", async () => {
  const token = unsubscribeToken(reader, "learning");
  const [, group, signature] = token.split(".");
  const made = [
    "",
    "x",
    `${newId()}.${group}.${signature}`,
    `${reader}.orders.${signature}`,
    `${reader}.learning.${"x".repeat(43)}`,
    `${token}x`,
    `${token}.`,
  ];
  for (const one of made) {
    expect(readUnsubscribeToken(one), one).toBeNull();
    expect((await press(one)).status, one).toBe(404);
  }
  expect(readUnsubscribeToken(token)).toEqual({ userId: reader, group: "learning" });
  expect(await refused()).toEqual([]);
});

test("the link of somebody who is gone leads nowhere", async () => {
  const gone = newId<"user">();
  expect((await press(unsubscribeToken(gone, "learning"))).status).toBe(404);
});

test("a free course's mail of the time before is still written", async () => {
  const mail = await renderEmail("enrollment_welcome", { name: "Ada", title: "Python", slug: "python" });
  expect(mail).toMatchObject({ ok: true, value: { subject: "You are enrolled: Python", headers: {} } });
});
