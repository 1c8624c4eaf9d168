import type { Core } from "../core";
import type { Coupon } from "../store/catalog-records";
import { type MetadataParam, mergeMetadata } from "../store/metadata";
import { invalidRequest } from "../stripe-error";
import { formatMoney, readCurrency } from "./currency";

export interface CouponParams {
  amount_off?: number;
  currency?: string;
  duration?: string;
  duration_in_months?: number;
  id?: string;
  max_redemptions?: number;
  metadata?: MetadataParam;
  name?: string;
  percent_off?: number;
  redeem_by?: number;
}

/** Throws Stripe's error when the parameters contradict each other or the id is taken. */
export function makeCoupon(core: Core, params: CouponParams): Coupon {
  if ((params.amount_off === undefined) === (params.percent_off === undefined)) {
    throw invalidRequest("Must provide percent_off or amount_off, and not both.", {
      code: "parameter_missing",
      param: "percent_off",
    });
  }
  if (params.amount_off !== undefined && params.currency === undefined) {
    throw invalidRequest("Missing required param: currency.", {
      code: "parameter_missing",
      param: "currency",
    });
  }
  if (params.amount_off !== undefined && params.amount_off < 1) {
    throw invalidRequest("Invalid positive integer", {
      code: "parameter_invalid_integer",
      param: "amount_off",
    });
  }
  if (params.percent_off !== undefined && !(params.percent_off > 0 && params.percent_off <= 100)) {
    throw invalidRequest("percent_off must be greater than 0 and at most 100.", { param: "percent_off" });
  }
  if (params.redeem_by !== undefined && params.redeem_by <= core.clock.seconds()) {
    throw invalidRequest("The redeem_by date cannot be in the past.", { param: "redeem_by" });
  }
  if (params.id !== undefined && core.store.coupons.get(params.id)) {
    throw invalidRequest("Coupon already exists.", { code: "resource_already_exists", param: "id" });
  }
  return core.store.coupons.put({
    id: params.id ?? core.ids.make("coupon"),
    object: "coupon",
    amount_off: params.amount_off ?? null,
    created: core.clock.seconds(),
    currency: params.currency === undefined ? null : readCurrency(params.currency, "currency"),
    duration: params.duration ?? "once",
    duration_in_months: params.duration_in_months ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata({}, params.metadata),
    name: params.name ?? null,
    percent_off: params.percent_off ?? null,
    redeem_by: params.redeem_by ?? null,
    times_redeemed: 0,
  });
}

/** As the API shows it; whether it still may be used depends on the clock. */
export function shownCoupon(core: Core, coupon: Coupon): Coupon & { valid: boolean } {
  const used = coupon.max_redemptions !== null && coupon.times_redeemed >= coupon.max_redemptions;
  const late = coupon.redeem_by !== null && coupon.redeem_by <= core.clock.seconds();
  return { ...coupon, valid: !used && !late };
}

/** "$10.00 off" or "20% off", for people. */
export function couponLabel(coupon: Coupon): string {
  if (coupon.name !== null) return coupon.name;
  if (coupon.percent_off !== null) return `${coupon.percent_off}% off`;
  return `${formatMoney(coupon.amount_off ?? 0, coupon.currency ?? "usd")} off`;
}
