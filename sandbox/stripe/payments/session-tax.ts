/** The tax part of making and finishing a session. */
import type { Core } from "../core";
import type { LineItem } from "../store/catalog-records";
import type { Customer, Session } from "../store/records";
import { invalidRequest, noSuch } from "../stripe-error";
import type { Buyer } from "./payment-methods";
import type { LineItemParams } from "./price-items";
import type { TaxPlace } from "./tax";

export interface SessionTaxParams {
  automatic_tax?: { enabled: boolean; liability?: { type: string } };
  customer_update?: { address?: string; name?: string; shipping?: string };
  tax_id_collection?: { enabled: boolean; required?: "if_supported" | "never" };
}

export const NO_AUTOMATIC_TAX: Session["automatic_tax"] = {
  enabled: false,
  liability: null,
  provider: null,
  status: null,
};

/** Throws Stripe's error for a combination it refuses. */
export function checkSessionTax(
  params: SessionTaxParams & { line_items?: LineItemParams[] },
  customer: Customer | null,
): void {
  const { automatic_tax: automatic, customer_update: update, tax_id_collection: collection } = params;
  if (update !== undefined && customer === null) {
    throw invalidRequest("`customer_update` can only be used with `customer`.", { param: "customer_update" });
  }
  if (update?.shipping !== undefined) {
    throw invalidRequest("The sandbox ships nothing: it does not do customer_update[shipping].", {
      param: "customer_update[shipping]",
    });
  }
  if (automatic?.enabled && automatic.liability !== undefined && automatic.liability.type !== "self") {
    throw invalidRequest("The sandbox has one account: the liability is its own.", {
      param: "automatic_tax[liability][type]",
    });
  }
  if (automatic?.enabled && customer && customer.address?.country == null && update?.address !== "auto") {
    throw invalidRequest(
      "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set either `customer_update[address]` to 'auto' or `customer_update[shipping]` to 'auto' to save the address entered in Checkout to the Customer.",
      { code: "customer_tax_location_invalid" },
    );
  }
  if (collection?.enabled && customer && update?.name !== "auto") {
    throw invalidRequest(
      "Tax ID collection requires updating business name on the customer. To enable tax ID collection for an existing customer, please set `customer_update[name]` to `auto`.",
      { param: "customer_update[name]" },
    );
  }
  const withRates = params.line_items?.findIndex((line) => line.tax_rates !== undefined) ?? -1;
  if (automatic?.enabled && withRates >= 0) {
    throw invalidRequest("You cannot use `tax_rates` together with automatic tax.", {
      param: `line_items[${withRates}][tax_rates]`,
    });
  }
}

/** The shop's own rates by line item. Throws for one that does not exist. */
export function readTaxRates(
  core: Core,
  params: readonly LineItemParams[],
  items: readonly LineItem[],
): Record<string, string[]> {
  const entries = items.map((item, index): [string, string[]] => {
    const rates = params[index]?.tax_rates ?? [];
    for (const [at, id] of rates.entries()) {
      if (core.store.taxRates.get(id)?.active) continue;
      throw noSuch("tax rate", id, `line_items[${index}][tax_rates][${at}]`);
    }
    return [item.id, rates];
  });
  return Object.fromEntries(entries.filter(([, rates]) => rates.length > 0));
}

/** Where a customer's address puts it; null without a country. */
export function placeOfCustomer(customer: Customer | null): TaxPlace | null {
  const country = customer?.address?.country;
  if (!customer || !country) return null;
  return {
    country,
    postal_code: customer.address?.postal_code ?? "",
    tax_id: null,
    tax_exempt: customer.tax_exempt,
  };
}

export function placeOfBuyer(
  core: Core,
  session: Session,
  buyer: Pick<Buyer, "country" | "postal_code" | "tax_id">,
): TaxPlace {
  const customer = session.customer === null ? undefined : core.store.customers.get(session.customer);
  return {
    country: buyer.country,
    postal_code: buyer.postal_code,
    tax_id: session.tax_id_collection?.enabled ? (buyer.tax_id ?? null) : null,
    tax_exempt: customer?.tax_exempt ?? "none",
  };
}

/** Writes back to the customer what the session was told to keep. */
export function updateCustomer(core: Core, session: Session, buyer: Buyer): void {
  const update = core.store.checkouts.get(session.id)?.customer_update;
  const before = session.customer === null ? undefined : core.store.customers.get(session.customer);
  if (update === undefined || before === undefined) return;
  const address = {
    city: null,
    country: buyer.country,
    line1: null,
    line2: null,
    postal_code: buyer.postal_code || null,
    state: null,
  };
  const after = core.store.customers.update(before.id, {
    ...(update.address === "auto" ? { address } : {}),
    ...(update.name === "auto" ? { name: buyer.business_name || buyer.name } : {}),
  });
  core.events.emit("customer.updated", after, before);
}
