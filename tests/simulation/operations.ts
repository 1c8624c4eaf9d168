import { asc, eq, inArray } from "drizzle-orm";
import { db } from "@/db/client";
import { orderItems, orders } from "@/db/schema/orders";
import { expireStaleOrders } from "@/lib/checkout/mutations";
import { newId, type OrderId, type RefundId } from "@/lib/ids";
import { sendDueEmails } from "@/lib/notifications/mutations";
import { reconcile } from "@/lib/reconciliation/reconcile";
import { refundOrder, sendPendingRefunds } from "@/lib/refunds/mutations";
import type { RefundScope } from "@/lib/refunds/schema";
import { returnSecondPayments } from "@/lib/second-payments/mutations";
import { deliverOne, dropOne, EVENT_LOST, pendingDeliveries } from "./deliveries";
import { BUYING, CARTS } from "./shopping";
import * as stripeSide from "./stripe-side";
import { type Operation, outside, shop, type Task } from "./task";
import type { World } from "./world";

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
    // Those of one process share a transaction.
    name: "deliver sales at once",
    weight: 12,
    plan: (world) =>
      world.random
        .shuffled(pendingDeliveries(world).filter(({ type }) => type === "checkout.session.completed"))
        .slice(0, 8)
        .map((delivery) => ({
          ...shop(`deliver ${delivery.type}`, () => deliverOne(world, delivery)),
          beside: true,
        })),
  },
  {
    name: "lose an event",
    weight: 2,
    plan: (world) => {
      if (dropOne(world)) world.faults.note(EVENT_LOST);
      return [];
    },
  },
  { name: "pay an order that is over", weight: 3, plan: stripeSide.payAgain },
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
      const of: Chosen = { at };
      return Array.from({ length: presses }, () =>
        shop("refund an order", () => refundOne(refundId, of, kind, amount)),
      );
    },
  },
  {
    name: "two admins refund",
    weight: 2,
    plan: (world) => {
      const at = world.random.next();
      return [1, 2].map(() =>
        shop("two admins refund", () => refundOne(newId<"refund">(), { at }, "whole", 0)),
      );
    },
  },
];

/** `at`, from 0 to 1, chooses among the orders paid by then. One form is about one order, however often it is pressed. */
type Chosen = { readonly at: number; orderId?: OrderId };

async function refundOne(
  refundId: RefundId,
  of: Chosen,
  kind: RefundScope["kind"],
  amount: number,
): Promise<void> {
  const paid = await db()
    .select({ id: orders.id })
    .from(orders)
    .where(inArray(orders.status, ["completed", "partially_refunded"]))
    .orderBy(asc(orders.createdAt), asc(orders.id));
  of.orderId ??= paid[Math.floor(of.at * paid.length)]?.id;
  const { orderId } = of;
  if (!orderId) return;
  const items = await db()
    .select({ id: orderItems.id })
    .from(orderItems)
    .where(eq(orderItems.orderId, orderId))
    .orderBy(asc(orderItems.position))
    .limit(1);
  const scopes = {
    whole: { kind: "whole" },
    items: { kind: "items", itemIds: items.map(({ id }) => id) },
    amount: { kind: "amount", amount },
  } as const;
  await refundOrder({
    refundId,
    orderId,
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

export const OPERATIONS: readonly Operation[] = [...CARTS, ...BUYING, ...stripes, ...admins, ...jobs];
