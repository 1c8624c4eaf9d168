import type { Core } from "../core";
import type { TaxRate } from "../store/catalog-records";
import { type MetadataParam, mergeMetadata } from "../store/metadata";
import { invalidRequest } from "../stripe-error";
import type { StandardRate } from "./standard-rates";

export interface TaxRateParams {
  active?: boolean;
  country?: string;
  description?: string;
  display_name: string;
  inclusive: boolean;
  jurisdiction?: string;
  metadata?: MetadataParam;
  percentage: number;
  state?: string;
  tax_type?: string;
}

const NAMES: Record<StandardRate["tax_type"], string> = {
  gst: "GST",
  jct: "JCT",
  sales_tax: "Sales Tax",
  service_tax: "Service Tax",
  vat: "VAT",
};
const countryNames = new Intl.DisplayNames("en", { type: "region" });

/** Throws Stripe's error for a percentage out of range. */
export function makeTaxRate(core: Core, params: TaxRateParams): TaxRate {
  if (params.percentage < 0 || params.percentage > 100) {
    throw invalidRequest("Percentage must be between 0 and 100.", { param: "percentage" });
  }
  return core.store.taxRates.put({
    id: core.ids.make("tax_rate"),
    object: "tax_rate",
    active: params.active ?? true,
    country: params.country ?? null,
    created: core.clock.seconds(),
    description: params.description ?? null,
    display_name: params.display_name,
    effective_percentage: null,
    flat_amount: null,
    inclusive: params.inclusive,
    jurisdiction: params.jurisdiction ?? null,
    jurisdiction_level: null,
    livemode: false,
    metadata: mergeMetadata({}, params.metadata),
    percentage: params.percentage,
    rate_type: null,
    state: params.state ?? null,
    tax_type: params.tax_type ?? null,
  });
}

/** The rate object of an automatic tax, made when it is first needed and kept; inactive, as those Stripe makes itself. */
export function automaticRate(
  core: Core,
  place: Pick<StandardRate, "country" | "state"> & { tax_type: StandardRate["tax_type"] | null },
  percentage: number,
  inclusive: boolean,
): TaxRate {
  const { country, state, tax_type: type } = place;
  const display_name = type === null ? "Tax" : NAMES[type];
  const known = core.store.taxRates
    .where("country", country)
    .find(
      (one) =>
        one.jurisdiction_level !== null &&
        one.state === state &&
        one.percentage === percentage &&
        one.inclusive === inclusive &&
        one.display_name === display_name,
    );
  if (known) return known;
  const made = makeTaxRate(core, {
    active: false,
    country,
    display_name,
    inclusive,
    jurisdiction: state ?? countryNames.of(country) ?? country,
    percentage,
    ...(state === null ? {} : { state }),
    ...(type === null ? {} : { tax_type: type }),
  });
  return core.store.taxRates.update(made.id, {
    effective_percentage: percentage,
    jurisdiction_level: state === null ? "country" : "state",
    rate_type: "percentage",
  });
}
