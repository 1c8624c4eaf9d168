import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { carts } from "@/db/schema/cart";
import { courses } from "@/db/schema/catalog";
import { addToCart, mergeGuestCart, removeFromCart } from "@/lib/cart/mutations";
import { getCart } from "@/lib/cart/queries";
import type { CartOwner } from "@/lib/cart/schema";
import { applyCoupon } from "@/lib/coupons/mutations";
import { enrollFree } from "@/lib/enrollments/mutations";
import { minor } from "@/lib/money";
import { startTestShop } from "../../support/shop";
import { listSeats, type TestShop } from "./buying";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());

const guest = (): CartOwner & { kind: "guest" } => ({
  kind: "guest",
  token: randomBytes(32).toString("base64url"),
});

test("a course counts once, however often and at whatever moment it is added", async () => {
  const owner = guest();
  const { slug } = await shop.factories.course();
  await Promise.all(Array.from({ length: 12 }, () => addToCart(owner, slug)));
  expect((await getCart(owner)).lines.map((line) => line.slug)).toEqual([slug]);
  await removeFromCart(owner, slug);
  await removeFromCart(owner, slug);
  expect((await getCart(owner)).lines).toEqual([]);
});

test("drafts, archived and unknown courses are one answer; free ones and other currencies are refused", async () => {
  const owner = guest();
  for (const status of ["draft", "archived"] as const) {
    expect(await addToCart(owner, (await shop.factories.course({ status })).slug)).toEqual({
      ok: false,
      error: "unknown_course",
    });
  }
  expect(await addToCart(owner, "no-such-course")).toEqual({ ok: false, error: "unknown_course" });
  expect(await addToCart(owner, (await shop.factories.course({ priceAmount: minor(0) })).slug)).toEqual({
    ok: false,
    error: "free_course",
  });
  await addToCart(owner, (await shop.factories.course()).slug);
  expect(await addToCart(owner, (await shop.factories.course({ currency: "eur" })).slug)).toEqual({
    ok: false,
    error: "other_currency",
  });
});

test("another's cart is not there: tokens and learners do not mix", async () => {
  const [mine, theirs] = [guest(), guest()];
  await addToCart(mine, (await shop.factories.course()).slug);
  expect((await getCart(theirs)).lines).toEqual([]);
  expect((await getCart({ kind: "learner", userId: await shop.factories.learner() })).lines).toEqual([]);
});

test("a guest's cart merges without doubles, leaves owned courses behind, and its secret opens nothing any more", async () => {
  const learner = await shop.factories.learner();
  const [both, owned, onlyGuest] = [
    await shop.factories.course(),
    await shop.factories.course({ priceAmount: minor(0) }),
    await shop.factories.course(),
  ];
  const owner = guest();
  await addToCart(owner, both.slug);
  await addToCart(owner, onlyGuest.slug);
  await enrollFree(learner, owned.slug);
  await shop.db
    .update(courses)
    .set({ priceAmount: minor(4900) })
    .where(eq(courses.id, owned.id));
  await addToCart(owner, owned.slug);
  await addToCart({ kind: "learner", userId: learner }, both.slug);
  const coupon = await shop.factories.coupon();
  expect((await applyCoupon(owner, coupon.code.toLowerCase())).ok).toBe(true);

  const merged = await Promise.all([
    mergeGuestCart(learner, owner.token),
    mergeGuestCart(learner, owner.token),
  ]);
  expect(merged.map((one) => one.added).toSorted()).toEqual([0, 1]);
  expect(merged.flatMap((one) => one.alreadyOwned)).toEqual([owned.title]);
  const cart = await getCart({ kind: "learner", userId: learner });
  expect(cart.lines.map((line) => line.slug).toSorted()).toEqual([both.slug, onlyGuest.slug].toSorted());
  expect(cart.coupon?.code).toBe(coupon.code);
  expect(await shop.db.select().from(carts).where(eq(carts.token, owner.token))).toEqual([]);
  expect((await getCart(owner)).lines).toEqual([]);
});

test("a price that changed since adding is known, and today's counts", async () => {
  const owner = guest();
  const course = await shop.factories.course();
  await addToCart(owner, course.slug);
  await shop.db
    .update(courses)
    .set({ priceAmount: minor(5900) })
    .where(eq(courses.id, course.id));
  const [line] = (await getCart(owner)).lines;
  expect(line).toMatchObject({ addedPriceAmount: 4900, priceAmount: 5900, state: "available" });
  expect((await getCart(owner)).priced.totalAmount).toBe(5900);
});

test("a failed code leaves the one that was there; a removed course drops a minimum", async () => {
  const owner = guest();
  const [one, two] = [await shop.factories.course(), await shop.factories.course()];
  await addToCart(owner, one.slug);
  await addToCart(owner, two.slug);
  const good = await shop.factories.coupon({ minPurchaseAmount: minor(9000), currency: "usd" });
  const bad = await shop.factories.coupon({ isActive: false });
  expect((await applyCoupon(owner, good.code)).ok).toBe(true);
  expect(await applyCoupon(owner, bad.code)).toEqual({ ok: false, error: { rule: "unknown" } });
  expect(await applyCoupon(owner, "nonsense")).toEqual({ ok: false, error: { rule: "unknown" } });
  expect((await getCart(owner)).coupon?.code).toBe(good.code);
  expect((await getCart(owner)).priced.discountAmount).toBe(980);
  await removeFromCart(owner, two.slug);
  expect((await getCart(owner)).priced.discountAmount).toBe(0);
});

test("free enrolment re-reads the price, and any number of presses is one seat", async () => {
  const learner = await shop.factories.learner();
  const [free, paid] = [
    await shop.factories.course({ priceAmount: minor(0) }),
    await shop.factories.course(),
  ];
  expect(await enrollFree(learner, paid.slug)).toEqual({ ok: false, error: "not_free" });
  await Promise.all(Array.from({ length: 10 }, () => enrollFree(learner, free.slug)));
  expect(await listSeats(shop, learner)).toEqual([{ courseId: free.id, status: "active", type: "free" }]);
});
