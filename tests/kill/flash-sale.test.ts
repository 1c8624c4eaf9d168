import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cartItems, carts } from "@/db/schema/cart";
import { users } from "@/db/schema/identity";
import { findViolations } from "@/lib/audit/queries";
import { startCheckout } from "@/lib/checkout/mutations";
import { type CouponId, type CourseId, newId, type UserId } from "@/lib/ids";
import { minor } from "@/lib/money";
import type { TestShop } from "../integration/commerce/buying";
import { startTestShop } from "../support/shop";

const BUYERS = 2000;
const USES = 100;

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());

/** Accounts with one course and the same code in their carts, made at once. */
async function fillCarts(courseId: CourseId, couponId: CouponId) {
  const people = Array.from({ length: BUYERS }, () => ({
    id: newId<"user">(),
    email: `${randomBytes(8).toString("hex")}@example.test`,
    name: "Buyer",
    passwordHash: "none",
  }));
  const filled = people.map(({ id: userId }) => ({ id: newId<"cart">(), userId, couponId }));
  await shop.db.insert(users).values(people);
  await shop.db.insert(carts).values(filled);
  await shop.db.insert(cartItems).values(
    filled.map(({ id }) => ({
      cartId: id,
      courseId,
      priceAmount: minor(4900),
      currency: "usd",
    })),
  );
  return people.map(({ id }) => id);
}

/** On a slow machine the crowd before the code's row is too long for somebody, who then presses again. */
async function pressPatiently(userId: UserId, now: Date, presses = 10): ReturnType<typeof startCheckout> {
  const answer = await startCheckout(userId, 2450, now);
  const again = !answer.ok && ["shop_busy", "payment_unavailable"].includes(answer.error.code);
  return again && presses > 1 ? pressPatiently(userId, now, presses - 1) : answer;
}

test(`18: of ${BUYERS} buyers at once, exactly ${USES} get a code that counts ${USES} uses`, {
  timeout: 180_000,
}, async () => {
  const course = await shop.factories.course();
  const coupon = await shop.factories.coupon({ discountValue: 50, maxUses: USES });
  const buyers = await fillCarts(course.id, coupon.id);
  const now = new Date();
  const answers = await Promise.all(buyers.map((userId) => pressPatiently(userId, now)));
  const opened = answers.filter((answer) => answer.ok && answer.value.kind === "pay");
  const refused = answers.filter((answer) => !answer.ok && answer.error.code === "coupon_rejected");
  expect([opened.length, refused.length]).toEqual([USES, BUYERS - USES]);
  const [row] = await shop.sql`
      select (select count(*)::int from orders where discount_amount = 2450) as discounted,
        (select count(*)::int from orders) as placed, times_used from coupons where id = ${coupon.id}`;
  expect(row).toMatchObject({ discounted: USES, placed: USES, times_used: USES });
  expect(await findViolations()).toEqual([]);
});
