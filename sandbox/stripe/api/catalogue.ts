/** Products, prices and coupons. */
import type { Core } from "../core";
import { formatMoney, readCurrency } from "../payments/currency";
import type { Coupon, Price, Product } from "../store/records";
import {
  type ListParams,
  listPage,
  type MetadataParam,
  mergeMetadata,
  orNull,
  type Route,
  route,
} from "./route";
import { invalidRequest, noSuch } from "./stripe-error";

export interface ProductParams {
  active?: boolean;
  default_price_data?: object;
  description?: string;
  id?: string;
  images?: string[] | "";
  marketing_features?: { name: string }[] | "";
  metadata?: MetadataParam;
  name?: string;
  shippable?: boolean;
  statement_descriptor?: string;
  tax_code?: string;
  unit_label?: string;
  url?: string;
}

export function makeProduct(core: Core, params: ProductParams & { name: string }): Product {
  const now = core.clock.seconds();
  return core.store.products.put({
    id: params.id ?? core.ids.make("product"),
    object: "product",
    active: params.active ?? true,
    attributes: [],
    created: now,
    default_price: null,
    description: params.description ?? null,
    images: orNull(params.images) ?? [],
    livemode: false,
    marketing_features: orNull(params.marketing_features) ?? [],
    metadata: mergeMetadata({}, params.metadata),
    name: params.name,
    package_dimensions: null,
    shippable: params.shippable ?? null,
    statement_descriptor: params.statement_descriptor ?? null,
    tax_code: params.tax_code ?? null,
    tax_details: null,
    type: "service",
    unit_label: params.unit_label ?? null,
    updated: now,
    url: params.url ?? null,
  });
}

export interface PriceParams {
  active?: boolean;
  currency: string;
  lookup_key?: string;
  metadata?: MetadataParam;
  nickname?: string;
  product?: string;
  product_data?: ProductParams & { name: string };
  recurring?: object;
  tax_behavior?: string;
  unit_amount?: number;
  unit_amount_decimal?: string;
}

/** `at` is where these parameters stand in the request, for error messages: "" or "line_items[0][price_data]". */
export function makePrice(core: Core, params: PriceParams, at: string, active: boolean): Price {
  const name = (field: string) => (at === "" ? field : `${at}[${field}]`);
  if (params.recurring !== undefined) {
    throw invalidRequest("The sandbox sells one-time prices only; it knows no recurring ones.", {
      param: name("recurring"),
    });
  }
  const currency = readCurrency(params.currency, name("currency"));
  const amount = params.unit_amount ?? decimalAmount(params.unit_amount_decimal, name("unit_amount_decimal"));
  if (amount === undefined) {
    throw invalidRequest(`Missing required param: ${name("unit_amount")}.`, {
      code: "parameter_missing",
      param: name("unit_amount"),
    });
  }
  if (amount < 0)
    throw invalidRequest("This value must be greater than or equal to 0.", {
      code: "parameter_invalid_integer",
      param: name("unit_amount"),
    });
  const product = productOf(core, params, name, active);
  return core.store.prices.put({
    id: core.ids.make("price"),
    object: "price",
    active,
    billing_scheme: "per_unit",
    created: core.clock.seconds(),
    currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: params.lookup_key ?? null,
    metadata: mergeMetadata({}, params.metadata),
    nickname: params.nickname ?? null,
    product,
    recurring: null,
    tax_behavior: params.tax_behavior ?? "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: "one_time",
    unit_amount: amount,
    unit_amount_decimal: String(amount),
  });
}

function decimalAmount(text: string | undefined, param: string): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+(\.0+)?$/.test(text)) return Number(text);
  throw invalidRequest("The sandbox takes whole minor units only.", { param });
}

function productOf(
  core: Core,
  params: PriceParams,
  name: (field: string) => string,
  active: boolean,
): string {
  if (params.product !== undefined && params.product_data !== undefined) {
    throw invalidRequest("You may only specify one of these parameters: product, product_data.", {
      param: name("product"),
    });
  }
  if (params.product_data !== undefined) return makeProduct(core, { ...params.product_data, active }).id;
  if (params.product === undefined) {
    throw invalidRequest(`Missing required param: ${name("product")}.`, {
      code: "parameter_missing",
      param: name("product"),
    });
  }
  const product = core.store.products.get(params.product);
  if (product === undefined) throw noSuch("product", params.product, name("product"));
  return product.id;
}

interface CouponParams {
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

function makeCoupon(core: Core, params: CouponParams): Coupon {
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

function get<T>(row: T | undefined, what: string, id: string): T {
  if (row === undefined) throw noSuch(what, id);
  return row;
}

export const catalogueRoutes: Route[] = [
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
  route<CouponParams>("POST /v1/coupons", ({ core, params }) => shownCoupon(core, makeCoupon(core, params))),
  route<object>("GET /v1/coupons/{id}", ({ core, id }) =>
    shownCoupon(core, get(core.store.coupons.get(id), "coupon", id)),
  ),
  route<{ metadata?: MetadataParam; name?: string }>("POST /v1/coupons/{id}", ({ core, id, params }) => {
    const before = get(core.store.coupons.get(id), "coupon", id);
    const after = core.store.coupons.update(id, {
      metadata: mergeMetadata(before.metadata, params.metadata),
      name: params.name ?? before.name,
    });
    return shownCoupon(core, after);
  }),
  route<object>("DELETE /v1/coupons/{id}", ({ core, id }) => {
    get(core.store.coupons.get(id), "coupon", id);
    core.store.coupons.remove(id);
    return { id, object: "coupon", deleted: true };
  }),
  route<ListParams>("GET /v1/coupons", ({ core, params }) => {
    const shown = core.store.coupons.newestFirst().map((coupon) => shownCoupon(core, coupon));
    return listPage(shown, params, "/v1/coupons");
  }),
];
