import type { CouponRule } from "./schema";

const later = {
  unknown: false,
  cart_empty: true,
  not_started: true,
  expired: false,
  other_currency: true,
  not_for_these_courses: true,
  minimum_not_met: true,
  used_up: false,
  used_by_you: false,
} satisfies Record<CouponRule, boolean>;

/** Whether a code that failed this rule may count on another day or on another cart. */
export const mayFitLater = (rule: CouponRule): boolean => later[rule];
