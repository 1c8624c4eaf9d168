import "server-only";
import {
  type AnyColumn,
  and,
  asc,
  eq,
  exists,
  getTableColumns,
  gte,
  lt,
  notExists,
  or,
  sql,
} from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { db, type Executor } from "@/db/client";
import { billingDetails } from "@/db/schema/billing";
import { creditNotes, invoices } from "@/db/schema/documents";
import { users } from "@/db/schema/identity";
import { orders, refunds } from "@/db/schema/orders";
import type { InvoiceId, OrderId, UserId } from "@/lib/ids";
import {
  type BillingDetails,
  type CreditLine,
  creditNoteData,
  type InvoiceData,
  type IssuedDocument,
  invoiceData,
} from "./schema";

export type OpenInvoice = {
  readonly id: InvoiceId;
  readonly number: string;
  readonly issuedAt: Date;
  readonly data: InvoiceData;
  /** What credit notes took back of it so far. */
  readonly credited: readonly CreditLine[];
  /** The part of that whose money did go back: a refund can fail after its credit note was issued. */
  readonly returned: readonly CreditLine[];
};

/** The order's invoice that stands: the first one, or the one that replaced it. Read it under the order's lock. */
export async function findOpenInvoice(tx: Executor, orderId: OrderId): Promise<OpenInvoice | null> {
  const later = alias(invoices, "later");
  const replaced = tx.select({ one: sql`1` }).from(later).where(eq(later.replacesId, invoices.id));
  const [invoice] = await tx
    .select({ id: invoices.id, number: invoices.number, issuedAt: invoices.issuedAt, data: invoices.data })
    .from(invoices)
    .where(and(eq(invoices.orderId, orderId), notExists(replaced)));
  if (!invoice) return null;
  const rows = await tx
    .select({ data: creditNotes.data, refund: refunds.status })
    .from(creditNotes)
    .leftJoin(refunds, eq(refunds.id, creditNotes.refundId))
    .where(eq(creditNotes.invoiceId, invoice.id));
  const notes = rows.map((row) => ({ ...creditNoteData.parse(row.data), refund: row.refund }));
  return {
    ...invoice,
    data: invoiceData.parse(invoice.data),
    credited: notes.flatMap((note) => note.lines),
    returned: notes.filter((note) => note.refund === "succeeded").flatMap((note) => note.lines),
  };
}

export type DocumentRow = {
  readonly kind: "invoice" | "credit_note";
  readonly number: string;
  readonly issuedAt: Date;
  readonly totalAmount: number;
  readonly currency: string;
};

/** An order's documents in the order they were issued. Whose order it is was asked before. */
export async function listOrderDocuments(orderId: OrderId): Promise<DocumentRow[]> {
  const [issued, credited] = await Promise.all([
    db()
      .select({
        number: invoices.number,
        issuedAt: invoices.issuedAt,
        totalAmount: invoices.totalAmount,
        currency: invoices.currency,
      })
      .from(invoices)
      .where(eq(invoices.orderId, orderId))
      .orderBy(asc(invoices.sequence)),
    db()
      .select({
        number: creditNotes.number,
        issuedAt: creditNotes.issuedAt,
        totalAmount: creditNotes.totalAmount,
        currency: creditNotes.currency,
      })
      .from(creditNotes)
      .where(eq(creditNotes.orderId, orderId))
      .orderBy(asc(creditNotes.sequence)),
  ]);
  return [
    ...issued.map((row) => ({ kind: "invoice" as const, ...row })),
    ...credited.map((row) => ({ kind: "credit_note" as const, ...row })),
  ].toSorted((a, b) => a.issuedAt.getTime() - b.issuedAt.getTime());
}

/** Whom the learner's next invoices are billed to; null when they never said. */
export async function findBillingDetails(userId: UserId): Promise<BillingDetails | null> {
  const { userId: _owner, updatedAt: _when, ...columns } = getTableColumns(billingDetails);
  const [row] = await db().select(columns).from(billingDetails).where(eq(billingDetails.userId, userId));
  return row ?? null;
}

export type OwnDocument = DocumentRow & { readonly orderNumber: string };

/** The learner's documents of a year (UTC), or of all years; the latest first. */
export async function listOwnDocuments(userId: UserId, year?: number): Promise<OwnDocument[]> {
  const list = async (kind: DocumentRow["kind"], table: typeof invoices | typeof creditNotes) => {
    const rows = await db()
      .select({
        number: table.number,
        issuedAt: table.issuedAt,
        totalAmount: table.totalAmount,
        currency: table.currency,
        orderNumber: orders.orderNumber,
      })
      .from(table)
      .innerJoin(orders, eq(orders.id, table.orderId))
      .where(and(eq(orders.userId, userId), year === undefined ? undefined : inYear(table.issuedAt, year)));
    return rows.map((row) => ({ kind, ...row }));
  };
  const [issued, credited] = await Promise.all([list("invoice", invoices), list("credit_note", creditNotes)]);
  return [...issued, ...credited].toSorted((a, b) => b.issuedAt.getTime() - a.issuedAt.getTime());
}

const inYear = (column: AnyColumn, year: number) =>
  and(gte(column, new Date(Date.UTC(year, 0))), lt(column, new Date(Date.UTC(year + 1, 0))));

/** True in SQL when the order is the viewer's, or the viewer is an admin now. */
function mayRead(viewerId: UserId) {
  const admin = db()
    .select({ one: sql`1` })
    .from(users)
    .where(and(eq(users.id, viewerId), eq(users.role, "admin")));
  return or(eq(orders.userId, viewerId), exists(admin));
}

/** A document of one of the viewer's own orders, or of any for an admin; to everybody else there is none of that number. */
export async function findDocument(
  viewerId: UserId,
  orderNumber: string,
  number: string,
): Promise<IssuedDocument | null> {
  const isInvoice = /^(TEST-)?INV-/.test(number);
  const table = isInvoice ? invoices : creditNotes;
  const [row] = await db()
    .select({
      number: table.number,
      issuedAt: table.issuedAt,
      templateVersion: table.templateVersion,
      data: table.data,
    })
    .from(table)
    .innerJoin(orders, eq(orders.id, table.orderId))
    .where(and(eq(table.number, number), eq(orders.orderNumber, orderNumber), mayRead(viewerId)));
  return row ? readDocument(isInvoice ? "invoice" : "credit_note", row) : null;
}

type StoredDocument = {
  readonly number: string;
  readonly issuedAt: Date;
  readonly templateVersion: number;
  readonly data: unknown;
};

function readDocument(kind: IssuedDocument["kind"], row: StoredDocument): IssuedDocument {
  return kind === "invoice"
    ? { ...row, kind, data: invoiceData.parse(row.data) }
    : { ...row, kind, data: creditNoteData.parse(row.data) };
}

/** The invoice that an order was paid with, for the mail that carries it; null when there is none. */
export async function findFirstInvoice(orderId: OrderId): Promise<IssuedDocument | null> {
  const [row] = await db()
    .select({
      number: invoices.number,
      issuedAt: invoices.issuedAt,
      templateVersion: invoices.templateVersion,
      data: invoices.data,
    })
    .from(invoices)
    .where(eq(invoices.orderId, orderId))
    .orderBy(asc(invoices.sequence))
    .limit(1);
  return row ? readDocument("invoice", row) : null;
}
