/** Products and prices. */
import { makePrice, makeProduct, type PriceParams, type ProductParams } from "../payments/products";
import { type MetadataParam, mergeMetadata, orNull } from "../store/metadata";
import { invalidRequest, noSuch } from "../stripe-error";
import { type ListParams, listPage, type Route, route } from "./route";

function get<T>(row: T | undefined, what: string, id: string): T {
  if (row === undefined) throw noSuch(what, id);
  return row;
}

export const productRoutes: Route[] = [
  route<ProductParams & { name: string }>("POST /v1/products", ({ core, params }) => {
    if (params.default_price_data !== undefined) {
      throw invalidRequest("The sandbox makes prices at /v1/prices only.", { param: "default_price_data" });
    }
    if (params.id !== undefined && core.store.products.get(params.id)) {
      throw invalidRequest("Product already exists.", { code: "resource_already_exists", param: "id" });
    }
    return makeProduct(core, params);
  }),
  route<object>("GET /v1/products/{id}", ({ core, id }) => get(core.store.products.get(id), "product", id)),
  route<ProductParams>("POST /v1/products/{id}", ({ core, id, params }) => {
    const before = get(core.store.products.get(id), "product", id);
    const { images, marketing_features, metadata, default_price_data: _, id: __, ...plain } = params;
    return core.store.products.update(id, {
      ...plain,
      ...(images === undefined ? {} : { images: orNull(images) ?? [] }),
      ...(marketing_features === undefined ? {} : { marketing_features: orNull(marketing_features) ?? [] }),
      metadata: mergeMetadata(before.metadata, metadata),
      updated: core.clock.seconds(),
    });
  }),
  route<object>("DELETE /v1/products/{id}", ({ core, id }) => {
    get(core.store.products.get(id), "product", id);
    if (core.store.prices.where("product", id).length > 0) {
      throw invalidRequest("This product cannot be deleted because it has one or more user-created prices.");
    }
    core.store.products.remove(id);
    return { id, object: "product", deleted: true };
  }),
  route<ListParams & { active?: boolean; ids?: string[] }>("GET /v1/products", ({ core, params }) => {
    const matching = core.store.products
      .newestFirst()
      .filter(
        (one) => (params.active ?? one.active) === one.active && (params.ids?.includes(one.id) ?? true),
      );
    return listPage(matching, params, "/v1/products");
  }),
  route<PriceParams>("POST /v1/prices", ({ core, params }) =>
    makePrice(core, params, "", params.active ?? true),
  ),
  route<object>("GET /v1/prices/{id}", ({ core, id }) => get(core.store.prices.get(id), "price", id)),
  route<{
    active?: boolean;
    nickname?: string;
    metadata?: MetadataParam;
    lookup_key?: string;
    tax_behavior?: string;
  }>("POST /v1/prices/{id}", ({ core, id, params }) => {
    const before = get(core.store.prices.get(id), "price", id);
    return core.store.prices.update(id, {
      active: params.active ?? before.active,
      nickname: params.nickname ?? before.nickname,
      lookup_key: params.lookup_key ?? before.lookup_key,
      tax_behavior: params.tax_behavior ?? before.tax_behavior,
      metadata: mergeMetadata(before.metadata, params.metadata),
    });
  }),
  route<ListParams & { active?: boolean; product?: string; currency?: string; lookup_keys?: string[] }>(
    "GET /v1/prices",
    ({ core, params }) => {
      const matching = core.store.prices
        .newestFirst()
        .filter(
          (one) =>
            (params.active ?? one.active) === one.active &&
            (params.product ?? one.product) === one.product &&
            (params.currency ?? one.currency) === one.currency &&
            (params.lookup_keys?.includes(one.lookup_key ?? "") ?? true),
        );
      return listPage(matching, params, "/v1/prices");
    },
  ),
];
