import "server-only";
import {
  type AnyColumn,
  and,
  asc,
  desc,
  eq,
  exists,
  getTableColumns,
  gte,
  isNull,
  lt,
  or,
  sql,
} from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { askedBy } from "@/db/asked-by";
import { db, type Executor } from "@/db/client";
import { billingDetails } from "@/db/schema/billing";
import { creditNotes, invoices } from "@/db/schema/documents";
import { orders, refunds } from "@/db/schema/orders";
import type { InvoiceId, OrderId, UserId } from "@/lib/ids";
import {
  type BilledTo,
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
  /** The whole sale: what the order's first invoice says. */
  readonly sale: InvoiceData;
  /** What credit notes took back of this invoice so far. */
  readonly credited: readonly CreditLine[];
  /**
   * What the credit notes of all the order's invoices took back of the sale, and whose money did go back: a refund can fail
   * after its credit note was issued, and after that invoice was replaced.
   */
  readonly returned: readonly CreditLine[];
};

/** The order's invoice that stands: the first one, or the one that replaced it. Read it under the order's lock. */
export async function findOpenInvoice(tx: Executor, orderId: OrderId): Promise<OpenInvoice | null> {
  const chain = await tx
    .select({
      id: invoices.id,
      replacesId: invoices.replacesId,
      number: invoices.number,
      issuedAt: invoices.issuedAt,
      data: invoices.data,
    })
    .from(invoices)
    .where(eq(invoices.orderId, orderId));
  const first = chain.find((one) => one.replacesId === null);
  const open = chain.find((one) => !chain.some((later) => later.replacesId === one.id));
  if (!first || !open) return null;
  const rows = await tx
    .select({ invoiceId: creditNotes.invoiceId, data: creditNotes.data, refund: refunds.status })
    .from(creditNotes)
    .leftJoin(refunds, eq(refunds.id, creditNotes.refundId))
    .where(eq(creditNotes.orderId, orderId));
  const notes = rows.map((row) => ({ ...row, lines: creditNoteData.parse(row.data).lines }));
  return {
    id: open.id,
    number: open.number,
    issuedAt: open.issuedAt,
    data: invoiceData.parse(open.data),
    sale: invoiceData.parse(first.data),
    credited: notes.filter((note) => note.invoiceId === open.id).flatMap((note) => note.lines),
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

export type OrderDocument = DocumentRow & {
  /** The invoice that it replaces, or that a credit note amends. */
  readonly about: string | null;
};

/** An order's documents in the order they were issued. Whose order it is was asked before. */
export async function listOrderDocuments(orderId: OrderId): Promise<OrderDocument[]> {
  const [issued, credited] = await Promise.all([
    db()
      .select({
        number: invoices.number,
        issuedAt: invoices.issuedAt,
        totalAmount: invoices.totalAmount,
        currency: invoices.currency,
        about: sql<string | null>`${invoices.data} ->> 'replaces'`,
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
        about: sql<string | null>`${creditNotes.data} #>> '{invoice,number}'`,
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

/** Whom an order is billed to, as its newest invoice says; null without one. Whose order it is was asked before. */
export async function findBilledTo(orderId: OrderId): Promise<BilledTo | null> {
  const [row] = await db()
    .select({ data: invoices.data })
    .from(invoices)
    .where(eq(invoices.orderId, orderId))
    .orderBy(desc(invoices.issuedAt), desc(invoices.sequence))
    .limit(1);
  if (!row) return null;
  const { buyer, taxNote } = invoiceData.parse(row.data);
  return { ...buyer, taxNote };
}

/** Whom the learner's next invoices are billed to; null when they never said. */
export async function findBillingDetails(userId: UserId): Promise<BillingDetails | null> {
  const { userId: _owner, updatedAt: _when, ...columns } = getTableColumns(billingDetails);
  const [row] = await db().select(columns).from(billingDetails).where(eq(billingDetails.userId, userId));
  return row ?? null;
}

export type OwnDocument = DocumentRow & { readonly orderNumber: string };

/** The learner's documents of a year (UTC), or of all years; the latest first. For files; pages have `listDocumentPage`. */
export function listOwnDocuments(userId: UserId, year?: number): Promise<OwnDocument[]> {
  const papers = ownPapers(userId, year);
  return db().select().from(papers).orderBy(desc(papers.issuedAt), desc(papers.number));
}

/** The learner's invoices and credit notes, as one table. */
function ownPapers(userId: UserId, year?: number) {
  const columns = (kind: DocumentRow["kind"], table: typeof invoices | typeof creditNotes) =>
    db()
      .select({
        kind: sql<DocumentRow["kind"]>`${kind}::text`.as("kind"),
        number: table.number,
        issuedAt: table.issuedAt,
        totalAmount: sql<number>`${table.totalAmount}`.as("total_amount"),
        currency: table.currency,
        orderNumber: orders.orderNumber,
      })
      .from(table)
      .innerJoin(orders, eq(orders.id, table.orderId))
      .where(and(eq(orders.userId, userId), year === undefined ? undefined : inYear(table.issuedAt, year)));
  return unionAll(columns("invoice", invoices), columns("credit_note", creditNotes)).as("papers");
}

/** Where a page begins: older than a document, or newer than one. Numbers. */
export type DocumentCursor = { readonly before?: string | undefined; readonly after?: string | undefined };

export type DocumentPage = {
  readonly documents: readonly OwnDocument[];
  readonly newer: string | null;
  readonly older: string | null;
};

export const DOCUMENTS_PER_PAGE = 20;

/** A page of the learner's documents, the latest first. A cursor that names none of theirs begins at the latest. */
export async function listDocumentPage(
  userId: UserId,
  { before, after }: DocumentCursor = {},
  limit = DOCUMENTS_PER_PAGE,
): Promise<DocumentPage> {
  const papers = ownPapers(userId);
  const upwards = after !== undefined;
  const from = after ?? before;
  const place = from === undefined ? null : ownPapers(userId);
  const here = sql`(${papers.issuedAt}, ${papers.number})`;
  const there = place
    ? sql`(${db()
        .select({ at: place.issuedAt, number: place.number })
        .from(place)
        .where(eq(place.number, from ?? ""))})`
    : null;
  const direction = upwards ? asc : desc;
  const rows = await db()
    .select()
    .from(papers)
    .where(there ? (upwards ? sql`${here} > ${there}` : sql`${here} < ${there}`) : undefined)
    .orderBy(direction(papers.issuedAt), direction(papers.number))
    .limit(limit + 1);
  if (rows.length === 0 && from !== undefined) return listDocumentPage(userId, {}, limit);
  const goesOn = rows.length > limit;
  const kept = rows.slice(0, limit);
  const documents = upwards ? kept.toReversed() : kept;
  const first = documents[0]?.number ?? null;
  const last = documents.at(-1)?.number ?? null;
  return {
    documents,
    newer: upwards ? (goesOn ? first : null) : before === undefined ? null : first,
    older: upwards || goesOn ? last : null,
  };
}

/** At most so many orders are offered for a correction; older ones are put right by the shop. */
const CORRECTABLE = 100;

/** The learner's orders that have an invoice, the latest first. */
export async function listInvoicedOrders(userId: UserId): Promise<string[]> {
  const rows = await db()
    .select({ orderNumber: orders.orderNumber })
    .from(orders)
    .where(
      and(
        eq(orders.userId, userId),
        exists(db().select({ one: sql`1` }).from(invoices).where(eq(invoices.orderId, orders.id))),
      ),
    )
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(CORRECTABLE);
  return rows.map(({ orderNumber }) => orderNumber);
}

const inYear = (column: AnyColumn, year: number) =>
  and(gte(column, new Date(Date.UTC(year, 0))), lt(column, new Date(Date.UTC(year + 1, 0))));

/**
 * A document of one of the reader's own orders; to everybody else there is none of that number. `asStaff`: also of any other
 * order, when the reader's role may see orders. Ask so only for who gave the second factor.
 */
export async function findDocument(
  readerId: UserId,
  orderNumber: string,
  number: string,
  asStaff = false,
): Promise<IssuedDocument | null> {
  const isInvoice = /^(TEST-)?INV-/.test(number);
  const table = isInvoice ? invoices : creditNotes;
  const isOwn = eq(orders.userId, readerId);
  const [row] = await db()
    .select({
      number: table.number,
      issuedAt: table.issuedAt,
      templateVersion: table.templateVersion,
      data: table.data,
    })
    .from(table)
    .innerJoin(orders, eq(orders.id, table.orderId))
    .where(
      and(
        eq(table.number, number),
        eq(orders.orderNumber, orderNumber),
        asStaff ? or(isOwn, askedBy(readerId, "orders.see")) : isOwn,
      ),
    );
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
    .where(and(eq(invoices.orderId, orderId), isNull(invoices.replacesId)));
  return row ? readDocument("invoice", row) : null;
}
