import type { Core } from "../core";
import type { PromotionCode } from "../store/catalog-records";
import { type MetadataParam, mergeMetadata } from "../store/metadata";
import { invalidRequest, noSuch } from "../stripe-error";
import { shownCoupon } from "./coupons";
import { getLivingCustomer } from "./customers";

export interface PromotionCodeParams {
  active?: boolean;
  code?: string;
  customer?: string;
  expires_at?: number;
  max_redemptions?: number;
  metadata?: MetadataParam;
  promotion: { type: "coupon"; coupon?: string };
  restrictions?: {
    first_time_transaction?: boolean;
    minimum_amount?: number;
    minimum_amount_currency?: string;
  };
}

/** Throws Stripe's error when the coupon is missing or another active code reads the same. */
export function makePromotionCode(core: Core, params: PromotionCodeParams): PromotionCode {
  const coupon = core.store.coupons.get(params.promotion.coupon ?? "");
  if (coupon === undefined) throw noSuch("coupon", params.promotion.coupon ?? "", "promotion[coupon]");
  if (params.customer !== undefined) getLivingCustomer(core, params.customer, "customer");
  const code = params.code ?? core.ids.make("coupon").toUpperCase();
  if (!/^[A-Za-z0-9-]{1,500}$/.test(code)) {
    throw invalidRequest("Promotion codes may only contain letters, digits and dashes.", { param: "code" });
  }
  const { minimum_amount, minimum_amount_currency, first_time_transaction } = params.restrictions ?? {};
  if ((minimum_amount === undefined) !== (minimum_amount_currency === undefined)) {
    throw invalidRequest("You must pass minimum_amount and minimum_amount_currency together.", {
      param: "restrictions[minimum_amount]",
    });
  }
  if (params.active !== false && findActive(core, code)) {
    throw invalidRequest(`An active promotion code with \`code: ${code}\` already exists.`, {
      param: "code",
    });
  }
  return core.store.promotionCodes.put({
    id: core.ids.make("promotion_code"),
    object: "promotion_code",
    active: params.active ?? true,
    code,
    created: core.clock.seconds(),
    customer: params.customer ?? null,
    customer_account: null,
    expires_at: params.expires_at ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata({}, params.metadata),
    promotion: { type: "coupon", coupon: coupon.id },
    restrictions: {
      first_time_transaction: first_time_transaction ?? false,
      minimum_amount: minimum_amount ?? null,
      minimum_amount_currency: minimum_amount_currency ?? null,
    },
    times_redeemed: 0,
  });
}

/** As the API shows it: a code that is used up, late or without a valid coupon is not active. */
export function shownPromotionCode(core: Core, code: PromotionCode): PromotionCode {
  return { ...code, active: whyNot(core, code) === null };
}

export function findActive(core: Core, text: string): PromotionCode | undefined {
  return [...core.store.promotionCodes.oldestFirst()].find(
    (one) => one.code.toLowerCase() === text.toLowerCase() && whyNot(core, one) === null,
  );
}

function whyNot(core: Core, code: PromotionCode): "inactive" | "expired" | "used" | null {
  const coupon = core.store.coupons.get(code.promotion.coupon);
  if (!code.active || coupon === undefined || !shownCoupon(core, coupon).valid) return "inactive";
  if (code.expires_at !== null && code.expires_at <= core.clock.seconds()) return "expired";
  if (code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions) return "used";
  return null;
}

/** Why this buyer cannot use the code for this amount (minor units), in words for them; null when they can. */
export function refusePromotionCode(
  core: Core,
  code: PromotionCode,
  of: { customer: string | null; amount: number; currency: string },
): string | null {
  const { first_time_transaction, minimum_amount, minimum_amount_currency } = code.restrictions;
  if (code.customer !== null && code.customer !== of.customer) return "This code is invalid.";
  const paidBefore =
    of.customer !== null && core.store.charges.where("customer", of.customer).some((charge) => charge.paid);
  if (first_time_transaction && paidBefore) return "This code is only for first orders.";
  const tooLittle =
    minimum_amount !== null && (of.currency !== minimum_amount_currency || of.amount < minimum_amount);
  return tooLittle ? "This order is below the minimum for this code." : null;
}
