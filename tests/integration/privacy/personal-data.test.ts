import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findViolations } from "@/lib/audit/queries";
import { claimGift, deliverDueGifts, forgetRecipients } from "@/lib/gifts/mutations";
import { listGivenGifts } from "@/lib/gifts/queries";
import { requestLink } from "@/lib/identity/mailed-links";
import { checkSignIn, createSession, makeAdmin, registerUser } from "@/lib/identity/mutations";
import { findLiveSession } from "@/lib/identity/queries";
import { beginSecondFactor } from "@/lib/identity/second-factor";
import type { Viewer } from "@/lib/identity/viewer";
import { type CourseId, newId, type OrderId, type UserId } from "@/lib/ids";
import { deleteErasedCustomers } from "@/lib/payments/mutations";
import {
  eraseDueAccounts,
  packDueExport,
  planDeletion,
  requestExport,
  undoDeletion,
} from "@/lib/privacy/mutations";
import { ACTED, ERASED, KEPT } from "@/lib/privacy/personal-data";
import { findArchive, findExport } from "@/lib/privacy/queries";
import { refundOrder } from "@/lib/refunds/mutations";
import { changePassword, requestEmailChange } from "@/lib/settings/mutations";
import { startTestShop } from "../../support/shop";
import { openCheckout, type TestShop } from "../commerce/buying";
import { buyer, give, linkOf } from "../gifts/giving";

const password = "plum ladder stove";
const now = new Date();
let shop: TestShop;

beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());

let count = 0;
async function viewer(): Promise<Viewer> {
  count += 1;
  const email = `marker-mail-${count}@example.com`;
  const registered = await registerUser({ email, name: `marker-name-${count}`, password });
  if (!registered.ok) throw new Error(registered.error);
  const live = await findLiveSession(
    await createSession(registered.value, new Date(), true, { userAgent: `marker-browser-${count}` }),
  );
  if (!live) throw new Error("no session");
  return live;
}

async function buy(userId: UserId): Promise<CourseId> {
  const course = await shop.factories.course();
  const { sessionId } = await openCheckout(shop, userId, [course.slug]);
  await shop.stripe.pay(sessionId);
  await shop.stripe.idle();
  return course.id;
}

/** Somebody who left a mark, `marker-…-N`, wherever the shop keeps words of people. */
async function livelyPerson() {
  const me = await viewer();
  const mark = (what: string) => `marker-${what}-${count}`;
  const courseId = await buy(me.userId);
  const [lesson] = await shop.sql<{ id: string }[]>`select id from lessons where course_id = ${courseId}`;
  const ids = { user_id: me.userId, course_id: courseId };
  await shop.sql`insert into lesson_notes ${shop.sql({ ...ids, lesson_id: lesson?.id ?? "", body: mark("note"), revision: 1 })}`;
  await shop.sql`insert into linked_accounts ${shop.sql({ provider: "google", subject: mark("subject"), user_id: me.userId, email: me.email })}`;
  await give(shop, me.userId, { email: `${mark("receiver")}@example.com`, message: mark("words") });
  const got = await give(shop, await buyer(shop, "Giver"), { email: me.email, message: mark("wish") });
  await claimGift(me.userId, await linkOf(shop, got.gift.email));
  await shop.sql`update users set time_zone = 'Europe/Berlin', stripe_customer_id = ${mark("customer")} where id = ${me.userId}`;
  await beginSecondFactor(me.userId);
  await requestLink("sign_in", me.email);
  await requestEmailChange(me, `marker-other-mail-${count}@example.com`, now);
  await changePassword(me, password, now);
  const given = ["receiver", "words", "wish"].map(mark);
  const kept = ["browser", "note", "subject", "customer"].map(mark);
  const marks = [me.email, me.name, ...kept, ...given];
  return { me, marks };
}

async function unpacked(userId: UserId): Promise<Record<string, string>> {
  await requestExport(userId);
  await packDueExport();
  const found = await findExport(userId);
  const archive = found && (await findArchive(userId, found.id));
  if (!archive) throw new Error(`no archive: ${found?.status}`);
  return Object.fromEntries(
    Object.entries(unzipSync(new Uint8Array(archive))).map(([name, bytes]) => [name, strFromU8(bytes)]),
  );
}

describe("the lists of personal data", () => {
  it("name every table that points at a person, directly or through an order or a cart", async () => {
    const keys = await shop.sql<{ from: string; column: string; to: string }[]>`
      select c.conrelid::regclass::text as from, a.attname as column, c.confrelid::regclass::text as to
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
      where c.contype = 'f' and c.confrelid::regclass::text in ('users', 'orders', 'carts')`;
    const places = [...ERASED, ...KEPT];
    const known = new Set([
      ...places.map(({ table, owner }) => `${table}.${owner}`),
      ...ACTED.map(([table, column]) => `${table}.${column}`),
    ]);
    const forgotten = keys
      .map(({ from, column }) => `${from}.${column}`)
      .filter((key) => !known.has(key) && !places.some(({ table }) => key === `${table}.order_id`));
    expect(forgotten).toEqual([]);
  });
});

describe("the copy of somebody's data", { timeout: 60_000 }, () => {
  it("holds every mark of the person, none of another, and nothing that opens the account", async () => {
    const other = await livelyPerson();
    const { me, marks } = await livelyPerson();
    const [secret] = await shop.sql`select sealed_secret from totp_secrets where user_id = ${me.userId}`;
    const [user] = await shop.sql`select password_hash from users where id = ${me.userId}`;
    const files = await unpacked(me.userId);
    const everything = Object.values(files).join("\n");
    expect(marks.filter((mark) => !everything.includes(mark))).toEqual([]);
    expect(other.marks.filter((mark) => everything.includes(`"${mark}"`))).toEqual([]);
    expect(everything).not.toContain(String(secret?.sealed_secret));
    expect(everything).not.toContain(String(user?.password_hash));
    expect(Object.keys(files)).toContain("contents.txt");
    const [invoice] = await shop.sql<{ number: string }[]>`
      select i.number from invoices i join orders o on o.id = i.order_id where o.user_id = ${me.userId}`;
    expect(files[`documents/${invoice?.number}.pdf`]).toMatch(/^%PDF/);
    expect(JSON.parse(files["data/orders.json"] ?? "[]")).toHaveLength(2);
    expect(JSON.parse(files["data/gifts.json"] ?? "[]")).toHaveLength(1);
    expect(JSON.parse(files["data/gifts_received.json"] ?? "[]")).toHaveLength(1);
    expect(everything).not.toMatch(/token_hash/);
  });

  it("is packed once, for one person, and for a day", async () => {
    const [me, other] = [await viewer(), await viewer()];
    await Promise.all(Array.from({ length: 5 }, () => requestExport(me.userId)));
    expect(await shop.sql`select 1 from data_exports where user_id = ${me.userId}`).toHaveLength(1);
    expect((await Promise.all([packDueExport(), packDueExport(), packDueExport()])).sort()).toEqual([
      0, 0, 1,
    ]);
    const found = await findExport(me.userId);
    expect(found?.status).toBe("ready");
    const id = found?.id ?? "";
    expect(await findArchive(me.userId, id)).not.toBeNull();
    expect(await findArchive(other.userId, id)).toBeNull();
    await shop.sql`update data_exports set expires_at = now()`;
    expect(await findArchive(me.userId, id)).toBeNull();
    await eraseDueAccounts();
    expect(await shop.sql`select 1 from data_exports where user_id = ${me.userId}`).toHaveLength(0);
  });
});

describe("deleting an account", { timeout: 60_000 }, () => {
  const makeDue = (userId: UserId) => shop.sql`update users set deletion_due_at = now() where id = ${userId}`;

  it("can be undone until its day", async () => {
    const me = await viewer();
    const elsewhere = await createSession(me.userId, new Date(), true);
    expect(await planDeletion(me, now)).toMatchObject({ ok: true });
    expect(await findLiveSession(elsewhere)).toBeNull();
    expect(await eraseDueAccounts()).toBe(0);
    await undoDeletion(me, now);
    await eraseDueAccounts();
    expect(await findLiveSession(me.sessionId)).toMatchObject({ name: me.name });
  });

  it("leaves marks in the ledger alone, breaks no invariant, and frees the address", async () => {
    const { me, marks } = await livelyPerson();
    await unpacked(me.userId);
    await shop.sql`update emails set status = 'sent'`;
    await planDeletion(me, now);
    await makeDue(me.userId);
    expect(await eraseDueAccounts()).toBe(1);
    await deleteErasedCustomers();
    await shop.stripe.idle();
    await shop.sql`update emails set status = 'sent' where kind = 'account_erased'`;
    await eraseDueAccounts();
    const tables = await shop.sql<{ name: string }[]>`
      select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE'`;
    const marked: string[] = [];
    for (const { name } of tables) {
      const rows = await shop.sql<
        { row: string }[]
      >`select to_jsonb(t)::text as row from ${shop.sql(name)} t`;
      if (rows.some(({ row }) => marks.some((mark) => row.includes(mark)))) marked.push(name);
    }
    const ledger = [
      "orders",
      "order_items",
      "order_events",
      "refunds",
      "stripe_events",
      "invoices",
      "credit_notes",
    ];
    expect(marked.filter((name) => !ledger.includes(name))).toEqual([]);
    expect(await findViolations()).toEqual([]);
    expect(await findLiveSession(me.sessionId)).toBeNull();
    expect(await checkSignIn({ email: me.email, password, address: "192.0.2.7" })).toMatchObject({
      ok: false,
    });
    const again = await registerUser({ email: me.email, name: "New", password });
    expect(again).toMatchObject({ ok: true });
    if (again.ok)
      expect(await shop.sql`select 1 from enrollments where user_id = ${again.value}`).toHaveLength(0);
  });

  it("reaches Stripe too, however often its answer is lost, and a refund of what was bought still arrives", async () => {
    const me = await viewer();
    await buy(me.userId);
    const [order] = await shop.sql<{ id: OrderId; customer: string }[]>`
      select id, stripe_customer_id as customer from orders where user_id = ${me.userId}`;
    if (!order) throw new Error("no order");
    const atStripe = async () => {
      const answer = await fetch(`${shop.sandboxUrl}/v1/customers/${order.customer}`, {
        headers: { authorization: "Bearer sk_test_tests" },
      });
      return answer.text();
    };
    expect(await atStripe()).toContain(me.email);
    await deleteErasedCustomers();
    await planDeletion(me, now);
    await makeDue(me.userId);
    await eraseDueAccounts();
    await shop.stripe.fault({
      kind: "reset",
      when: "after",
      method: "DELETE",
      path: "/v1/customers/*",
      times: 2,
    });
    expect(await deleteErasedCustomers()).toBe(0);
    expect(await shop.sql`select attempts from customer_erasures`).toMatchObject([{ attempts: 1 }]);
    expect(await deleteErasedCustomers()).toBe(0);
    await shop.sql`update customer_erasures set next_attempt_at = now()`;
    await Promise.all([deleteErasedCustomers(), deleteErasedCustomers()]);
    expect(await shop.sql`select 1 from customer_erasures`).toHaveLength(0);
    await shop.stripe.idle();
    expect(await atStripe()).not.toContain(me.email);
    const told = await shop.sql<{ payload: string }[]>`
      select payload::text from stripe_events where type = 'customer.deleted'`;
    expect(told.length).toBeGreaterThan(0);
    expect(told.map(({ payload }) => payload).join()).not.toContain(me.email);
    const refunded = await refundOrder({
      refundId: newId<"refund">(),
      orderId: order.id,
      scope: { kind: "whole" },
      reason: "requested_by_customer",
      requestedBy: null,
    });
    expect(refunded).toMatchObject({ ok: true });
    expect(await findViolations()).toEqual([]);
  });

  it("lets a gift that is planned reach its receiver, without words and name of who left", async () => {
    const me = await viewer();
    const { order, gift, id } = await give(shop, me.userId, {
      deliverOn: "2999-12-24",
      message: "My own words.",
    });
    await planDeletion(me, now);
    await makeDue(me.userId);
    expect(await eraseDueAccounts()).toBe(1);
    await shop.sql`update gifts set deliver_at = now() where id = ${id}`;
    await deliverDueGifts();
    const [mail] = await shop.sql<
      { payload: unknown }[]
    >`select payload from emails where to_address = ${gift.email}`;
    expect(mail?.payload).toMatchObject({ from: null, message: "" });
    const claimed = await claimGift((await viewer()).userId, await linkOf(shop, gift.email));
    expect(claimed).toMatchObject({ ok: true });
    await shop.sql`update gifts set delivered_at = now() - interval '91 days' where id = ${id}`;
    await forgetRecipients();
    expect((await listGivenGifts(me.userId, order.orderNumber))[0]).toMatchObject({ recipientEmail: null });
    expect(await findViolations()).toEqual([]);
  });

  it("waits while a payment is under way, or disputed", async () => {
    const me = await viewer();
    await openCheckout(shop, me.userId, [(await shop.factories.course()).slug]);
    await planDeletion(me, now);
    await makeDue(me.userId);
    expect(await eraseDueAccounts()).toBe(0);
    await shop.sql`update orders set status = 'expired' where user_id = ${me.userId}`;
    await shop.sql`
      insert into disputes (id, order_id, stripe_dispute_id, state, stripe_status, reason, amount, currency, opened_at)
      select gen_random_uuid(), id, 'dp_undecided', 'open', 'needs_response', 'fraudulent', total_amount, currency, now()
      from orders where user_id = ${me.userId}`;
    expect(await eraseDueAccounts()).toBe(0);
    await shop.sql`update disputes set state = 'kept', closed_at = now() where stripe_dispute_id = 'dp_undecided'`;
    expect(await eraseDueAccounts()).toBe(1);
  });

  it("is refused to the last admin, also when two leave at once", async () => {
    const admins = await Promise.all(
      [1, 2].map(async (number): Promise<Viewer> => {
        const userId = await makeAdmin({ email: `admin-${number}@example.com`, name: "Ada", password });
        const live = await findLiveSession(await createSession(userId, new Date(), true));
        if (!live) throw new Error("no session");
        return live;
      }),
    );
    const planned = await Promise.all(admins.map((admin) => planDeletion(admin, now)));
    expect(planned.filter((answer) => answer.ok)).toHaveLength(1);
    expect(planned.filter((answer) => !answer.ok && answer.error === "last_admin")).toHaveLength(1);
  });
});
