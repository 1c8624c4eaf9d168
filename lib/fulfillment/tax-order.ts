import { type Minor, minor, splitByWeight, sum } from "@/lib/money";
import type { CheckoutFacts, LineTax, TaxedLine } from "@/lib/payments/checkout-facts";

type Item = {
  readonly title: string;
  readonly priceAmount: Minor;
  readonly netAmount: Minor;
  readonly taxAmount: Minor;
};
type Order<I extends Item> = {
  readonly subtotalAmount: Minor;
  readonly discountAmount: Minor;
  readonly taxAmount: Minor;
  readonly totalAmount: Minor;
  readonly items: readonly I[];
};
export type Taxed<O extends Order<Item>> = Omit<O, "items"> & {
  readonly items: readonly (O["items"][number] & { readonly taxes: readonly LineTax[] })[];
};

/**
 * The order with the tax that its paid session carries, item by item. Lines are found by title and price, not by place.
 * Should they not add up to the session's tax (minor units), that sum, which was charged, is spread over the net amounts.
 */
export function taxOrder<I extends Item, O extends Order<I>>(
  order: O,
  facts: Pick<CheckoutFacts, "taxAmount" | "lines">,
): Taxed<O> {
  const taxes = taxesOfItems(order.items, facts);
  const items = order.items.map((item, index) => {
    const own = taxes[index] ?? [];
    return { ...item, taxes: own, taxAmount: minor(total(own)) };
  });
  const taxAmount = sum(items.map((item) => item.taxAmount));
  return {
    ...order,
    items,
    taxAmount,
    totalAmount: minor(order.subtotalAmount - order.discountAmount + taxAmount),
  } as Taxed<O>;
}

const total = (taxes: readonly LineTax[]) => taxes.reduce((amount, tax) => amount + tax.amount, 0);

function taxesOfItems(
  items: readonly Item[],
  { taxAmount, lines }: Pick<CheckoutFacts, "taxAmount" | "lines">,
): (readonly LineTax[])[] {
  const open: TaxedLine[] = [...lines];
  const found = items.map((item) => {
    const at = open.findIndex((line) => line.title === item.title && line.priceAmount === item.priceAmount);
    return at === -1 ? [] : (open.splice(at, 1)[0]?.taxes ?? []);
  });
  if (total(found.flat()) === taxAmount) return found;
  const shares = splitByWeight(
    minor(taxAmount),
    items.map((item) => item.netAmount),
  );
  return shares.map((amount) => [{ name: "Tax", percentage: null, country: null, reason: null, amount }]);
}

/** What the documents say about tax that was not charged, in the words of the directive where it has some. */
export function describeUntaxed(items: readonly { readonly taxes: readonly LineTax[] }[]): string | null {
  const reasons = new Set(items.flatMap((item) => item.taxes.map((tax) => tax.reason)));
  if (reasons.has("reverse_charge"))
    return "Reverse charge: the customer owes the VAT (Directive 2006/112/EC, article 196).";
  if (reasons.has("customer_exempt")) return "The customer is exempt from tax.";
  return null;
}
