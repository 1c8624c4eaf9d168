import { request } from "node:http";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenSandbox, openSandbox, refusal, sdk, sessionParams } from "./open-sandbox";

let sandbox: OpenSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

/** A raw call, for what the SDK would never send. */
async function raw(
  method: string,
  path: string,
  init: { body?: string; headers?: Record<string, string> } = {},
) {
  const response = await fetch(sandbox.url + path, {
    method,
    ...(init.body === undefined ? {} : { body: init.body }),
    headers: {
      authorization: "Bearer sk_test_raw",
      "content-type": "application/x-www-form-urlencoded",
      ...init.headers,
    },
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

describe("errors", () => {
  test("keys: none, live and made-up ones are refused as Stripe does", async () => {
    expect(await refusal(sdk(sandbox.port, "sk_live_abc").customers.list())).toMatchObject({
      statusCode: 401,
    });
    const error = await refusal(sdk(sandbox.port, "hello_this_is_no_key").customers.list());
    expect(error).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
    expect(error.message).toMatch(/^Invalid API Key provided: hello_th\*+_key$/);
    expect((await raw("GET", "/v1/customers", { headers: { authorization: "" } })).status).toBe(401);
  });

  test("unknown addresses and ids answer 404 in Stripe's shape", async () => {
    const { body, status, headers } = await raw("GET", "/v1/nonsense");
    expect(status).toBe(404);
    expect(body.error).toMatchObject({ type: "invalid_request_error" });
    expect(body.error.message).toContain("Unrecognized request URL (GET: /v1/nonsense)");
    expect(headers.get("request-id")).toMatch(/^req_\w{14}$/);
    expect(await refusal(sandbox.stripe.customers.retrieve("cus_nobody"))).toMatchObject({
      statusCode: 404,
      code: "resource_missing",
      param: "id",
      message: "No such customer: 'cus_nobody'",
    });
    expect((await raw("GET", "/v2/core/events")).body.error.type).toBe("invalid_request_error");
    expect((await raw("PATCH", "/v1/customers")).status).toBe(404);
  });

  test("what Stripe does and the sandbox does not is refused by name", async () => {
    const error = await refusal(sandbox.stripe.invoices.create({}));
    expect(error.message).toContain("The sandbox does not do POST /v1/invoices");
    const params = sessionParams(4900, { phone_number_collection: { enabled: true } });
    expect(await refusal(sandbox.stripe.checkout.sessions.create(params))).toMatchObject({
      param: "phone_number_collection",
    });
  });

  test("another API version is refused", async () => {
    expect((await raw("GET", "/v1/customers", { headers: { "stripe-version": "2020-08-27" } })).status).toBe(
      400,
    );
  });

  test("JSON bodies are refused", async () => {
    const { body } = await raw("POST", "/v1/customers", {
      body: "{}",
      headers: { "content-type": "application/json" },
    });
    expect(body.error.message).toContain("application/x-www-form-urlencoded");
  });

  test("a foreign host name is refused", async () => {
    const status = await new Promise((resolve, reject) => {
      const call = request(
        { port: sandbox.port, host: "127.0.0.1", path: "/", headers: { host: "evil.example" } },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      call.on("error", reject).end();
    });
    expect(status).toBe(421);
  });
});

describe("parameters", () => {
  const create = (params: string) => raw("POST", "/v1/checkout/sessions", { body: params });

  test.each([
    ["mode=payment&colour=green", "parameter_unknown", "colour"],
    ["mode=payment&line_items[0][colour]=green", "parameter_unknown", "line_items[0][colour]"],
    ["mode=payment&payment_method_types[0]=card", "parameter_unknown", "payment_method_types"],
    ["mode=payment&line_items[0][quantity]=many", "parameter_invalid_integer", "line_items[0][quantity]"],
    ["mode=payment&success_url=", "parameter_invalid_empty", "success_url"],
    [
      "mode=payment&line_items[0][price_data][unit_amount]=100",
      "parameter_missing",
      "line_items[0][price_data][currency]",
    ],
    ["mode=payment", "parameter_missing", "success_url"],
    ["success_url=http://localhost/", "parameter_missing", "mode"],
    ["mode=payment&success_url=javascript:alert(1)", "url_invalid", "success_url"],
  ])("%s: %s", async (params, code, param) => {
    const { status, body } = await create(params);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ type: "invalid_request_error", code, param });
  });

  test.each(["hosted", "embedded", "custom"])("the old ui_mode %s is refused", async (mode) => {
    const { body } = await create(`mode=payment&success_url=http://localhost/&ui_mode=${mode}`);
    expect(body.error).toMatchObject({ param: "ui_mode" });
    expect(body.error.message).toBe(
      "Invalid ui_mode: must be one of elements, embedded_page, form, or hosted_page",
    );
  });

  test("metadata: merged, unset by an empty value, limited", async () => {
    const { stripe } = sandbox;
    const customer = await stripe.customers.create({ email: "m@example.com", metadata: { a: "1", b: "2" } });
    expect((await stripe.customers.update(customer.id, { metadata: { b: "", c: "3" } })).metadata).toEqual({
      a: "1",
      c: "3",
    });
    expect((await stripe.customers.update(customer.id, { metadata: "" })).metadata).toEqual({});
    const long = await refusal(stripe.customers.create({ metadata: { a: "x".repeat(501) } }));
    expect(long.param).toBe("metadata[a]");
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, "1"]));
    expect(await refusal(stripe.customers.create({ metadata: many }))).toMatchObject({ param: "metadata" });
  });
});

describe("objects", () => {
  test("customers live and die", async () => {
    const { stripe } = sandbox;
    const customer = await stripe.customers.create({ email: "gone@example.com", address: { country: "DE" } });
    expect((await stripe.customers.list({ email: "gone@example.com" })).data).toHaveLength(1);
    expect(await stripe.customers.del(customer.id)).toMatchObject({ id: customer.id, deleted: true });
    expect(await stripe.customers.retrieve(customer.id)).toEqual(
      expect.objectContaining({ id: customer.id, deleted: true }),
    );
    const params = sessionParams(4900, { customer: customer.id });
    expect(await refusal(stripe.checkout.sessions.create(params))).toMatchObject({
      code: "resource_missing",
      param: "customer",
    });
    expect(await refusal(stripe.customers.create({ email: "nobody" }))).toMatchObject({
      code: "email_invalid",
    });
  });

  test("products and prices sell in a session", async () => {
    const { stripe } = sandbox;
    const product = await stripe.products.create({ name: "SQL", metadata: { course: "sql" } });
    const price = await stripe.prices.create({ product: product.id, currency: "eur", unit_amount: 1999 });
    const session = await stripe.checkout.sessions.create(
      sessionParams(0, { line_items: [{ price: price.id, quantity: 2 }] }),
    );
    expect(session).toMatchObject({
      currency: "eur",
      amount_total: 3998,
      payment_method_types: ["card", "sepa_debit"],
    });
    const items = await stripe.checkout.sessions.listLineItems(session.id, {
      expand: ["data.price.product"],
    });
    expect(items.data[0]).toMatchObject({
      description: "SQL",
      price: { product: { name: "SQL", metadata: { course: "sql" } } },
    });
    await stripe.prices.update(price.id, { active: false });
    expect(
      await refusal(
        stripe.checkout.sessions.create(sessionParams(0, { line_items: [{ price: price.id, quantity: 1 }] })),
      ),
    ).toMatchObject({ param: "line_items[0][price]" });
    expect((await stripe.products.update(product.id, { name: "SQL 2" })).name).toBe("SQL 2");
    expect((await refusal(stripe.products.del(product.id))).statusCode).toBe(400);
  });

  test("coupons are made, listed and deleted", async () => {
    const { stripe } = sandbox;
    const coupon = await stripe.coupons.create({
      id: "TEN",
      amount_off: 1000,
      currency: "usd",
      duration: "once",
    });
    expect(await refusal(stripe.coupons.create({ id: "TEN", percent_off: 5 }))).toMatchObject({
      code: "resource_already_exists",
    });
    expect(await refusal(stripe.coupons.create({ percent_off: 5, amount_off: 5 }))).toMatchObject({
      statusCode: 400,
    });
    const eur = { currency: "eur", unit_amount: 4900, product_data: { name: "Course" } };
    const params = sessionParams(0, {
      line_items: [{ quantity: 1, price_data: eur }],
      discounts: [{ coupon: "TEN" }],
    });
    expect(await refusal(stripe.checkout.sessions.create(params))).toMatchObject({
      param: "discounts[0][coupon]",
    });
    expect((await stripe.coupons.list()).data.map((one) => one.id)).toContain(coupon.id);
    expect(await stripe.coupons.del("TEN")).toMatchObject({ deleted: true });
    expect(await refusal(stripe.coupons.retrieve("TEN"))).toMatchObject({ code: "resource_missing" });
  });

  test("sessions are found by what they belong to, and their metadata changes", async () => {
    const { stripe, control } = sandbox;
    const customer = await stripe.customers.create({ email: "finder@example.com" });
    const session = await stripe.checkout.sessions.create(sessionParams(4900, { customer: customer.id }));
    const { payment_intent: intent } = await control.pay(session.id);
    expect(
      (await stripe.checkout.sessions.list({ payment_intent: String(intent) })).data.map((one) => one.id),
    ).toEqual([session.id]);
    expect(
      (await stripe.checkout.sessions.list({ customer: customer.id, status: "complete" })).data,
    ).toHaveLength(1);
    expect(
      (await stripe.checkout.sessions.list({ customer: customer.id, status: "open" })).data,
    ).toHaveLength(0);
    expect(
      (await stripe.checkout.sessions.update(session.id, { metadata: { seen: "yes" } })).metadata,
    ).toEqual({ seen: "yes" });
    const [method] = (await stripe.customers.listPaymentMethods(customer.id)).data;
    expect(await stripe.paymentMethods.retrieve(String(method?.id))).toMatchObject({
      type: "card",
      customer: customer.id,
    });
    const changed = await stripe.paymentIntents.update(String(intent), {
      metadata: { note: "1" },
      description: "A course",
    });
    expect(changed).toMatchObject({ metadata: { note: "1" }, description: "A course" });
    expect(await refusal(stripe.paymentIntents.cancel(String(intent)))).toMatchObject({
      code: "payment_intent_unexpected_state",
    });
  });
});

describe("lists", () => {
  test("page forwards, backwards and by time", async () => {
    const { stripe } = await openedAlone();
    const made: string[] = [];
    for (let index = 0; index < 7; index += 1)
      made.unshift((await stripe.customers.create({ name: `n${index}` })).id);
    const first = await stripe.customers.list({ limit: 3 });
    expect(first).toMatchObject({ object: "list", url: "/v1/customers", has_more: true });
    expect(first.data.map((one) => one.id)).toEqual(made.slice(0, 3));
    const next = await stripe.customers.list({ limit: 3, starting_after: String(made[2]) });
    expect(next.data.map((one) => one.id)).toEqual(made.slice(3, 6));
    const back = await stripe.customers.list({ limit: 2, ending_before: String(made[3]) });
    expect(back.data.map((one) => one.id)).toEqual(made.slice(1, 3));
    expect(back.has_more).toBe(true);
    const everything: string[] = [];
    for await (const customer of stripe.customers.list({ limit: 2 })) everything.push(customer.id);
    expect(everything).toEqual(made);
    const created = first.data[0]?.created ?? 0;
    expect((await stripe.customers.list({ created: { gt: created } })).data).toEqual([]);
    expect((await stripe.customers.list({ created: { lte: created }, limit: 100 })).data).toHaveLength(7);
    expect(await refusal(stripe.customers.list({ limit: 101 }))).toMatchObject({ param: "limit" });
    expect(await refusal(stripe.customers.list({ starting_after: "cus_0" }))).toMatchObject({
      param: "starting_after",
    });
  });

  async function openedAlone() {
    const alone = await openSandbox();
    return { stripe: alone.stripe, [Symbol.asyncDispose]: alone.close };
  }
});

describe("expand", () => {
  test("turns ids into objects, through lists and four levels deep", async () => {
    const { stripe, control } = sandbox;
    const customer = await stripe.customers.create({ email: "expand@example.com" });
    const session = await stripe.checkout.sessions.create(sessionParams(4900, { customer: customer.id }));
    await control.pay(session.id);
    const listed = await stripe.checkout.sessions.list({
      customer: customer.id,
      expand: ["data.payment_intent.latest_charge.balance_transaction", "data.line_items"],
    });
    expect(listed.data[0]).toMatchObject({
      payment_intent: {
        latest_charge: { balance_transaction: { object: "balance_transaction", amount: 4900 } },
      },
      line_items: { data: [{ amount_total: 4900 }] },
    });
    const deep = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ["customer", "total_details.breakdown"],
    });
    expect(deep).toMatchObject({
      customer: { email: "expand@example.com" },
      total_details: { breakdown: { discounts: [] } },
    });
  });

  test.each(["colour", "currency", "payment_intent.colour", "a.b.c.d.e"])(
    "%s cannot be expanded",
    async (path) => {
      const { stripe, control } = sandbox;
      const session = await stripe.checkout.sessions.create(sessionParams());
      await control.pay(session.id);
      const error = await refusal(stripe.checkout.sessions.retrieve(session.id, { expand: [path] }));
      expect(error.statusCode).toBe(400);
      expect(error.message).toMatch(/cannot be expanded|cannot expand more than/);
    },
  );
});
