import type { DocumentKind } from "@/lib/invoice-register/schema";

type Names = { readonly one: string; readonly many: string };

export const DOCUMENT_KIND_NAMES: Readonly<Record<DocumentKind, Names>> = {
  invoice: { one: "Invoice", many: "Invoices" },
  credit_note: { one: "Credit note", many: "Credit notes" },
  correction: { one: "Correction", many: "Corrections" },
};
