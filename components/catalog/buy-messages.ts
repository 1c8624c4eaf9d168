import type { CommonRejection } from "@/lib/action";
import type { CartRejection } from "@/lib/cart/schema";

/** What each refusal means to the reader; a missing one does not compile. Loaded when the first refusal comes. */
type Messages<Code extends string> = Readonly<Record<Code | CommonRejection, string>>;

const commonMessages: Messages<never> = {
  foreign_origin: "This page was opened from another address. Open the shop again.",
  signed_out: "Sign in first.",
  forbidden: "Your account may not do this.",
  invalid_input: "This course cannot be found.",
};

export const cartMessages: Messages<CartRejection> = {
  ...commonMessages,
  unknown_course: "This course is no longer sold.",
  already_owned: "You have this course already.",
  free_course: "This course is free now. Reload the page to enroll.",
  other_currency: "Your cart holds courses in another currency. Buy those first.",
  cart_full: "Your cart is full. Buy or remove a course first.",
};

export const enrollMessages: Messages<"unknown_course" | "not_free"> = {
  ...commonMessages,
  unknown_course: "This course is no longer offered.",
  not_free: "This course has a price now. Reload the page to see it.",
};
