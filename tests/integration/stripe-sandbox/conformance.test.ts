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
  if ("nullable" in plain) return enumsIn(plain.nullable, path);
  if ("union" in plain) {
    const inside = new Set(plain.union.flatMap((one) => enumsIn(one, path)));
    // Beside a free text, any value is one.
    if (plain.union.some((one) => resolve(one) === "string")) inside.delete(path);
    return [...inside];
  }
  if ("array" in plain) return enumsIn(plain.array, `${path}[0]`);
  if ("object" in plain) {
    const inside = (name: string) => (path === "" ? name : `${path}[${name}]`);
    return Object.entries(plain.object).flatMap(([name, one]) => enumsIn(one, inside(name)));
  }
  return [];
}

/** A call with these parameters, and with whatever Stripe says is missing beside them. */
async function callWhole(operation: string, params: Map<string, string>) {
  for (;;) {
    const answer = await call(operation, new URLSearchParams([...params]).toString());
    const { code, param } = answer.body.error ?? {};
    if (code !== "parameter_missing" || params.has(param)) return answer;
    const shape = shapeAt(operation, param);
    if (!shape) return answer;
    for (const [name, value] of sampleOf(shape, param)) params.set(name, value);
  }
}

function shapeAt(operation: string, param: string): Shape | undefined {
  let shape = schema.operations.get(operation)?.params;
  for (const name of param.match(/[^[\]]+/g) ?? []) {
    const plain = shape && plainest(shape);
    if (!plain || typeof plain === "string") return undefined;
    shape = "array" in plain ? plain.array : "object" in plain ? plain.object[name] : undefined;
  }
  return shape;
}

/** Without names, nulls and alternatives. */
function plainest(shape: Shape): Shape {
  const plain = resolve(shape);
  if (typeof plain === "string") return plain;
  if ("nullable" in plain) return plainest(plain.nullable);
  if ("union" in plain)
    return plainest(plain.union.find((one) => typeof resolve(one) === "object") ?? "string");
  return plain;
}

/** The least that a parameter of this shape takes. */
function sampleOf(shape: Shape, path: string): [string, string][] {
  const plain = plainest(shape);
  if (typeof plain === "string") return [[path, plain === "string" ? "x" : "1"]];
  if ("enum" in plain) return [[path, String(plain.enum.find((one) => one !== ""))]];
  if ("array" in plain) return sampleOf(plain.array, `${path}[0]`);
  if (!("object" in plain)) return [[`${path}[x]`, "x"]];
  const names = plain.required ?? Object.keys(plain.object).slice(0, 1);
  return names.flatMap((name) => sampleOf(plain.object[name] ?? "string", `${path}[${name}]`));
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
      if (!known.get(operation)) continue;
      tried += 1;
      const { status, body } = await callWhole(operation, new Map([[param, "no_such_value"]]));
      if (status !== 400 || body.error.param !== param) lenient.push(`${operation} ${param}`);
    }
    expect(lenient).toEqual([]);
    expect(tried).toBeGreaterThan(600);
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
