/** What tax a session carries, from its rates or from where its buyer is. */
import type { Core } from "../core";
import type { ItemTax, LineItem, TaxabilityReason } from "../store/catalog-records";
import type { Session } from "../store/records";
import { stepOf } from "./currency";
import { isInEu, standardRate } from "./standard-rates";
import type { TaxId } from "./tax-ids";
import { automaticRate } from "./tax-rates";

/** Where and who the buyer is, as far as tax depends on it. */
export interface TaxPlace {
  country: string;
  postal_code: string;
  tax_id: TaxId | null;
  /** Of the customer: "none", "exempt" or "reverse". */
  tax_exempt: string;
}

interface Taxed {
  items: LineItem[];
  /** By line item. */
  taxes: Record<string, ItemTax[]>;
}

/** Without a word of the shop, as Stripe's setting "automatic": on top in US and Canadian dollars, elsewhere inside. */
function isInclusive(item: LineItem): boolean {
  const { tax_behavior: behavior } = item.price;
  if (behavior !== "unspecified") return behavior === "inclusive";
  return item.currency !== "usd" && item.currency !== "cad";
}

/** Line items with their tax. Each line is rounded by itself, so that the lines add up to the session. */
export function taxItems(
  core: Core,
  lines: readonly LineItem[],
  how: { place: TaxPlace | null; rates: Record<string, string[]> },
): Taxed {
  const taxes: Record<string, ItemTax[]> = {};
  const items = lines.map((line) => {
    const taxable = line.amount_subtotal - line.amount_discount;
    const fixed = (how.rates[line.id] ?? []).flatMap((id) => core.store.taxRates.get(id) ?? []);
    const found =
      how.place === null
        ? fixed.map((rate) => ofRate(taxable, line.currency, rate.percentage, rate.inclusive, rate))
        : [automatic(core, line, taxable, how.place)];
    if (found.length > 0) taxes[line.id] = found;
    const amount_tax = found.reduce((sum, tax) => sum + tax.amount, 0);
    const onTop = found.reduce((sum, tax) => sum + (tax.rate.inclusive ? 0 : tax.amount), 0);
    return { ...line, amount_tax, amount_total: taxable + onTop };
  });
  return { items, taxes };
}

function automatic(core: Core, line: LineItem, taxable: number, place: TaxPlace): ItemTax {
  const inclusive = isInclusive(line);
  const standard = standardRate(place.country, place.postal_code);
  const reason = whyNothing(core, place, standard !== null);
  if (standard === null || reason !== "standard_rated") {
    const where = standard ?? { country: place.country, state: null, tax_type: null };
    const rate = automaticRate(core, where, 0, inclusive);
    return { amount: 0, rate, taxability_reason: reason, taxable_amount: 0 };
  }
  const rate = automaticRate(core, standard, standard.percentage, inclusive);
  return ofRate(taxable, line.currency, standard.percentage, inclusive, rate);
}

/** Reverse charge: a business with a number, in another country than the shop, owes the tax itself. */
function whyNothing(core: Core, place: TaxPlace, collects: boolean): TaxabilityReason {
  if (place.tax_exempt === "exempt") return "customer_exempt";
  if (place.tax_exempt === "reverse") return "reverse_charge";
  if (!collects) return "not_collecting";
  const abroad = place.country !== core.settings.country;
  const shifts = isInEu(place.country) || ["CH", "GB", "NO"].includes(place.country);
  return place.tax_id !== null && abroad && shifts ? "reverse_charge" : "standard_rated";
}

function ofRate(
  taxable: number,
  currency: string,
  percentage: number,
  inclusive: boolean,
  rate: ItemTax["rate"],
): ItemTax {
  const exact = inclusive ? (taxable * percentage) / (100 + percentage) : (taxable * percentage) / 100;
  const step = stepOf(currency);
  // A binary fraction may fall short of the half it stands for: 0.5 % of 4900 must round as 24.5 does.
  const amount = Math.round(Number((exact / step).toFixed(6))) * step;
  return {
    amount,
    rate,
    taxability_reason: "standard_rated",
    taxable_amount: inclusive ? taxable - amount : taxable,
  };
}

/** The parts of a session's tax by rate, as `total_details.breakdown.taxes` shows them. */
export function taxBreakdown(taxes: Record<string, ItemTax[]>): ItemTax[] {
  const byRate = new Map<string, ItemTax>();
  for (const tax of Object.values(taxes).flat()) {
    const so = byRate.get(tax.rate.id);
    byRate.set(
      tax.rate.id,
      so
        ? {
            ...so,
            amount: so.amount + tax.amount,
            taxable_amount: (so.taxable_amount ?? 0) + (tax.taxable_amount ?? 0),
          }
        : tax,
    );
  }
  return [...byRate.values()];
}

/** Totals of a session with this tax, without storing anything: what the payment page shows while a country is chosen. */
export function quoteTax(core: Core, session: Session, place: TaxPlace | null) {
  const checkout = core.store.checkouts.get(session.id);
  const automaticPlace = session.automatic_tax.enabled ? place : null;
  const taxed = taxItems(core, checkout?.line_items ?? [], {
    place: automaticPlace,
    rates: checkout?.tax_rates ?? {},
  });
  return {
    ...taxed,
    amount_tax: taxed.items.reduce((sum, item) => sum + item.amount_tax, 0),
    amount_total: taxed.items.reduce((sum, item) => sum + item.amount_total, 0),
    ready: !session.automatic_tax.enabled || place !== null,
  };
}

/** Puts the tax of this place on an open session. Sessions without automatic tax stay as they are. */
export function applyTax(core: Core, session: Session, place: TaxPlace): Session {
  if (!session.automatic_tax.enabled) return session;
  const quote = quoteTax(core, session, place);
  core.store.checkouts.update(session.id, { line_items: quote.items, taxes: quote.taxes });
  return core.store.sessions.update(session.id, {
    amount_total: quote.amount_total,
    automatic_tax: { ...session.automatic_tax, status: "complete" },
    total_details: { ...session.total_details, amount_tax: quote.amount_tax },
  });
}
