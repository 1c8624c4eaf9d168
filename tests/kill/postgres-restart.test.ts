import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { orders } from "@/db/schema/orders";
import { startBuiltShop } from "../built/start-shop";
import { startCluster } from "../simulation/processes";
import { buyPatiently, expectBooksInOrder, expectBought, makeBuyers } from "./kill-at";

let cluster: Awaited<ReturnType<typeof startCluster>>;
let shop: Awaited<ReturnType<typeof startBuiltShop>>;
beforeAll(async () => {
  cluster = await startCluster({ durable: true });
  shop = await startBuiltShop({ cluster, retryDelays: [300, 600, 1200, 2400, 4800, 9600] });
});
afterAll(async () => {
  await shop?.close();
  await cluster?.stop();
});

/** What `pg_ctl restart -m immediate` does to a shop in which people are buying: no order that was answered is lost. */
it("buys on after Postgres was restarted in the middle of everything", async () => {
  const buyers = await makeBuyers(shop, 12);
  const answered: { sessionId: string; at: number }[] = [];
  let acceptedAt = Number.POSITIVE_INFINITY;
  const waiting = [...buyers];
  const buying = Array.from({ length: 4 }, async () => {
    for (let buyer = waiting.shift(); buyer; buyer = waiting.shift()) {
      const sessionId = await buyPatiently(shop, buyer);
      answered.push({ sessionId, at: Date.now() });
    }
  });
  await expect.poll(() => answered.length, { timeout: 60_000, interval: 20 }).toBeGreaterThanOrEqual(2);
  await cluster.crash();
  acceptedAt = Date.now();
  await Promise.all(buying);
  await shop.sandbox.idle({ retries: true });

  const first = Math.min(...answered.filter(({ at }) => at >= acceptedAt).map(({ at }) => at)) - acceptedAt;
  console.log(`first purchase ${first} ms after Postgres accepted connections again`);
  expect(first).toBeLessThan(15_000);
  for (const { sessionId } of answered) {
    const known = await shop.db.select().from(orders).where(eq(orders.stripeCheckoutSessionId, sessionId));
    expect(known, sessionId).toHaveLength(1);
  }
  for (const buyer of buyers) await expectBought(shop, buyer);
  await expectBooksInOrder();
});
