import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startStripeSandbox } from "../../../sandbox/stripe/start";
import { openReceiver, openSandbox, sdk, sessionParams } from "./open-sandbox";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lectern-stripe-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const root = fileURLToPath(new URL("../../..", import.meta.url));

test("a restart keeps payments, events, keys, open sessions and due jobs", async () => {
  const before = await openSandbox({ dataDir: folder });
  const paid = await before.stripe.checkout.sessions.create(sessionParams(), { idempotencyKey: "order-1" });
  await before.control.pay(paid.id);
  const open = await before.stripe.checkout.sessions.create(sessionParams());
  const waiting = await before.stripe.checkout.sessions.create(sessionParams());
  const { payment_intent: intent } = await before.control.pay(waiting.id, { debit: "waits" });
  await before.control.idle();
  const events = (await before.stripe.events.list({ limit: 100 })).data;
  await before.close();

  const after = await openSandbox({ dataDir: folder });
  expect(
    (await after.stripe.events.list({ limit: 100 })).data.filter((one) =>
      events.some(({ id }) => id === one.id),
    ),
  ).toHaveLength(events.length);
  expect(await after.stripe.checkout.sessions.retrieve(paid.id)).toMatchObject({
    status: "complete",
    payment_status: "paid",
  });
  expect(
    (await after.stripe.checkout.sessions.create(sessionParams(), { idempotencyKey: "order-1" })).id,
  ).toBe(paid.id);
  await after.control.settle(String(intent));
  await after.control.setClock({ advance_ms: 25 * 3_600_000 });
  expect((await after.stripe.checkout.sessions.retrieve(open.id)).status).toBe("expired");
  expect((await after.stripe.webhookEndpoints.list()).data).toHaveLength(2);
  await after.close();
});

test("what could not be delivered is delivered after the restart", async () => {
  const before = await openSandbox({ dataDir: folder, retryDelays: [60_000] });
  before.hook.answerNext(500);
  await before.stripe.customers.create({});
  await before.control.idle();
  const [refused] = before.hook.received;
  await before.close();
  const hook = await openReceiver({ port: Number(new URL(before.hook.url).port) });
  const after = await startStripeSandbox({
    dataDir: folder,
    now: new Date(Date.now() + 61_000),
    // Twice: the first may go into a connection that the closed receiver left behind.
    retryDelays: [60_000, 50],
  });
  await expect.poll(() => hook.received.map(({ event }) => event.id)).toEqual([refused?.event.id]);
  const undelivered = () => sdk(after.port).events.list({ delivery_success: false });
  await expect.poll(async () => (await undelivered()).data).toEqual([]);
  await after.close();
  await hook.close();
});

test("a line torn by a kill is dropped, and nothing else", async () => {
  const before = await startStripeSandbox({ dataDir: folder });
  const customer = await sdk(before.port).customers.create({ name: "Mira Vale" });
  await before.close();
  appendFileSync(join(folder, "journal.jsonl"), '["customers","cus_torn",{"id":"cus_to');
  for (const name of ["first", "second"]) {
    const after = await startStripeSandbox({ dataDir: folder });
    const stripe = sdk(after.port);
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ name: "Mira Vale" });
    await stripe.customers.create({ name });
    await after.close();
  }
  const last = await startStripeSandbox({ dataDir: folder });
  expect((await sdk(last.port).customers.list()).data.map((one) => one.name)).toEqual([
    "second",
    "first",
    "Mira Vale",
  ]);
  await last.close();
});

/** The process the start command runs; resolves once it prints its address. */
async function startProcess(): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, ["--import", "./scripts/typescript.mjs", "sandbox/stripe/main.ts"], {
    cwd: root,
    env: { ...process.env, DATA_DIR: folder, STRIPE_SANDBOX_PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout?.on("data", (chunk) => {
      const found = /localhost:(\d+)/.exec(String(chunk))?.[1];
      if (found) resolve(Number(found));
    });
    child.once("exit", (code) => reject(new Error(`the sandbox ended with ${code}`)));
  });
  return { child, port };
}

test("kill -9 in the middle of work loses nothing that was answered", async () => {
  const { child, port } = await startProcess();
  const stripe = sdk(port);
  const answered: string[] = [];
  const work = (async () => {
    for (;;) answered.push((await stripe.checkout.sessions.create(sessionParams())).id);
  })().catch(() => {});
  await expect.poll(() => answered.length, { timeout: 10_000 }).toBeGreaterThan(20);
  child.kill("SIGKILL");
  await work;
  const after = await startStripeSandbox({ dataDir: join(folder, "stripe") });
  const again = sdk(after.port);
  for (const id of answered) expect((await again.checkout.sessions.retrieve(id)).status).toBe("open");
  await after.close();
});

test("a taken port is said in one sentence", async () => {
  const running = await startStripeSandbox();
  const child = spawn(process.execPath, ["--import", "./scripts/typescript.mjs", "sandbox/stripe/main.ts"], {
    cwd: root,
    env: { ...process.env, DATA_DIR: folder, STRIPE_SANDBOX_PORT: String(running.port) },
  });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const code = await new Promise((resolve) => child.once("exit", resolve));
  expect(code).toBe(1);
  expect(said.trim()).toBe("Stripe sandbox: its port is taken; set STRIPE_SANDBOX_PORT to a free one.");
  await running.close();
});
