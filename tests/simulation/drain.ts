import { expireStaleOrders } from "@/lib/checkout/mutations";
import { sendDueEmails } from "@/lib/notifications/mutations";
import { reconcile } from "@/lib/reconciliation/reconcile";
import { sendPendingRefunds } from "@/lib/refunds/mutations";
import { returnSecondPayments } from "@/lib/second-payments/mutations";
import { settleDebit } from "../../sandbox/stripe/payments/settle-debit";
import { deliverOne, EVENT_LOST, pendingDeliveries } from "./deliveries";
import { forgetRefundKeys } from "./stripe-side";
import type { World } from "./world";

const ROUNDS = 8;

/**
 * The faults are over: what is on its way arrives, waiting times pass, and the jobs run until none finds anything to do.
 * Complains when something never comes to rest, and when a learner was told of a payment that the shop forgot.
 */
export async function drain(world: World): Promise<void> {
  settleDebits(world);
  forgetRefundKeys(world);
  const nothingLost = world.forged.size === 0 && !world.faults.hits.includes(EVENT_LOST);
  if (nothingLost && world.random.chance(0.5)) await complainOfRepairs(world);
  // Whoever comes first finds the work that the others would have done.
  const steps = [
    () => deliverAll(world),
    () => reconcile(72, new Date()),
    expireStaleOrders,
    sendPendingRefunds,
    returnSecondPayments,
  ];
  for (let round = 0; round < ROUNDS; round += 1) {
    await passTime(world);
    for (const step of world.random.shuffled(steps)) await step();
    while ((await sendDueEmails(50)) > 0);
    if (pendingDeliveries(world).length === 0 && (await countWork(world)) === 0) break;
  }
  await complainOfLeftovers(world);
}

/** With every event delivered the reconciler has nothing to mend: it is there for those that are lost. */
async function complainOfRepairs(world: World): Promise<void> {
  await expireStaleOrders();
  for (let round = 0; round < 2; round += 1) await deliverAll(world);
  const { repaired } = await reconcile(72, new Date());
  for (const what of repaired) world.complain(`mended though no event was lost: ${what}`);
}

function settleDebits({ random, surroundings }: World): void {
  const { core } = surroundings;
  const waiting = [...core.store.paymentIntents.oldestFirst()].filter(
    ({ status }) => status === "processing",
  );
  for (const intent of waiting) {
    const outcome = random.chance(0.7) ? "succeeds" : "account_closed";
    core.store.transaction(() => settleDebit(core, intent, outcome));
  }
}

/** Events that were lost do not come: the reconciler has to find them. */
async function deliverAll(world: World): Promise<void> {
  for (const delivery of pendingDeliveries(world)) await deliverOne(world, delivery);
}

/** An hour goes by: orders run out, what waits for its next try is due. */
async function passTime({ surroundings }: World): Promise<void> {
  const { sql } = surroundings.database().plain;
  await sql`update orders set expires_at = now() - interval '2 minutes' where status = 'pending'`;
  await sql`update refunds set created_at = created_at - interval '2 hours', updated_at = updated_at - interval '1 hour' where status = 'pending'`;
  await sql`update second_payments set next_attempt_at = now() where settled_at is null`;
  await sql`update emails set next_attempt_at = now() where status = 'queued'`;
}

async function countWork({ surroundings }: World): Promise<number> {
  const { sql } = surroundings.database().plain;
  const [row] = await sql<{ work: number }[]>`
    select ((select count(*) from orders where status in ('pending', 'processing'))
      + (select count(*) from refunds where status = 'pending' and stripe_refund_id is null)
      + (select count(*) from second_payments where settled_at is null)
      + (select count(*) from emails where status = 'queued')
      + (select count(*) from stripe_events where status = 'received'))::int as work`;
  return row?.work ?? 0;
}

/** Everything about forged sessions by its ids: that it is set aside and waits for a person is right. */
export async function listForged(world: World): Promise<readonly string[]> {
  const { core } = world.surroundings;
  const { sql } = world.surroundings.database().plain;
  const ids: string[] = [];
  for (const sessionId of world.forged) {
    const intent = core.store.sessions.get(sessionId)?.payment_intent;
    const orders = await sql<
      { id: string; order_number: string; redemption: string | null; status: string }[]
    >`
      select o.id, o.order_number, r.id as redemption, o.status from orders o left join coupon_redemptions r on r.order_id = o.id
      where o.stripe_checkout_session_id = ${sessionId}`;
    const paid = orders.filter(
      ({ status }) => !["pending", "processing", "expired", "failed"].includes(status),
    );
    if (paid.length > 0) world.complain(`a session whose amount was changed is ${paid[0]?.status}`);
    ids.push(
      sessionId,
      ...orders.flatMap((order) => [order.id, order.order_number, order.redemption ?? sessionId]),
    );
    if (!intent) continue;
    const about = [
      sessionId,
      intent,
      ...core.store.charges.where("payment_intent", intent).map(({ id }) => id),
    ];
    const events = [...core.store.events.oldestFirst()].filter(({ data }) =>
      about.some((id) => JSON.stringify(data).includes(id)),
    );
    ids.push(...about, ...events.map(({ id }) => id));
  }
  return ids;
}

async function complainOfLeftovers(world: World): Promise<void> {
  const { sql } = world.surroundings.database().plain;
  const left = await sql<{ what: string }[]>`
    select 'order ' || order_number || ' is still ' || status as what from orders where status in ('pending', 'processing')
    union all select 'refund ' || id || ' was never made: ' || coalesce(last_error, '') from refunds where status = 'pending' and stripe_refund_id is null
    union all select 'second payment ' || stripe_payment_intent_id || ' was never given back: ' || coalesce(last_error, '') from second_payments
      where stripe_refund_id is null and coalesce(last_error, '') not like 'charge_disputed%'
    union all select 'mails kept: ' || count(*) || ', mails that arrived: ' || ${world.surroundings.mail.arrivals()}::int from emails having count(*) <> ${world.surroundings.mail.arrivals()}
    union all select 'mail ' || kind || ' is ' || status || ': ' || coalesce(last_error, '') from emails where status <> 'sent'
    union all select 'order ' || order_number || ' has no receipt' from orders where paid_at is not null and stripe_payment_intent_id is not null and receipt_url is null
    union all select 'order ' || order_number || ' has no invoice' from orders o where paid_at is not null and total_amount > 0
      and not exists (select 1 from invoices i where i.order_id = o.id)
    union all select 'event ' || id || ' ' || type || ' is ' || status || ': ' || coalesce(last_error, '') from stripe_events where status <> 'processed'`;
  for (const { what } of left) world.complain(`not at rest: ${what}`);
  const numbers = [...world.acknowledged];
  const paid = await sql<{ order_number: string }[]>`
    select order_number from orders where order_number in ${sql(numbers.length > 0 ? numbers : [""])}
      and status in ('completed', 'partially_refunded', 'refunded')`;
  const known = new Set(paid.map((order) => order.order_number));
  for (const number of numbers)
    if (!known.has(number)) world.complain(`${number} was confirmed to its buyer and is not paid`);
}
