import type { Core } from "../core";
import type { Coupon, Discount } from "../store/catalog-records";

/** The discount object of a session, as expansions show it. */
export function makeDiscount(
  core: Core,
  of: { session: string; coupon: Coupon; customer: string | null; promotionCode: string | null },
): Discount {
  return {
    id: core.ids.make("discount"),
    object: "discount",
    checkout_session: of.session,
    customer: of.customer,
    customer_account: null,
    end: null,
    invoice: null,
    invoice_item: null,
    promotion_code: of.promotionCode,
    source: { coupon: of.coupon.id, type: "coupon" },
    start: core.clock.seconds(),
    subscription: null,
    subscription_item: null,
  };
}

/** Counts a use of the session's coupon and code once its order is complete. */
export function redeemDiscount(
  core: Core,
  discount: { coupon: string; promotion_code: string | null } | undefined,
): void {
  const coupon = discount && core.store.coupons.get(discount.coupon);
  if (coupon) core.store.coupons.update(coupon.id, { times_redeemed: coupon.times_redeemed + 1 });
  const code = core.store.promotionCodes.get(discount?.promotion_code ?? "");
  if (code) core.store.promotionCodes.update(code.id, { times_redeemed: code.times_redeemed + 1 });
}
