import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { and, asc, count, eq, inArray, sql } from "drizzle-orm";
import Stripe from "stripe";
import { z } from "zod";
import { compare, type Figure } from "./figures";
import type { BenchShop } from "./start-shop";

const ROUNDS = 9;
const ORDERS_PER_ROUND = 200;
const LEAST_RATIO = 0.5;
/** As many as come at once when Stripe was cut off for a while, and what they may take. */
const BURST = 1_000;
const BURST_SECONDS = 10;

/**
 * A signed `checkout.session.completed` that pays a waiting order of two courses and does all that follows, against a
 * signed event of the same size and route that the shop ignores. Posted by another process; afterwards every order must
 * be completed and every seat there.
 */
export async function* measureWebhook(shop: BenchShop): AsyncGenerator<Figure> {
  const sender = startSender(`${shop.origin}/api/stripe/webhook`);
  const stripe = new Stripe("sk_test_bench");
  const sign = (event: object) => {
    const payload = JSON.stringify(event);
    const signature = stripe.webhooks.generateTestHeaderString({ payload, secret: shop.webhookSecret });
    return { payload, signature };
  };
  try {
    const ours = async (events = ORDERS_PER_ROUND) => {
      const sessions = await prepareOrders(events);
      const rate = await sender.post(
        sessions.map((session) => sign(eventOf("checkout.session.completed", session))),
      );
      await requireFulfilled(sessions.map((session) => session.client_reference_id));
      return rate;
    };
    const ceiling = async () => {
      const sessions = Array.from({ length: ORDERS_PER_ROUND }, () =>
        sessionOf(randomBytes(16).toString("hex"), 9800),
      );
      return sender.post(sessions.map((session) => sign(eventOf("checkout.session.created", session))));
    };
    await ceiling();
    await ours();
    const rates = await compare(ROUNDS, () => ours(), ceiling);
    yield { name: "webhook", ...rates, unit: "/s", goal: { atLeast: LEAST_RATIO } };
    const burst = await ours(BURST);
    yield {
      name: `burst:${BURST}`,
      ours: burst,
      ceiling: BURST / BURST_SECONDS,
      unit: "/s",
      goal: { atLeast: 1 },
    };
  } finally {
    sender.close();
  }
}

type Session = ReturnType<typeof sessionOf>;

/** As Stripe sends it. Amounts in minor units. */
function sessionOf(orderId: string, amount: number) {
  const word = randomBytes(12).toString("hex");
  return {
    id: `cs_test_${word}`,
    object: "checkout.session",
    amount_subtotal: amount,
    amount_total: amount,
    client_reference_id: orderId,
    currency: "usd",
    customer: `cus_${word}`,
    customer_details: {
      address: {
        city: "Berlin",
        country: "DE",
        line1: "Lindenweg 7",
        line2: null,
        postal_code: "10115",
        state: null,
      },
      email: `${word}@example.test`,
      name: "Mira Vale",
    },
    livemode: false,
    metadata: { order_id: orderId },
    mode: "payment",
    payment_intent: `pi_${word}`,
    payment_status: "paid",
    status: "complete",
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  };
}

function eventOf(type: string, session: Session) {
  return {
    id: `evt_${randomBytes(12).toString("hex")}`,
    object: "event",
    api_version: Stripe.API_VERSION,
    created: Math.floor(Date.now() / 1000),
    data: { object: session },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  };
}

/** Learners, each with an order of two courses that waits to be paid, and the sessions that pay them. */
async function prepareOrders(amount: number): Promise<Session[]> {
  const { db } = await import("../db/client");
  const { courses } = await import("../db/schema/catalog");
  const { users } = await import("../db/schema/identity");
  const { orderItems, orders } = await import("../db/schema/orders");
  const { newId, newOrderNumber } = await import("../lib/ids");
  const { minor } = await import("../lib/money");
  const bought = await db()
    .select()
    .from(courses)
    .where(eq(courses.status, "published"))
    .orderBy(asc(courses.position))
    .limit(2);
  const price = minor(4900);
  const zero = minor(0);
  const people = Array.from({ length: amount }, () => ({
    id: newId<"user">(),
    email: `${randomBytes(8).toString("hex")}@example.test`,
    name: "Mira Vale",
    passwordHash: "none",
  }));
  await db().insert(users).values(people);
  const total = minor(price * bought.length);
  const placed = people.map((person) => {
    const id = newId<"order">();
    return { id, userId: person.id, session: sessionOf(id, total) };
  });
  await db()
    .insert(orders)
    .values(
      placed.map(({ id, userId, session }) => ({
        id,
        userId,
        orderNumber: newOrderNumber(new Date()),
        subtotalAmount: total,
        discountAmount: zero,
        taxAmount: zero,
        totalAmount: total,
        currency: "usd",
        livemode: false,
        stripeCheckoutSessionId: session.id,
        expiresAt: new Date(Date.now() + 3_600_000),
      })),
    );
  await db()
    .insert(orderItems)
    .values(
      placed.flatMap(({ id }) =>
        bought.map((course, position) => ({
          orderId: id,
          courseId: course.id,
          courseSlug: course.slug,
          title: course.title,
          priceAmount: price,
          discountAmount: zero,
          netAmount: price,
          taxAmount: zero,
          refundedAmount: zero,
          position,
        })),
      ),
    );
  // What autovacuum does within a minute: the planner knows how large the tables are.
  await db().execute(sql`analyze`);
  return placed.map(({ session }) => session);
}

/** The full effect, read from the database: orders completed, seats given, mails queued. */
async function requireFulfilled(orderIds: readonly string[]): Promise<void> {
  const { db } = await import("../db/client");
  const { enrollments } = await import("../db/schema/learning");
  const { emails } = await import("../db/schema/notifications");
  const { orderItems, orders } = await import("../db/schema/orders");
  const ids = z.array(z.uuid()).parse(orderIds) as (typeof orders.$inferSelect)["id"][];
  const [[completed], [items], [seats], [mails]] = await Promise.all([
    db()
      .select({ count: count() })
      .from(orders)
      .where(inArray(orders.id, ids))
      .having(eq(orders.status, "completed"))
      .groupBy(orders.status),
    db().select({ count: count() }).from(orderItems).where(inArray(orderItems.orderId, ids)),
    db()
      .select({ count: count() })
      .from(enrollments)
      .innerJoin(orderItems, eq(orderItems.id, enrollments.orderItemId))
      .where(inArray(orderItems.orderId, ids)),
    db()
      .select({ count: count() })
      .from(emails)
      .where(and(eq(emails.kind, "order_confirmation"), inArray(emails.subjectId, [...orderIds]))),
  ]);
  const found = { orders: completed?.count, seats: seats?.count, mails: mails?.count };
  const expected = { orders: ids.length, seats: items?.count, mails: ids.length };
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw new Error(`Not every event had its effect: ${JSON.stringify({ found, expected })}`);
}

type Signed = { readonly payload: string; readonly signature: string };

function startSender(url: string) {
  const child = fork(new URL("post-events.mjs", import.meta.url), [url], { execArgv: [] });
  const answer = z.object({ seconds: z.number().positive(), failed: z.array(z.string()) });
  return {
    /** Posts every event once and answers how many a second were answered. */
    async post(events: readonly Signed[]): Promise<number> {
      const message = await new Promise((resolve, reject) => {
        child.once("message", resolve);
        child.once("exit", (code) => reject(new Error(`The sender ended with code ${code}.`)));
        child.send(events);
      });
      child.removeAllListeners("exit");
      const { seconds, failed } = answer.parse(message);
      if (failed.length > 0) throw new Error(`${failed.length} events were refused, such as: ${failed[0]}`);
      return events.length / seconds;
    },
    close: () => child.disconnect(),
  };
}
