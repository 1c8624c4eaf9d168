/**
 * Standard rates of tax on digital goods by country, and by state for a part of the United States, in percent. Close to
 * the law of 2026, but a stand-in: enough to let a shop meet many rates, not to file a return.
 */
export interface StandardRate {
  country: string;
  /** Only where the rate is a state's. */
  state: string | null;
  percentage: number;
  tax_type: "gst" | "jct" | "sales_tax" | "service_tax" | "vat";
}

const VAT =
  "AE 5, AT 20, BE 21, BG 20, CH 8.1, CL 19, CO 19, CR 13, CY 19, CZ 21, DE 19, DK 25, EE 24, EG 14, ES 21, FI 25.5, " +
  "FR 20, GB 20, GR 24, HR 25, HU 27, ID 11, IE 23, IL 18, IS 24, IT 22, KE 16, KR 10, LI 8.1, LT 21, LU 17, LV 21, " +
  "MA 20, MT 18, MX 16, NG 7.5, NL 21, NO 25, PE 18, PH 12, PL 23, PT 23, RO 21, RS 20, SA 15, SE 25, SI 22, SK 23, " +
  "TH 7, TR 20, TW 5, UA 20, UY 22, VN 10, ZA 15";
const GST = "AU 10, CA 5, IN 18, NZ 15, SG 9";

/** First and last three digits of ZIP codes, the state, its rate. */
const UNITED_STATES: readonly (readonly [from: number, to: number, state: string, percentage: number])[] = [
  [100, 149, "NY", 4],
  [150, 196, "PA", 6],
  [750, 799, "TX", 6.25],
  [980, 994, "WA", 6.5],
];

const EU = new Set(
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" "),
);

const rates = new Map<string, StandardRate>([
  ...read(VAT, "vat"),
  ...read(GST, "gst"),
  ["JP", { country: "JP", state: null, percentage: 10, tax_type: "jct" }],
  ["MY", { country: "MY", state: null, percentage: 8, tax_type: "service_tax" }],
]);

function read(list: string, tax_type: StandardRate["tax_type"]): [string, StandardRate][] {
  return list.split(", ").map((entry) => {
    const [country = "", percentage] = entry.split(" ");
    return [country, { country, state: null, percentage: Number(percentage), tax_type }];
  });
}

/** The rate a buyer at this place pays; null where the shop collects none. */
export function standardRate(country: string, postalCode: string): StandardRate | null {
  if (country !== "US") return rates.get(country) ?? null;
  const zip = Number.parseInt(postalCode.slice(0, 3), 10);
  const found = UNITED_STATES.find(([from, to]) => /^\d{5}/.test(postalCode) && zip >= from && zip <= to);
  if (found === undefined) return null;
  const [, , state, percentage] = found;
  return { country, state, percentage, tax_type: "sales_tax" };
}

export function isInEu(country: string): boolean {
  return EU.has(country);
}
