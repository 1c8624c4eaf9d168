import { randomBytes } from "node:crypto";
import Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { users } from "@/db/schema/identity";
import { orderEvents, orderItems, orders } from "@/db/schema/orders";
import { findViolations } from "@/lib/audit/queries";
import { newId, newOrderNumber } from "@/lib/ids";
import { minor, ZERO } from "@/lib/money";
import { startTestShop } from "../../support/shop";
import type { TestShop } from "./buying";

const EVENTS = 1_000;
/** Every so manieth comes a second time, while the first may be under way. */
const TWICE = 4;
const AT_ONCE = 40;
const PRICE = minor(4900);

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());

/** Learners, each with an order that waits, and the session that pays it, as Stripe tells of it. */
async function placeOrders() {
  const course = await shop.factories.course();
  const people = Array.from({ length: EVENTS }, () => ({
    id: newId<"user">(),
    email: `${randomBytes(8).toString("hex")}@example.test`,
    name: "Buyer",
    passwordHash: "none",
  }));
  await shop.db.insert(users).values(people);
  const placed = people.map((person) => {
    const word = randomBytes(12).toString("hex");
    return { id: newId<"order">(), userId: person.id, sessionId: `cs_test_${word}`, intentId: `pi_${word}` };
  });
  const amounts = { discountAmount: ZERO, taxAmount: ZERO, currency: "usd" };
  await shop.db.insert(orders).values(
    placed.map(({ id, userId, sessionId }) => ({
      ...amounts,
      id,
      userId,
      orderNumber: newOrderNumber(new Date()),
      subtotalAmount: PRICE,
      totalAmount: PRICE,
      livemode: false,
      stripeCheckoutSessionId: sessionId,
      expiresAt: new Date(Date.now() + 3_600_000),
    })),
  );
  await shop.db.insert(orderItems).values(
    placed.map(({ id }) => ({
      orderId: id,
      courseId: course.id,
      courseSlug: course.slug,
      title: course.title,
      priceAmount: PRICE,
      discountAmount: ZERO,
      netAmount: PRICE,
      taxAmount: ZERO,
      refundedAmount: ZERO,
      position: 0,
    })),
  );
  await shop.db.insert(orderEvents).values(placed.map(({ id }) => ({ orderId: id, type: "created" })));
  return placed;
}

type Placed = Awaited<ReturnType<typeof placeOrders>>[number];

function signedEvent({ id, sessionId, intentId }: Placed) {
  const session = {
    id: sessionId,
    object: "checkout.session",
    amount_subtotal: PRICE,
    amount_total: PRICE,
    client_reference_id: id,
    currency: "usd",
    livemode: false,
    metadata: { order_id: id },
    mode: "payment",
    payment_intent: intentId,
    payment_status: "paid",
    status: "complete",
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  };
  const payload = JSON.stringify({
    id: `evt_${sessionId}`,
    object: "event",
    api_version: Stripe.API_VERSION,
    created: Math.floor(Date.now() / 1000),
    data: { object: session },
    livemode: false,
    type: "checkout.session.completed",
  });
  const header = { payload, secret: shop.webhookSecret };
  return { payload, signature: Stripe.webhooks.generateTestHeaderString(header) };
}

async function post({ payload, signature }: ReturnType<typeof signedEvent>): Promise<string> {
  const headers = { "content-type": "application/json", "stripe-signature": signature };
  const response = await fetch(shop.webhookUrl, { method: "POST", headers, body: payload });
  const { outcome } = (await response.json()) as { outcome?: string };
  return `${response.status} ${outcome}`;
}

test(`a burst of ${EVENTS} signed events, some of them twice: none is lost, none has two effects`, {
  timeout: 180_000,
}, async () => {
  const events = (await placeOrders()).map(signedEvent);
  const waiting = events.flatMap((event, index) => (index % TWICE === 0 ? [event, event] : [event]));
  const answers = new Map<string, number>();
  const started = Date.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let event = waiting.shift(); event; event = waiting.shift()) {
        const answer = await post(event);
        answers.set(answer, (answers.get(answer) ?? 0) + 1);
      }
    }),
  );
  console.log(`${EVENTS + EVENTS / TWICE} deliveries in ${Date.now() - started} ms`);
  expect(Object.fromEntries(answers)).toEqual({ "200 processed": EVENTS, "200 repeated": EVENTS / TWICE });
  const [counted] = await shop.sql`
    select (select count(*) from orders where status = 'completed')::int as paid,
      (select count(*) from enrollments where status = 'active')::int as seats,
      (select count(*) from emails where kind = 'order_confirmation')::int as confirmations,
      (select count(*) from invoices)::int as invoices,
      (select max(sequence) from invoices)::int as last_number,
      (select count(*) from stripe_events where status = 'processed')::int as events`;
  expect(counted).toEqual({
    paid: EVENTS,
    seats: EVENTS,
    confirmations: EVENTS,
    invoices: EVENTS,
    last_number: EVENTS,
    events: EVENTS,
  });
  expect(await findViolations()).toEqual([]);
});
