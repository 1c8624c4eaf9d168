/** Adapter: what must be true of the money, in the database's own language. */
import "server-only";
import { sql } from "drizzle-orm";
import { DOCUMENT_INVARIANTS } from "./document-invariants";
import { type Invariant, PAID } from "./invariant";

/** What must be true of the money at every moment, whatever crashed. Each is one read; none repairs. */
export const INVARIANTS: readonly Invariant[] = [
  {
    name: "order-totals",
    holds: "An order's totals are the sums of its items",
    breaches: sql`
      select o.id, 'total ' || o.total_amount || ', items ' || coalesce(sum(i.net_amount + i.tax_amount), 0) as detail
      from orders o left join order_items i on i.order_id = o.id
      group by o.id
      having coalesce(sum(i.price_amount), 0) <> o.subtotal_amount or coalesce(sum(i.discount_amount), 0) <> o.discount_amount
        or coalesce(sum(i.tax_amount), 0) <> o.tax_amount or coalesce(sum(i.net_amount + i.tax_amount), 0) <> o.total_amount`,
  },
  {
    name: "timeline-is-legal",
    holds: "An order's timeline tells each of its steps once, and only steps that lead to where it is",
    breaches: sql`
      select o.id, o.status || ': ' || coalesce(string_agg(e.type, ', ' order by e.id), 'nothing') as detail
      from orders o left join order_events e on e.order_id = o.id
        and e.type in ('created', 'processing', 'paid', 'failed', 'expired', 'refunded', 'dispute_opened')
      group by o.id
      having count(*) filter (where e.type = 'created') <> 1
        or greatest(count(*) filter (where e.type = 'processing'), count(*) filter (where e.type = 'failed'),
          count(*) filter (where e.type = 'expired')) > 1
        or (o.status = 'pending' and count(*) > 1)
        or (o.status in ('processing', 'failed', 'expired') and count(*) filter (where e.type = o.status::text) = 0)
        or (o.status not in ${PAID} and count(*) filter (where e.type in ('paid', 'refunded', 'dispute_opened')) > 0)`,
  },
  {
    name: "paid-has-payment",
    holds: "An order that cost something and is paid names its payment",
    breaches: sql`
      select id, order_number as detail from orders
      where status in ${PAID} and total_amount > 0 and stripe_payment_intent_id is null`,
  },
  {
    name: "paid-once",
    holds: "An order is paid exactly once in its timeline, or never",
    breaches: sql`
      select o.id, o.status || ', paid ' || count(e.id) || ' times' as detail
      from orders o left join order_events e on e.order_id = o.id and e.type = 'paid'
      group by o.id having count(e.id) <> case when o.status in ${PAID} then 1 else 0 end`,
  },
  {
    name: "paid-item-has-seat",
    holds:
      "What was bought can be read by its buyer or who accepted it, unless it is back, on its way back as second, or was taken away",
    breaches: sql`
      select i.id, o.order_number as detail
      from order_items i join orders o on o.id = i.order_id left join gifts g on g.order_item_id = i.id
      where o.status in ('completed', 'partially_refunded') and i.refunded_amount < i.net_amount + i.tax_amount
        and (g.id is null or g.claimed_by_user_id is not null)
        and not exists (select 1 from refund_items s join refunds r on r.id = s.refund_id
          where s.order_item_id = i.id and r.status = 'pending' and r.reason = 'duplicate')
        and not exists (select 1 from enrollments e
          where e.user_id = coalesce(g.claimed_by_user_id, o.user_id) and e.course_id = i.course_id
            and (e.status = 'active' and (e.expires_at is null or e.expires_at > now())
              or e.status = 'revoked' and (e.order_item_id = i.id or e.order_item_id is not null and e.suspended_at is null)))`,
  },
  {
    name: "seat-has-source",
    holds: "A paid seat comes from an item of a paid order of the same person and course",
    breaches: sql`
      select e.id, e.course_id::text as detail from enrollments e
      where e.status = 'active' and e.enrollment_type = 'paid' and not exists (
        select 1 from order_items i join orders o on o.id = i.order_id
        where i.id = e.order_item_id and i.course_id = e.course_id and o.user_id = e.user_id and o.status in ${PAID})`,
  },
  {
    name: "one-seat",
    holds: "One person has one active seat in a course",
    breaches: sql`
      select user_id as id, course_id || ' × ' || count(*) as detail from enrollments
      where status = 'active' group by user_id, course_id having count(*) > 1`,
  },
  {
    name: "refunded-item-has-no-seat",
    holds: "An item given back whole gives no seat",
    breaches: sql`
      select e.id, i.title as detail from enrollments e join order_items i on i.id = e.order_item_id
      where e.status = 'active' and i.refunded_amount > 0 and i.refunded_amount = i.net_amount + i.tax_amount`,
  },
  {
    name: "dispute-holds-seats",
    holds:
      "An open dispute suspends the seats of its order, a lost one ends them, and nothing else suspends a seat",
    breaches: sql`
      select e.id, o.order_number || coalesce(': suspended since ' || e.suspended_at, ': not suspended') as detail
      from enrollments e join order_items i on i.id = e.order_item_id join orders o on o.id = i.order_id
      where e.status = 'active' and (
        exists (select 1 from disputes d where d.order_id = o.id and d.state = 'lost')
        or (e.suspended_at is not null) <> exists (select 1 from disputes d where d.order_id = o.id and d.state = 'open'))`,
  },
  {
    name: "ended-seat-has-reason",
    holds:
      "A seat that ended without its money going back ran out, was lost in a dispute, or was taken away by staff",
    breaches: sql`
      select e.id, e.course_id::text as detail from enrollments e
      where e.status = 'revoked' and (e.expires_at is null or e.expires_at > now())
        and not exists (select 1 from audit_entries a
          where a.subject_type = 'enrollment' and a.subject_id = e.id::text and a.action = 'seat.revoked')
        and not exists (select 1 from order_items i join disputes d on d.order_id = i.order_id
          where i.id = e.order_item_id and d.state = 'lost')`,
  },
  {
    name: "refunds-within-payment",
    holds: "No more goes back than came in",
    breaches: sql`
      select o.id, 'paid ' || o.total_amount || ', given back ' || sum(r.amount) as detail
      from orders o join refunds r on r.order_id = o.id and r.status in ('pending', 'succeeded')
      group by o.id having sum(r.amount) > o.total_amount`,
  },
  {
    name: "refund-status",
    holds: "An order says refunded exactly when all of it went back",
    breaches: sql`
      select o.id, o.status || ', given back ' || coalesce(sum(r.amount), 0) || ' of ' || o.total_amount as detail
      from orders o left join refunds r on r.order_id = o.id and r.status = 'succeeded'
      where o.status in ${PAID} and o.total_amount > 0
      group by o.id
      having (o.status = 'refunded') <> (coalesce(sum(r.amount), 0) = o.total_amount)`,
  },
  {
    name: "coupon-count",
    holds: "A coupon's counter is the number of its reserved and redeemed uses, within its limit",
    breaches: sql`
      select c.id, c.code || ': counted ' || c.times_used || ', found ' || count(r.id) as detail
      from coupons c left join coupon_redemptions r on r.coupon_id = c.id and r.status in ('reserved', 'redeemed')
      group by c.id having count(r.id) <> c.times_used or count(r.id) > c.max_uses`,
  },
  {
    name: "coupon-per-person",
    holds: "Nobody uses a coupon more often than it allows",
    breaches: sql`
      select c.id, c.code || ': ' || count(*) || ' uses by ' || r.user_id as detail
      from coupons c join coupon_redemptions r on r.coupon_id = c.id and r.status in ('reserved', 'redeemed')
      where c.max_uses_per_user is not null and r.slot_freed_at is null
      group by c.id, r.user_id having count(*) > c.max_uses_per_user`,
  },
  {
    name: "reservation-is-open",
    holds: "Only an order that may still be paid holds a use of its coupon",
    breaches: sql`
      select r.id, o.order_number || ' is ' || o.status as detail
      from coupon_redemptions r join orders o on o.id = r.order_id
      where r.status = 'reserved' and o.status not in ('pending', 'processing')`,
  },
  {
    name: "order-number-once",
    holds: "No two orders have one number",
    breaches: sql`
      select order_number as id, count(*) || ' orders' as detail from orders group by order_number having count(*) > 1`,
  },
  {
    name: "paid-once-per-course",
    holds:
      "What was paid for a course that the learner has by another way goes back, or the bank has taken it back",
    breaches: sql`
      select i.id, o.order_number || ': ' || i.title as detail
      from order_items i join orders o on o.id = i.order_id
      where o.status in ('completed', 'partially_refunded') and i.net_amount + i.tax_amount > 0
        and exists (select 1 from enrollments e where e.user_id = o.user_id and e.course_id = i.course_id
          and e.status = 'active' and e.order_item_id is distinct from i.id)
        and not exists (select 1 from gifts g where g.order_item_id = i.id)
        and not exists (select 1 from refund_items s join refunds r on r.id = s.refund_id
          where s.order_item_id = i.id and r.status in ('pending', 'succeeded', 'failed'))
        and not exists (select 1 from disputes d where d.order_id = o.id and d.state in ('open', 'lost'))`,
  },
  {
    name: "held-refunds",
    holds: "What an order holds for refunds is the sum of those on their way and done",
    breaches: sql`
      select o.id, 'holds ' || o.held_refund_amount || ', refunds ' || coalesce(sum(r.amount), 0) as detail
      from orders o left join refunds r on r.order_id = o.id and r.status in ('pending', 'succeeded')
      group by o.id having o.held_refund_amount <> coalesce(sum(r.amount), 0)`,
  },
  {
    name: "refund-shares",
    holds: "The shares of a refund add up to it, and none is of another order",
    breaches: sql`
      select r.id, r.amount || ', shares ' || coalesce(sum(s.amount), 0) as detail
      from refunds r left join refund_items s on s.refund_id = r.id left join order_items i on i.id = s.order_item_id
      where r.status in ('pending', 'succeeded')
      group by r.id having coalesce(sum(s.amount), 0) <> r.amount or bool_or(i.order_id <> r.order_id)`,
  },
  {
    name: "refunded-amount-of-item",
    holds: "What an item says it gave back is the sum of its shares that arrived",
    breaches: sql`
      select i.id, i.refunded_amount || ', shares ' || coalesce(sum(s.amount), 0) as detail
      from order_items i left join refund_items s on s.order_item_id = i.id
        and exists (select 1 from refunds r where r.id = s.refund_id and r.status = 'succeeded')
      group by i.id having i.refunded_amount <> coalesce(sum(s.amount), 0)`,
  },
  {
    name: "refund-on-its-way",
    holds: "Stripe hears of every refund within a day",
    breaches: sql`
      select id, coalesce(last_error, 'not tried') as detail from refunds
      where status = 'pending' and stripe_refund_id is null and created_at < now() - interval '1 day'`,
  },
  {
    name: "second-payment-goes-back",
    holds: "A second payment of an order is not its own, and is on its way back within a day",
    breaches: sql`
      select s.id, o.order_number || coalesce(': ' || s.last_error, '') as detail
      from second_payments s join orders o on o.id = s.order_id
      where (s.settled_at is null and s.created_at < now() - interval '1 day')
        or o.stripe_payment_intent_id = s.stripe_payment_intent_id or o.status not in ${PAID}`,
  },
  {
    name: "redemption-of-its-order",
    holds: "A coupon's use is of the order, the learner and the coupon it names",
    breaches: sql`
      select r.id, o.order_number as detail from coupon_redemptions r join orders o on o.id = r.order_id
      where r.user_id <> o.user_id or o.coupon_id is distinct from r.coupon_id`,
  },
  {
    name: "confirmation-of-paid",
    holds: "Nobody is told of a payment that is none",
    breaches: sql`
      select m.id, m.subject_id as detail from emails m
      where m.kind = 'order_confirmation' and not exists (
        select 1 from orders o where o.id::text = m.subject_id and o.status in ${PAID})`,
  },
  {
    name: "mail-on-its-way",
    holds: "No mail waits longer than three days",
    breaches: sql`
      select id, kind || coalesce(': ' || last_error, '') as detail from emails
      where status = 'queued' and created_at < now() - interval '3 days'`,
  },
  {
    name: "confirmation-queued",
    holds: "Every paid order has its confirmation mail, once",
    breaches: sql`
      select o.id, o.order_number as detail from orders o
      where o.status in ${PAID} and (select count(*) from emails m
        where m.kind = 'order_confirmation' and m.subject_id = o.id::text) <> 1`,
  },
  {
    name: "gift-of-its-order",
    holds: "A gift belongs to an item of its own order",
    breaches: sql`
      select g.id, i.order_id::text as detail from gifts g join order_items i on i.id = g.order_item_id
      where i.order_id <> g.order_id`,
  },
  {
    name: "gift-claimed-has-seat",
    holds: "Who accepted a gift got its seat, and nobody else did",
    breaches: sql`
      select g.id, coalesce(e.user_id::text, 'nobody') as detail
      from gifts g left join enrollments e on e.order_item_id = g.order_item_id
      where e.user_id is distinct from g.claimed_by_user_id or (e.id is not null and e.enrollment_type <> 'gifted')`,
  },
  {
    name: "gift-of-paid-order",
    holds: "Nothing of an order that is not paid is sent or accepted as a gift",
    breaches: sql`
      select g.id, o.order_number || ' is ' || o.status as detail from gifts g join orders o on o.id = g.order_id
      where o.status not in ${PAID} and (g.delivered_at is not null or g.claimed_at is not null)`,
  },
  {
    name: "gift-told-once",
    holds: "Each link of a gift went out in one mail, and its acceptance stands once in the timeline",
    breaches: sql`
      select g.id, g.deliveries || ' links' as detail from gifts g
      where g.deliveries <> (select count(*) from emails m where m.kind = 'gift_received'
          and m.subject_id like g.id || '#%')
        or (select count(*) from order_events e where e.order_id = g.order_id and e.type = 'gift_claimed')
          <> (select count(*) from gifts s where s.order_id = g.order_id and s.claimed_at is not null)`,
  },
  {
    name: "gift-on-its-way",
    holds: "A gift goes out within an hour of its time, while nothing stands against it",
    breaches: sql`
      select g.id, o.order_number as detail from gifts g
      join orders o on o.id = g.order_id join order_items i on i.id = g.order_item_id
      where g.delivered_at is null and g.recipient_email is not null and o.status = 'completed'
        and greatest(g.deliver_at, o.paid_at, g.updated_at) < now() - interval '1 hour' and o.held_refund_amount = 0
        and not exists (select 1 from disputes d where d.order_id = o.id and d.state in ('open', 'lost'))`,
  },
  ...DOCUMENT_INVARIANTS,
  {
    name: "audit-log-whole",
    holds: "Each entry of the audit log names the hash of the one before it, and its end is known",
    breaches: sql`
      select number::text as id, action as detail
      from (select number, action, previous_hash, lag(hash, 1, '') over (order by number) as hash_before,
        lag(number, 1, 0) over (order by number) as number_before from audit_entries) e
      where previous_hash <> hash_before or number <> number_before + 1
      union all
      select h.number::text, 'the end' from audit_heads h
      where h.number > 0 and not exists (
        select 1 from audit_entries e where e.number = h.number and e.hash = h.hash)`,
  },
  {
    name: "events-done",
    holds: "No event of Stripe waits longer than five minutes",
    breaches: sql`
      select id, type || coalesce(': ' || last_error, '') as detail from stripe_events
      where status = 'received' and received_at < now() - interval '5 minutes'`,
  },
  {
    name: "erased-at-stripe",
    holds: "Whoever was erased here is deleted at Stripe within three days",
    breaches: sql`
      select stripe_customer_id as id, attempts || ' tries' || coalesce(': ' || last_error, '') as detail
      from customer_erasures where created_at < now() - interval '3 days'`,
  },
  {
    name: "nothing-overdue",
    holds: "No order stays open a quarter of an hour past its time",
    breaches: sql`
      select id, order_number as detail from orders
      where status = 'pending' and expires_at < now() - interval '15 minutes'`,
  },
];
