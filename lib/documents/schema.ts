import { z } from "zod";
import { unprintedLetters } from "@/lib/printed-scripts";
import { isVatId, normaliseVatId } from "@/lib/vat-id";

/** An amount in the minor unit of the document's `currency`. */
const amount = z.number().int().nonnegative();
const words = z.string();

const address = z.object({
  line1: words.nullish(),
  line2: words.nullish(),
  city: words.nullish(),
  state: words.nullish(),
  postalCode: words.nullish(),
  country: words.nullish(),
});

const seller = z.object({
  name: words,
  /** As the shop's settings have it, one line after the other. */
  address: z.array(words),
  vatId: words.nullable(),
});

const buyer = z.object({
  name: words,
  company: words.nullable(),
  email: words,
  address: address.nullable(),
  vatId: words.nullable(),
});

/** `percentage` as Stripe writes it ("19", "8.875"); null where no rate applies. */
const rate = z.object({
  name: words,
  percentage: words.nullable(),
  /** Two letters, where the tax is owed. */
  country: words.nullable(),
  netAmount: amount,
  taxAmount: amount,
});

/** What a line adds to the row `rate` (its place in `rates`). One line may bear several taxes, as in the United States. */
const lineTax = z.object({ rate: z.number().int().nonnegative(), amount });

const line = z.object({
  orderItemId: z.string(),
  title: words,
  priceAmount: amount,
  discountAmount: amount,
  netAmount: amount,
  taxes: z.array(lineTax).min(1),
});

const common = z.object({
  livemode: z.boolean(),
  currency: z.string().length(3),
  paper: z.enum(["a4", "letter"]),
  seller,
  buyer,
  orderNumber: words,
  /** When the courses were opened to the buyer. */
  suppliedAt: z.iso.datetime(),
  rates: z.array(rate).min(1),
  taxAmount: amount,
  totalAmount: amount,
  /** Why no tax is charged, or who owes it. */
  taxNote: words.nullable(),
});

/** All that an invoice says, as of the moment it was issued; number and date stand in columns of their own. */
export const invoiceData = common.extend({
  lines: z.array(line).min(1),
  subtotalAmount: amount,
  discountAmount: amount,
  couponCode: words.nullable(),
  payment: z.object({ paidAt: z.iso.datetime(), reference: words.nullable() }),
  /** The number of the invoice that this one replaces. */
  replaces: words.nullable(),
});

/** Amounts are what is taken back; the paper prints them with a minus. */
export const creditNoteData = common.extend({
  lines: z.array(line.pick({ orderItemId: true, title: true, netAmount: true, taxes: true })).min(1),
  netAmount: amount,
  /** The invoice that is amended. Source: Directive 2006/112/EC, article 219. */
  invoice: z.object({ number: words, issuedAt: z.iso.datetime() }),
  reason: z.enum(["refund", "correction"]),
});

export type InvoiceData = z.output<typeof invoiceData>;
export type CreditNoteData = z.output<typeof creditNoteData>;
export type InvoiceLine = InvoiceData["lines"][number];
export type CreditLine = CreditNoteData["lines"][number];
export type TaxRateLine = InvoiceData["rates"][number];
export type Seller = InvoiceData["seller"];
export type Buyer = InvoiceData["buyer"];

/** Whom an order is billed to: by its newest invoice or, without one, as far as the payment page was told. */
export type BilledTo = Pick<Buyer, "company" | "vatId" | "address"> & {
  readonly name: string | null;
  readonly email: string | null;
  readonly taxNote: string | null;
};

const oneLine = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest, `At most ${longest} letters.`)
    .superRefine((text, context) => {
      const letters = unprintedLetters(text);
      if (letters.length === 0) return;
      const message = `Invoices cannot print ${letters.slice(0, 5).join(" ")}. Write it in Latin letters, as on your official papers.`;
      context.addIssue({ code: "custom", message });
    });
const required = (what: string, longest = 120) => oneLine(longest).min(1, `Enter ${what}.`);
const optional = (longest = 120) =>
  oneLine(longest)
    .optional()
    .transform((text) => (text ? text : null));

/** Whom the next invoices are billed to, as the form sends it. */
export const billingDetailsInput = z.object({
  name: required("a name"),
  company: optional(),
  line1: required("street and number"),
  line2: optional(),
  city: required("a town"),
  state: optional(60),
  postalCode: optional(20),
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/, "Choose a country."),
  vatId: optional(40)
    .transform((id) => (id ? normaliseVatId(id) : null))
    .refine(
      (id) => id === null || isVatId(id),
      "Write a VAT id with its country's two letters first, such as DE123456789.",
    ),
});
export type BillingDetails = z.output<typeof billingDetailsInput>;

/**
 * Billing details as a document prints them. `vatId` is the one that the tax of the sale was decided by, if any: an invoice that leaves
 * the tax to the buyer must name it (Directive 2006/112/EC, article 226, point 4), whatever the details say.
 */
export function buyerOf(email: string, details: BillingDetails, vatId: string | null): Buyer {
  const { name, company, line1, line2, city, state, postalCode, country } = details;
  const address = { line1, line2, city, state, postalCode, country };
  return { name, company, email, vatId: vatId ?? details.vatId, address };
}

/** The order whose invoice is to be billed anew. */
export const correctInvoiceInput = z.object({
  order: z.string().regex(/^ORD-\d{8}-[0-9A-HJKMNP-TV-Z]{6}$/),
});
export type CorrectionRejection = "unknown_order" | "no_details" | "nothing_to_correct";

/** What new documents are printed with. A changed paper is a new version: those issued before keep theirs. */
export const TEMPLATE_VERSION = 2;

/** An issued document, ready to be put on paper. */
export type IssuedDocument = {
  readonly number: string;
  readonly issuedAt: Date;
  readonly templateVersion: number;
} & (
  | { readonly kind: "invoice"; readonly data: InvoiceData }
  | { readonly kind: "credit_note"; readonly data: CreditNoteData }
);

/** `INV-2026-0148`, `CN-2026-0019`; `TEST-` before it when no real money moved. */
export const documentNumber = z.string().regex(/^(TEST-)?(INV|CN)-\d{4}-\d{4,9}$/);

const documentCursor = z.object({
  before: documentNumber.optional().catch(undefined),
  after: documentNumber.optional().catch(undefined),
});

/** The place in the list of documents from a page's query string; what is no number counts as not set, and `after` wins. */
export function readDocumentCursor(query: Readonly<Record<string, string | string[] | undefined>>) {
  const { before, after } = documentCursor.parse(query);
  return after ? { after } : before ? { before } : {};
}
