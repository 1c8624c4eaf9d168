import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type OpenSandbox, openSandbox, refusal, sessionParams } from "./open-sandbox";

let sandbox: OpenSandbox;
beforeEach(async () => {
  sandbox = await openSandbox({ country: "US" });
});
afterEach(() => sandbox.close());

type Params = Stripe.Checkout.SessionCreateParams;

const line = (unit_amount: number, currency = "usd", more: object = {}) => ({
  quantity: 1,
  price_data: { currency, unit_amount, product_data: { name: `Course at ${unit_amount}` }, ...more },
});

/** An open session whose tax follows the country typed in. */
function open(more: Params = {}) {
  return sandbox.stripe.checkout.sessions.create({
    ...sessionParams(),
    automatic_tax: { enabled: true },
    ...more,
  });
}

const retrieve = (id: string) =>
  sandbox.stripe.checkout.sessions.retrieve(id, {
    expand: ["line_items.data.taxes", "total_details.breakdown", "payment_intent.latest_charge"],
  });

describe("automatic tax", () => {
  test("is unknown until a country is typed in, then on top of the price, per line and in the charge", async () => {
    const session = await open({ line_items: [line(4900), line(3333)] });
    expect(session.automatic_tax).toEqual({
      enabled: true,
      liability: { type: "self" },
      provider: "stripe",
      status: "requires_location_inputs",
    });
    expect(session).toMatchObject({ amount_subtotal: 8233, amount_total: 8233 });

    await sandbox.control.pay(session.id, { country: "DE" });
    const paid = await retrieve(session.id);
    // 19 % of each line: 931, and 633.27 rounded.
    expect(paid).toMatchObject({
      amount_subtotal: 8233,
      amount_total: 8233 + 931 + 633,
      payment_status: "paid",
      automatic_tax: { status: "complete" },
      total_details: { amount_discount: 0, amount_tax: 1564 },
      payment_intent: { amount_received: 9797, latest_charge: { amount_captured: 9797 } },
    });
    expect(paid.total_details?.breakdown?.taxes).toMatchObject([
      { amount: 1564, taxable_amount: 8233, rate: { country: "DE", percentage: 19, tax_type: "vat" } },
    ]);
    const items = await sandbox.stripe.checkout.sessions.listLineItems(session.id, {
      expand: ["data.taxes"],
    });
    const plain = await sandbox.stripe.checkout.sessions.listLineItems(session.id);
    expect(items.data.map((one) => [one.amount_tax, one.amount_total])).toEqual([
      [931, 5831],
      [633, 3966],
    ]);
    expect(items.data.map((one) => one.taxes)).toMatchObject([
      [
        {
          amount: 931,
          taxable_amount: 4900,
          taxability_reason: "standard_rated",
          rate: { inclusive: false },
        },
      ],
      [{ amount: 633, taxable_amount: 3333 }],
    ]);
    expect(plain.data[0]).not.toHaveProperty("taxes");
    const [event] = (await sandbox.stripe.events.list({ type: "checkout.session.completed" })).data;
    expect(event?.data.object).toMatchObject({ amount_total: 9797, total_details: { amount_tax: 1564 } });
  });

  test("is taken of what a discount leaves, and can be refunded whole", async () => {
    const coupon = await sandbox.stripe.coupons.create({ percent_off: 50, duration: "once" });
    const session = await open({ discounts: [{ coupon: coupon.id }] });
    const { payment_intent } = await sandbox.control.pay(session.id, { country: "FI" });
    // 25.5 % of 2450 is 624.75.
    expect(await retrieve(session.id)).toMatchObject({
      amount_total: 2450 + 625,
      total_details: { amount_discount: 2450, amount_tax: 625 },
    });
    const refund = await sandbox.stripe.refunds.create({ payment_intent: payment_intent ?? "" });
    expect(refund.amount).toBe(3075);
  });

  test.each([
    ["eur", undefined, "IT", 4900, 884, "inside, unless the shop says otherwise"],
    ["eur", "exclusive", "IT", 5978, 1078, "on top when the shop says so"],
    ["usd", "inclusive", "GB", 4900, 817, "inside when the shop says so"],
    ["usd", undefined, "US", 4900, 0, "nothing in Oregon"],
    ["jpy", "exclusive", "JP", 5390, 490, "in whole yen"],
    ["kwd", "exclusive", "AE", 5150, 250, "in tens of fils"],
  ])("%s, %s, in %s: %i with %i of tax (%s)", async (currency, behavior, country, total, tax, _) => {
    const price = behavior === undefined ? {} : { tax_behavior: behavior };
    const session = await open({ line_items: [line(4900, currency, price)] });
    await sandbox.control.pay(session.id, { country, postal_code: country === "US" ? "97205" : "" });
    expect(await retrieve(session.id)).toMatchObject({
      amount_total: total,
      total_details: { amount_tax: tax },
    });
  });

  test("in the United States depends on the state", async () => {
    const session = await open();
    await sandbox.control.pay(session.id, { country: "US", postal_code: "98101" });
    const paid = await retrieve(session.id);
    expect(paid.total_details?.breakdown?.taxes).toMatchObject([
      {
        amount: 319,
        rate: { state: "WA", percentage: 6.5, tax_type: "sales_tax", jurisdiction_level: "state" },
      },
    ]);
  });

  test("is known from the start when the customer has an address, and the address typed in can be kept", async () => {
    const { stripe } = sandbox;
    const known = await stripe.customers.create({ email: "a@example.com", address: { country: "FR" } });
    const session = await open({ customer: known.id });
    expect(session).toMatchObject({ amount_total: 5880, automatic_tax: { status: "complete" } });

    const unknown = await stripe.customers.create({ email: "b@example.com" });
    expect((await refusal(open({ customer: unknown.id }))).code).toBe("customer_tax_location_invalid");
    const kept = await open({ customer: unknown.id, customer_update: { address: "auto", name: "auto" } });
    await sandbox.control.pay(kept.id, { country: "NL", postal_code: "1011 AB", name: "Bo Berg" });
    expect(await stripe.customers.retrieve(unknown.id)).toMatchObject({
      name: "Bo Berg",
      address: { country: "NL", postal_code: "1011 AB" },
    });
  });

  test("is owed by a business abroad itself, and by an exempt customer not at all", async () => {
    const business = await open({ tax_id_collection: { enabled: true } });
    const wrong = await sandbox.control.pay(business.id, { country: "DE", tax_id: "FR123" });
    expect(wrong.outcome).toBe("invalid");
    await sandbox.control.pay(business.id, {
      country: "DE",
      business_name: "Vale GmbH",
      tax_id: "DE 123456789",
    });
    const paid = await retrieve(business.id);
    expect(paid).toMatchObject({
      amount_total: 4900,
      customer_details: {
        business_name: "Vale GmbH",
        tax_ids: [{ type: "eu_vat", value: "DE123456789" }],
      },
    });
    expect(paid.total_details?.breakdown?.taxes).toMatchObject([
      { amount: 0, taxability_reason: "reverse_charge" },
    ]);

    const exempt = await sandbox.stripe.customers.create({
      address: { country: "DE" },
      tax_exempt: "exempt",
    });
    expect((await open({ customer: exempt.id })).amount_total).toBe(4900);
    const without = open({ customer: exempt.id, tax_id_collection: { enabled: true } });
    expect((await refusal(without)).param).toBe("customer_update[name]");
  });

  test("follows a new country after a declined card", async () => {
    const session = await open();
    const first = await sandbox.control.pay(session.id, { country: "DE", card: "4000000000000002" });
    expect(first.outcome).toBe("declined");
    await sandbox.control.pay(session.id, { country: "DK" });
    expect(await retrieve(session.id)).toMatchObject({
      amount_total: 6125,
      payment_intent: { amount: 6125, amount_received: 6125 },
    });
  });
});

test("rates of the shop are on the session from the start", async () => {
  const { stripe } = sandbox;
  const rate = await stripe.taxRates.create({ display_name: "VAT", inclusive: false, percentage: 21 });
  const params = sessionParams();
  const [first] = params.line_items ?? [];
  const session = await stripe.checkout.sessions.create({
    ...params,
    line_items: [{ ...first, tax_rates: [rate.id] }],
  });
  expect(session).toMatchObject({ amount_total: 5929, total_details: { amount_tax: 1029 } });
  await sandbox.control.pay(session.id, { country: "DE" });
  expect((await retrieve(session.id)).line_items?.data[0]?.taxes).toMatchObject([{ rate: { id: rate.id } }]);

  const renamed = await stripe.taxRates.update(rate.id, { active: false, display_name: "BTW" });
  expect(renamed).toMatchObject({ active: false, display_name: "BTW", percentage: 21 });
  expect((await stripe.taxRates.list({ active: false })).data.map((one) => one.id)).toEqual([rate.id]);
  const again = stripe.checkout.sessions.create({
    ...params,
    line_items: [{ ...first, tax_rates: [rate.id] }],
  });
  expect((await refusal(again)).param).toBe("line_items[0][tax_rates][0]");
});

describe("the payment page", () => {
  const form = {
    email: "mira@example.com",
    method: "card",
    number: "4242 4242 4242 4242",
    expiry: "12 / 40",
    cvc: "123",
    name: "Mira Vale",
    postal_code: "",
  };
  const send = async (id: string, fields: Record<string, string>) => {
    const response = await fetch(`${sandbox.url}/c/pay/${id}`, {
      method: "POST",
      body: new URLSearchParams({ ...form, ...fields }),
      redirect: "manual",
    });
    return { status: response.status, text: await response.text() };
  };

  test("takes no total that the buyer has not seen", async () => {
    const session = await open();
    const page = await (await fetch(`${sandbox.url}/c/pay/${session.id}`)).text();
    expect(page).toContain('name="shown" value="4900"');
    const totals = await fetch(`${sandbox.url}/c/pay/${session.id}/totals?country=DE&postal_code=`);
    expect(await totals.json()).toEqual({ label: "VAT 19%", shown: 5831, tax: "$9.31", total: "$58.31" });

    const first = await send(session.id, { country: "DE", shown: "4900" });
    expect(first.status).toBe(409);
    expect(first.text).toContain("The total is now $58.31");
    expect(first.text).toContain('name="shown" value="5831"');
    expect((await sandbox.stripe.charges.list()).data).toEqual([]);
    expect((await send(session.id, { country: "DE", shown: "5831" })).status).toBe(303);
    expect((await retrieve(session.id)).amount_total).toBe(5831);
    const [charge] = (await sandbox.stripe.charges.list()).data;
    const receipt = await (await fetch(`${sandbox.url}/receipts/${charge?.id}`)).text();
    expect(receipt).toContain("VAT 19%");
    expect(receipt).toContain("$9.31");
  });

  test("asks a business for its tax ID and says what is wrong with it", async () => {
    const session = await open({ tax_id_collection: { enabled: true } });
    expect(await (await fetch(`${sandbox.url}/c/pay/${session.id}`)).text()).toContain(
      "buying as a business",
    );
    const wrong = await send(session.id, { country: "DE", tax_id: "XX1", shown: "5831" });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain("One looks like DE123456789");
  });
});
