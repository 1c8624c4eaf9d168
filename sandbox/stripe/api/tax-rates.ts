import type { Core } from "../core";
import { makeTaxRate, type TaxRateParams } from "../payments/tax-rates";
import type { TaxRate } from "../store/catalog-records";
import { mergeMetadata, orNull } from "../store/metadata";
import { noSuch } from "../stripe-error";
import { type ListParams, listPage, type Route, route } from "./route";

function getTaxRate(core: Core, id: string): TaxRate {
  const rate = core.store.taxRates.get(id);
  if (rate === undefined) throw noSuch("tax rate", id);
  return rate;
}

type TaxRateChange = Partial<Omit<TaxRateParams, "inclusive" | "percentage">>;

export const taxRateRoutes: Route[] = [
  route<TaxRateParams>("POST /v1/tax_rates", ({ core, params }) => {
    const rate = makeTaxRate(core, params);
    core.events.emit("tax_rate.created", rate);
    return rate;
  }),
  route<object>("GET /v1/tax_rates/{id}", ({ core, id }) => getTaxRate(core, id)),
  route<TaxRateChange>("POST /v1/tax_rates/{id}", ({ core, id, params }) => {
    const before = getTaxRate(core, id);
    const after = core.store.taxRates.update(id, {
      active: params.active ?? before.active,
      country: orNull(params.country ?? before.country ?? ""),
      description: orNull(params.description ?? before.description ?? ""),
      display_name: params.display_name ?? before.display_name,
      jurisdiction: orNull(params.jurisdiction ?? before.jurisdiction ?? ""),
      metadata: mergeMetadata(before.metadata, params.metadata),
      state: orNull(params.state ?? before.state ?? ""),
      tax_type: params.tax_type ?? before.tax_type,
    });
    core.events.emit("tax_rate.updated", after, before);
    return after;
  }),
  route<ListParams & { active?: boolean; inclusive?: boolean }>("GET /v1/tax_rates", ({ core, params }) => {
    const matching = core.store.taxRates
      .newestFirst()
      .filter(
        (one) =>
          (params.active ?? one.active) === one.active &&
          (params.inclusive ?? one.inclusive) === one.inclusive,
      );
    return listPage(matching, params, "/v1/tax_rates");
  }),
];
