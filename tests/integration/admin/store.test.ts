import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { users } from "@/db/schema/identity";
import { emails } from "@/db/schema/notifications";
import { stripeEvents } from "@/db/schema/payments";
import { listAuditEntries } from "@/lib/audit/queries";
import { newId, type UserId } from "@/lib/ids";
import { sendDueEmails } from "@/lib/notifications/mutations";
import { sendTestMail } from "@/lib/store/mutations";
import { findWebhookHealth, listTestMails } from "@/lib/store/queries";
import { startTestShop } from "../../support/shop";
import type { TestShop } from "../commerce/buying";

let shop: TestShop;
let admin: UserId;
let support: UserId;
beforeAll(async () => {
  shop = await startTestShop();
  [admin, support] = [await person("admin"), await person("support")];
});
afterAll(() => shop.close());

async function person(role: "admin" | "support") {
  const id = await shop.factories.learner(`The ${role}`);
  await shop.db.update(users).set({ role }).where(eq(users.id, id));
  return id;
}

test("a test mail goes by the outbox, once however often it is asked for, with one line in the log", async () => {
  const test = newId();
  await sendTestMail(admin, { test });
  await Promise.all([sendTestMail(admin, { test }), sendTestMail(admin, { test })]);
  expect(await listTestMails(admin)).toMatchObject([{ status: "queued", problem: null }]);
  // Nothing answers at the mail service's address here: the page says what the sender was told.
  await sendDueEmails();
  expect(await listTestMails(admin)).toMatchObject([
    { status: "queued", problem: expect.stringContaining("no answer") },
  ]);
  expect(await shop.db.select().from(emails).where(eq(emails.kind, "sender_test"))).toHaveLength(1);
  const log = await listAuditEntries(admin, { action: "mail.tested" }, {});
  expect(log.entries).toHaveLength(1);
  expect(await listTestMails(support)).toEqual([]);
});

test("the health of the webhook counts what came, what failed and how long it was on the way", async () => {
  expect(await findWebhookHealth(support)).toBeNull();
  expect(await findWebhookHealth(admin)).toMatchObject({
    lastReceivedAt: null,
    received: 0,
    medianLagMs: null,
  });
  const event = (n: number, row: Partial<typeof stripeEvents.$inferInsert>, ago = "1 hour") => ({
    id: `evt_health${n}`,
    type: "charge.refunded",
    livemode: false,
    payload: {},
    createdAt: sql`now() - ${ago}::interval - interval '2 seconds'`,
    receivedAt: sql`now() - ${ago}::interval`,
    status: "processed" as const,
    attempts: 1,
    ...row,
  });
  await shop.db
    .insert(stripeEvents)
    .values([
      event(1, {}),
      event(2, {}),
      event(3, { status: "received", attempts: 4, createdAt: new Date(0) }),
      event(4, { status: "quarantined" }),
      event(5, {}, "3 days"),
    ] as (typeof stripeEvents.$inferInsert)[]);
  const health = await findWebhookHealth(admin);
  expect(health).toMatchObject({ received: 4, isCapped: false, failing: 1, quarantined: 1 });
  expect(health?.medianLagMs).toBeCloseTo(2_000, 0);
  expect(Date.now() - (health?.lastReceivedAt?.getTime() ?? 0)).toBeGreaterThan(3_000_000);
});
