import { describeRejection } from "@/lib/coupons/describe-rejection";
import { type CouponTerms, evaluateCoupon } from "@/lib/coupons/evaluate-coupon";
import type { CourseId } from "@/lib/ids";
import { formatMoney, type Minor, minimumCharge } from "@/lib/money";
import { type PricedCart, priceCart } from "@/lib/pricing/price-cart";

export type ExampleCourse = {
  readonly courseId: CourseId;
  readonly title: string;
  readonly courseType: string;
  readonly priceAmount: Minor;
  readonly currency: string;
};

export type TriedCart = {
  readonly priced: PricedCart<ExampleCourse>;
  /** What the buyer is told instead of a discount. */
  readonly refusal: string | null;
  /** What the shop's owner should know about the rest. */
  readonly remark: string | null;
};

/** What a code would do to a cart of a learner who never used it: judged and priced by the very rules of the checkout. */
export function tryOnCart(coupon: CouponTerms, lines: readonly ExampleCourse[], now: Date): TriedCart {
  const currency = lines[0]?.currency ?? coupon.currency ?? "usd";
  const judged = evaluateCoupon(coupon, { lines, currency, now, usesByLearner: 0 });
  const priced = priceCart(lines, judged.ok ? judged.value : null);
  return {
    priced,
    refusal: judged.ok ? null : describeRejection(judged.error),
    remark: judged.ok ? remarkOn(priced.totalAmount, currency) : null,
  };
}

function remarkOn(total: Minor, currency: string): string | null {
  if (total === 0) return "Nothing is left to pay: the learner enrolls without a card.";
  const least = minimumCharge(currency);
  return total < least
    ? `Stripe charges nothing under ${formatMoney(least, currency)}, so this cart could not be paid with the code.`
    : null;
}
