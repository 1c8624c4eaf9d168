/** Adapter: what mails carry with them, rendered in the worker. */
import "server-only";
import { findFirstInvoice } from "@/lib/documents/queries";
import { renderDocument } from "@/lib/documents/render-document";
import type { EmailId, OrderId } from "@/lib/ids";
import type { Attachment } from "./mailer";
import { findSubject } from "./queries";

/** The invoice of a confirmed order. Rendered anew for each attempt: from the snapshot it is the same file every time. */
export async function attachDocuments(email: {
  readonly kind: string;
  readonly subjectId: string;
  /** Of a mail that staff sent again: the first one. */
  readonly copyOfId: EmailId | null;
}): Promise<readonly Attachment[]> {
  if (email.kind !== "order_confirmation") return [];
  const orderId = email.copyOfId ? await findSubject(email.copyOfId) : email.subjectId;
  const invoice = orderId ? await findFirstInvoice(orderId as OrderId) : null;
  if (!invoice) return [];
  const content = await renderDocument(invoice);
  return [{ filename: `${invoice.number}.pdf`, content, contentType: "application/pdf" }];
}
