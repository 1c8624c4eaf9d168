import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type OpenSandbox, openSandbox, refusal, sessionParams } from "./open-sandbox";

let sandbox: OpenSandbox;
beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(() => sandbox.close());

describe("paying by card", () => {
  test("completes the session and tells the shop in signed events", async () => {
    const { stripe, control, hook } = sandbox;
    const session = await stripe.checkout.sessions.create(
      sessionParams(4900, {
        client_reference_id: "order-1",
        metadata: { order_id: "order-1" },
        payment_intent_data: { metadata: { order_id: "order-1" } },
        customer_email: "mira@example.com",
      }),
    );
    expect(session).toMatchObject({
      status: "open",
      payment_status: "unpaid",
      amount_total: 4900,
      payment_intent: null,
    });
    expect(session.url).toBe(`${sandbox.publicUrl}/c/pay/${session.id}`);

    expect(await control.pay(session.id)).toMatchObject({ outcome: "complete" });
    await control.idle();

    const types = hook.types();
    for (const type of [
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "checkout.session.completed",
      "charge.updated",
    ]) {
      expect(types.filter((one) => one === type)).toHaveLength(1);
    }
    expect(hook.refused).toEqual([]);
    const paid = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ["payment_intent.latest_charge"],
    });
    expect(paid).toMatchObject({
      status: "complete",
      payment_status: "paid",
      url: null,
      customer_details: { email: "mira@example.com" },
      payment_intent: {
        status: "succeeded",
        amount_received: 4900,
        metadata: { order_id: "order-1" },
        latest_charge: { paid: true, payment_method_details: { card: { last4: "4242" } } },
      },
    });
  });

  test("a decline leaves the session open, and another card then pays the same intent", async () => {
    const { stripe, control, hook } = sandbox;
    const session = await stripe.checkout.sessions.create(sessionParams());
    const declined = await control.pay(session.id, { card: "4000000000009995" });
    expect(declined).toMatchObject({ outcome: "declined", decline_code: "insufficient_funds" });
    expect(declined.message).toBe("Your card has insufficient funds.");

    const open = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
    expect(open).toMatchObject({
      status: "open",
      payment_intent: {
        status: "requires_payment_method",
        last_payment_error: { decline_code: "insufficient_funds" },
      },
    });
    const paid = await control.pay(session.id);
    expect(paid).toMatchObject({ outcome: "complete", payment_intent: declined.payment_intent });
    await control.idle();
    expect(hook.types()).toContain("payment_intent.payment_failed");
    expect(hook.types().filter((type) => type === "checkout.session.completed")).toHaveLength(1);
  });

  test.each([
    ["4000000000000002", "generic_decline"],
    ["4000000000009987", "lost_card"],
    ["4000000000009979", "stolen_card"],
    ["4000000000000069", "expired_card"],
    ["4000000000000127", "incorrect_cvc"],
    ["4000000000000119", "processing_error"],
  ])("card %s is refused with %s", async (card, code) => {
    const session = await sandbox.stripe.checkout.sessions.create(sessionParams());
    expect(await sandbox.control.pay(session.id, { card })).toMatchObject({
      outcome: "declined",
      decline_code: code,
    });
  });

  test.each(["4000002760003184", "4000002500003155"])("card %s waits for 3-D Secure", async (card) => {
    const { stripe, control } = sandbox;
    const session = await stripe.checkout.sessions.create(sessionParams());
    expect(await control.pay(session.id, { card })).toMatchObject({ outcome: "challenge" });
    const [intent] = (await stripe.paymentIntents.list()).data;
    expect(intent).toMatchObject({ status: "requires_action", next_action: { type: "redirect_to_url" } });
    expect(await control.pay(session.id, { card, challenge: "fail" })).toMatchObject({
      outcome: "declined",
      decline_code: "payment_intent_authentication_failure",
    });
    expect(await control.pay(session.id, { card, challenge: "pass" })).toMatchObject({ outcome: "complete" });
    const [charge] = (await stripe.charges.list()).data;
    expect(charge?.payment_method_details?.card?.three_d_secure?.result).toBe("authenticated");
  });

  test("never pays twice", async () => {
    const { stripe, control } = sandbox;
    const session = await stripe.checkout.sessions.create(sessionParams());
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => control.pay(session.id)));
    expect(outcomes.map((one) => one.outcome).sort()).toEqual([
      "closed",
      "closed",
      "closed",
      "closed",
      "complete",
    ]);
    expect((await stripe.charges.list()).data).toHaveLength(1);
  });

  test("gives a guest a customer when asked to", async () => {
    const { stripe, control } = sandbox;
    const session = await stripe.checkout.sessions.create(
      sessionParams(4900, { customer_creation: "always" }),
    );
    await control.pay(session.id, { email: "jon@example.com", name: "Jon Ames" });
    const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ["customer"] });
    expect(paid.customer).toMatchObject({ email: "jon@example.com", name: "Jon Ames" });
  });
});

describe("paying by bank debit", () => {
  test("completes unpaid and succeeds later", async () => {
    const { stripe, control, hook } = sandbox;
    const session = await stripe.checkout.sessions.create(sessionParams());
    expect(session.payment_method_types).toEqual(["card", "us_bank_account"]);
    const { payment_intent: intent } = await control.pay(session.id, { debit: "waits" });
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      status: "complete",
      payment_status: "unpaid",
    });
    await control.settle(String(intent));
    await control.idle();
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ payment_status: "paid" });
    const types = hook.types();
    expect(types).toContain("payment_intent.processing");
    expect(types.filter((type) => type === "checkout.session.async_payment_succeeded")).toHaveLength(1);
    await expect(control.settle(String(intent))).rejects.toMatchObject({ status: 409 });
  });

  test("may fail later", async () => {
    const { stripe, control, hook } = sandbox;
    const session = await stripe.checkout.sessions.create(sessionParams());
    const { payment_intent: intent } = await control.pay(session.id, { debit: "waits" });
    await control.settle(String(intent), "account_closed");
    await control.idle();
    expect(hook.types()).toContain("checkout.session.async_payment_failed");
    expect(await stripe.paymentIntents.retrieve(String(intent))).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: { decline_code: "account_closed" },
    });
  });

  test("settles by itself after its delay on the sandbox's clock", async () => {
    const slow = await openSandbox({ delays: { bankDebitSettles: 3600 } });
    const session = await slow.stripe.checkout.sessions.create(sessionParams());
    await slow.control.pay(session.id, { debit: "insufficient_funds" });
    await slow.control.setClock({ advance_ms: 3_601_000 });
    await slow.control.idle();
    expect(slow.hook.types()).toContain("checkout.session.async_payment_failed");
    await slow.close();
  });

  test("is not offered where Stripe has none", async () => {
    const line = { currency: "jpy", unit_amount: 500, product_data: { name: "Python" } };
    const session = await sandbox.stripe.checkout.sessions.create(
      sessionParams(0, { line_items: [{ quantity: 1, price_data: line }] }),
    );
    expect(session.payment_method_types).toEqual(["card"]);
  });
});

describe("the end of a session", () => {
  test("comes by the clock, once, and cancels its intent", async () => {
    const { stripe, control, hook } = sandbox;
    const { seconds } = await control.clock();
    const session = await stripe.checkout.sessions.create(
      sessionParams(4900, { expires_at: seconds + 1800 }),
    );
    await control.pay(session.id, { card: "4000000000000002" });
    await control.setClock({ advance_ms: 1_801_000 });
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      status: "expired",
      url: null,
    });
    await control.idle();
    expect(hook.types().filter((type) => type === "checkout.session.expired")).toHaveLength(1);
    expect(hook.types()).toContain("payment_intent.canceled");
    expect(await control.pay(session.id)).toMatchObject({ outcome: "closed" });
  });

  test("can be ordered while it is open only", async () => {
    const { stripe, control } = sandbox;
    const open = await stripe.checkout.sessions.create(sessionParams());
    expect((await stripe.checkout.sessions.expire(open.id)).status).toBe("expired");
    const paid = await stripe.checkout.sessions.create(sessionParams());
    await control.pay(paid.id);
    const error = await refusal(stripe.checkout.sessions.expire(paid.id));
    expect(error.statusCode).toBe(400);
    expect(error.message).toContain('Only Checkout Sessions with a status in ["open"] can be expired');
  });

  test.each([1700, 90_000])("%i seconds from now is refused", async (wait) => {
    const { seconds } = await sandbox.control.clock();
    const params = sessionParams(4900, { expires_at: seconds + wait });
    expect(await refusal(sandbox.stripe.checkout.sessions.create(params))).toMatchObject({
      param: "expires_at",
    });
  });
});

describe("amounts", () => {
  test("a discount is split over the lines so that they add up", async () => {
    const { stripe } = sandbox;
    const coupon = await stripe.coupons.create({ percent_off: 33, duration: "once" });
    const prices = [3333, 3333, 3334, 1];
    const session = await stripe.checkout.sessions.create(
      sessionParams(0, {
        discounts: [{ coupon: coupon.id }],
        line_items: prices.map((unit_amount) => ({
          quantity: 1,
          price_data: { currency: "usd", unit_amount, product_data: { name: "Course" } },
        })),
      }),
    );
    const items = await stripe.checkout.sessions.listLineItems(session.id);
    const sum = (pick: (item: (typeof items.data)[number]) => number) =>
      items.data.reduce((all, item) => all + pick(item), 0);
    expect(session.total_details?.amount_discount).toBe(3300);
    expect(sum((item) => item.amount_discount)).toBe(3300);
    expect(sum((item) => item.amount_total)).toBe(session.amount_total);
  });

  test("a total of zero needs no payment", async () => {
    const { stripe, control, hook } = sandbox;
    const coupon = await stripe.coupons.create({ percent_off: 100, duration: "once", max_redemptions: 1 });
    const params = sessionParams(4900, { discounts: [{ coupon: coupon.id }] });
    const session = await stripe.checkout.sessions.create(params);
    expect(session).toMatchObject({ amount_total: 0, payment_status: "no_payment_required" });
    expect(await control.pay(session.id)).toMatchObject({ outcome: "complete", payment_intent: null });
    await control.idle();
    expect(hook.types()).toEqual(["checkout.session.completed"]);
    expect(await stripe.coupons.retrieve(coupon.id)).toMatchObject({ times_redeemed: 1, valid: false });
    expect(await refusal(stripe.checkout.sessions.create(params))).toMatchObject({ code: "coupon_expired" });
  });

  test.each([
    ["usd", 49, "$0.50"],
    ["gbp", 29, "£0.30"],
    ["jpy", 49, "¥50"],
    ["huf", 17_400, "175.00"],
  ])("%s %i is too small", async (currency, unit_amount, least) => {
    const line = { currency, unit_amount, product_data: { name: "Course" } };
    const params = sessionParams(0, { line_items: [{ quantity: 1, price_data: line }] });
    const error = await refusal(sandbox.stripe.checkout.sessions.create(params));
    expect(error).toMatchObject({ code: "amount_too_small", statusCode: 400 });
    expect(error.message).toContain(least);
  });

  test.each([
    ["jpy", 500],
    ["kwd", 1500],
  ])("%s %i is charged in its own minor units", async (currency, unit_amount) => {
    const line = { currency, unit_amount, product_data: { name: "Course" } };
    const session = await sandbox.stripe.checkout.sessions.create(
      sessionParams(0, { line_items: [{ quantity: 1, price_data: line }] }),
    );
    await sandbox.control.pay(session.id);
    const [charge] = (await sandbox.stripe.charges.list()).data;
    expect(charge).toMatchObject({ amount: unit_amount, currency });
  });

  test("three-decimal currencies end in zero", async () => {
    const line = { currency: "kwd", unit_amount: 1505, product_data: { name: "Course" } };
    const params = sessionParams(0, { line_items: [{ quantity: 1, price_data: line }] });
    expect((await refusal(sandbox.stripe.checkout.sessions.create(params))).message).toContain("nearest ten");
  });
});
