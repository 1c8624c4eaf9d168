import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { addToCartAction } from "@/lib/cart/actions";
import { getCart } from "@/lib/cart/queries";
import { applyCouponAction, type CouponAnswer } from "@/lib/coupons/actions";
import { env } from "@/lib/env";
import { newSecret } from "@/lib/ids";
import { minor } from "@/lib/money";
import { startTestShop } from "../../support/shop";
import type { TestShop } from "./buying";

const jar = new Map<string, string>();
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ origin: new URL(env().APP_URL).origin }),
  cookies: async () => ({
    has: (name: string) => jar.has(name),
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    set: (name: string | { name: string; value: string }, value = "") =>
      typeof name === "string" ? jar.set(name, value) : jar.set(name.name, name.value),
    delete: ({ name }: { name: string }) => jar.delete(name),
  }),
}));

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());
beforeEach(() => jar.clear());

async function add(slug: string, token: string, code: string): Promise<string | undefined> {
  jar.set("lectern_cart", token);
  jar.set("lectern_coupon", code);
  const form = new FormData();
  form.set("course", slug);
  form.set("stay", "1");
  expect(await addToCartAction(null, form)).toMatchObject({ ok: true });
  return (await getCart({ kind: "guest", token })).coupon?.code;
}

/** What the cart answers to a code. */
async function ask(code: string): Promise<CouponAnswer | null> {
  const form = new FormData();
  form.set("code", code);
  const answer = await applyCouponAction(null, form);
  return answer?.ok ? answer.value : null;
}

describe("the code of a coupon link", () => {
  test("is used with the first course", async () => {
    const [course, coupon] = [await shop.factories.course(), await shop.factories.coupon()];
    expect(await add(course.slug, newSecret(), coupon.code)).toBe(coupon.code);
    expect(jar.has("lectern_coupon")).toBe(false);
  });

  test("counts as a guess: writing the cookie is no way around the limit", async () => {
    const [course, coupon] = [await shop.factories.course(), await shop.factories.coupon()];
    const token = newSecret();
    for (let n = 0; n < 12; n += 1) expect(await add(course.slug, token, `WRONG-${n}`)).toBeUndefined();
    expect(await add(course.slug, token, coupon.code)).toBeUndefined();
  });

  test("a code that waits for a fuller cart keeps waiting, and is no guess", async () => {
    const course = await shop.factories.course();
    const coupon = await shop.factories.coupon({ currency: "usd", minPurchaseAmount: minor(9000) });
    const token = newSecret();
    for (let n = 0; n < 12; n += 1) expect(await add(course.slug, token, coupon.code)).toBeUndefined();
    expect(jar.get("lectern_coupon")).toBe(coupon.code);
    expect(await add((await shop.factories.course()).slug, token, coupon.code)).toBe(coupon.code);
  });

  test("a code that nobody knows waits for the cart to say so, and no longer", async () => {
    await add((await shop.factories.course()).slug, newSecret(), "NOBODY");
    expect(jar.get("lectern_coupon")).toBe("NOBODY");
    expect(await ask("SOME-OTHER")).toMatchObject({ applied: false });
    expect(jar.get("lectern_coupon")).toBe("NOBODY");
    expect(await ask("NOBODY")).toMatchObject({
      applied: false,
      message: "We do not know this code. Check the spelling and try again.",
    });
    expect(jar.has("lectern_coupon")).toBe(false);
  });

  test("a code that needs a fuller cart is told why, and waits on", async () => {
    const coupon = await shop.factories.coupon({ currency: "usd", minPurchaseAmount: minor(9_000_000) });
    await add((await shop.factories.course()).slug, newSecret(), coupon.code);
    expect(await ask(coupon.code)).toMatchObject({
      applied: false,
      message: expect.stringMatching(/^Add \S+ more to use this code\.$/),
    });
    expect(jar.get("lectern_coupon")).toBe(coupon.code);
  });
});
