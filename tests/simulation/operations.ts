import { asc, eq, inArray } from "drizzle-orm";
import { db } from "@/db/client";
import { orderItems, orders } from "@/db/schema/orders";
import { addToCart, removeFromCart } from "@/lib/cart/mutations";
import { getCart } from "@/lib/cart/queries";
import { confirmCheckout, expireStaleOrders, startCheckout } from "@/lib/checkout/mutations";
import { applyCoupon, removeCoupon } from "@/lib/coupons/mutations";
import { enrollFree } from "@/lib/enrollments/mutations";
import { newId, type RefundId } from "@/lib/ids";
import { sendDueEmails } from "@/lib/notifications/mutations";
import { reconcile } from "@/lib/reconciliation/reconcile";
import { refundOrder, sendPendingRefunds } from "@/lib/refunds/mutations";
import type { RefundScope } from "@/lib/refunds/schema";
import { returnSecondPayments } from "@/lib/second-payments/mutations";
import { deliverOne, dropOne, pendingDeliveries } from "./deliveries";
import * as stripeSide from "./stripe-side";
import type { Learner, World } from "./world";

/** What one actor does; drawn first, run later, perhaps beside others. */
export type Task = {
  readonly name: string;
  /** Bound to a process of the shop; `outside` for the buyer's browser and Stripe's Dashboard. */
  readonly place: "shop" | "outside";
  readonly run: () => Promise<void>;
};

export type Operation = {
  readonly name: string;
  readonly weight: number;
  /** Tasks that begin at once; none when there is nothing to do it with. */
  readonly plan: (world: World) => readonly Task[];
};

const owner = (learner: Learner) => ({ kind: "learner" as const, userId: learner.id });

function shop(name: string, run: () => Promise<unknown>): Task {
  return { name, place: "shop", run: async () => void (await run()) };
}

function outside(name: string, run: () => void): Task {
  return { name, place: "outside", run: async () => run() };
}

/** Looks at the cart and presses its button; the total may be one that an old tab still shows. */
async function press(world: World, learner: Learner, ui: "hosted" | "embedded" = "hosted"): Promise<void> {
  const cart = await getCart(owner(learner));
  const started = await startCheckout(learner.id, cart.priced.totalAmount, new Date(), ui);
  if (!started.ok) return;
  if (started.value.kind === "enrolled") {
    world.acknowledged.add(started.value.orderNumber);
    return;
  }
  const session = await stripeSide.findSession(world, started.value);
  if (session) learner.tabs.push(session.id);
}

/** Comes back from Stripe's page. */
async function confirm(world: World, learner: Learner, sessionId: string): Promise<void> {
  const confirmed = await confirmCheckout(learner.id, sessionId);
  if (confirmed?.outcome === "fulfilled" || confirmed?.outcome === "already_fulfilled")
    world.acknowledged.add(confirmed.orderNumber);
}

function withTab(
  world: World,
  use: (learner: Learner, sessionId: string) => readonly Task[],
): readonly Task[] {
  const learners = world.learners.filter((learner) => learner.tabs.length > 0);
  if (learners.length === 0) return [];
  const learner = world.random.pick(learners);
  return use(learner, world.random.pick(learner.tabs));
}

const carts: readonly Operation[] = [
  {
    name: "add",
    weight: 14,
    plan: (world) => {
      const learner = world.random.pick(world.learners);
      const course = world.random.pick(world.courses);
      return [shop("add", () => addToCart(owner(learner), course.slug))];
    },
  },
  {
    name: "remove",
    weight: 3,
    plan: (world) => {
      const learner = world.random.pick(world.learners);
      const course = world.random.pick(world.courses);
      return [shop("remove", () => removeFromCart(owner(learner), course.slug))];
    },
  },
  {
    name: "apply a coupon",
    weight: 9,
    plan: (world) => {
      const learner = world.random.pick(world.learners);
      const code = world.random.pick(world.codes);
      return [shop("apply a coupon", () => applyCoupon(owner(learner), code))];
    },
  },
  {
    name: "take the coupon off",
    weight: 1,
    plan: (world) => {
      const learner = world.random.pick(world.learners);
      return [shop("take the coupon off", () => removeCoupon(owner(learner)))];
    },
  },
  {
    name: "take a free course",
    weight: 1,
    plan: (world) => {
      const learner = world.random.pick(world.learners);
      return [1, 2].map(() =>
        shop("take a free course", () => enrollFree(learner.id, world.freeCourse.slug)),
      );
    },
  },
];

const buying: readonly Operation[] = [
  {
    name: "check out",
    weight: 12,
    plan: (world) => {
      const learner = world.random.pick(world.learners);
      const ui = world.random.chance(0.2) ? "embedded" : "hosted";
      return [shop("check out", () => press(world, learner, ui))];
    },
  },
  {
    name: "check out in two tabs",
    weight: 4,
    plan: (world) => {
      const learner = world.random.pick(world.learners);
      return [1, 2].map(() => shop("check out in two tabs", () => press(world, learner)));
    },
  },
  {
    name: "everybody wants the last use",
    weight: 5,
    plan: (world) => {
      const code = world.random.pick(world.codes);
      const course = world.random.pick(world.courses);
      return world.random
        .shuffled(world.learners)
        .slice(0, 4)
        .map((learner) =>
          shop("everybody wants the last use", async () => {
            await addToCart(owner(learner), course.slug);
            await applyCoupon(owner(learner), code);
            await press(world, learner);
          }),
        );
    },
  },
  {
    name: "buy in two tabs",
    weight: 3,
    plan: (world) => {
      const learner = world.random.pick(world.learners);
      const [one, other] = world.random.shuffled(world.courses);
      if (!one || !other) return [];
      return [
        shop("buy in two tabs", async () => {
          await addToCart(owner(learner), one.slug);
          await press(world, learner);
          await addToCart(owner(learner), other.slug);
          await press(world, learner);
        }),
      ];
    },
  },
  {
    name: "pay",
    weight: 16,
    plan: (world) =>
      withTab(world, (learner, sessionId) => {
        const how = world.random.weighed(stripeSide.WAYS_TO_PAY);
        const country = world.random.pick(stripeSide.COUNTRIES);
        const pay = outside(`pay by ${how.name}`, () =>
          stripeSide.pay(world, sessionId, { ...how.order, ...country }),
        );
        const comesBack = world.random.chance(0.5);
        return comesBack ? [pay, shop("come back", () => confirm(world, learner, sessionId))] : [pay];
      }),
  },
  {
    name: "reload the success page",
    weight: 4,
    plan: (world) =>
      withTab(world, (learner, sessionId) => [
        shop("reload the success page", () => confirm(world, learner, sessionId)),
        shop("reload the success page", () => confirm(world, learner, sessionId)),
      ]),
  },
];

const stripes: readonly Operation[] = [
  {
    name: "deliver events",
    weight: 22,
    plan: (world) => {
      const waiting = pendingDeliveries(world);
      if (waiting.length === 0) return [];
      const inOrder = world.random.chance(0.5);
      const chosen = (inOrder ? waiting : world.random.shuffled(waiting)).slice(
        0,
        world.random.between(1, 4),
      );
      if (!inOrder && chosen[0] !== waiting[0]) world.faults.note("webhook.reordered");
      const copies = world.random.chance(0.25) ? world.random.between(2, 4) : 1;
      if (copies > 1) world.faults.note("webhook.duplicated");
      return chosen.flatMap((delivery, index) =>
        Array.from({ length: index === 0 ? copies : 1 }, () =>
          shop(`deliver ${delivery.type}`, () => deliverOne(world, delivery)),
        ),
      );
    },
  },
  {
    name: "lose an event",
    weight: 2,
    plan: (world) => {
      if (dropOne(world)) world.faults.note("webhook.dropped");
      return [];
    },
  },
  { name: "pay an order again", weight: 3, plan: stripeSide.payAgain },
  { name: "settle a debit", weight: 4, plan: (world) => stripeSide.settleDebit(world, outside) },
  { name: "expire a session", weight: 4, plan: (world) => stripeSide.expire(world, outside) },
  { name: "refund in the Dashboard", weight: 4, plan: (world) => stripeSide.refund(world, outside) },
  { name: "a refund arrives or fails", weight: 3, plan: (world) => stripeSide.turnRefund(world, outside) },
  { name: "dispute a payment", weight: 3, plan: (world) => stripeSide.dispute(world, outside) },
  { name: "decide a dispute", weight: 4, plan: (world) => stripeSide.decide(world, outside) },
  { name: "delete a customer", weight: 1, plan: (world) => stripeSide.deleteCustomer(world, outside) },
];

const admins: readonly Operation[] = [
  {
    name: "refund an order",
    weight: 5,
    plan: (world) => {
      const refundId = newId<"refund">();
      const at = world.random.next();
      const kind = world.random.pick(["whole", "items", "amount"] as const);
      const amount = world.random.pick([100, 250, 2000]);
      const presses = world.random.chance(0.4) ? 2 : 1;
      return Array.from({ length: presses }, () =>
        shop("refund an order", () => refundOne(refundId, at, kind, amount)),
      );
    },
  },
  {
    name: "two admins refund",
    weight: 2,
    plan: (world) => {
      const at = world.random.next();
      return [1, 2].map(() => shop("two admins refund", () => refundOne(newId<"refund">(), at, "whole", 0)));
    },
  },
];

/** `at`, from 0 to 1, chooses among the orders paid by then. */
async function refundOne(
  refundId: RefundId,
  at: number,
  kind: RefundScope["kind"],
  amount: number,
): Promise<void> {
  const paid = await db()
    .select({ id: orders.id })
    .from(orders)
    .where(inArray(orders.status, ["completed", "partially_refunded"]))
    .orderBy(asc(orders.createdAt), asc(orders.id));
  const order = paid[Math.floor(at * paid.length)];
  if (!order) return;
  const items = await db()
    .select({ id: orderItems.id })
    .from(orderItems)
    .where(eq(orderItems.orderId, order.id))
    .orderBy(asc(orderItems.position))
    .limit(1);
  const scopes = {
    whole: { kind: "whole" },
    items: { kind: "items", itemIds: items.map(({ id }) => id) },
    amount: { kind: "amount", amount },
  } as const;
  await refundOrder({
    refundId,
    orderId: order.id,
    scope: scopes[kind],
    reason: "requested_by_customer",
    requestedBy: null,
  });
}

/** As the worker does. */
async function sendAllRefunds(): Promise<void> {
  await sendPendingRefunds();
  await returnSecondPayments();
}

const jobs: readonly Operation[] = [
  {
    name: "expire stale orders",
    weight: 4,
    plan: (world) => doubled(world, "expire stale orders", expireStaleOrders),
  },
  {
    name: "send refunds",
    weight: 5,
    plan: (world) => doubled(world, "send refunds", sendAllRefunds),
  },
  {
    name: "reconcile",
    weight: 3,
    plan: (world) => doubled(world, "reconcile", () => reconcile(72, new Date())),
  },
  {
    name: "send mails",
    weight: 3,
    plan: (world) => doubled(world, "send mails", () => sendDueEmails(10)),
  },
];

/** Two workers may do the same at once. */
function doubled(world: World, name: string, run: () => Promise<unknown>): readonly Task[] {
  return Array.from({ length: world.random.chance(0.4) ? 2 : 1 }, () => shop(name, run));
}

export const OPERATIONS: readonly Operation[] = [...carts, ...buying, ...stripes, ...admins, ...jobs];
