import type { Core } from "../core";
import { makePromotionCode, type PromotionCodeParams, shownPromotionCode } from "../payments/promotion-codes";
import type { PromotionCode } from "../store/catalog-records";
import { type MetadataParam, mergeMetadata } from "../store/metadata";
import { invalidRequest, noSuch } from "../stripe-error";
import { type ListParams, listPage, type Route, route } from "./route";

function getCode(core: Core, id: string): PromotionCode {
  const code = core.store.promotionCodes.get(id);
  if (code === undefined) throw noSuch("promotion code", id);
  return code;
}

type Filter = ListParams & { active?: boolean; code?: string; coupon?: string; customer?: string };

export const promotionCodeRoutes: Route[] = [
  route<PromotionCodeParams>("POST /v1/promotion_codes", ({ core, params }) => {
    const code = makePromotionCode(core, params);
    core.events.emit("promotion_code.created", code);
    return shownPromotionCode(core, code);
  }),
  route<object>("GET /v1/promotion_codes/{id}", ({ core, id }) =>
    shownPromotionCode(core, getCode(core, id)),
  ),
  route<{ active?: boolean; metadata?: MetadataParam }>(
    "POST /v1/promotion_codes/{id}",
    ({ core, id, params }) => {
      const before = getCode(core, id);
      const other = Object.keys(params).find((name) => !["active", "expand", "metadata"].includes(name));
      if (other !== undefined)
        throw invalidRequest(`The sandbox does not change ${other} of a promotion code.`, { param: other });
      const after = core.store.promotionCodes.update(id, {
        active: params.active ?? before.active,
        metadata: mergeMetadata(before.metadata, params.metadata),
      });
      core.events.emit("promotion_code.updated", after, before);
      return shownPromotionCode(core, after);
    },
  ),
  route<Filter>("GET /v1/promotion_codes", ({ core, params }) => {
    const matching = core.store.promotionCodes
      .newestFirst()
      .map((code) => shownPromotionCode(core, code))
      .filter(
        (one) =>
          (params.active ?? one.active) === one.active &&
          (params.code?.toLowerCase() ?? one.code.toLowerCase()) === one.code.toLowerCase() &&
          (params.coupon ?? one.promotion.coupon) === one.promotion.coupon &&
          (params.customer ?? one.customer) === one.customer,
      );
    return listPage(matching, params, "/v1/promotion_codes");
  }),
];
