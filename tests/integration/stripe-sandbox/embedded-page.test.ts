import type Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type OpenSandbox, openSandbox, refusal, sessionParams } from "./open-sandbox";

let sandbox: OpenSandbox;
beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(() => sandbox.close());

const RETURN_URL = "http://localhost:3000/checkout/success?session_id={CHECKOUT_SESSION_ID}";

function embedded(more: Stripe.Checkout.SessionCreateParams = {}) {
  const { success_url: _, cancel_url: __, ...params } = sessionParams();
  return sandbox.stripe.checkout.sessions.create({
    ...params,
    ui_mode: "embedded_page",
    return_url: RETURN_URL,
    ...more,
  });
}

const form = {
  email: "mira@example.com",
  method: "card",
  number: "4242 4242 4242 4242",
  expiry: "12 / 40",
  cvc: "123",
  name: "Mira Vale",
  country: "DE",
  postal_code: "10115",
};

async function send(path: string, fields: Record<string, string>) {
  const response = await fetch(new URL(path, sandbox.url), {
    method: "POST",
    body: new URLSearchParams(fields),
    redirect: "manual",
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

test("an embedded session has a secret and an address to come back to, but no page of its own", async () => {
  const session = await embedded();
  expect(session).toMatchObject({
    ui_mode: "embedded_page",
    url: null,
    return_url: RETURN_URL,
    redirect_on_completion: "always",
    success_url: null,
  });
  expect(session.client_secret).toMatch(/^cs_test_\w+_secret_\w+$/);
  await sandbox.control.expire(session.id);
  expect((await sandbox.stripe.checkout.sessions.retrieve(session.id)).client_secret).toBeNull();
});

test.each([
  [{ success_url: "http://localhost:3000/" }, "success_url"],
  [{ cancel_url: "http://localhost:3000/" }, "cancel_url"],
  [{ redirect_on_completion: "never" }, "return_url"],
] as const)("an embedded session with %o is refused", async (more, param) => {
  expect(await refusal(embedded(more))).toMatchObject({ param });
});

test("addresses of an embedded page are refused for a hosted one, and one is needed", async () => {
  const hosted = sandbox.stripe.checkout.sessions.create({ ...sessionParams(), return_url: RETURN_URL });
  expect((await refusal(hosted)).param).toBe("return_url");
  const { success_url: _, cancel_url: __, ...params } = sessionParams();
  const without = sandbox.stripe.checkout.sessions.create({ ...params, ui_mode: "embedded_page" });
  expect(await refusal(without)).toMatchObject({ code: "parameter_missing", param: "return_url" });
  // The SDK's types let it through, since they name the values that are known and any other text.
  const wrong = sandbox.stripe.checkout.sessions.create({
    ...sessionParams(),
    ui_mode: "hosted" as "hosted_page",
  });
  expect((await refusal(wrong)).message).toContain("Invalid ui_mode: must be one of");
});

test("only the shop may frame its page, with the secret; paying says so inside the frame", async () => {
  const session = await embedded();
  const address = `${sandbox.url}/c/pay/${session.id}`;
  expect((await fetch(address)).status).toBe(404);
  const page = await fetch(`${address}?client_secret=${session.client_secret}`);
  expect(page.headers.get("content-security-policy")).toContain("frame-ancestors http://localhost:3000");
  expect(page.headers.get("x-frame-options")).toBeNull();
  expect(await page.text()).toContain('data-parent="http://localhost:3000"');

  const challenged = await send(`/c/pay/${session.id}`, { ...form, number: "4000002760003184" });
  const challenge = await fetch(new URL(challenged.headers.get("location") ?? "", sandbox.url));
  expect(challenge.headers.get("content-security-policy")).toContain("frame-ancestors http://localhost:3000");
  const failed = await send(`/c/3ds/${session.id}`, { answer: "fail" });
  const back = await fetch(new URL(failed.headers.get("location") ?? "", sandbox.url));
  expect(await back.text()).toContain("We are unable to authenticate your payment method");

  const paid = await send(`/c/pay/${session.id}`, form);
  expect(paid.status).toBe(200);
  expect(paid.text).toContain(
    `data-complete="http://localhost:3000/checkout/success?session_id=${session.id}"`,
  );
  expect(await sandbox.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
    client_secret: null,
    payment_status: "paid",
  });
});

test("a session that never redirects tells the shop's page only", async () => {
  const { success_url: _, cancel_url: __, ...params } = sessionParams();
  const session = await sandbox.stripe.checkout.sessions.create({
    ...params,
    ui_mode: "embedded_page",
    redirect_on_completion: "never",
  });
  expect((await send(`/c/pay/${session.id}`, form)).text).toContain('data-complete=""');
});

test("the stand-in for Stripe.js is served where the real one is, without inline code", async () => {
  const script = await fetch(`${sandbox.url}/endive/stripe.js`);
  expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(await script.text()).toContain("createEmbeddedCheckoutPage");
});
