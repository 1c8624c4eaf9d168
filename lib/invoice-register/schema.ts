/** A correction is an invoice that replaces another, and the credit note over what was left of that one. */
export const DOCUMENT_KINDS = ["invoice", "credit_note", "correction"] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** What the register is narrowed to. Days are UTC's, as the documents print them, and both counted. */
export type RegisterFilter = {
  readonly q: string;
  readonly kind?: DocumentKind | undefined;
  /** `2026-11-01` */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** What is wrong with a day that was asked for, in a sentence for its field. */
export type RegisterProblems = { readonly from?: string; readonly to?: string };

/** A document as the register lists it. Amounts in minor units; those of a credit note are negative. */
export type RegisterRow = {
  readonly number: string;
  /** `2026-11-28`: the day that is printed on it. */
  readonly issuedOn: string;
  readonly kind: DocumentKind;
  /** The invoice that it amends or replaces. */
  readonly amends: string | null;
  readonly orderNumber: string;
  readonly customer: string;
  readonly company: string | null;
  /** Two letters, of the customer's address. */
  readonly country: string | null;
  readonly vatId: string | null;
  readonly netAmount: number;
  readonly taxAmount: number;
  readonly totalAmount: number;
  readonly currency: string;
  /** No real money moved. */
  readonly isTest: boolean;
};

/** A part of a document: what it says of one rate of tax. */
export type RatePart = {
  readonly taxName: string;
  /** As Stripe writes it ("19", "8.875"); null where no rate applies. */
  readonly percentage: string | null;
  /** Two letters, where the tax is owed. */
  readonly taxCountry: string | null;
  readonly isReverseCharge: boolean;
  /** What the rate is charged on. Of a line that bears several taxes it counts under each of them. */
  readonly taxableAmount: number;
  /** Each line counts once, under its first tax: the parts of a document add up to it. */
  readonly netAmount: number;
  readonly taxAmount: number;
};

/** What all documents of a period add up to, credit notes taken off. Test documents and currencies are never mixed. */
export type RegisterSum = {
  readonly currency: string;
  readonly isTest: boolean;
  readonly documents: number;
  readonly netAmount: number;
  readonly taxAmount: number;
  readonly totalAmount: number;
};
