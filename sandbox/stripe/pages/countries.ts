const CODES = (
  "AE AR AT AU BE BG BR CA CH CL CN CO CR CY CZ DE DK EE EG ES FI FR GB GR HK HR HU ID IE IL IN IS IT JP KE KR KW " +
  "LI LT LU LV MA MT MX MY NG NL NO NZ PE PH PK PL PT RO RS SA SE SG SI SK TH TN TR TW UA US UY VN ZA"
).split(" ");
const names = new Intl.DisplayNames("en", { type: "region" });

/** Countries offered on the payment page, [ISO code, English name], by name. */
export const COUNTRIES: readonly (readonly [string, string])[] = CODES.map(
  (code) => [code, names.of(code) ?? code] as const,
).sort(([, a], [, b]) => a.localeCompare(b));
