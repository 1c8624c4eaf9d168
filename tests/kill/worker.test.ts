import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { withTransaction } from "@/db/client";
import { findLedgerDifferences, findViolations } from "@/lib/audit/queries";
import { newId, type OrderId } from "@/lib/ids";
import { writeRefund } from "@/lib/refunds/mutations";
import { type MailSandbox, startMailSandbox } from "../../sandbox/mail/start";
import { openCheckout, type TestShop } from "../integration/commerce/buying";
import { startTestShop } from "../support/shop";
import { startPostgresProxy } from "./postgres-proxy";
import { makeTrap } from "./trap";

const folder = mkdtempSync(join(tmpdir(), "lectern-killed-worker-"));
let worker: Awaited<ReturnType<typeof startWorker>> | null = null;
const trap = makeTrap(() => worker?.kill());
let shop: TestShop;
let mail: MailSandbox;
let proxy: Awaited<ReturnType<typeof startPostgresProxy>>;
beforeAll(async () => {
  shop = await startTestShop({ intercept: trap.intercept });
  mail = await startMailSandbox({ dataDir: folder });
  proxy = await startPostgresProxy(shop.url, trap.strike);
});
afterEach(async () => {
  worker?.kill();
  await worker?.ended;
  await shop.stripe.control("/delivery-faults", {}, "DELETE");
});
afterAll(async () => {
  await shop?.close();
  await mail?.close();
  await proxy?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The worker that ships, in a process of its own. */
async function startWorker() {
  const child = spawn(process.execPath, ["--import", "./scripts/typescript.mjs", "scripts/worker.ts"], {
    env: { ...process.env, DATABASE_URL: proxy.url, RESEND_BASE_URL: mail.url },
    stdio: "ignore",
  });
  return { kill: () => child.kill("SIGKILL"), ended: once(child, "exit") };
}

/** Orders that were just paid; their mails wait for a worker. */
async function buy(count: number): Promise<OrderId[]> {
  const opened = [];
  for (let index = 0; index < count; index += 1) {
    const course = await shop.factories.course();
    opened.push(await openCheckout(shop, await shop.factories.learner(), [course.slug]));
  }
  await Promise.all(opened.map(({ sessionId }) => shop.stripe.pay(sessionId)));
  await shop.stripe.idle();
  return opened.map(({ order }) => order.id);
}

const refundAll = (orderIds: readonly OrderId[]) =>
  Promise.all(
    orderIds.map((orderId) =>
      withTransaction((tx) =>
        writeRefund(tx, {
          refundId: newId<"refund">(),
          orderId,
          scope: { kind: "whole" },
          reason: "requested_by_customer",
          requestedBy: null,
        }),
      ),
    ),
  );

/** Nothing waits: what the dead one had taken comes back when its time is over, which is brought forward here. */
async function rest(): Promise<void> {
  await shop.sql`update emails set next_attempt_at = now() where status = 'queued'`;
  await vi.waitFor(
    async () => {
      const [left] = await shop.sql`
        select (select count(*) from emails where status <> 'sent')::int as mails,
          (select count(*) from refunds where status = 'pending')::int as refunds,
          (select count(*) from orders where status = 'pending')::int as orders`;
      expect(left).toEqual({ mails: 0, refunds: 0, orders: 0 });
    },
    { timeout: 60_000, interval: 500 },
  );
}

const MAILS = ["K11", "K12", "K16"];
const REFUNDS = ["K13", "K14", "K15"];

describe.each([...MAILS, ...REFUNDS, "K17"])("kill -9 of the worker at %s", (point) => {
  it.each([1, 8])("with %i orders", async (count) => {
    if (point === "K17") await shop.stripe.deliveryFault({ kind: "drop" });
    const orderIds = await buy(count);
    if (REFUNDS.includes(point)) await refundAll(orderIds);
    const death = trap.killAt(point);
    worker = await startWorker();
    await death;
    await worker.ended;
    const started = Date.now();
    worker = await startWorker();
    await rest();
    console.log(`${point} with ${count}: at rest ${Date.now() - started} ms after the new start`);
    const [states] = await shop.sql`
      select count(*)::int as orders, count(*) filter (where status = ${REFUNDS.includes(point) ? "refunded" : "completed"})::int as right
      from orders where id in ${shop.sql(orderIds)}`;
    expect(states).toEqual({ orders: count, right: count });
    const [kept] = await shop.sql`select count(*)::int as mails from emails`;
    expect(mail.count()).toBe(kept?.mails);
    expect(await findViolations()).toEqual([]);
    expect(await findLedgerDifferences(0)).toEqual([]);
  });
});
