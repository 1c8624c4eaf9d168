import "server-only";
import { and, eq, gte, inArray, like, lt, lte, or, type SQL, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { askedBy } from "@/db/asked-by";
import { db } from "@/db/client";
import { beyondRow, inDirection } from "@/db/keyset";
import { disputes } from "@/db/schema/disputes";
import { creditNotes, invoices } from "@/db/schema/documents";
import { users } from "@/db/schema/identity";
import { orders, refunds } from "@/db/schema/orders";
import { secondPayments, stripeEvents } from "@/db/schema/payments";
import { type DisputeStanding, hasDispute, withStandings } from "@/lib/disputes/queries";
import { env } from "@/lib/env";
import type { OrderId, UserId } from "@/lib/ids";
import { readAmount } from "@/lib/money";
import { cutPage, type OrderCursor, type OrderPage } from "@/lib/orders/order-page";
import { type OrderRow, orderRowColumns } from "@/lib/orders/queries";
import { hasOneOf, listCoursesTitled, wordsCondition } from "@/lib/sale-search/queries";
import { readSaleSearch } from "@/lib/sale-search/read-sale-search";
import type { SaleFilter, SaleStatus } from "./schema";

export type SaleRow = OrderRow & {
  readonly dispute: DisputeStanding | null;
  readonly buyer: { readonly name: string; readonly email: string };
};

export const SALES_PER_PAGE = 25;

/** A page of everybody's orders, in the filter's order. Empty for who may not see them. */
export async function listSales(
  staffId: UserId,
  filter: SaleFilter,
  cursor: OrderCursor = {},
  limit = SALES_PER_PAGE,
): Promise<OrderPage<SaleRow>> {
  const narrowed = await narrowedBy(filter);
  if (narrowed === "nothing") return { orders: [], newer: null, older: null };
  const keys = [sortKey(filter), orders.id] as const;
  const rows = await db()
    .select({ ...orderRowColumns(), buyer: { name: users.name, email: users.email } })
    .from(orders)
    .innerJoin(users, eq(users.id, orders.userId))
    .where(
      and(
        askedBy(staffId, "orders.see"),
        narrowed,
        beyondRow(cursor, keys, filter.direction, (number) => placeOf(filter, number)),
      ),
    )
    .orderBy(...inDirection(cursor, keys, filter.direction))
    .limit(limit + 1);
  if (rows.length === 0 && (cursor.before ?? cursor.after)) return listSales(staffId, filter, {}, limit);
  return cutPage(await withStandings(rows), limit, cursor);
}

const sortKey = ({ sort }: SaleFilter) => (sort === "total" ? orders.totalAmount : orders.createdAt);

/** Where an order stands in the list, read beside it: exact to the microsecond. */
const placeOf = (filter: SaleFilter, orderNumber: string) =>
  db()
    .select({ key: sortKey(filter), id: orders.id })
    .from(orders)
    .where(eq(orders.orderNumber, orderNumber))
    .getSQL();

export type ExportedSale = Awaited<ReturnType<typeof readExport>>[number];

async function readExport(
  staffId: UserId,
  filter: SaleFilter,
  narrowed: SQL | undefined,
  cursor: OrderCursor,
  limit: number,
) {
  const keys = [sortKey(filter), orders.id] as const;
  const rows = await db()
    .select({
      ...orderRowColumns(),
      paidAt: orders.paidAt,
      subtotalAmount: orders.subtotalAmount,
      discountAmount: orders.discountAmount,
      taxAmount: orders.taxAmount,
      couponCode: orders.couponCode,
      country: sql<string | null>`${orders.billingAddress} ->> 'country'`,
      stripePaymentIntentId: orders.stripePaymentIntentId,
      buyer: { name: users.name, email: users.email },
    })
    .from(orders)
    .innerJoin(users, eq(users.id, orders.userId))
    .where(
      and(
        askedBy(staffId, "orders.export"),
        narrowed,
        beyondRow(cursor, keys, filter.direction, (number) => placeOf(filter, number)),
      ),
    )
    .orderBy(...inDirection(cursor, keys, filter.direction))
    .limit(limit);
  return withStandings(rows);
}

/** All orders of a filter, `batch` at a time, so that neither memory nor a statement grows with the shop. */
export async function* exportSales(
  staffId: UserId,
  filter: SaleFilter,
  batch = 500,
): AsyncGenerator<readonly ExportedSale[]> {
  const narrowed = await narrowedBy(filter);
  if (narrowed === "nothing") return;
  let cursor: OrderCursor = {};
  for (;;) {
    const rows: ExportedSale[] = await readExport(staffId, filter, narrowed, cursor, batch);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    cursor = { before: last.orderNumber };
  }
}

/**
 * The filter as one condition, or "nothing" when its words fit nobody and no course. People and courses are looked up first, so that
 * each is one condition with an index, and no title is read again for every order.
 */
async function narrowedBy(filter: SaleFilter): Promise<SQL | undefined | "nothing"> {
  const [search, sold] = await Promise.all([
    searchCondition(filter.q),
    filter.course ? listCoursesTitled(filter.course) : null,
  ]);
  if (search === "nothing" || sold?.length === 0) return "nothing";
  return and(search, sold ? hasOneOf(sold) : undefined, ...filterConditions(filter));
}

/** Conditions on the orders themselves, each with an index that serves it. */
function filterConditions(filter: SaleFilter): (SQL | undefined)[] {
  const currency = env().STORE_CURRENCY;
  const least = filter.least === undefined ? null : readAmount(filter.least, currency);
  const most = filter.most === undefined ? null : readAmount(filter.most, currency);
  return [
    filter.status ? statusCondition(filter.status) : undefined,
    filter.from ? gte(orders.createdAt, startOfDay(filter.from, 0, filter.zone)) : undefined,
    filter.to ? lt(orders.createdAt, startOfDay(filter.to, 1, filter.zone)) : undefined,
    filter.coupon ? eq(orders.couponCode, filter.coupon) : undefined,
    // Amounts of different currencies do not compare.
    least === null && most === null ? undefined : eq(orders.currency, currency),
    least === null ? undefined : gte(orders.totalAmount, least),
    most === null ? undefined : lte(orders.totalAmount, most),
  ];
}

function statusCondition(status: SaleStatus): SQL {
  if (status === "disputed") return hasDispute("undecided");
  return status === "lost" ? hasDispute("lost") : eq(orders.status, status);
}

/** Midnight so many days after `day`; one of them may have 23 or 25 hours. */
const startOfDay = (day: string, later: number, zone: string) =>
  sql`(${day}::date + ${later}::int)::timestamp at time zone ${zone}`;
const escapeLike = (text: string) => text.replace(/[\\%_]/g, "\\$&");

async function searchCondition(typed: string): Promise<SQL | undefined | "nothing"> {
  const search = readSaleSearch(typed);
  if (!search) return undefined;
  if (search.by === "number") return like(orders.orderNumber, `${escapeLike(search.begins)}%`);
  if (search.by === "document") return documentCondition(search.number);
  if (search.by === "unkept") return "nothing";
  if (search.by === "stripe") return stripeCondition(search.id);
  return wordsCondition(search.text);
}

/** The number on an invoice or credit note: with the order's own, all that is left to find it by once its buyer's account is erased. */
function documentCondition(number: string): SQL {
  const numbered = (table: typeof invoices | typeof creditNotes) =>
    db().select({ id: table.orderId }).from(table).where(eq(table.number, number));
  return inArray(orders.id, unionAll(numbered(invoices), numbered(creditNotes)));
}

/** True for orders that a whole id of Stripe belongs to; "nothing" for an event that never came. */
async function stripeCondition(id: string): Promise<SQL | "nothing"> {
  if (id.startsWith("cus_"))
    return inArray(
      orders.userId,
      db().select({ id: users.id }).from(users).where(eq(users.stripeCustomerId, id)),
    );
  return id.startsWith("evt_") ? eventCondition(id) : inArray(orders.id, ordersUnder([id]));
}

/** Orders that one of these is kept under: each part has a unique index, or few rows. */
function ordersUnder(ids: readonly string[]) {
  const wanted = [...ids];
  return unionAll(
    db().select({ id: orders.id }).from(orders).where(inArray(orders.stripeCheckoutSessionId, wanted)),
    db().select({ id: orders.id }).from(orders).where(inArray(orders.stripePaymentIntentId, wanted)),
    db().select({ id: refunds.orderId }).from(refunds).where(inArray(refunds.stripeRefundId, wanted)),
    db().select({ id: disputes.orderId }).from(disputes).where(inArray(disputes.stripeDisputeId, wanted)),
    db()
      .select({ id: secondPayments.orderId })
      .from(secondPayments)
      .where(
        or(
          inArray(secondPayments.stripePaymentIntentId, wanted),
          inArray(secondPayments.stripeRefundId, wanted),
        ),
      ),
  );
}

/** The order that an event names, else the one of its object or of the payment that its object is about. */
async function eventCondition(id: string): Promise<SQL | "nothing"> {
  const [event] = await db()
    .select({
      objectId: stripeEvents.objectId,
      orderId: sql<string | null>`${stripeEvents.payload} #>> '{data,object,metadata,order_id}'`,
      payment: sql<string | null>`${stripeEvents.payload} #>> '{data,object,payment_intent}'`,
    })
    .from(stripeEvents)
    .where(eq(stripeEvents.id, id));
  if (!event) return "nothing";
  if (event.orderId && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(event.orderId))
    return eq(orders.id, event.orderId as OrderId);
  const about = [event.objectId, event.payment].filter((known) => known !== null);
  return about.length === 0 ? "nothing" : inArray(orders.id, ordersUnder(about));
}
