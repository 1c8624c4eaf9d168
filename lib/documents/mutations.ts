import "server-only";
import { isDeepStrictEqual } from "node:util";
import { and, eq, sql } from "drizzle-orm";
import { toSnakeCase } from "drizzle-orm/casing";
import { db, runBeforeCommit, sendWithCommit, type Transaction, withTransaction } from "@/db/client";
import { billingDetails } from "@/db/schema/billing";
import { creditNotes, documentCounters, invoices } from "@/db/schema/documents";
import { users } from "@/db/schema/identity";
import { orders } from "@/db/schema/orders";
import { type Columns, statement } from "@/db/statement";
import { env } from "@/lib/env";
import { newId, type OrderId, type RefundId, type UserId } from "@/lib/ids";
import { log } from "@/lib/log";
import { err, ok, type Result } from "@/lib/result";
import { storeAddressLines } from "@/lib/store-address";
import { type CreditShare, composeCreditNote } from "./compose-credit-note";
import { composeInvoice, type InvoicedOrder } from "./compose-invoice";
import { composeReplacement } from "./compose-replacement";
import { findOpenInvoice } from "./queries";
import {
  type BillingDetails,
  type Buyer,
  buyerOf,
  type CorrectionRejection,
  type CreditLine,
  type CreditNoteData,
  type InvoiceData,
  type Seller,
  TEMPLATE_VERSION,
} from "./schema";

/**
 * Draws the next numbers of their series and issues the documents, in one statement. The counter's row stays locked until the
 * transaction ends: a rollback gives the number back, so the series has no gap. Everybody who issues
 * waits for that row: send it last, best with the commit. The date is the transaction's, yet never before that of the number before.
 */
function issuing<Id extends string>(
  table: typeof invoices | typeof creditNotes,
  prefix: "INV" | "CN",
  about: Columns<Readonly<Record<Id, unknown>>>,
) {
  const names = Object.keys(about).map((name) => sql.identifier(toSnakeCase(name)));
  const issue = statement<Document>("id", { ...DOCUMENT, ...about }, () => ({
    first: {
      asked: sql`
        select *, series || '-' || to_char(now() at time zone 'UTC', 'YYYY') as year,
          row_number() over (partition by series) as place, count(*) over (partition by series) as amount
        from given`,
      drawn: sql`
        insert into ${documentCounters} as counter (series, last_number, last_issued_at)
        select distinct year, amount, now() from asked order by year
        on conflict (series) do update set last_number = counter.last_number + excluded.last_number,
          last_issued_at = greatest(counter.last_issued_at, excluded.last_issued_at)
        returning series, last_number, last_issued_at`,
      document: sql`
        select asked.*, sequence, last_issued_at, year || '-' || lpad(sequence::text, greatest(4, length(sequence::text)), '0') as number
        from asked join drawn on drawn.series = year, lateral (select last_number - amount + place as sequence)`,
    },
    last: sql`
      insert into ${table} (id, ${sql.join(names, sql`, `)}, series, sequence, number, currency, total_amount, data, data_sha256, template_version, issued_at)
      select id, ${sql.join(names, sql`, `)}, year, sequence, number, currency, total_amount, data, ${fingerprint}, ${TEMPLATE_VERSION}, last_issued_at
      from document`,
  }));
  return (
    tx: Transaction,
    data: InvoiceData | CreditNoteData,
    subject: Readonly<Record<Id, string | null>>,
  ): Promise<unknown> => {
    const series = `${data.livemode ? "" : "TEST-"}${prefix}`;
    const { currency, totalAmount } = data;
    return issue(tx, { ...subject, id: newId<"document">(), series, data, currency, totalAmount });
  };
}

type Document = {
  readonly id: string;
  readonly series: string;
  readonly data: InvoiceData | CreditNoteData;
  readonly currency: string;
  readonly totalAmount: number;
};

const DOCUMENT: Columns<Document> = {
  id: "uuid",
  series: "text",
  data: "jsonb",
  currency: "text",
  totalAmount: "integer",
};

/** Over everything a document says: number, date to the microsecond, data. `npm run audit` computes it again. */
const fingerprint = sql`encode(sha256(convert_to(number || ' ' || extract(epoch from last_issued_at) || ' ' || data, 'UTF8')), 'hex')`;

const issueAsInvoice = issuing(invoices, "INV", { orderId: "uuid", replacesId: "uuid" });
const issueAsCreditNote = issuing(creditNotes, "CN", {
  orderId: "uuid",
  invoiceId: "uuid",
  refundId: "uuid",
});

export type PaidOrder = InvoicedOrder & {
  readonly id: OrderId;
  readonly buyer: Buyer;
  readonly stripePaymentIntentId: string | null;
  /** Why no tax was charged, where the payment said so. */
  readonly taxNote: string | null;
};

/**
 * The invoice of an order that was just paid, drawn with the commit; none for an order that cost nothing, or with
 * documents switched off.
 */
export function issueInvoice(tx: Transaction, order: PaidOrder, paidAt: Date): void {
  if (env().STORE_DOCUMENTS === "off" || order.totalAmount === 0) return;
  const data = composeInvoice(order, {
    seller: seller(),
    buyer: order.buyer,
    paidAt,
    paymentReference: order.stripePaymentIntentId,
    taxNote: order.taxNote ?? (order.taxAmount === 0 ? (env().STORE_TAX_NOTE ?? null) : null),
  });
  const ids = { orderId: order.id, replacesId: null };
  sendWithCommit(tx, () => issueAsInvoice(tx, data, ids));
}

/**
 * The credit note of a refund that has arrived, naming the invoice that it amends. None when the order has no invoice. The
 * order's row must be locked: it keeps a second refund from crediting the same amount.
 */
export async function issueCreditNote(
  tx: Transaction,
  orderId: OrderId,
  refund: { readonly id: RefundId; readonly amount: number; readonly shares: readonly CreditShare[] },
): Promise<void> {
  await runBeforeCommit(tx);
  const invoice = await findOpenInvoice(tx, orderId);
  if (!invoice) return;
  const data = composeCreditNote(invoice, invoice.credited, refund.amount, refund.shares, "refund");
  if (!data) {
    log.error({ orderId, refundId: refund.id }, "a refund is more than what is left of its invoice");
    return;
  }
  const ids = {
    orderId,
    invoiceId: invoice.id,
    refundId: refund.id,
  };
  await issueAsCreditNote(tx, data, ids);
}

/**
 * Puts an issued invoice right without touching it: an invoice that replaces it, and a credit note over what is left of
 * the old one. Needed when the buyer's data change (`buyer`), and when a refund fails that had its credit note. False when
 * there is no invoice, or all of it was given back. The order's row must be locked.
 */
export async function replaceInvoice(tx: Transaction, orderId: OrderId, buyer?: Buyer): Promise<boolean> {
  await runBeforeCommit(tx);
  const invoice = await findOpenInvoice(tx, orderId);
  if (!invoice) return false;
  const { sale, returned, number } = invoice;
  const data = composeReplacement(sale, returned, buyer ?? invoice.data.buyer, number);
  if (!data) return false;
  const rest = invoice.data.totalAmount - amountOf(invoice.credited);
  const credit = composeCreditNote(invoice, invoice.credited, rest, [], "correction");
  // Counters are locked in the order that a payment and its refund lock them: invoices first.
  const replacement = { orderId, replacesId: invoice.id };
  await issueAsInvoice(tx, data, replacement);
  if (!credit) return true;
  const ids = { orderId, invoiceId: invoice.id, refundId: null };
  await issueAsCreditNote(tx, credit, ids);
  return true;
}

const amountOf = (lines: readonly CreditLine[]) =>
  lines.reduce((sum, line) => line.taxes.reduce((left, tax) => left + tax.amount, sum + line.netAmount), 0);

/** Keeps whom the next invoices are billed to. */
export async function saveBillingDetails(userId: UserId, details: BillingDetails): Promise<void> {
  await db()
    .insert(billingDetails)
    .values({ userId, ...details })
    .onConflictDoUpdate({ target: billingDetails.userId, set: details });
}

/** Bills an own order to the saved details: the invoice that stands is replaced, unless it says the same already. */
export function correctInvoice(
  userId: UserId,
  orderNumber: string,
): Promise<Result<undefined, CorrectionRejection>> {
  return withTransaction(async (tx) => {
    const [order] = await tx
      .select({ id: orders.id, email: users.email, details: billingDetails })
      .from(orders)
      .innerJoin(users, eq(users.id, orders.userId))
      .leftJoin(billingDetails, eq(billingDetails.userId, orders.userId))
      .where(and(eq(orders.orderNumber, orderNumber), eq(orders.userId, userId)))
      .for("no key update", { of: orders });
    if (!order) return err("unknown_order");
    if (!order.details) return err("no_details");
    const standing = await findOpenInvoice(tx, order.id);
    const decidedBy = standing?.data.taxNote ? standing.data.buyer.vatId : null;
    const buyer = buyerOf(order.email, order.details, decidedBy);
    if (!standing || isDeepStrictEqual(standing.data.buyer, buyer)) return err("nothing_to_correct");
    return (await replaceInvoice(tx, order.id, buyer)) ? ok() : err("nothing_to_correct");
  });
}

/** As the shop's settings have it on the day of the document. */
function seller(): Seller {
  const { STORE_NAME, STORE_ADDRESS, STORE_VAT_ID } = env();
  return { name: STORE_NAME, address: storeAddressLines(STORE_ADDRESS), vatId: STORE_VAT_ID ?? null };
}
