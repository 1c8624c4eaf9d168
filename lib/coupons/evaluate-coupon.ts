import type { CourseId } from "@/lib/ids";
import { chargeStep, type Minor, minor, sum } from "@/lib/money";
import type { Discount, PriceableLine } from "@/lib/pricing/price-cart";
import { err, ok, type Result } from "@/lib/result";
import type { CouponRejection } from "./schema";

export type CouponTerms = {
  readonly code: string;
  readonly discountType: "percentage" | "fixed";
  /** A whole percentage, or minor units of `currency`. */
  readonly discountValue: number;
  readonly currency: string | null;
  readonly maxDiscountAmount: Minor | null;
  readonly minPurchaseAmount: Minor | null;
  readonly maxUses: number | null;
  readonly timesUsed: number;
  readonly maxUsesPerUser: number | null;
  readonly validFrom: Date | null;
  readonly validUntil: Date | null;
  readonly isActive: boolean;
  readonly applicableCourseTypes: readonly string[] | null;
  readonly specificCourseIds: readonly CourseId[] | null;
};

export type CouponSituation<L extends PriceableLine & { readonly courseType: string }> = {
  readonly lines: readonly L[];
  readonly currency: string;
  /** The database's clock. A code counts from `validFrom` on and no longer at `validUntil`. */
  readonly now: Date;
  /** Reserved and redeemed uses by this learner, without the order being placed; null for a guest. */
  readonly usesByLearner: number | null;
};

/** Decides whether a code may be used on a cart and what it saves; otherwise names the first rule it failed. */
export function evaluateCoupon<L extends PriceableLine & { readonly courseType: string }>(
  coupon: CouponTerms | null,
  { lines, currency, now, usesByLearner }: CouponSituation<L>,
): Result<Discount, CouponRejection> {
  if (!coupon?.isActive) return err({ rule: "unknown" });
  if (lines.length === 0) return err({ rule: "cart_empty" });
  if (coupon.validFrom && now < coupon.validFrom) return err({ rule: "not_started", from: coupon.validFrom });
  if (coupon.validUntil && now >= coupon.validUntil)
    return err({ rule: "expired", since: coupon.validUntil });
  if (coupon.maxUses !== null && coupon.timesUsed >= coupon.maxUses) return err({ rule: "used_up" });
  if (coupon.maxUsesPerUser !== null && (usesByLearner ?? 0) >= coupon.maxUsesPerUser)
    return err({ rule: "used_by_you" });
  if (coupon.currency !== null && coupon.currency !== currency) return err({ rule: "other_currency" });

  const eligible = lines.filter((line) => isEligible(coupon, line));
  if (eligible.length === 0) return err({ rule: "not_for_these_courses" });
  const eligibleAmount = sum(eligible.map((line) => line.priceAmount));
  const missing = (coupon.minPurchaseAmount ?? 0) - eligibleAmount;
  if (missing > 0) return err({ rule: "minimum_not_met", missingAmount: minor(missing), currency });

  return ok({
    amount: discountOf(coupon, eligibleAmount, currency),
    courseIds: new Set(eligible.map((line) => line.courseId)),
  });
}

/** Both restrictions must hold when both are set. */
function isEligible(coupon: CouponTerms, line: PriceableLine & { readonly courseType: string }): boolean {
  const typeFits =
    !coupon.applicableCourseTypes?.length || coupon.applicableCourseTypes.includes(line.courseType);
  const courseFits = !coupon.specificCourseIds?.length || coupon.specificCourseIds.includes(line.courseId);
  return typeFits && courseFits;
}

/**
 * Percentages round half up to what Stripe can charge in the currency; the cap comes last; never more than the eligible
 * lines cost.
 */
function discountOf(coupon: CouponTerms, eligibleAmount: Minor, currency: string): Minor {
  const raw =
    coupon.discountType === "percentage"
      ? percentageOf(eligibleAmount, coupon.discountValue, chargeStep(currency))
      : coupon.discountValue;
  return minor(Math.min(raw, coupon.maxDiscountAmount ?? raw, eligibleAmount));
}

function percentageOf(amount: Minor, percentage: number, step: number): number {
  const whole = BigInt(100 * step);
  return Number((BigInt(amount) * BigInt(percentage) + whole / 2n) / whole) * step;
}
