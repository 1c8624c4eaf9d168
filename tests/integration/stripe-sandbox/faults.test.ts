import Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FaultOrder } from "../../../sandbox/stripe/client";
import { type OpenSandbox, openSandbox, refusal, sessionParams } from "./open-sandbox";

let sandbox: OpenSandbox;
beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(() => sandbox.close());

const count = async () => (await sandbox.stripe.customers.list()).data.length;

describe.each(["before", "after"] as const)("%s the effect", (when) => {
  const effects = when === "after" ? 1 : 0;

  // The SDK itself tries once more after a reset, whatever it was told, hence two of them.
  test.each<[FaultOrder["kind"], number, string]>([
    ["error_500", 1, "StripeAPIError"],
    ["error_429", 1, "StripeRateLimitError"],
    ["reset", 2, "StripeConnectionError"],
    ["truncated", 1, "StripeConnectionError"],
  ])("%s", async (kind, times, type) => {
    const { stripe, control } = sandbox;
    await control.fail({ kind, when, times, method: "POST", path: "/v1/customers" });
    const create = (idempotencyKey: string) => stripe.customers.create({ name: "n" }, { idempotencyKey });
    expect((await refusal(create("first"))).type).toBe(type);
    expect(await count()).toBe(effects);
    expect((await create("second")).name).toBe("n");
  });

  test("hang", async () => {
    const { control, port } = sandbox;
    await control.fail({ kind: "hang", when, method: "POST", path: "/v1/customers" });
    const impatient = new Stripe("sk_test_x", {
      host: "127.0.0.1",
      port,
      protocol: "http",
      telemetry: false,
      timeout: 150,
      maxNetworkRetries: 0,
    });
    expect(await refusal(impatient.customers.create({}))).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect(await count()).toBe(effects);
  });

  test("with the same key a retry has one effect", async () => {
    const { stripe, control } = sandbox;
    await control.fail({ kind: "reset", when, path: "/v1/checkout/sessions" });
    const create = () =>
      stripe.checkout.sessions.create(sessionParams(), { idempotencyKey: "order-1", maxNetworkRetries: 2 });
    const session = await create();
    expect((await create()).id).toBe(session.id);
    expect((await stripe.checkout.sessions.list()).data).toHaveLength(1);
  });
});

test("hits as many matching calls as ordered, and no others", async () => {
  const { stripe, control } = sandbox;
  await control.fail({ kind: "error_429", method: "GET", path: "/v1/customers/*", times: 2, skip: 1 });
  const { id } = await stripe.customers.create({});
  const outcomes: string[] = [];
  for (let call = 0; call < 4; call += 1) {
    outcomes.push(
      await stripe.customers.retrieve(id).then(
        () => "ok",
        (error) => error.type,
      ),
    );
  }
  expect(outcomes).toEqual(["ok", "StripeRateLimitError", "StripeRateLimitError", "ok"]);
  expect((await control.faults())[0]).toMatchObject({ hits: 2, times: 0 });
});

test("a whole branch can be down", async () => {
  const { stripe, control } = sandbox;
  await control.fail({ kind: "error_500", path: "/v1/**", times: 1000 });
  expect((await refusal(stripe.balanceTransactions.list())).statusCode).toBe(500);
  expect((await refusal(stripe.checkout.sessions.list())).statusCode).toBe(500);
  await control.clearFaults();
  expect((await stripe.checkout.sessions.list()).data).toEqual([]);
});

test("calls are logged with parameters, key and outcome", async () => {
  const { stripe, control } = sandbox;
  await control.clearRequests();
  await stripe.customers.create({ name: "n", metadata: { a: "1" } }, { idempotencyKey: "k" });
  await stripe.customers.create({ name: "n", metadata: { a: "1" } }, { idempotencyKey: "k" });
  const requests = await control.requests();
  expect(requests).toMatchObject([
    {
      method: "POST",
      path: "/v1/customers",
      params: { name: "n", metadata: { a: "1" } },
      idempotency_key: "k",
      status: 200,
      replayed: false,
      stripe_version: "2026-10-28.endive",
    },
    { replayed: true },
  ]);
});

test("reset forgets everything but the endpoints", async () => {
  const { stripe, control, hook } = sandbox;
  await stripe.customers.create({});
  await control.fail({ kind: "reset" });
  await control.reset();
  expect(await count()).toBe(0);
  expect((await stripe.events.list()).data).toEqual([]);
  await stripe.customers.create({});
  await control.idle();
  expect(hook.types()).toEqual(["customer.created", "customer.created"]);
});

test("the clock can stand still", async () => {
  const { stripe, control } = sandbox;
  await control.setClock({ freeze: true, set: "2030-02-01T12:00:00.000Z" });
  const a = await stripe.customers.create({});
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const b = await stripe.customers.create({});
  expect([a.created, b.created]).toEqual([1_896_177_600, 1_896_177_600]);
  expect(await control.setClock({ reset: true })).toMatchObject({ frozen: false });
});

test("the control API takes JSON of this machine only", async () => {
  const send = (headers: Record<string, string>) =>
    fetch(`${sandbox.url}/_sandbox/clock`, { method: "POST", body: "{}", headers }).then(
      (answer) => answer.status,
    );
  expect(await send({ "content-type": "text/plain" })).toBe(415);
  expect(await send({ "content-type": "application/json", origin: "https://evil.example" })).toBe(403);
  expect(await send({ "content-type": "application/json" })).toBe(200);
  await expect(sandbox.control.pay("cs_none")).rejects.toMatchObject({ status: 404 });
});
