/**
 * The sandbox against Stripe's own description (schema/stripe-schema.jsonl, derived from the type declarations of npm
 * stripe@23.1.0). Every other test of the sandbox and of the shop checks the answers and events it meets in the same way.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resolve, schema } from "../../../sandbox/stripe/schema/schema";
import type { Shape } from "../../../sandbox/stripe/schema/shape";
import { type OpenSandbox, openSandbox, sessionParams } from "./open-sandbox";

let sandbox: OpenSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

async function call(operation: string, params: string) {
  const [method = "", path = ""] = operation.split(" ");
  const url = `${sandbox.url}${path.replace(/\{\w+\}/g, "x")}`;
  const headers = { authorization: "Bearer sk_test_conformance", "stripe-version": "2026-10-28.endive" };
  const response =
    method === "GET"
      ? await fetch(`${url}?${params}`, { headers })
      : await fetch(url, {
          method,
          body: params,
          headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
        });
  return { status: response.status, body: await response.json() };
}

interface EnumParam {
  operation: string;
  param: string;
}

/** Parameters of this shape, at any depth, that take one of a list of values and nothing else. */
function enumsIn(shape: Shape, path: string): string[] {
  const plain = resolve(shape);
  if (typeof plain === "string") return [];
  if ("enum" in plain) return plain.enum.some((one) => one !== "") ? [path] : [];
  if ("array" in plain) return enumsIn(plain.array, `${path}[0]`);
  if ("object" in plain) {
    const inside = (name: string) => (path === "" ? name : `${path}[${name}]`);
    return Object.entries(plain.object).flatMap(([name, one]) => enumsIn(one, inside(name)));
  }
  return [];
}

const operations = [...schema.operations.keys()];
const served = async (operation: string) => {
  const { body } = await call(operation, "");
  return !/^The sandbox does not do/.test(body.error?.message ?? "");
};

describe("parameters", () => {
  test("an unknown one is refused by every call, before anything else is looked at", async () => {
    const lenient: string[] = [];
    let tried = 0;
    for (const operation of operations) {
      if (!(await served(operation))) continue;
      tried += 1;
      const { status, body } = await call(operation, "no_such_parameter=1");
      const refused = status === 400 && body.error.code === "parameter_unknown";
      if (!refused || body.error.param !== "no_such_parameter") lenient.push(operation);
    }
    expect(lenient).toEqual([]);
    expect(tried).toBeGreaterThan(60);
  });

  test("a value outside of its list is refused by name, at any depth", async () => {
    const wanted = operations.flatMap((operation): EnumParam[] => {
      const definition = schema.operations.get(operation);
      return definition ? enumsIn(definition.params, "").map((param) => ({ operation, param })) : [];
    });
    const lenient: string[] = [];
    const known = new Map<string, boolean>();
    let tried = 0;
    for (const { operation, param } of wanted) {
      if (!known.has(operation)) known.set(operation, await served(operation));
      if (!known.get(operation) || param.split("[").length > 4) continue;
      tried += 1;
      const { status, body } = await call(operation, `${encodeURIComponent(param)}=no_such_value`);
      // What is missing beside it may be named first.
      const missing = body.error?.code === "parameter_missing";
      if (status !== 400 || (!missing && body.error.param !== param)) lenient.push(`${operation} ${param}`);
    }
    expect(lenient).toEqual([]);
    expect(tried).toBeGreaterThan(200);
  });
});

test("the official SDK drives a payment through its whole life", async () => {
  const { stripe, control } = sandbox;
  const customer = await stripe.customers.create({ email: "life@example.com", name: "Whole Life" });
  const session = await stripe.checkout.sessions.create(
    sessionParams(9900, { customer: customer.id, metadata: { order_id: "7" } }),
    { idempotencyKey: "life" },
  );
  await control.pay(session.id, { card: "4242424242424242" });
  const paid = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ["payment_intent.latest_charge.balance_transaction", "line_items"],
  });
  expect(paid).toMatchObject({
    payment_status: "paid",
    payment_intent: { status: "succeeded", latest_charge: { balance_transaction: { net: 9900 - 318 } } },
  });
  const intent = typeof paid.payment_intent === "object" ? paid.payment_intent : null;
  const charge = typeof intent?.latest_charge === "object" ? intent.latest_charge : null;
  const refund = await stripe.refunds.create({
    payment_intent: intent?.id ?? "",
    amount: 900,
    reason: "requested_by_customer",
  });
  expect(refund).toMatchObject({ status: "succeeded", amount: 900 });
  await control.openDispute(charge?.id ?? "");
  const [dispute] = (await stripe.disputes.list({ charge: charge?.id ?? "" })).data;
  await stripe.disputes.update(dispute?.id ?? "", {
    evidence: { uncategorized_text: "winning_evidence" },
    submit: true,
  });
  expect(await stripe.disputes.retrieve(dispute?.id ?? "")).toMatchObject({ status: "won" });
  expect(await stripe.charges.retrieve(charge?.id ?? "", { expand: ["refunds"] })).toMatchObject({
    amount_refunded: 900,
    disputed: true,
    refunds: { data: [{ id: refund.id }] },
  });
  await control.idle();
  expect(sandbox.hook.refused).toEqual([]);
  expect(sandbox.hook.types()).toEqual(
    expect.arrayContaining([
      "customer.created",
      "checkout.session.completed",
      "payment_intent.succeeded",
      "charge.refunded",
      "refund.created",
      "charge.dispute.created",
      "charge.dispute.closed",
    ]),
  );
});
