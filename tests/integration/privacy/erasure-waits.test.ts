import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { findViolations } from "@/lib/audit/queries";
import { expireStaleOrders } from "@/lib/checkout/mutations";
import { claimGift, deliverDueGifts, forgetRecipients } from "@/lib/gifts/mutations";
import type { UserId } from "@/lib/ids";
import { eraseDueAccounts } from "@/lib/privacy/mutations";
import { startTestShop } from "../../support/shop";
import { fillCart, pressCheckout, type TestShop } from "../commerce/buying";
import { address, buyer, give, linkOf } from "../gifts/giving";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());
afterEach(async () => expect(await findViolations()).toEqual([]));

/** Somebody with this address whose account is to be erased now. */
async function leaver(email = address()): Promise<UserId> {
  const userId = await buyer(shop, "Leaver");
  await shop.sql`update users set email = ${email}, deletion_due_at = now() where id = ${userId}`;
  return userId;
}

test("a gift that is being mailed goes out first, whether who leaves gave it or is to get it", async () => {
  const friend = address();
  const { gift } = await give(shop, await leaver(), { email: friend });
  await leaver(friend);
  expect(await eraseDueAccounts()).toBe(0);
  const secret = await linkOf(shop, gift.email);
  await shop.sql`update emails set status = 'sent' where kind = 'gift_received' and to_address = ${friend}`;
  expect(await eraseDueAccounts()).toBe(2);
  expect(await claimGift(await shop.factories.learner(), secret)).toMatchObject({ ok: true });
});

test("a gift planned for who left goes out all the same, and then its address is forgotten", async () => {
  const email = address();
  await leaver(email);
  const { id } = await give(shop, await buyer(shop), { email, deliverOn: "2999-12-24" });
  expect(await eraseDueAccounts()).toBe(1);
  await shop.sql`update gifts set deliver_at = now() where id = ${id}`;
  await deliverDueGifts();
  const secret = await linkOf(shop, email);
  await shop.sql`update gifts set delivered_at = now() - interval '91 days' where id = ${id}`;
  await forgetRecipients();
  expect(await shop.sql`select 1 from gifts where recipient_email = ${email}`).toHaveLength(0);
  expect(await claimGift(await shop.factories.learner(), secret)).toMatchObject({ ok: true });
});

test("an order that is being placed comes first, and afterwards none can be placed", async () => {
  const userId = await leaver();
  const coupon = await shop.factories.coupon();
  await fillCart(userId, [(await shop.factories.course()).slug], coupon.code);
  const { ordering, erasing } = await shop.sql.begin(async (sql) => {
    await sql`select 1 from coupons where id = ${coupon.id} for update`;
    const order = pressCheckout(userId);
    await untilWaiting(1);
    const erasure = eraseDueAccounts();
    await untilWaiting(2);
    // In lists: what a transaction answers is waited for before it ends.
    return { ordering: [order], erasing: [erasure] };
  });
  expect(await Promise.all(ordering)).toMatchObject([{ ok: true, value: { kind: "pay" } }]);
  expect(await Promise.all(erasing)).toEqual([0]);
  await shop.sql`update orders set expires_at = now() - interval '1 hour' where user_id = ${userId}`;
  await expireStaleOrders();
  expect(await eraseDueAccounts()).toBe(1);
  await fillCart(userId, [(await shop.factories.course()).slug]);
  expect(await pressCheckout(userId)).toEqual({ ok: false, error: { code: "cart_empty" } });
});

/** Until so many transactions wait for a lock of another. */
const untilWaiting = (count: number) =>
  vi.waitFor(
    async () => {
      const waiting = await shop.sql`
        select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      expect(waiting).toHaveLength(count);
    },
    { timeout: 4_000, interval: 20 },
  );
