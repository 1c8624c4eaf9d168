import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { invoices } from "@/db/schema/documents";
import { orders } from "@/db/schema/orders";
import { findViolations } from "@/lib/audit/queries";
import { buyPatiently, type KillableShop, makeBuyers, startKillableShop, surviveKill } from "./kill-at";

let shop: KillableShop;
beforeAll(async () => {
  shop = await startKillableShop();
});
afterAll(() => shop?.close());

const AT_THE_SHOP = ["K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8", "K9", "K10", "K18"];

describe.each(AT_THE_SHOP)("kill -9 at %s", (point) => {
  it.each([1, 8])("with %i buying", async (count) => {
    const buyers = await makeBuyers(shop, count);
    const servingAfter = await surviveKill(shop, point, buyers);
    console.log(`${point} with ${count}: serving again after ${servingAfter} ms`);
    expect(servingAfter).toBeLessThan(30_000);
  });
});

/** Nothing of a document is stored but what it was issued with: who downloads again gets it whole. */
describe("kill -9 at K16", () => {
  it.each([1, 8])("with %i downloading their invoice", async (count) => {
    const buyers = await makeBuyers(shop, count);
    await Promise.all(buyers.map((buyer) => buyPatiently(shop, buyer)));
    await shop.sandbox.idle({ retries: true });
    const documents = await Promise.all(buyers.map((buyer) => listInvoice(buyer)));
    const download = ({ visitor, path }: (typeof documents)[number]) => visitor.send(path);

    const death = shop.killAt("K16");
    const under = documents.map((document) => download(document).catch(() => null));
    await death;
    const broken = (await Promise.all(under)).filter((answer) => answer === null);
    expect(broken.length).toBeGreaterThan(0);
    await shop.startAgain();
    for (const document of documents) {
      const { status, body } = await download(document);
      expect(status).toBe(200);
      expect(body).toMatch(/^%PDF-.*%%EOF\s*$/s);
    }
    expect(await findViolations()).toEqual([]);
  });
});

/** Where a buyer downloads the invoice of the order just paid. */
async function listInvoice({ userId, visitor }: Awaited<ReturnType<typeof makeBuyers>>[number]) {
  const [row] = await shop.db
    .select({ orderNumber: orders.orderNumber, number: invoices.number })
    .from(invoices)
    .innerJoin(orders, eq(orders.id, invoices.orderId))
    .where(eq(orders.userId, userId));
  if (!row) throw new Error("a paid order has no invoice");
  return { visitor, path: `/account/orders/${row.orderNumber}/documents/${row.number}` };
}
