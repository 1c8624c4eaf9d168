/**
 * How VAT ids are written, after their country's two letters. Source: European Commission, VIES, frequently asked
 * questions, Q11; for GB, CH and NO their tax offices.
 */
const FORMATS: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CH: /^E\d{9}(MWST|TVA|IVA)?$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  EL: /^\d{9}$/,
  ES: /^[A-Z0-9]\d{7}[A-Z0-9]$/,
  FI: /^\d{8}$/,
  FR: /^[A-HJ-NP-Z0-9]{2}\d{9}$/,
  GB: /^(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^(\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^\d{9}B\d{2}$/,
  NO: /^\d{9}(MVA)?$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{12}$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
  XI: /^(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
};

/** As it is stored: capitals, without spaces, dots and hyphens; Greece writes EL. */
export function normaliseVatId(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[\s.\-/]/g, "")
    .replace(/^GR/, "EL");
}

/** Whether a normalised id has its country's form. Says nothing about whether it was ever given to anybody. */
export function isVatId(id: string): boolean {
  return isOfVatCountry(id) && (FORMATS[id.slice(0, 2)]?.test(id.slice(2)) ?? false);
}

/** Whether ids that begin like this one have a form that `isVatId` knows. */
export function isOfVatCountry(id: string): boolean {
  return Object.hasOwn(FORMATS, id.slice(0, 2));
}
