import type { Cart } from "@/lib/cart/queries";
import { minimumCharge } from "@/lib/money";
import type { CheckoutRejection } from "./schema";

/**
 * The first reason why a cart cannot be ordered at `expectedTotal` (minor units), or null. A gift makes the shop write to
 * somebody who asked for nothing, so its buyer must have proved their own mailbox.
 */
export function judgeCart(
  cart: Cart,
  expectedTotal: number,
  mailboxProved: boolean,
): CheckoutRejection | null {
  if (cart.lines.length === 0) return { code: "cart_empty" };
  const titles = (state: Cart["lines"][number]["state"]) =>
    cart.lines.filter((line) => line.state === state).map((line) => line.title);
  const owned = titles("owned");
  if (owned.length > 0) return { code: "already_owned", titles: owned };
  const unavailable = titles("unavailable");
  if (unavailable.length > 0) return { code: "course_unavailable", titles: unavailable };
  if (!mailboxProved && cart.lines.some((line) => line.gift)) return { code: "mailbox_not_proved" };
  if (cart.coupon && !cart.coupon.result.ok) {
    return { code: "coupon_rejected", rejection: cart.coupon.result.error };
  }
  const total = cart.priced.totalAmount;
  if (total !== expectedTotal) return { code: "price_changed" };
  const minimum = minimumCharge(cart.currency);
  if (total > 0 && total < minimum) return { code: "below_minimum", minimum, currency: cart.currency };
  return null;
}
