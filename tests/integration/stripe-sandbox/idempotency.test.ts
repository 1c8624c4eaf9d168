import { afterEach, beforeEach, expect, test } from "vitest";
import { type OpenSandbox, openSandbox, refusal, sdk, sessionParams } from "./open-sandbox";

let sandbox: OpenSandbox;
beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(() => sandbox.close());

const key = (idempotencyKey: string) => ({ idempotencyKey });

test("the same call again gets the first answer and has no second effect", async () => {
  const { stripe } = sandbox;
  const first = await stripe.checkout.sessions.create(sessionParams(), key("order-1"));
  const again = await stripe.checkout.sessions.create(sessionParams(), key("order-1"));
  expect(again.id).toBe(first.id);
  expect(again.lastResponse.headers["idempotent-replayed"]).toBe("true");
  expect((await stripe.checkout.sessions.list()).data).toHaveLength(1);
});

test("the key with other parameters or for another endpoint is refused", async () => {
  const { stripe } = sandbox;
  await stripe.checkout.sessions.create(sessionParams(4900), key("order-1"));
  const other = await refusal(stripe.checkout.sessions.create(sessionParams(5900), key("order-1")));
  expect(other).toMatchObject({ statusCode: 400, rawType: "idempotency_error" });
  expect(other.message).toContain("can only be used with the same parameters");
  const elsewhere = await refusal(stripe.customers.create({}, key("order-1")));
  expect(elsewhere.message).toContain("can only be used for the same endpoint");
});

test("another account may use the key for something else", async () => {
  await sandbox.stripe.customers.create({ name: "one" }, key("k"));
  const other = sdk(sandbox.port, "sk_test_of_another_account");
  expect((await other.customers.create({ name: "two" }, key("k"))).name).toBe("two");
});

test("a refusal of the endpoint is kept, one of the parameters is not", async () => {
  const { stripe } = sandbox;
  const missing = await refusal(stripe.refunds.create({ charge: "ch_none" }, key("r")));
  const again = await refusal(stripe.refunds.create({ charge: "ch_none" }, key("r")));
  expect(again.requestId).not.toBe(missing.requestId);
  expect(again.headers?.["idempotent-replayed"]).toBe("true");
  await refusal(stripe.customers.create({ email: "", name: "n" }, key("c")));
  expect((await stripe.customers.create({ name: "n" }, key("c"))).name).toBe("n");
});

test("a stored 500 is answered again, although the call took effect", async () => {
  const { stripe, control } = sandbox;
  await control.fail({ kind: "error_500", when: "after", path: "/v1/customers" });
  for (const _ of [1, 2]) {
    expect(await refusal(stripe.customers.create({ name: "n" }, key("k")))).toMatchObject({
      statusCode: 500,
      rawType: "api_error",
    });
  }
  expect((await stripe.customers.list()).data).toHaveLength(1);
});

test("a 500 before the call began is not stored, unless ordered", async () => {
  const { stripe, control } = sandbox;
  await control.fail({ kind: "error_500", when: "before", path: "/v1/customers", method: "POST" });
  await refusal(stripe.customers.create({ name: "n" }, key("k")));
  expect((await stripe.customers.create({ name: "n" }, key("k"))).name).toBe("n");

  await control.fail({
    kind: "error_500",
    when: "before",
    stored: true,
    path: "/v1/customers",
    method: "POST",
  });
  await refusal(stripe.customers.create({ name: "m" }, key("l")));
  expect(await refusal(stripe.customers.create({ name: "m" }, key("l")))).toMatchObject({ statusCode: 500 });
  expect((await stripe.customers.list()).data).toHaveLength(1);
});

test("a key in use answers 409", async () => {
  const { stripe, control } = sandbox;
  await control.fail({ kind: "slow", path: "/v1/customers", milliseconds: 400 });
  const slow = stripe.customers.create({ name: "n" }, key("k"));
  await expect.poll(async () => (await control.requests()).length).toBeGreaterThan(0);
  expect(await refusal(stripe.customers.create({ name: "n" }, key("k")))).toMatchObject({
    statusCode: 409,
    code: "idempotency_key_in_use",
  });
  const made = await slow;
  expect((await stripe.customers.create({ name: "n" }, key("k"))).id).toBe(made.id);
});

test("keys are forgotten after a day", async () => {
  const { stripe, control } = sandbox;
  const first = await stripe.customers.create({ name: "n" }, key("k"));
  await control.setClock({ advance_ms: 25 * 3_600_000 });
  expect((await stripe.customers.create({ name: "n" }, key("k"))).id).not.toBe(first.id);
});
