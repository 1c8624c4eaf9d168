/** Adapter: what mails carry with them, rendered in the worker. */
import "server-only";
import { findFirstInvoice } from "@/lib/documents/queries";
import { renderDocument } from "@/lib/documents/render-document";
import type { OrderId } from "@/lib/ids";
import type { Attachment } from "./mailer";

/** The invoice of a confirmed order. Rendered anew for each attempt: from the snapshot it is the same file every time. */
export async function attachDocuments(email: {
  readonly kind: string;
  readonly subjectId: string;
}): Promise<readonly Attachment[]> {
  if (email.kind !== "order_confirmation") return [];
  // A mail that was sent again by hand carries a number behind its subject.
  const [orderId] = email.subjectId.split("#");
  const invoice = await findFirstInvoice(orderId as OrderId);
  if (!invoice) return [];
  const content = await renderDocument(invoice);
  return [{ filename: `${invoice.number}.pdf`, content, contentType: "application/pdf" }];
}
