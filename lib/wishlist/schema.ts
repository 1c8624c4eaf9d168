import { z } from "zod";
import { type CartRejection, courseSlug } from "@/lib/cart/schema";

/** `stay` is set by the page's own script, which shows the change in place instead of going to the wishlist. */
export const setWishInput = z.object({
  course: courseSlug,
  wished: z.enum(["yes", "no"]),
  stay: z.literal("1").optional(),
});
export const saveForLaterInput = z.object({ course: courseSlug });
/** `back`: the page that shows the outcome. */
export const moveToCartInput = z.object({ course: courseSlug, back: z.literal("cart").optional() });
export const shareInput = z.object({});

/** 128 random bits, base64url. */
export const shareToken = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

export type WishRejection = "unknown_course" | "already_owned" | "wishlist_full";
/** Why something on the wishlist page did not work. */
export type WishlistProblem = WishRejection | CartRejection;

/** Keeps a wishlist one page. */
export const MAX_WISHES = 100;
