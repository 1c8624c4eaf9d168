import { type PayOrder, paySession } from "../../sandbox/stripe/control/pay";
import { expireSession } from "../../sandbox/stripe/payments/finish-session";
import { failRefund, refundCharge, settleRefund } from "../../sandbox/stripe/payments/refunds";
import { settleDebit as settle } from "../../sandbox/stripe/payments/settle-debit";
import type { Session } from "../../sandbox/stripe/store/records";
import type { Task } from "./operations";
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

/** What buyers and the Dashboard do at Stripe takes effect at once, without the shop. */
function atStripe<T>({ surroundings }: World, work: () => T): T {
  surroundings.core.events.cause = null;
  return surroundings.core.store.transaction(work);
}

export function findSession({ surroundings }: World, url: string): Session | undefined {
  return [...surroundings.core.store.sessions.oldestFirst()].find((session) => session.url === url);
}

export function pay(world: World, sessionId: string, how: (typeof WAYS_TO_PAY)[number]): void {
  const { core } = world.surroundings;
  const session = core.store.sessions.get(sessionId);
  if (session) atStripe(world, () => paySession(core, session, how.order));
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
    ({ status, amount_total }) => status === "open" && amount_total !== null && amount_total > 200,
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
      if (charge && left > 0)
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
  const { id } = world.random.pick(moving);
  const fails = world.random.chance(0.4);
  return [
    outside(fails ? "a refund fails" : "a refund arrives", () => {
      const refund = core.store.refunds.get(id);
      if (refund) atStripe(world, () => (fails ? failRefund(core, refund) : settleRefund(core, refund)));
    }),
  ];
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
