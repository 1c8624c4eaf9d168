import { type PayOrder, paySession } from "../../sandbox/stripe/control/pay";
import { decideDispute, isClosed, openDispute } from "../../sandbox/stripe/payments/disputes";
import { expireSession } from "../../sandbox/stripe/payments/finish-session";
import { failRefund, refundCharge, settleRefund } from "../../sandbox/stripe/payments/refunds";
import { settleDebit as settle } from "../../sandbox/stripe/payments/settle-debit";
import type { Session } from "../../sandbox/stripe/store/records";
import type { Task } from "./task";
import type { World } from "./world";

type Outside = (name: string, run: () => void) => Task;

export const WAYS_TO_PAY: readonly {
  readonly name: string;
  readonly weight: number;
  readonly order: PayOrder;
}[] = [
  { name: "card", weight: 10, order: {} },
  { name: "a card that is declined", weight: 2, order: { card: "4000000000000002" } },
  { name: "a card with a challenge", weight: 1, order: { card: "4000002760003184", challenge: "pass" } },
  { name: "a challenge that fails", weight: 1, order: { card: "4000002760003184", challenge: "fail" } },
  { name: "bank debit", weight: 3, order: { debit: "waits" } },
  { name: "a card whose refunds wait", weight: 2, order: { card: "4000000000007726" } },
];

/** Where buyers say they are: it decides the tax, where Stripe works it out. */
export const COUNTRIES: readonly PayOrder[] = [
  {},
  { country: "DE" },
  { country: "FR" },
  { country: "US", postal_code: "10001" },
];

/** What buyers and the Dashboard do at Stripe takes effect at once, without the shop. */
function atStripe<T>({ surroundings }: World, work: () => T): T {
  surroundings.core.events.cause = null;
  return surroundings.core.store.transaction(work);
}

/** Where the buyer was sent: to Stripe's page, or to ours, which shows the order's session. */
export async function findSession(
  { surroundings }: World,
  { url, orderNumber }: { readonly url: string; readonly orderNumber: string },
): Promise<Session | undefined> {
  const { sessions } = surroundings.core.store;
  const hosted = [...sessions.oldestFirst()].find((session) => session.url === url);
  if (hosted) return hosted;
  const { sql } = surroundings.database().plain;
  const [order] = await sql<{ id: string | null }[]>`
    select stripe_checkout_session_id as id from orders where order_number = ${orderNumber}`;
  return order?.id ? sessions.get(order.id) : undefined;
}

export function pay(world: World, sessionId: string, order: PayOrder): void {
  const { core } = world.surroundings;
  const session = core.store.sessions.get(sessionId);
  if (session) atStripe(world, () => paySession(core, session, order));
}

/**
 * The order's one payment. What a bank takes back of a second one, or sends back, waits for a person, and the books of both
 * sides differ until then.
 */
function isOnlyPayment({ surroundings }: World, intent: string | null): boolean {
  const sessions = [...surroundings.core.store.sessions.oldestFirst()].filter(
    ({ status }) => status !== "expired",
  );
  const order = sessions.find(({ payment_intent }) => payment_intent === intent)?.client_reference_id;
  return sessions.filter(({ client_reference_id }) => client_reference_id === order).length === 1;
}

/** A page of an order that another one has paid, or that was closed here without it, is open still, and is paid. */
export function payAgain(world: World): readonly Task[] {
  const { core } = world.surroundings;
  const open = [...core.store.sessions.oldestFirst()].filter(({ status }) => status === "open");
  if (open.length === 0) return [];
  const place = world.random.next();
  const run = async () => {
    const { sql } = world.surroundings.database().plain;
    const over = await sql<{ id: string; session: string | null; paid: boolean }[]>`
      select id, stripe_checkout_session_id as session, paid_at is not null as paid from orders
      where paid_at is not null or status = 'expired'`;
    // Of an order that nobody paid only the page that its buyer may have seen.
    const isPage = (id: string, order: (typeof over)[number]) =>
      order.paid || order.session === null || order.session === id;
    const again = open.filter((session) =>
      over.some((order) => order.id === session.client_reference_id && isPage(session.id, order)),
    );
    const session = again[Math.floor(place * again.length)];
    if (session) pay(world, session.id, {});
  };
  return [{ name: "pay an order that is over", place: "outside", run }];
}

export function settleDebit(world: World, outside: Outside): readonly Task[] {
  const { core } = world.surroundings;
  const waiting = [...core.store.paymentIntents.oldestFirst()].filter(
    ({ status }) => status === "processing",
  );
  if (waiting.length === 0) return [];
  const intent = world.random.pick(waiting);
  const outcome = world.random.chance(0.7) ? "succeeds" : "insufficient_funds";
  return [
    outside(`debit ${outcome}`, () => {
      const now = core.store.paymentIntents.get(intent.id);
      if (now) atStripe(world, () => settle(core, now, outcome));
    }),
  ];
}

export function expire(world: World, outside: Outside): readonly Task[] {
  const { core } = world.surroundings;
  const open = [...core.store.sessions.oldestFirst()].filter(({ status }) => status === "open");
  if (open.length === 0) return [];
  const { id } = world.random.pick(open);
  return [
    outside("session expires", () => {
      const session = core.store.sessions.get(id);
      if (session?.status === "open") atStripe(world, () => expireSession(core, session));
    }),
  ];
}

/** Somebody changes what a session costs, as a stolen key could: the shop must grant nothing for it. */
export function forge(world: World): void {
  const { core } = world.surroundings;
  const open = [...core.store.sessions.oldestFirst()].filter(
    // What is taxed is added up anew when it is paid.
    ({ status, amount_total, automatic_tax }) =>
      status === "open" && amount_total !== null && amount_total > 200 && !automatic_tax.enabled,
  );
  if (open.length === 0) return;
  const session = world.random.pick(open);
  world.forged.add(session.id);
  const amount_total = Math.floor((session.amount_total ?? 0) / 2);
  atStripe(world, () => core.store.sessions.update(session.id, { amount_total }));
}

export function refund(world: World, outside: Outside): readonly Task[] {
  const { core } = world.surroundings;
  const refundable = [...core.store.charges.oldestFirst()].filter(
    (charge) =>
      charge.status === "succeeded" && charge.amount_refunded < charge.amount_captured && !charge.disputed,
  );
  if (refundable.length === 0) return [];
  const { id } = world.random.pick(refundable);
  const share = world.random.pick([1, 1, 0.5, 0.25]);
  return [
    outside("refund in the Dashboard", () => {
      const charge = core.store.charges.get(id);
      const left = charge ? charge.amount_captured - charge.amount_refunded : 0;
      // Its bank may have been faster.
      if (charge && left > 0 && !charge.disputed)
        atStripe(world, () => refundCharge(core, { charge, amount: Math.max(1, Math.floor(left * share)) }));
    }),
  ];
}

/** A refund that waited arrives, or one comes back after all. */
export function turnRefund(world: World, outside: Outside): readonly Task[] {
  const { core } = world.surroundings;
  const moving = [...core.store.refunds.oldestFirst()].filter(
    ({ status }) => status === "pending" || status === "succeeded",
  );
  if (moving.length === 0) return [];
  const { id, payment_intent } = world.random.pick(moving);
  const fails = world.random.chance(0.4) && isOnlyPayment(world, payment_intent);
  return [
    outside(fails ? "a refund fails" : "a refund arrives", () => {
      const refund = core.store.refunds.get(id);
      if (refund) atStripe(world, () => (fails ? failRefund(core, refund) : settleRefund(core, refund)));
    }),
  ];
}

/** Stripe knows a key for a day. Of these calls the shop may make one again later than that; an order does not live so long. */
export function forgetRefundKeys(world: World): void {
  const { storedAnswers } = world.surroundings.core.store;
  const old = [...storedAnswers.oldestFirst()].filter(({ endpoint }) => endpoint === "POST /v1/refunds");
  atStripe(world, () => {
    for (const { id } of old) storedAnswers.remove(id);
  });
}

export function deleteCustomer(world: World, outside: Outside): readonly Task[] {
  const { core } = world.surroundings;
  const customers = [...core.store.customers.oldestFirst()].filter((customer) => !customer.deleted);
  if (customers.length === 0) return [];
  const customer = world.random.pick(customers);
  return [
    outside("delete a customer", () => {
      atStripe(world, () => {
        const deleted = core.store.customers.update(customer.id, { deleted: true });
        core.events.emit("customer.deleted", deleted);
      });
    }),
  ];
}

/** A buyer's bank wants the money back. */
export function dispute(world: World, outside: Outside): readonly Task[] {
  const { core } = world.surroundings;
  const disputable = [...core.store.charges.oldestFirst()].filter(
    (charge) =>
      charge.status === "succeeded" && charge.amount_refunded < charge.amount_captured && !charge.disputed,
  );
  if (disputable.length === 0) return [];
  const { id, payment_intent } = world.random.pick(disputable);
  if (!isOnlyPayment(world, payment_intent)) return [];
  return [
    outside("dispute a payment", () => {
      const charge = core.store.charges.get(id);
      const left = charge ? charge.amount_captured - charge.amount_refunded : 0;
      if (charge && left > 0 && !charge.disputed) atStripe(world, () => openDispute(core, charge));
    }),
  ];
}

/** The bank has decided; who lost may buy again. */
export function decide(world: World, outside: Outside): readonly Task[] {
  const { core } = world.surroundings;
  const open = [...core.store.disputes.oldestFirst()].filter((one) => !isClosed(one));
  if (open.length === 0) return [];
  const { id } = world.random.pick(open);
  const verdict = world.random.pick(["won", "lost"] as const);
  return [
    outside(`a dispute is ${verdict}`, () => {
      const found = core.store.disputes.get(id);
      if (found && !isClosed(found)) atStripe(world, () => decideDispute(core, found, verdict));
    }),
  ];
}
