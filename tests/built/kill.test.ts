import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type KillableShop, makeBuyers, startKillableShop, surviveKill } from "../kill/kill-at";

let shop: KillableShop;
beforeAll(async () => {
  shop = await startKillableShop();
});
afterAll(() => shop?.close());

/** A part of the whole matrix (`npm run kill-matrix`): the three points where most is at stake. */
describe("kill -9 of the shop that ships", () => {
  it.each([
    ["K3", 1],
    ["K8", 1],
    ["K10", 3],
  ])("at %s, with %i buying", async (point, count) => {
    const buyers = await makeBuyers(shop, count);
    expect(await surviveKill(shop, point, buyers)).toBeLessThan(30_000);
  });
});
