import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type OpenSandbox, openSandbox, sessionParams } from "./open-sandbox";

let sandbox: OpenSandbox;
beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(() => sandbox.close());

const CARD = {
  email: "mira@example.com",
  method: "card",
  number: "4242 4242 4242 4242",
  expiry: "12 / 40",
  cvc: "123",
  name: "Mira Vale",
  country: "DE",
  postal_code: "10115",
};

/** Sends a form as a browser without scripts does, not following the redirect. */
async function send(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(sandbox.url + path, {
    method: "POST",
    body: new URLSearchParams(fields),
    redirect: "manual",
    headers,
  });
  return { status: response.status, location: response.headers.get("location"), text: await response.text() };
}

async function get(path: string) {
  const response = await fetch(sandbox.url + path, { redirect: "manual" });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe("the payment page", () => {
  test("shows what is paid, and pays once however often it is sent", async () => {
    const { stripe } = sandbox;
    const coupon = await stripe.coupons.create({
      amount_off: 900,
      currency: "usd",
      duration: "once",
      name: "NOVEMBER",
    });
    const session = await stripe.checkout.sessions.create(
      sessionParams(4900, { discounts: [{ coupon: coupon.id }] }),
    );
    const page = await get(`/c/pay/${session.id}`);
    for (const text of [
      "Async Python",
      "$49.00",
      "Discount NOVEMBER",
      "−$9.00",
      "Pay $40.00",
      'href="http://localhost:3000/cart"',
      "no real money",
    ]) {
      expect(page.text).toContain(text);
    }
    expect(page.headers.get("content-security-policy")).toContain("form-action 'self' http://localhost:3000");
    expect(page.headers.get("cache-control")).toBe("no-store");

    const sent = await Promise.all([1, 2, 3].map(() => send(`/c/pay/${session.id}`, CARD)));
    const success = `http://localhost:3000/checkout/success?session_id=${session.id}`;
    expect(sent.map((one) => [one.status, one.location])).toEqual([1, 2, 3].map(() => [303, success]));
    expect((await stripe.charges.list()).data).toHaveLength(1);
    expect((await stripe.checkout.sessions.retrieve(session.id)).customer_details).toMatchObject({
      email: "mira@example.com",
      name: "Mira Vale",
      address: { country: "DE", postal_code: "10115" },
    });
    expect((await get(`/c/pay/${session.id}`)).text).toContain("This order is paid");
  });

  test("says in Stripe's words why a card is declined, and keeps what was typed", async () => {
    const session = await sandbox.stripe.checkout.sessions.create(sessionParams());
    const declined = await send(`/c/pay/${session.id}`, { ...CARD, number: "4000000000000002" });
    expect(declined.status).toBe(402);
    for (const text of [
      "Your card was declined",
      "You were not charged",
      'value="4000000000000002"',
      'value="Mira Vale"',
      'value="mira@example.com"',
      'value="DE" selected',
    ]) {
      expect(declined.text).toContain(text);
    }
  });

  test.each([
    [{ number: "4242 4242 4242 4241" }, "Your card number is invalid."],
    [{ number: "4242" }, "Your card number is incomplete."],
    [{ number: "4111 1111 1111 1111" }, "Only test cards work here."],
    [{ expiry: "12 / 20" }, "is in the past."],
    [{ expiry: "13 / 40" }, "expiration date is invalid."],
    [{ expiry: "" }, "expiration date is incomplete."],
    [{ cvc: "12" }, "security code is incomplete."],
    [{ email: "mira" }, "This e-mail address is incomplete."],
    [{ name: "" }, "Enter the name."],
    [{ country: "XX" }, "Choose a country."],
  ])("refuses %o beside its field", async (change, message) => {
    const { stripe } = sandbox;
    const session = await stripe.checkout.sessions.create(sessionParams());
    const refused = await send(`/c/pay/${session.id}`, { ...CARD, ...change });
    expect(refused.status).toBe(422);
    expect(refused.text.replaceAll("&#39;", "'")).toContain(message);
    expect((await stripe.paymentIntents.list()).data).toEqual([]);
  });

  test("fills in a test card without a script and without paying", async () => {
    const { stripe } = sandbox;
    const session = await stripe.checkout.sessions.create(sessionParams());
    const filled = await send(`/c/pay/${session.id}`, { ...CARD, number: "", fill: "4000002760003184" });
    expect(filled.status).toBe(200);
    expect(filled.text).toContain('value="4000 0027 6000 3184"');
    expect((await stripe.paymentIntents.list()).data).toEqual([]);
  });

  test("does not let the buyer change an address the shop has given", async () => {
    const { stripe } = sandbox;
    const session = await stripe.checkout.sessions.create(
      sessionParams(4900, { customer_email: "jon@example.com" }),
    );
    expect((await get(`/c/pay/${session.id}`)).text).toContain('value="jon@example.com" readonly');
    await send(`/c/pay/${session.id}`, CARD);
    expect((await stripe.checkout.sessions.retrieve(session.id)).customer_details?.email).toBe(
      "jon@example.com",
    );
  });

  test("takes a bank debit", async () => {
    const session = await sandbox.stripe.checkout.sessions.create(sessionParams());
    const sent = await send(`/c/pay/${session.id}`, { ...CARD, number: "", method: "debit", debit: "waits" });
    expect(sent.status).toBe(303);
    expect(await sandbox.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      status: "complete",
      payment_status: "unpaid",
    });
  });

  test("needs no card for a free order", async () => {
    const { stripe } = sandbox;
    const coupon = await stripe.coupons.create({ percent_off: 100, duration: "once" });
    const session = await stripe.checkout.sessions.create(
      sessionParams(4900, { discounts: [{ coupon: coupon.id }] }),
    );
    const page = await get(`/c/pay/${session.id}`);
    expect(page.text).toContain("Complete order");
    expect(page.text).not.toContain('id="number"');
    const { email, name, country } = CARD;
    expect((await send(`/c/pay/${session.id}`, { email, name, country })).status).toBe(303);
  });

  test("is gone when the session has expired", async () => {
    const { stripe } = sandbox;
    const session = await stripe.checkout.sessions.create(sessionParams());
    await stripe.checkout.sessions.expire(session.id);
    const page = await get(`/c/pay/${session.id}`);
    expect(page.status).toBe(410);
    expect(page.text).toContain("You were not charged");
    expect((await send(`/c/pay/${session.id}`, CARD)).status).toBe(410);
    expect((await get("/c/pay/cs_test_unknown")).status).toBe(404);
  });

  test("escapes what the shop and the buyer say", async () => {
    const line = { currency: "usd", unit_amount: 900, product_data: { name: '<script>alert("x")</script>' } };
    const session = await sandbox.stripe.checkout.sessions.create(
      sessionParams(0, { line_items: [{ quantity: 1, price_data: line }] }),
    );
    const page = await send(`/c/pay/${session.id}`, { ...CARD, name: '"><b>', cvc: "" });
    expect(page.text).not.toContain("<script>alert");
    expect(page.text).not.toContain('"><b>');
  });
});

describe("3-D Secure", () => {
  test("asks the bank, and its answer decides", async () => {
    const { stripe } = sandbox;
    const session = await stripe.checkout.sessions.create(
      sessionParams(4900, { metadata: { order_number: "ORD-1" } }),
    );
    const pay = () => send(`/c/pay/${session.id}`, { ...CARD, number: "4000002760003184" });
    expect(await pay()).toMatchObject({ status: 303, location: `/c/3ds/${session.id}` });
    const challenge = await get(`/c/3ds/${session.id}`);
    for (const text of ["Confirm your payment", "$49.00", "Ending 3184", "ORD-1"])
      expect(challenge.text).toContain(text);

    expect(await send(`/c/3ds/${session.id}`, { answer: "fail" })).toMatchObject({
      location: `/c/pay/${session.id}`,
    });
    const back = await get(`/c/pay/${session.id}`);
    expect(back.text).toContain("We are unable to authenticate your payment method");
    expect(back.text).toContain('value="Mira Vale"');

    await pay();
    const passed = await send(`/c/3ds/${session.id}`, { answer: "pass" });
    expect(passed.location).toContain(`session_id=${session.id}`);
    expect(await send(`/c/3ds/${session.id}`, { answer: "pass" })).toMatchObject({
      location: passed.location,
    });
    expect((await stripe.charges.list()).data).toHaveLength(1);
  });
});

describe("other sites", () => {
  test.each<Record<string, string>>([
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
  ])("cannot send the form (%o)", async (headers) => {
    const session = await sandbox.stripe.checkout.sessions.create(sessionParams());
    expect((await send(`/c/pay/${session.id}`, CARD, headers)).status).toBe(403);
    expect((await sandbox.stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
  });

  test("our own pages can", async () => {
    const session = await sandbox.stripe.checkout.sessions.create(sessionParams());
    expect((await send(`/c/pay/${session.id}`, CARD, { origin: sandbox.publicUrl })).status).toBe(303);
  });
});

test("the receipt tells what was paid and refunded", async () => {
  const { stripe, control } = sandbox;
  const session = await stripe.checkout.sessions.create(sessionParams());
  const { payment_intent: intent } = await control.pay(session.id);
  await stripe.refunds.create({ payment_intent: String(intent), amount: 900 });
  const [charge] = (await stripe.charges.list()).data;
  const receipt = await get(new URL(String(charge?.receipt_url)).pathname);
  for (const text of ["Async Python", "$49.00", "Visa ending 4242", "−$9.00"])
    expect(receipt.text).toContain(text);
});
