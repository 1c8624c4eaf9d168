import type { BilledTo, Buyer, TaxRateLine } from "./schema";

/** Name and address as on an envelope; empty parts are left out. */
export function buyerLines({
  name,
  company,
  address,
}: Pick<BilledTo, "name" | "company" | "address">): string[] {
  const lines = [company, name, ...addressLines(address)];
  return lines.filter((line, index): line is string => Boolean(line) && lines.indexOf(line) === index);
}

/** Where the postal code follows the town: `Portland, OR 97205`. Elsewhere it comes first: `50667 Köln`. */
const CODE_LAST = new Set("AU BR CA GB IE IN NZ PR US".split(" "));

export function addressLines(address: Buyer["address"]): string[] {
  if (!address) return [];
  const { line1, line2, city, state, postalCode } = address;
  const country = address.country ?? null;
  const town =
    country === null || CODE_LAST.has(country.toUpperCase())
      ? join(", ", city, join(" ", state, postalCode))
      : join(", ", join(" ", postalCode, city), state);
  return [line1, line2, town, country && countryName(country)].filter((line): line is string =>
    Boolean(line),
  );
}

const join = (by: string, ...parts: readonly (string | null | undefined)[]) => parts.filter(Boolean).join(by);

/** `DE` → Germany. What is no country code stays as it is. */
export function countryName(code: string): string {
  if (!/^[a-z]{2}$/i.test(code)) return code;
  return new Intl.DisplayNames("en", { type: "region", fallback: "code" }).of(code.toUpperCase()) ?? code;
}

/** `VAT 19% (Germany)`; a row without a rate is named only. */
export function describeRate({ name, percentage, country }: TaxRateLine): string {
  const rate = percentage === null ? name : `${name} ${percentage}%`;
  return country ? `${rate} (${countryName(country)})` : rate;
}
