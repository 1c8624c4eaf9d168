import { z } from "zod";
import type { UserId } from "@/lib/ids";

/** A cart belongs to an account, or to a browser that holds its secret. */
export type CartOwner =
  | { readonly kind: "learner"; readonly userId: UserId }
  | { readonly kind: "guest"; readonly token: string };

/** 256 random bits, base64url. */
export const cartToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const courseSlug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Unknown course.")
  .max(100);

/** `stay` is set by the page's own script, which shows the cart in place instead of going there. */
export const addToCartInput = z.object({ course: courseSlug, stay: z.literal("1").optional() });
export const removeFromCartInput = z.object({ course: courseSlug });

export type CartRejection =
  | "unknown_course"
  | "already_owned"
  | "free_course"
  | "other_currency"
  | "cart_full";

/** More than the catalogue of most schools; keeps a cart one page and an order one Stripe session. */
export const MAX_CART_LINES = 40;
