import type { Core } from "../core";
import { type CouponParams, makeCoupon, shownCoupon } from "../payments/coupons";
import type { Coupon } from "../store/catalog-records";
import { type MetadataParam, mergeMetadata } from "../store/metadata";
import { noSuch } from "../stripe-error";
import { type ListParams, listPage, type Route, route } from "./route";

function getCoupon(core: Core, id: string): Coupon {
  const coupon = core.store.coupons.get(id);
  if (coupon === undefined) throw noSuch("coupon", id);
  return coupon;
}

export const couponRoutes: Route[] = [
  route<CouponParams>("POST /v1/coupons", ({ core, params }) => shownCoupon(core, makeCoupon(core, params))),
  route<object>("GET /v1/coupons/{id}", ({ core, id }) => shownCoupon(core, getCoupon(core, id))),
  route<{ metadata?: MetadataParam; name?: string }>("POST /v1/coupons/{id}", ({ core, id, params }) => {
    const before = getCoupon(core, id);
    const after = core.store.coupons.update(id, {
      metadata: mergeMetadata(before.metadata, params.metadata),
      name: params.name ?? before.name,
    });
    return shownCoupon(core, after);
  }),
  route<object>("DELETE /v1/coupons/{id}", ({ core, id }) => {
    getCoupon(core, id);
    core.store.coupons.remove(id);
    return { id, object: "coupon", deleted: true };
  }),
  route<ListParams>("GET /v1/coupons", ({ core, params }) => {
    const shown = core.store.coupons.newestFirst().map((coupon) => shownCoupon(core, coupon));
    return listPage(shown, params, "/v1/coupons");
  }),
];
