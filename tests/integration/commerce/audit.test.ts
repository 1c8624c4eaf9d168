import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withTransaction } from "@/db/client";
import { users } from "@/db/schema/identity";
import { INVARIANTS } from "@/lib/audit/invariants";
import { recordAudit } from "@/lib/audit/mutations";
import { findViolations } from "@/lib/audit/queries";
import { startTestShop } from "../../support/shop";
import { give, buyer as giver } from "../gifts/giving";
import { openCheckout, type TestShop } from "./buying";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());

/** As the owner of the table can, on purpose. A statement of postgres.js is sent when it is awaited. */
async function tamper(table: string, change: PromiseLike<unknown>): Promise<void> {
  const { sql } = shop;
  await sql`grant update, delete on ${sql(table)} to current_user`;
  await sql`alter table ${sql(table)} disable trigger user`;
  await change;
  await sql`alter table ${sql(table)} enable trigger user`;
}

/** A paid order with a coupon, one that is still open, and one that gave something to somebody. */
async function history() {
  const [buyer, waiting] = [await shop.factories.learner(), await shop.factories.learner()];
  const coupon = await shop.factories.coupon({ maxUsesPerUser: 1 });
  const { order, sessionId } = await openCheckout(
    shop,
    buyer,
    [(await shop.factories.course()).slug],
    coupon.code,
  );
  await shop.stripe.pay(sessionId);
  await shop.stripe.idle();
  await openCheckout(shop, waiting, [(await shop.factories.course()).slug], coupon.code);
  const gift = await give(shop, await giver(shop));
  return { order, buyer, coupon, gift };
}

test("an honest history breaks nothing", async () => {
  await history();
  expect(await findViolations()).toEqual([]);
});

describe("each invariant notices its own breach", () => {
  const breaks: Readonly<Record<string, (made: Awaited<ReturnType<typeof history>>) => Promise<unknown>>> = {
    "order-totals": ({ order }) =>
      shop.sql`update order_items set price_amount = price_amount + 1, net_amount = net_amount + 1 where order_id = ${order.id}`,
    "paid-has-payment": ({ order }) =>
      shop.sql`update orders set stripe_payment_intent_id = null where id = ${order.id}`,
    "paid-once": ({ order }) =>
      tamper(
        "order_events",
        shop.sql`delete from order_events where order_id = ${order.id} and type = 'paid'`,
      ),
    "timeline-is-legal": ({ order }) =>
      tamper(
        "order_events",
        shop.sql`update order_events set type = 'expired' where order_id = ${order.id} and type = 'created'`,
      ),
    "second-payment-goes-back": ({ order }) =>
      shop.sql`insert into second_payments (id, order_id, stripe_payment_intent_id, amount, currency, created_at)
        values (gen_random_uuid(), ${order.id}, 'pi_' || gen_random_uuid(), 100, 'usd', now() - interval '2 days')`,
    "audit-log-whole": async ({ order }) => {
      const subject = { type: "order", id: order.id, label: order.orderNumber } as const;
      await shop.db.update(users).set({ role: "admin" }).where(eq(users.id, order.userId));
      for (const _ of [1, 2])
        await withTransaction((tx) =>
          recordAudit(tx, { actorId: order.userId, action: "order.noted", subject }),
        );
      await tamper(
        "audit_entries",
        shop.sql`update audit_entries set previous_hash = 'of somebody else' where number = 2`,
      );
    },
    "paid-item-has-seat": ({ buyer }) => shop.sql`delete from enrollments where user_id = ${buyer}`,
    "seat-has-source": ({ order }) =>
      shop.sql`update orders set status = 'expired', paid_at = null where id = ${order.id}`,
    "one-seat": async ({ buyer }) => {
      await shop.sql`drop index enrollments_one_active`;
      await shop.sql`insert into enrollments (id, user_id, course_id, enrollment_type)
        select gen_random_uuid(), user_id, course_id, 'gifted' from enrollments where user_id = ${buyer}`;
    },
    "dispute-holds-seats": ({ buyer }) =>
      shop.sql`update enrollments set suspended_at = now() where user_id = ${buyer}`,
    "ended-seat-has-reason": ({ buyer }) =>
      shop.sql`update enrollments set status = 'revoked' where user_id = ${buyer}`,
    "refunded-item-has-no-seat": ({ order }) =>
      shop.sql`update order_items set refunded_amount = net_amount where order_id = ${order.id}`,
    "refunds-within-payment": ({ order }) =>
      shop.sql`insert into refunds (id, order_id, amount, currency, reason) values (gen_random_uuid(), ${order.id}, 999999, 'usd', 'duplicate')`,
    "refund-status": ({ order }) => shop.sql`update orders set status = 'refunded' where id = ${order.id}`,
    "coupon-count": ({ coupon }) =>
      shop.sql`update coupons set times_used = times_used + 1 where id = ${coupon.id}`,
    "coupon-per-person": ({ coupon, buyer }) =>
      shop.sql`update coupon_redemptions set user_id = ${buyer} where coupon_id = ${coupon.id}`,
    "reservation-is-open": ({ coupon }) =>
      shop.sql`update orders set status = 'expired' where coupon_id = ${coupon.id} and status = 'pending'`,
    "confirmation-queued": ({ order }) => shop.sql`delete from emails where subject_id = ${order.id}`,
    "documents-gapless": () =>
      shop.sql`update document_counters set last_number = last_number + 1 where series like '%INV%'`,
    "documents-unchanged": ({ order }) =>
      tamper(
        "invoices",
        shop.sql`update invoices set data = data || '{"couponCode":"X"}' where order_id = ${order.id}`,
      ),
    "invoice-is-the-order": ({ order }) =>
      tamper(
        "invoices",
        shop.sql`update invoices set total_amount = total_amount + 1 where order_id = ${order.id}`,
      ),
    "credits-within-invoice": ({ order }) =>
      shop.sql`insert into credit_notes (id, order_id, invoice_id, series, sequence, number, currency, total_amount, data, data_sha256, template_version, issued_at)
        select gen_random_uuid(), order_id, id, series, 1000 + sequence, 'CN' || number, currency, total_amount + 1, '{}', '', 1, now()
        from invoices where order_id = ${order.id}`,
    "refund-has-credit-note": ({ order }) =>
      shop.sql`insert into refunds (id, order_id, amount, currency, reason, status) values (gen_random_uuid(), ${order.id}, 1, 'usd', 'duplicate', 'succeeded')`,
    "documents-are-what-stays": ({ order }) =>
      tamper(
        "invoices",
        shop.sql`update invoices set total_amount = total_amount - 1 where order_id = ${order.id}`,
      ),
    "order-number-once": async ({ order }) => {
      await shop.sql`alter table orders drop constraint orders_order_number_unique`;
      await shop.sql`update orders set order_number = ${order.orderNumber} where id <> ${order.id} and status = 'pending'`;
    },
    "gift-of-its-order": ({ order, gift }) =>
      shop.sql`update gifts set order_id = ${order.id} where id = ${gift.id}`,
    "gift-claimed-has-seat": ({ buyer, gift }) =>
      shop.sql`update gifts set claimed_by_user_id = ${buyer}, claimed_at = now() where id = ${gift.id}`,
    "gift-of-paid-order": ({ gift }) =>
      shop.sql`update orders set status = 'expired', paid_at = null where id = ${gift.order.id}`,
    "gift-told-once": ({ gift }) => shop.sql`update gifts set deliveries = 2 where id = ${gift.id}`,
    "gift-on-its-way": async ({ gift }) => {
      await shop.sql`update gifts set delivered_at = null, deliveries = 0, token_hash = null,
        deliver_at = now() - interval '2 hours', updated_at = now() - interval '2 hours' where id = ${gift.id}`;
      await shop.sql`update orders set paid_at = now() - interval '2 hours' where id = ${gift.order.id}`;
    },
    "paid-once-per-course": async ({ order, buyer }) => {
      await shop.sql`delete from enrollments where user_id = ${buyer}`;
      await shop.sql`insert into enrollments (id, user_id, course_id, enrollment_type)
        select gen_random_uuid(), ${buyer}, course_id, 'gifted' from order_items where order_id = ${order.id}`;
      await shop.sql`with canceled as (
        insert into refunds (id, order_id, amount, currency, reason, status)
        values (gen_random_uuid(), ${order.id}, 100, 'usd', 'duplicate', 'canceled') returning id)
        insert into refund_items (id, refund_id, order_item_id, amount)
        select gen_random_uuid(), canceled.id, i.id, 100 from canceled, order_items i where i.order_id = ${order.id}`;
    },
    "held-refunds": ({ order }) => shop.sql`update orders set held_refund_amount = 1 where id = ${order.id}`,
    "refund-shares": ({ order }) => addRefund(order.id),
    "refunded-amount-of-item": ({ order }) =>
      shop.sql`update order_items set refunded_amount = 1 where order_id = ${order.id}`,
    "refund-on-its-way": ({ order }) => addRefund(order.id),
    "redemption-of-its-order": async ({ order }) =>
      shop.sql`update coupon_redemptions set user_id = ${await shop.factories.learner()} where order_id = ${order.id}`,
    "confirmation-of-paid": ({ coupon }) =>
      shop.sql`insert into emails (id, kind, subject_id, to_address)
        select gen_random_uuid(), 'order_confirmation', id::text, 'a@example.test' from orders
        where coupon_id = ${coupon.id} and status = 'pending'`,
    "mail-on-its-way": ({ order }) =>
      shop.sql`update emails set created_at = now() - interval '4 days' where subject_id = ${order.id}`,
    "events-done": () =>
      shop.sql`update stripe_events set status = 'received', received_at = now() - interval '6 minutes'
        where id = (select id from stripe_events limit 1)`,
    "erased-at-stripe": () =>
      shop.sql`insert into customer_erasures (stripe_customer_id, created_at) values ('cus_' || gen_random_uuid(), now() - interval '4 days')`,
    "nothing-overdue": ({ coupon }) =>
      shop.sql`update orders set expires_at = now() - interval '16 minutes' where coupon_id = ${coupon.id} and status = 'pending'`,
  };

  /** Two days old, without shares. */
  const addRefund = (orderId: string) =>
    shop.sql`insert into refunds (id, order_id, amount, currency, reason, created_at)
      values (gen_random_uuid(), ${orderId}, 100, 'usd', 'duplicate', now() - interval '2 days')`;

  test("there is a breach for every invariant", () => {
    expect(Object.keys(breaks).toSorted()).toEqual(INVARIANTS.map(({ name }) => name).toSorted());
  });

  // Constraints go last: without them the database would no longer refuse what the others rely on.
  const isLast = (name: string) => Number(["one-seat", "order-number-once"].includes(name));
  const names = Object.keys(breaks).toSorted((a, b) => isLast(a) - isLast(b));
  test.each(names)("%s", async (name) => {
    const before = (await findViolations()).filter((violation) => violation.invariant === name).length;
    const made = await history();
    await breaks[name]?.(made);
    const after = (await findViolations()).filter((violation) => violation.invariant === name).length;
    expect(after).toBeGreaterThan(before);
  });
});
