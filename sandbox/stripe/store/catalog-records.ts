/** What is sold, and what changes its price, exactly as the API shows it. */
import type { Metadata, Stored } from "./record";

export interface Product extends Stored<"product"> {
  active: boolean;
  default_price: string | null;
  description: string | null;
  images: string[];
  marketing_features: { name: string }[];
  metadata: Metadata;
  name: string;
  package_dimensions: object | null;
  shippable: boolean | null;
  statement_descriptor: string | null;
  tax_code: string | null;
  tax_details: null;
  type: "service";
  unit_label: string | null;
  updated: number;
  url: string | null;
}

export interface Price extends Stored<"price"> {
  active: boolean;
  billing_scheme: "per_unit";
  currency: string;
  custom_unit_amount: null;
  lookup_key: string | null;
  metadata: Metadata;
  nickname: string | null;
  product: string;
  recurring: null;
  tax_behavior: string;
  tiers_mode: null;
  transform_quantity: null;
  type: "one_time";
  unit_amount: number;
  unit_amount_decimal: string;
}

export interface Coupon extends Stored<"coupon"> {
  amount_off: number | null;
  currency: string | null;
  duration: string;
  duration_in_months: number | null;
  max_redemptions: number | null;
  metadata: Metadata;
  name: string | null;
  percent_off: number | null;
  redeem_by: number | null;
  times_redeemed: number;
}

export interface Discount {
  id: string;
  object: "discount";
  checkout_session: string;
  customer: string | null;
  customer_account: null;
  end: null;
  invoice: null;
  invoice_item: null;
  promotion_code: string | null;
  source: { coupon: string; type: "coupon" };
  start: number;
  subscription: null;
  subscription_item: null;
}

/** As stored; whether it still may be used is decided when it is shown. */
export interface PromotionCode extends Stored<"promotion_code"> {
  active: boolean;
  code: string;
  customer: string | null;
  customer_account: null;
  expires_at: number | null;
  max_redemptions: number | null;
  metadata: Metadata;
  promotion: { type: "coupon"; coupon: string };
  restrictions: {
    first_time_transaction: boolean;
    minimum_amount: number | null;
    minimum_amount_currency: string | null;
  };
  times_redeemed: number;
}

export interface LineItem {
  id: string;
  object: "item";
  adjustable_quantity: null;
  amount_discount: number;
  amount_subtotal: number;
  amount_tax: number;
  amount_total: number;
  currency: string;
  description: string;
  metadata: Metadata | null;
  price: Price;
  quantity: number;
}

export type TaxabilityReason = "customer_exempt" | "not_collecting" | "reverse_charge" | "standard_rated";

export interface TaxRate extends Stored<"tax_rate"> {
  active: boolean;
  country: string | null;
  description: string | null;
  display_name: string;
  effective_percentage: number | null;
  flat_amount: null;
  inclusive: boolean;
  jurisdiction: string | null;
  /** Set on rates of an automatic tax only. */
  jurisdiction_level: "country" | "state" | null;
  metadata: Metadata;
  percentage: number;
  rate_type: "percentage" | null;
  state: string | null;
  tax_type: string | null;
}

/** The tax of one rate on one line, shown when `taxes` is expanded. Amounts in minor units. */
export interface ItemTax {
  amount: number;
  rate: TaxRate;
  taxability_reason: TaxabilityReason;
  taxable_amount: number | null;
}
