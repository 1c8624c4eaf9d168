import type { IssuedDocument } from "@/lib/documents/schema";
import type { RatePart } from "./schema";

/** As `describeUntaxed` writes it on the document, or the shop's owner in the note of a shop without automatic tax. */
const REVERSE_CHARGE = /^reverse charge\b/i;

/**
 * What a document says of each of its rates, amounts signed: those of a credit note are negative. Only read from the document, never
 * computed from a rate. A rate of which a credit note took nothing back is left out.
 */
export function splitByRate({ kind, data }: Pick<IssuedDocument, "kind" | "data">): RatePart[] {
  const signed = (amount: number) => (kind === "invoice" ? amount : 0 - amount);
  const isReverseCharge = REVERSE_CHARGE.test(data.taxNote ?? "");
  return data.rates
    .map((rate, index) => ({
      taxName: rate.name,
      percentage: rate.percentage,
      taxCountry: rate.country,
      isReverseCharge: isReverseCharge && rate.taxAmount === 0,
      taxableAmount: signed(rate.netAmount),
      netAmount: signed(netFirstUnder(index, data.lines)),
      taxAmount: signed(rate.taxAmount),
    }))
    .filter((part) => part.taxableAmount !== 0 || part.taxAmount !== 0);
}

type Line = IssuedDocument["data"]["lines"][number];

const netFirstUnder = (rate: number, lines: readonly Line[]): number =>
  lines.filter((line) => line.taxes[0]?.rate === rate).reduce((total, line) => total + line.netAmount, 0);
