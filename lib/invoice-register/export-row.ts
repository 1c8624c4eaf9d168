import { stringify } from "csv-stringify/sync";
import { CSV_OPTIONS } from "@/lib/csv";
import { countryName } from "@/lib/documents/describe-document";
import { formatDecimal } from "@/lib/money";
import type { DocumentKind, RatePart, RegisterRow } from "./schema";

export type ExportedDocument = RegisterRow & { readonly parts: readonly RatePart[] };

const COLUMNS = [
  "Number",
  "Issued on",
  "Kind",
  "Amends",
  "Order",
  "Customer",
  "Company",
  "Country",
  "Country code",
  "VAT id",
  "Reverse charge",
  "Taxed in",
  "Tax name",
  "Rate",
  "Taxable",
  "Net",
  "Tax",
  "Total",
  "Currency",
  "Test",
] as const;

const KINDS: Readonly<Record<DocumentKind, string>> = {
  invoice: "invoice",
  credit_note: "credit note",
  correction: "correction",
};

export const exportHead = (): string => stringify([COLUMNS], CSV_OPTIONS);

/** A row for each document and rate of tax, so that whoever reads the file can add up by rate, country and reverse charge. */
export function exportRows(documents: readonly ExportedDocument[]): string {
  return stringify(
    documents.flatMap((document) => document.parts.map((part) => rowOf(document, part))),
    CSV_OPTIONS,
  );
}

function rowOf(document: RegisterRow, part: RatePart): string[] {
  const { country, currency } = document;
  const money = (amount: number) => formatDecimal(amount, currency);
  return [
    document.number,
    document.issuedOn,
    KINDS[document.kind],
    document.amends ?? "",
    document.orderNumber,
    document.customer,
    document.company ?? "",
    country ? countryName(country) : "",
    country ?? "",
    document.vatId ?? "",
    part.isReverseCharge ? "yes" : "",
    part.taxCountry ?? "",
    part.taxName,
    part.percentage ?? "",
    money(part.taxableAmount),
    money(part.netAmount),
    money(part.taxAmount),
    money(part.netAmount + part.taxAmount),
    currency.toUpperCase(),
    document.isTest ? "yes" : "",
  ];
}
