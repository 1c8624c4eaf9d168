/** What the payment page says is due, for the country it shows. */
import type { Core } from "../core";
import type { Reply } from "../http/server";
import { formatMoney } from "../payments/currency";
import { placeOfBuyer } from "../payments/session-tax";
import { quoteTax, taxBreakdown } from "../payments/tax";
import { readTaxId } from "../payments/tax-ids";
import type { ItemTax } from "../store/catalog-records";
import type { Session } from "../store/records";
import { notFound, type PageCall } from "./page-call";

export interface Totals {
  /** Minor units. */
  amount_tax: number;
  amount_total: number;
  /** "VAT 19%", or only "Tax". */
  label: string;
}

export function totalsFor(
  core: Core,
  session: Session,
  typed: { country: string; postal_code: string; tax_id: string },
): Totals {
  const read = readTaxId(typed.tax_id, typed.country);
  const place = placeOfBuyer(core, session, { ...typed, tax_id: read.ok ? read.taxId : null });
  // A rate that nobody has needed yet is made on the way.
  const quote = core.store.transaction(() => quoteTax(core, session, place));
  return {
    amount_tax: quote.amount_tax,
    amount_total: quote.amount_total,
    label: taxLabel(taxBreakdown(quote.taxes)),
  };
}

export function taxLabel(taxes: readonly ItemTax[]): string {
  const [tax] = taxes;
  if (tax === undefined || taxes.length > 1) return "Tax";
  if (tax.taxability_reason === "reverse_charge") return "Tax (reverse charge: you owe it yourself)";
  if (tax.rate.percentage === 0) return "Tax";
  const name = `${tax.rate.display_name} ${tax.rate.percentage}%`;
  return tax.rate.inclusive ? `${name}, included` : name;
}

/** Asked by the page's script when the buyer chooses another country. */
export function showTotals({ core, id, query }: PageCall): Reply {
  const session = core.store.sessions.get(id);
  if (session?.status !== "open") return notFound();
  const text = (name: string) => (query.get(name) ?? "").slice(0, 40);
  const typed = { country: text("country"), postal_code: text("postal_code"), tax_id: text("tax_id") };
  const totals = totalsFor(core, session, typed);
  const body = JSON.stringify({
    label: totals.label,
    shown: totals.amount_total,
    tax: formatMoney(totals.amount_tax, session.currency),
    total: formatMoney(totals.amount_total, session.currency),
  });
  return { status: 200, headers: { "content-type": "application/json", "cache-control": "no-store" }, body };
}
