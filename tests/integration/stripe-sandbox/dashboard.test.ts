import { afterEach, beforeEach, expect, test } from "vitest";
import { type OpenSandbox, openSandbox, sessionParams } from "./open-sandbox";

let sandbox: OpenSandbox;
beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(() => sandbox.close());

const page = async (path: string) => {
  const response = await fetch(sandbox.url + path);
  return { status: response.status, text: await response.text() };
};

const press = async (path: string, fields: Record<string, string> = {}) => {
  const response = await fetch(sandbox.url + path, {
    method: "POST",
    body: new URLSearchParams(fields),
    redirect: "manual",
  });
  return { status: response.status, location: response.headers.get("location"), text: await response.text() };
};

async function paid(order: Parameters<OpenSandbox["control"]["pay"]>[1] = {}) {
  const session = await sandbox.stripe.checkout.sessions.create(
    sessionParams(4900, { payment_intent_data: { metadata: { order_number: "ORD-7K2M9Q" } } }),
  );
  const { payment_intent: intent } = await sandbox.control.pay(session.id, order);
  return { path: `/dashboard/payments/${intent}`, intent: String(intent), session: session.id };
}

test("says what to do when there is nothing yet", async () => {
  for (const [path, text] of [
    ["/", "No payments yet"],
    ["/dashboard/sessions", "No checkout sessions yet"],
    ["/dashboard/customers", "No customers yet"],
    ["/dashboard/events", "No events yet"],
    ["/test-cards", "4000 0027 6000 3184"],
  ] as const) {
    expect((await page(path)).text).toContain(text);
  }
  expect((await page("/dashboard/payments/pi_none")).status).toBe(404);
});

test("lists payments and refunds them, in part and in full", async () => {
  const { path, intent } = await paid();
  expect((await page("/")).text).toContain("ORD-7K2M9Q");
  expect((await page(path)).text).toContain("Visa ending 4242");
  expect(await press(`${path}/refund`, { amount: "9.50", reason: "duplicate" })).toMatchObject({
    status: 303,
    location: `${path}?done=refunded`,
  });
  expect((await sandbox.stripe.refunds.list({ payment_intent: intent })).data[0]).toMatchObject({
    amount: 950,
    reason: "duplicate",
  });
  expect((await page(path)).text).toContain("Part refunded $9.50");
  for (const [amount, reason] of [
    ["100", "greater than unrefunded amount"],
    ["1,5", "Enter an amount"],
    ["", "Enter an amount"],
  ] as const) {
    const refused = await press(`${path}/refund`, { amount });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(reason);
  }
  await press(`${path}/refund`, { amount: "39.50" });
  expect((await page(path)).text).not.toContain('id="amount"');
});

test("ends a bank debit, a refund and a dispute by hand", async () => {
  const debit = await paid({ debit: "waits" });
  expect((await page(debit.path)).text).toContain("The money is on its way");
  expect(await press(`${debit.path}/settle`)).toMatchObject({ location: `${debit.path}?done=settled` });
  expect(await press(`${debit.path}/settle`)).toMatchObject({ location: debit.path });

  const pending = await paid({ card: "4000000000007726" });
  await press(`${pending.path}/refund`, { amount: "49" });
  const [refund] = (await sandbox.stripe.refunds.list({ payment_intent: pending.intent })).data;
  await press(`${pending.path}/settle-refund?refund=${refund?.id}`);
  await press(`${pending.path}/fail-refund?refund=${refund?.id}`);
  expect((await sandbox.stripe.refunds.retrieve(String(refund?.id))).status).toBe("failed");

  const disputed = await paid();
  await press(`${disputed.path}/dispute`);
  expect((await page(disputed.path)).text).toContain("Disputed");
  await press(`${disputed.path}/lose`);
  expect((await page(disputed.path)).text).toContain("Dispute lost");
});

test("expires a session and sends an event again", async () => {
  const session = await sandbox.stripe.checkout.sessions.create(sessionParams());
  expect(await press(`/dashboard/sessions/${session.id}/expire`)).toMatchObject({
    location: `/dashboard/sessions/${session.id}?done=expired`,
  });
  await sandbox.control.idle();
  const [event] = (await sandbox.stripe.events.list()).data;
  const shown = await page(`/dashboard/events/${event?.id}`);
  expect(shown.text).toContain("HTTP 200");
  await press(`/dashboard/events/${event?.id}/resend`);
  await sandbox.control.idle();
  expect(sandbox.hook.types()).toEqual(["checkout.session.expired", "checkout.session.expired"]);
});

test("pages by keyset", async () => {
  for (let index = 0; index < 60; index += 1)
    await sandbox.stripe.customers.create({ name: `Learner ${index}.` });
  const first = await page("/dashboard/customers");
  expect(first.text).toContain("1–25 of 60");
  const older = /href="([^"]+)">Older/.exec(first.text)?.[1]?.replaceAll("&amp;", "&");
  const second = await page(String(older));
  expect(second.text).toContain("26–50 of 60");
  expect(second.text).toContain("Learner 34.");
  const newer = /href="([^"]+)">Newer/.exec(second.text)?.[1]?.replaceAll("&amp;", "&");
  expect((await page(String(newer))).text).toContain("1–25 of 60");
});

test("serves its own assets, and nothing else from the disk", async () => {
  for (const name of ["sandbox.css", "checkout.js", "favicon.svg", "inter.woff2"]) {
    expect((await page(`/assets/${name}`)).status).toBe(200);
  }
  expect((await page("/assets/..%2Fhtml.ts")).status).toBe(404);
  expect((await page("/assets/constructor")).status).toBe(404);
});

test("faults are ordered, seen to hit, and cleared by hand", async () => {
  const { stripe } = sandbox;
  expect((await page("/dashboard/faults")).text).toContain("No fault is ordered.");
  await press("/dashboard/faults/call", {
    path: "/v1/customers",
    kind: "error_429",
    when: "before",
    times: "1",
  });
  expect((await page("/dashboard/faults")).text).toContain("answers 429, too many requests, without effect");
  await expect(stripe.customers.create({})).rejects.toMatchObject({ statusCode: 429 });
  await stripe.customers.create({});

  await press("/dashboard/faults/delivery", {
    kind: "hold",
    types: "customer.created",
    times: "2",
    copies: "1",
  });
  const [first, second] = [await stripe.customers.create({}), await stripe.customers.create({})];
  await sandbox.control.idle();
  expect((await page("/dashboard/faults")).text).toContain("2 deliveries wait");
  expect((await page("/dashboard/deliveries")).text).toContain("Held");
  await press("/dashboard/faults/release?order=newest");
  await expect.poll(() => sandbox.hook.received.length).toBe(3);
  const told = sandbox.hook.received
    .slice(1)
    .map(({ event }) => "id" in event.data.object && event.data.object.id);
  expect(told).toEqual([second.id, first.id]);

  await press("/dashboard/faults/clear-calls");
  await press("/dashboard/faults/clear-deliveries");
  expect((await page("/dashboard/faults")).text).not.toContain("answers 429, too many requests, without");
  expect((await press("/dashboard/faults/nonsense")).status).toBe(404);
});

test("the clock moves by hand, and what falls due happens", async () => {
  const session = await sandbox.stripe.checkout.sessions.create(sessionParams());
  expect((await press("/dashboard/faults/clock?move=day")).location).toBe("/dashboard/faults?done=clock");
  await press("/dashboard/faults/clock?move=hour");
  expect((await sandbox.stripe.checkout.sessions.retrieve(session.id)).status).toBe("expired");
  expect((await page("/dashboard/faults")).text).toContain("Shifted");
  await press("/dashboard/faults/clock?move=reset");
  expect((await page("/dashboard/faults")).text).toContain("Real time");
});
