import { paperOf } from "./compose-invoice";
import type { Buyer, CreditLine, InvoiceData, InvoiceLine, TaxRateLine } from "./schema";

/**
 * The invoice that takes the place of the one numbered `replaces`: the whole `sale`, less what was rightly given back of it
 * (`returned`), billed to `buyer`. Not made from the one replaced: that may leave out what came back since. A line of which
 * a part went back has what is left as its price. Null when all of it went back.
 */
export function composeReplacement(
  sale: InvoiceData,
  returned: readonly CreditLine[],
  buyer: Buyer,
  replaces: string,
): InvoiceData | null {
  const lines = sale.lines.flatMap((line) => leftLine(line, returned));
  if (lines.length === 0) return null;
  const total = (amountOf: (line: InvoiceLine) => number) =>
    lines.reduce((sum, line) => sum + amountOf(line), 0);
  const taxAmount = total(taxOf);
  return {
    ...sale,
    buyer,
    paper: paperOf(buyer.address?.country ?? null, sale.currency),
    lines,
    rates: sale.rates.map((rate, index) => rateOf(rate, index, lines)),
    subtotalAmount: total((line) => line.priceAmount),
    discountAmount: total((line) => line.discountAmount),
    taxAmount,
    totalAmount: total((line) => line.netAmount) + taxAmount,
    replaces,
  };
}

const taxOf = (line: InvoiceLine) => line.taxes.reduce((sum, tax) => sum + tax.amount, 0);

function leftLine(line: InvoiceLine, returned: readonly CreditLine[]): InvoiceLine[] {
  const parts = returned.filter((part) => part.orderItemId === line.orderItemId);
  if (parts.length === 0) return [line];
  const netAmount = parts.reduce((left, part) => left - part.netAmount, line.netAmount);
  const taxes = line.taxes.map((tax, index) => ({
    rate: tax.rate,
    amount: parts.reduce((left, part) => left - (part.taxes[index]?.amount ?? 0), tax.amount),
  }));
  const left = { ...line, priceAmount: netAmount, discountAmount: 0, netAmount, taxes };
  return netAmount + taxOf(left) === 0 ? [] : [left];
}

function rateOf(rate: TaxRateLine, index: number, lines: readonly InvoiceLine[]): TaxRateLine {
  const bearing = lines.filter((line) => line.taxes.some((tax) => tax.rate === index));
  const taxes = bearing.flatMap((line) => line.taxes.filter((tax) => tax.rate === index));
  return {
    ...rate,
    netAmount: bearing.reduce((sum, line) => sum + line.netAmount, 0),
    taxAmount: taxes.reduce((sum, tax) => sum + tax.amount, 0),
  };
}
