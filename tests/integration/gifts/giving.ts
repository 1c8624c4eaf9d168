import type { CartGift } from "@/db/schema/cart";
import { addGiftToCart } from "@/lib/cart/mutations";
import { applyCoupon } from "@/lib/coupons/mutations";
import { listGivenGifts } from "@/lib/gifts/queries";
import type { UserId } from "@/lib/ids";
import { tokenMailedTo } from "../../support/one-outbox";
import { pressCheckout, type TestShop } from "../commerce/buying";

let count = 0;
/** An address that no other test uses. */
export const address = () => {
  count += 1;
  return `recipient-${count}@example.test`;
};

/** A buyer whose mailbox is proved, as that of everybody who signs up. */
export async function buyer(shop: TestShop, name = "Ada"): Promise<UserId> {
  const userId = await shop.factories.learner(name);
  await shop.sql`update users set email_verified_at = now() where id = ${userId}`;
  return userId;
}

export const plain = (email: string): CartGift => ({
  email,
  message: "For long evenings.",
  deliverOn: null,
  timeZone: "Europe/Berlin",
});

/** From a course to the open session of an order that gives it. */
export async function openGift(
  shop: TestShop,
  userId: UserId,
  changes: Partial<CartGift> = {},
  code?: string,
) {
  const course = await shop.factories.course();
  const gift = { ...plain(address()), ...changes };
  const added = await addGiftToCart({ kind: "learner", userId }, course.slug, gift);
  if (!added.ok) throw new Error(added.error);
  if (code) await applyCoupon({ kind: "learner", userId }, code);
  const started = await pressCheckout(userId);
  if (!started.ok) throw new Error(`checkout refused: ${started.error.code}`);
  const order = await shop.factories.order(started.value.orderNumber);
  return { course, order, gift, sessionId: order.stripeCheckoutSessionId ?? "" };
}

/** Paid, and its mail in the outbox unless its day is to come. */
export async function give(shop: TestShop, userId: UserId, changes: Partial<CartGift> = {}) {
  const opened = await openGift(shop, userId, changes);
  const { payment_intent: intent } = await shop.stripe.pay(opened.sessionId);
  await shop.stripe.idle();
  const [given] = await listGivenGifts(userId, opened.order.orderNumber);
  if (!given) throw new Error("no gift");
  return { ...opened, intent: intent ?? "", id: given.id };
}

/** The secret of the newest link that went to the address. */
export const linkOf = (shop: TestShop, email: string) => tokenMailedTo(shop.db, email, "gift_received");
