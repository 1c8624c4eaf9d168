import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type KillableShop, makeBuyers, startKillableShop, surviveKill } from "./kill-at";

let shop: KillableShop;
beforeAll(async () => {
  shop = await startKillableShop();
});
afterAll(() => shop?.close());

const AT_THE_SHOP = ["K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8", "K10", "K18"];

describe.each(AT_THE_SHOP)("kill -9 at %s", (point) => {
  it.each([1, 8])("with %i buying", async (count) => {
    const buyers = await makeBuyers(shop, count);
    const servingAfter = await surviveKill(shop, point, buyers);
    console.log(`${point} with ${count}: serving again after ${servingAfter} ms`);
    expect(servingAfter).toBeLessThan(30_000);
  });
});
