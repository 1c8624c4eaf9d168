import "server-only";
import { and, eq, exists, gte, ilike, inArray, like, lt, lte, or, type SQL, sql } from "drizzle-orm";
import { askedBy } from "@/db/asked-by";
import { db } from "@/db/client";
import { beyondRow, inDirection } from "@/db/keyset";
import { courses } from "@/db/schema/catalog";
import { users } from "@/db/schema/identity";
import { orderItems, orders, refunds } from "@/db/schema/orders";
import { env } from "@/lib/env";
import type { UserId } from "@/lib/ids";
import { readAmount } from "@/lib/money";
import { cutPage, type OrderCursor, type OrderPage } from "@/lib/orders/order-page";
import { type OrderRow, orderRowColumns } from "@/lib/orders/queries";
import { readSaleSearch } from "./read-sale-search";
import type { SaleFilter } from "./schema";

export type SaleRow = OrderRow & { readonly buyer: { readonly name: string; readonly email: string } };

export const SALES_PER_PAGE = 25;

/** A page of everybody's orders, in the filter's order. Empty for who may not see them. */
export async function listSales(
  staffId: UserId,
  filter: SaleFilter,
  cursor: OrderCursor = {},
  limit = SALES_PER_PAGE,
): Promise<OrderPage<SaleRow>> {
  const search = await searchCondition(filter.q);
  if (search === "nothing") return { orders: [], newer: null, older: null };
  const keys = [sortKey(filter), orders.id] as const;
  const rows = await db()
    .select({ ...orderRowColumns(), buyer: { name: users.name, email: users.email } })
    .from(orders)
    .innerJoin(users, eq(users.id, orders.userId))
    .where(
      and(
        askedBy(staffId, "orders.see"),
        search,
        ...filterConditions(filter),
        beyondRow(cursor, keys, filter.direction, (number) => placeOf(filter, number)),
      ),
    )
    .orderBy(...inDirection(cursor, keys, filter.direction))
    .limit(limit + 1);
  if (rows.length === 0 && (cursor.before ?? cursor.after)) return listSales(staffId, filter, {}, limit);
  return cutPage(rows, limit, cursor);
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

function readExport(
  staffId: UserId,
  filter: SaleFilter,
  search: SQL | undefined,
  cursor: OrderCursor,
  limit: number,
) {
  const keys = [sortKey(filter), orders.id] as const;
  return db()
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
        search,
        ...filterConditions(filter),
        beyondRow(cursor, keys, filter.direction, (number) => placeOf(filter, number)),
      ),
    )
    .orderBy(...inDirection(cursor, keys, filter.direction))
    .limit(limit);
}

/** All orders of a filter, `batch` at a time, so that neither memory nor a statement grows with the shop. */
export async function* exportSales(
  staffId: UserId,
  filter: SaleFilter,
  batch = 500,
): AsyncGenerator<readonly ExportedSale[]> {
  const search = await searchCondition(filter.q);
  if (search === "nothing") return;
  let cursor: OrderCursor = {};
  for (;;) {
    const rows: ExportedSale[] = await readExport(staffId, filter, search, cursor, batch);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    cursor = { before: last.orderNumber };
  }
}

/** Conditions on the orders themselves, each with an index that serves it. */
function filterConditions(filter: SaleFilter): (SQL | undefined)[] {
  const currency = env().STORE_CURRENCY;
  const least = filter.least === undefined ? null : readAmount(filter.least, currency);
  const most = filter.most === undefined ? null : readAmount(filter.most, currency);
  return [
    filter.status ? eq(orders.status, filter.status) : undefined,
    filter.from ? gte(orders.createdAt, startOfDay(filter.from)) : undefined,
    filter.to ? lt(orders.createdAt, new Date(startOfDay(filter.to).getTime() + DAY)) : undefined,
    filter.coupon ? eq(orders.couponCode, filter.coupon) : undefined,
    filter.course ? hasCourse(ilike(courses.title, `%${escapeLike(filter.course)}%`)) : undefined,
    // Amounts of different currencies do not compare.
    least === null && most === null ? undefined : eq(orders.currency, currency),
    least === null ? undefined : gte(orders.totalAmount, least),
    most === null ? undefined : lte(orders.totalAmount, most),
  ];
}

const DAY = 24 * 60 * 60 * 1000;
const startOfDay = (day: string) => new Date(`${day}T00:00:00Z`);
const escapeLike = (text: string) => text.replace(/[\\%_]/g, "\\$&");

function hasCourse(condition: SQL | undefined): SQL {
  const item = db()
    .select({ one: sql`1` })
    .from(orderItems)
    .innerJoin(courses, eq(courses.id, orderItems.courseId))
    .where(and(eq(orderItems.orderId, orders.id), condition));
  return exists(item);
}

/** People and courses are looked up first, so that each search is one condition with an index. */
async function searchCondition(typed: string): Promise<SQL | undefined | "nothing"> {
  const search = readSaleSearch(typed);
  if (!search) return undefined;
  if (search.by === "number") return like(orders.orderNumber, `${escapeLike(search.begins)}%`);
  if (search.by === "stripe") return stripeCondition(search.id);
  const begins = `${escapeLike(search.text)}%`;
  const [people, titles] = await Promise.all([
    db().select({ id: users.id }).from(users).where(like(users.email, begins)).limit(500),
    db()
      .select({ id: courses.id })
      .from(courses)
      .where(ilike(courses.title, `%${begins}`))
      .limit(100),
  ]);
  const conditions = [
    people.length > 0
      ? inArray(
          orders.userId,
          people.map(({ id }) => id),
        )
      : undefined,
    titles.length > 0
      ? hasCourse(
          inArray(
            courses.id,
            titles.map(({ id }) => id),
          ),
        )
      : undefined,
  ].filter((condition) => condition !== undefined);
  return conditions.length === 0 ? "nothing" : or(...conditions);
}

function stripeCondition(id: string): SQL {
  if (id.startsWith("cs_")) return eq(orders.stripeCheckoutSessionId, id);
  if (id.startsWith("pi_")) return eq(orders.stripePaymentIntentId, id);
  if (id.startsWith("cus_"))
    return inArray(
      orders.userId,
      db().select({ id: users.id }).from(users).where(eq(users.stripeCustomerId, id)),
    );
  return inArray(
    orders.id,
    db().select({ id: refunds.orderId }).from(refunds).where(eq(refunds.stripeRefundId, id)),
  );
}
