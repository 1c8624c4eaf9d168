import { type AnyColumn, type SQL, sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { currency, idOf, instant, money, primaryId } from "./columns";
import { orders, refunds } from "./orders";

/** One row per series of numbers; locked by whoever issues a document, until that transaction ends. */
export const documentCounters = pgTable("document_counters", {
  series: text().primaryKey(),
  lastNumber: integer().notNull(),
  /** No document is dated before the one with the number before it. */
  lastIssuedAt: instant().notNull(),
});

/** What every issued document has. `dataSha256` is made by the database over number, date and data. */
const issued = () => ({
  series: text()
    .notNull()
    .references(() => documentCounters.series),
  sequence: integer().notNull(),
  number: text().notNull(),
  currency: currency().notNull(),
  totalAmount: money().notNull(),
  data: jsonb().$type<Readonly<Record<string, unknown>>>().notNull(),
  dataSha256: text().notNull(),
  templateVersion: integer().notNull(),
  issuedAt: instant().notNull(),
});

/** The words of the name and the company that an invoice is billed to; dots and the like would make one word of several. */
export const billedWords = (data: AnyColumn): SQL =>
  sql`to_tsvector('simple', translate(coalesce(${data} #>> '{buyer,company}', '') || ' ' || coalesce(${data} #>> '{buyer,name}', ''), './-', '   '))`;
export const billedVatId = (data: AnyColumn): SQL => sql`(${data} #>> '{buyer,vatId}')`;

/** Issued once, never changed: a trigger refuses UPDATE and DELETE. A mistake is put right by further documents. */
export const invoices = pgTable(
  "invoices",
  {
    id: primaryId<"invoice">(),
    orderId: idOf<"order">()
      .notNull()
      .references(() => orders.id),
    /** The invoice that this one replaces, after a credit note over all of it. */
    replacesId: idOf<"invoice">(),
    ...issued(),
  },
  (t) => [
    unique("invoices_number_unique").on(t.number),
    unique("invoices_sequence_unique").on(t.series, t.sequence),
    unique("invoices_replaced_once").on(t.replacesId),
    uniqueIndex("invoices_one_per_order").on(t.orderId).where(sql`${t.replacesId} is null`),
    index("invoices_of_order").on(t.orderId),
    /** What staff find an order by; as in lib/sale-search. */
    index("invoices_billed_words").using("gin", billedWords(t.data)),
    index("invoices_billed_vat_id")
      .on(billedVatId(t.data))
      .where(sql`${billedVatId(t.data)} is not null`),
    check("invoices_amount", sql`${t.totalAmount} > 0`),
  ],
);

/** Takes back a part of an invoice, or all of it; of a refund, or before a corrected invoice. Never changed either. */
export const creditNotes = pgTable(
  "credit_notes",
  {
    id: primaryId<"credit-note">(),
    orderId: idOf<"order">()
      .notNull()
      .references(() => orders.id),
    invoiceId: idOf<"invoice">()
      .notNull()
      .references(() => invoices.id),
    /** Null when the invoice was corrected and no money went back. */
    refundId: idOf<"refund">().references(() => refunds.id),
    ...issued(),
  },
  (t) => [
    unique("credit_notes_number_unique").on(t.number),
    unique("credit_notes_sequence_unique").on(t.series, t.sequence),
    unique("credit_notes_once_per_refund").on(t.refundId),
    uniqueIndex("credit_notes_one_correction").on(t.invoiceId).where(sql`${t.refundId} is null`),
    index("credit_notes_of_order").on(t.orderId),
    index("credit_notes_of_invoice").on(t.invoiceId),
    check("credit_notes_amount", sql`${t.totalAmount} > 0`),
  ],
);
