import { type Minor, minor, splitByWeight, sum } from "@/lib/money";
import type { CreditLine, CreditNoteData, InvoiceData, InvoiceLine, TaxRateLine } from "./schema";

type Invoice = { readonly number: string; readonly issuedAt: Date; readonly data: InvoiceData };
/** What goes back for one item of the order, tax included. */
export type CreditShare = { readonly orderItemId: string; readonly amount: number };

/**
 * A credit note over `amount` (tax included, minor units) of an invoice of which the lines `earlier` were taken back
 * before. Shares that name items are credited to them; the rest is spread over what is left of all lines, and inside a
 * line over what is left of its net amount and taxes: no part ever exceeds the invoice's, and a line taken back whole is
 * exactly the line. Null when less than `amount` is left.
 */
export function composeCreditNote(
  invoice: Invoice,
  earlier: readonly CreditLine[],
  amount: number,
  shares: readonly CreditShare[],
  reason: CreditNoteData["reason"],
): CreditNoteData | null {
  const { data } = invoice;
  const open = data.lines.map((line) => leftOf(line, earlier));
  const left = open.map((parts) => sum(parts));
  if (amount <= 0 || amount > sum(left)) return null;
  const taken = spread(data.lines, left, minor(amount), shares);
  const lines = data.lines.flatMap((line, index) => credit(line, open[index] ?? [], taken[index] ?? 0));
  const netAmount = lines.reduce((total, line) => total + line.netAmount, 0);
  return {
    livemode: data.livemode,
    currency: data.currency,
    paper: data.paper,
    seller: data.seller,
    buyer: data.buyer,
    orderNumber: data.orderNumber,
    suppliedAt: data.suppliedAt,
    lines,
    rates: data.rates.map((rate, index) => ratePart(rate, index, lines)),
    netAmount,
    taxAmount: amount - netAmount,
    totalAmount: amount,
    taxNote: data.taxNote,
    invoice: { number: invoice.number, issuedAt: invoice.issuedAt.toISOString() },
    reason,
  };
}

/** What is left of a line's net amount and of each of its taxes, in this order. */
function leftOf(line: InvoiceLine, earlier: readonly CreditLine[]): Minor[] {
  const before = earlier.filter((credited) => credited.orderItemId === line.orderItemId);
  const takenOf = (part: (credited: CreditLine) => number | undefined) =>
    before.reduce((total, credited) => total + (part(credited) ?? 0), 0);
  return [
    minor(line.netAmount - takenOf((credited) => credited.netAmount)),
    ...line.taxes.map((tax, index) =>
      minor(tax.amount - takenOf((credited) => credited.taxes[index]?.amount)),
    ),
  ];
}

/** How much of `amount` each line gives, never more than it has left. */
function spread(
  lines: readonly InvoiceLine[],
  left: readonly Minor[],
  amount: Minor,
  shares: readonly CreditShare[],
): number[] {
  let open: number = amount;
  const named = lines.map(({ orderItemId }, index) => {
    const wanted = shares.filter((share) => share.orderItemId === orderItemId);
    const share = Math.min(
      wanted.reduce((total, one) => total + one.amount, 0),
      left[index] ?? 0,
      open,
    );
    open -= share;
    return share;
  });
  const rest = splitByWeight(
    minor(open),
    left.map((value, index) => minor(value - (named[index] ?? 0))),
  );
  return named.map((value, index) => value + (rest[index] ?? 0));
}

function credit(line: InvoiceLine, open: readonly Minor[], taken: number): CreditLine[] {
  if (taken === 0) return [];
  const [netAmount, ...taxAmounts] = splitByWeight(minor(taken), open);
  const taxes = line.taxes.map(({ rate }, index) => ({ rate, amount: taxAmounts[index] ?? 0 }));
  return [{ orderItemId: line.orderItemId, title: line.title, netAmount: netAmount ?? 0, taxes }];
}

function ratePart(rate: TaxRateLine, index: number, lines: readonly CreditLine[]): TaxRateLine {
  const bearing = lines.flatMap((line) =>
    line.taxes.filter((tax) => tax.rate === index).map((tax) => ({ net: line.netAmount, tax: tax.amount })),
  );
  return {
    ...rate,
    netAmount: bearing.reduce((total, part) => total + part.net, 0),
    taxAmount: bearing.reduce((total, part) => total + part.tax, 0),
  };
}
