import { z } from "zod";
import type { CouponRejection } from "@/lib/coupons/schema";
import type { Minor } from "@/lib/money";

/** `total`: what the button said, in minor units. A cart that costs something else by now is shown again instead. */
export const startCheckoutInput = z.object({ total: z.coerce.number().int().min(0) });

export type CheckoutRejection =
  | { readonly code: "cart_empty" }
  | { readonly code: "price_changed" }
  | { readonly code: "already_owned"; readonly titles: readonly string[] }
  | { readonly code: "course_unavailable"; readonly titles: readonly string[] }
  /** A gift is in the cart, and its buyer's address was never confirmed. */
  | { readonly code: "mailbox_not_proved" }
  | { readonly code: "coupon_rejected"; readonly rejection: CouponRejection }
  | { readonly code: "below_minimum"; readonly minimum: Minor; readonly currency: string }
  | { readonly code: "payment_unavailable" }
  | { readonly code: "shop_busy" };

export type CheckoutCode = CheckoutRejection["code"];

/** Stripe allows 30 minutes to 24 hours; an hour leaves room to open a session again after a fault. */
export const CHECKOUT_LIFE_MS = 60 * 60 * 1000;
/** Below this no new session can be opened for an order any more: Stripe wants at least 30 minutes. */
export const LEAST_LIFE_TO_OPEN_MS = 31 * 60 * 1000;
/** Below this an open session is not handed out again: the buyer could not finish. */
export const LEAST_LIFE_TO_RESUME_MS = 3 * 60 * 1000;

/** The shape of Stripe's session ids; anything else in the address is nobody's. */
export const isSessionId = (id: string): boolean => /^cs_[A-Za-z0-9_]{1,250}$/.test(id);
