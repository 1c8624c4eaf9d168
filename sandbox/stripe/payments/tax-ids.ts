/** Numbers of businesses that may be typed on the payment page, by country. Their shape is checked, not their owner. */
import { isInEu } from "./standard-rates";

export interface TaxId {
  type: string;
  value: string;
}

const BY_COUNTRY: Record<string, { type: string; shape: RegExp; example: string }> = {
  AU: { type: "au_abn", shape: /^\d{11}$/, example: "12345678912" },
  CA: { type: "ca_gst_hst", shape: /^\d{9}RT\d{4}$/, example: "123456789RT0002" },
  CH: { type: "ch_vat", shape: /^CHE\d{9}(MWST|TVA|IVA)?$/, example: "CHE123456789MWST" },
  GB: { type: "gb_vat", shape: /^GB(\d{9}|\d{12}|(GD|HA)\d{3})$/, example: "GB123456789" },
  IN: { type: "in_gst", shape: /^\d{2}[A-Z]{5}\d{4}[A-Z][A-Z\d]{3}$/, example: "12ABCDE3456FGZH" },
  JP: { type: "jp_trn", shape: /^T\d{13}$/, example: "T1234567891234" },
  NO: { type: "no_vat", shape: /^\d{9}MVA$/, example: "123456789MVA" },
  NZ: { type: "nz_gst", shape: /^\d{8,9}$/, example: "123456789" },
  SG: { type: "sg_gst", shape: /^[A-Z\d]{9,10}$/, example: "M12345678X" },
  US: { type: "us_ein", shape: /^\d{9}$/, example: "123456789" },
};

function kindOf(country: string) {
  if (isInEu(country)) {
    const prefix = country === "GR" ? "EL" : country;
    return {
      type: "eu_vat",
      shape: new RegExp(`^${prefix}[A-Z\\d]{2,12}$`),
      example: `${prefix}123456789`,
    };
  }
  return BY_COUNTRY[country];
}

/** The number without spaces, dots and dashes; a sentence for the buyer when it cannot be one of this country. */
export function readTaxId(
  text: string,
  country: string,
): { ok: true; taxId: TaxId | null } | { ok: false; message: string } {
  const value = text.toUpperCase().replace(/[\s.-]/g, "");
  if (value === "") return { ok: true, taxId: null };
  const kind = kindOf(country);
  if (kind === undefined)
    return { ok: false, message: "No tax ID is taken for this country. Leave it empty." };
  if (kind.shape.test(value)) return { ok: true, taxId: { type: kind.type, value } };
  return { ok: false, message: `This tax ID is not complete. One looks like ${kind.example}.` };
}
