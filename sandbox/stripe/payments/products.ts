import type { Core } from "../core";
import type { Price, Product } from "../store/catalog-records";
import { type MetadataParam, mergeMetadata, orNull } from "../store/metadata";
import { invalidRequest, noSuch } from "../stripe-error";
import { readCurrency } from "./currency";

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
