import type { Buyer, InvoiceData, InvoiceLine, Seller, TaxRateLine } from "./schema";

export type ItemTax = {
  readonly name: string;
  readonly percentage: string | null;
  readonly country: string | null;
  readonly amount: number;
};

export type InvoicedOrder = {
  readonly orderNumber: string;
  readonly livemode: boolean;
  readonly currency: string;
  readonly subtotalAmount: number;
  readonly discountAmount: number;
  readonly taxAmount: number;
  readonly totalAmount: number;
  readonly couponCode: string | null;
  readonly items: readonly {
    readonly id: string;
    readonly title: string;
    readonly priceAmount: number;
    readonly discountAmount: number;
    readonly netAmount: number;
    readonly taxes: readonly ItemTax[];
  }[];
};

type Terms = {
  readonly seller: Seller;
  readonly buyer: Buyer;
  readonly paidAt: Date;
  readonly paymentReference: string | null;
  /** Why no tax is charged, or who owes it. */
  readonly taxNote: string | null;
  /** The number of the invoice that this one replaces. */
  readonly replaces?: string;
};

/** Everything an invoice says but its number and date. Amounts in minor units; nothing is computed anew when it is printed. */
export function composeInvoice(order: InvoicedOrder, terms: Terms): InvoiceData {
  const paidAt = terms.paidAt.toISOString();
  const { lines, rates } = perRate(order.items);
  return {
    livemode: order.livemode,
    currency: order.currency,
    paper: paperOf(terms.buyer.address?.country ?? null, order.currency),
    seller: terms.seller,
    buyer: terms.buyer,
    orderNumber: order.orderNumber,
    suppliedAt: paidAt,
    lines,
    rates,
    subtotalAmount: order.subtotalAmount,
    discountAmount: order.discountAmount,
    couponCode: order.couponCode,
    taxAmount: order.taxAmount,
    totalAmount: order.totalAmount,
    taxNote: terms.taxNote,
    payment: { paidAt, reference: terms.paymentReference },
    replaces: terms.replaces ?? null,
  };
}

/** A line that bears no tax still stands in a row of its own, so that net amounts per rate are complete. */
const UNTAXED: ItemTax = { name: "No tax", percentage: null, country: null, amount: 0 };

/** The lines, and one row for each tax that they bear. A line counts with its net amount in each of its taxes' rows. */
function perRate(items: InvoicedOrder["items"]): { lines: InvoiceLine[]; rates: TaxRateLine[] } {
  const rates: { -readonly [K in keyof TaxRateLine]: TaxRateLine[K] }[] = [];
  const lines = items.map((item): InvoiceLine => {
    const taxes = (item.taxes.length > 0 ? item.taxes : [UNTAXED]).map(
      ({ name, percentage, country, amount }) => {
        const tax = { name, percentage, country };
        let rate = rates.findIndex((row) => sameTax(row, tax));
        if (rate === -1) rate = rates.push({ ...tax, netAmount: 0, taxAmount: 0 }) - 1;
        const row = rates[rate];
        if (row) {
          row.netAmount += item.netAmount;
          row.taxAmount += amount;
        }
        return { rate, amount };
      },
    );
    const { id, title, priceAmount, discountAmount, netAmount } = item;
    return { orderItemId: id, title, priceAmount, discountAmount, netAmount, taxes };
  });
  return { lines, rates };
}

type Tax = Omit<ItemTax, "amount">;
const sameTax = (a: Tax, b: Tax) =>
  a.name === b.name && a.percentage === b.percentage && a.country === b.country;

/** Where letters are written on US Letter. Source: CLDR, paper size by territory. */
const LETTER_COUNTRIES = new Set("BZ CA CL CO CR GT MX NI PA PH PR SV US VE".split(" "));
const LETTER_CURRENCIES = new Set(["cad", "mxn", "usd"]);

/** The paper that the buyer's printer holds; without an address the currency must do. */
export function paperOf(country: string | null, currency: string): "a4" | "letter" {
  const letter = country ? LETTER_COUNTRIES.has(country.toUpperCase()) : LETTER_CURRENCIES.has(currency);
  return letter ? "letter" : "a4";
}
