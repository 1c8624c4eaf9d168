import Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type OpenSandbox, openReceiver, openSandbox, SECRET, sessionParams } from "./open-sandbox";

let sandbox: OpenSandbox;
beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(() => sandbox.close());

const makeCustomer = () => sandbox.stripe.customers.create({ email: "mira@example.com" });

test("an event carries the whole object, its version and its cause", async () => {
  const { stripe, control, hook } = sandbox;
  const customer = await stripe.customers.create({ email: "mira@example.com" }, { idempotencyKey: "c1" });
  await stripe.customers.update(customer.id, { name: "Mira Vale" });
  await control.idle();
  const byType = new Map(hook.received.map((one) => [one.event.type, one]));
  expect(byType.get("customer.created")?.event).toMatchObject({
    object: "event",
    api_version: "2026-10-28.endive",
    data: { object: { id: customer.id } },
    request: { idempotency_key: "c1", id: customer.lastResponse.requestId },
    pending_webhooks: 1,
  });
  expect(byType.get("customer.updated")?.event.data.previous_attributes).toEqual({ name: null });
  expect(byType.get("customer.created")?.headers["content-type"]).toBe("application/json; charset=utf-8");
});

test("it is sent again until the answer is 2xx, then no more", async () => {
  const { stripe, control, hook } = sandbox;
  hook.answerNext(500, 302);
  await makeCustomer();
  await control.idle({ retries: true });
  expect(hook.received).toHaveLength(3);
  const [delivery] = await control.deliveries();
  expect(delivery?.attempts.map((one) => one.status)).toEqual([500, 302, 200]);
  expect(delivery?.attempts[0]?.response).toBe("answered 500");
  const ids = new Set(hook.received.map((one) => one.event.id));
  expect(ids.size).toBe(1);
  expect((await stripe.events.list({ delivery_success: true })).data).toHaveLength(1);
});

test("it gives up after its schedule, and the event stays undelivered until it is resent", async () => {
  const { stripe, control, hook } = sandbox;
  hook.answerNext(500, 500, 500, 500);
  await makeCustomer();
  await expect.poll(async () => (await control.deliveries())[0]?.state).toBe("failed");
  const [event] = (await stripe.events.list({ delivery_success: false })).data;
  expect(event?.pending_webhooks).toBe(1);
  await control.resend(String(event?.id));
  await control.idle();
  expect(hook.received).toHaveLength(5);
  expect((await stripe.events.list({ delivery_success: false })).data).toEqual([]);
});

test("an endpoint that is away is tried again", async () => {
  const { control, hook } = sandbox;
  await hook.close();
  await makeCustomer();
  await expect.poll(async () => (await control.deliveries())[0]?.attempts.length).toBeGreaterThan(1);
  const [delivery] = await control.deliveries();
  for (const attempt of delivery?.attempts ?? []) {
    expect(attempt).toMatchObject({ status: null, error: expect.stringContaining("ECONNREFUSED") });
  }
});

test("endpoints hear what they asked for", async () => {
  const { stripe, control } = sandbox;
  const other = await openReceiver();
  const endpoint = await stripe.webhookEndpoints.create({
    url: other.url,
    enabled_events: ["customer.deleted"],
  });
  expect(endpoint.secret).toMatch(/^whsec_/);
  const customer = await makeCustomer();
  await stripe.customers.del(customer.id);
  await control.idle();
  expect(other.refused).toHaveLength(1);
  const [delivery] = (await control.deliveries()).filter((one) => one.endpoint === endpoint.id);
  expect(delivery?.type).toBe("customer.deleted");
  expect((await stripe.webhookEndpoints.retrieve(endpoint.id)).secret).toBeUndefined();
  await stripe.webhookEndpoints.update(endpoint.id, { disabled: true });
  await makeCustomer();
  await stripe.webhookEndpoints.del(endpoint.id);
  expect((await stripe.webhookEndpoints.list()).data).toHaveLength(1);
  await other.close();
});

test("while a secret is rotated both sign", async () => {
  const { stripe, control, hook } = sandbox;
  const [endpoint] = (await stripe.webhookEndpoints.list()).data;
  const { secret } = await control.rotateSecret(String(endpoint?.id));
  await makeCustomer();
  await control.idle();
  const [got] = hook.received;
  const header = String(got?.headers["stripe-signature"]);
  expect(header.match(/v1=/g)).toHaveLength(2);
  for (const one of [secret, SECRET])
    expect(Stripe.webhooks.constructEvent(String(got?.body), header, one).type).toBe("customer.created");
});

describe("faults of delivery", () => {
  test("drop: never sent, and listed as undelivered", async () => {
    const { stripe, control, hook } = sandbox;
    await control.failDelivery({ kind: "drop", types: ["customer.created"], times: 1 });
    await makeCustomer();
    await control.idle();
    expect(hook.received).toEqual([]);
    expect((await stripe.events.list({ delivery_success: false, type: "customer.*" })).data).toHaveLength(1);
    await makeCustomer();
    await control.idle();
    expect(hook.received).toHaveLength(1);
  });

  test("duplicate: many copies at once of one event", async () => {
    const { control, hook } = sandbox;
    await control.failDelivery({ kind: "duplicate", copies: 50, times: 1 });
    await makeCustomer();
    await control.idle();
    expect(hook.received).toHaveLength(50);
    expect(new Set(hook.received.map((one) => one.event.id)).size).toBe(1);
  });

  test("hold: kept until released, in any order", async () => {
    const { stripe, control, hook } = sandbox;
    await control.failDelivery({ kind: "hold" });
    const session = await stripe.checkout.sessions.create(sessionParams());
    await control.pay(session.id);
    await control.idle();
    expect(hook.received).toEqual([]);
    const order = (await control.deliveries()).map((one) => one.event).reverse();
    expect(await control.release(order)).toEqual({ released: order.length });
    expect(hook.received.map((one) => one.event.id)).toEqual(order);
  });

  test("delay: sent later, and once", async () => {
    const { control, hook } = sandbox;
    await control.failDelivery({ kind: "delay", milliseconds: 600 });
    await makeCustomer();
    await control.idle();
    expect(hook.received).toEqual([]);
    await expect.poll(() => hook.received.length).toBe(1);
    await control.idle();
    expect(hook.received).toHaveLength(1);
  });

  test("stale: signed too long ago", async () => {
    const { control, hook } = sandbox;
    await control.failDelivery({ kind: "stale", milliseconds: 600_000, times: 1 });
    await makeCustomer();
    await control.idle();
    expect(hook.refused[0]).toContain("Timestamp outside the tolerance zone");
  });
});

test("retries wait by the sandbox's clock", async () => {
  const patient = await openSandbox({ retryDelays: [3_600_000] });
  patient.hook.answerNext(500);
  await patient.stripe.customers.create({});
  await expect.poll(() => patient.hook.received.length).toBe(1);
  await patient.control.idle();
  expect(patient.hook.received).toHaveLength(1);
  await patient.control.setClock({ advance_ms: 3_600_001 });
  await patient.control.idle();
  expect(patient.hook.received).toHaveLength(2);
  await patient.close();
});
