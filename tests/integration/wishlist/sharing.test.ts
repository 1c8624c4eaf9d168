import { afterAll, beforeAll, expect, it } from "vitest";
import { enrollFree } from "@/lib/enrollments/mutations";
import { newSecret } from "@/lib/ids";
import { minor } from "@/lib/money";
import { addWish, endShare, renewShare } from "@/lib/wishlist/mutations";
import { findShare, findSharedWishlist } from "@/lib/wishlist/queries";
import { startTestShop } from "../../support/shop";
import type { TestShop } from "../commerce/buying";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());

async function wisher(name: string) {
  const userId = await shop.factories.learner(name);
  const course = await shop.factories.course();
  await addWish({ kind: "learner", userId }, course.slug);
  return { userId, course };
}

it("nobody's list is open before it is shared, and a link opens one list alone", async () => {
  const [ada, grace] = [await wisher("Ada"), await wisher("Grace")];
  expect(await findShare(ada.userId)).toBeNull();
  const token = await renewShare(ada.userId);
  expect(Buffer.from(token, "base64url").length * 8).toBeGreaterThanOrEqual(128);
  expect(await findShare(ada.userId)).toBe(token);
  expect(await findShare(grace.userId)).toBeNull();
  const shared = await findSharedWishlist(token);
  expect(shared?.courses.map((course) => course.slug)).toEqual([ada.course.slug]);
  expect(Object.keys(shared ?? {}).sort()).toEqual(["courses", "ownerName"]);
});

it("a link that was replaced or ended opens nothing any more", async () => {
  const { userId } = await wisher("Ada");
  const first = await renewShare(userId);
  const second = await renewShare(userId);
  expect(second).not.toBe(first);
  expect(await findSharedWishlist(first)).toBeNull();
  expect(await findSharedWishlist(second)).toMatchObject({ ownerName: "Ada" });
  await endShare(userId);
  expect(await findSharedWishlist(second)).toBeNull();
  expect(await findShare(userId)).toBeNull();
});

it("a token that is none is no list", async () => {
  for (const token of ["", "nope", newSecret(128), "'; --", "x".repeat(5_000), newSecret()])
    expect(await findSharedWishlist(token)).toBeNull();
});

it("a shared list shows courses on sale that its owner has not got", async () => {
  const { userId, course } = await wisher("Ada");
  const [got, draft] = [
    await shop.factories.course({ priceAmount: minor(0) }),
    await shop.factories.course(),
  ];
  for (const { slug } of [got, draft]) await addWish({ kind: "learner", userId }, slug);
  await enrollFree(userId, got.slug);
  await shop.sql`update courses set status = 'archived' where id = ${draft.id}`;
  const shared = await findSharedWishlist(await renewShare(userId));
  expect(shared?.courses.map(({ slug }) => slug)).toEqual([course.slug]);
});
