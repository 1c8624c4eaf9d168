import { formatDay } from "@/lib/format-day";
import { formatMoney } from "@/lib/money";
import type { CouponRejection, CouponRule } from "./schema";

const sentences = {
  unknown: () => "We do not know this code. Check the spelling and try again.",
  cart_empty: () => "Put a course into the cart first, then add the code.",
  not_started: ({ from }) => `This code works from ${formatDay(from)} on.`,
  expired: ({ since }) => `This code expired on ${formatDay(since)}.`,
  other_currency: () => "This code is for prices in another currency.",
  not_for_these_courses: () => "This code does not apply to any course in your cart.",
  minimum_not_met: ({ missingAmount, currency }) =>
    `Add ${formatMoney(missingAmount, currency)} more to use this code.`,
  used_up: () => "This code has been used up.",
  used_by_you: () => "You have used this code already.",
} satisfies { [R in CouponRule]: (rejection: Extract<CouponRejection, { rule: R }>) => string };

/** The failed rule as a sentence for the buyer. */
export function describeRejection(rejection: CouponRejection): string {
  const describe = sentences[rejection.rule] as (rejection: CouponRejection) => string;
  return describe(rejection);
}
