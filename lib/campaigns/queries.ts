import "server-only";
import { and, asc, eq, inArray, isNull, like, type SQL, sql } from "drizzle-orm";
import { askedBy } from "@/db/asked-by";
import { db } from "@/db/client";
import { beyondRow, inDirection } from "@/db/keyset";
import { courses } from "@/db/schema/catalog";
import { couponRedemptions } from "@/db/schema/coupon-redemptions";
import { couponBatches, coupons } from "@/db/schema/coupons";
import { users } from "@/db/schema/identity";
import { orders, refunds } from "@/db/schema/orders";
import type { CouponBatchId, CouponId, CourseId, UserId } from "@/lib/ids";
import { type Cursor, cutRows, type KeysetPage } from "@/lib/keyset";
import type { CouponFilter } from "./read-coupon-filter";
import type { CouponState, EditableTerms } from "./schema";
import type { ExampleCourse } from "./try-on-cart";

/** The one definition of a code's state, by the database's clock. */
const couponState = sql<CouponState>`case
  when not ${coupons.isActive} then 'off'
  when ${coupons.validUntil} <= now() then 'expired'
  when ${coupons.timesUsed} >= ${coupons.maxUses} then 'used_up'
  when ${coupons.validFrom} > now() then 'scheduled'
  else 'active' end`;

const termsColumns = {
  code: coupons.code,
  description: coupons.description,
  discountType: coupons.discountType,
  discountValue: coupons.discountValue,
  currency: coupons.currency,
  maxDiscountAmount: coupons.maxDiscountAmount,
  minPurchaseAmount: coupons.minPurchaseAmount,
  maxUses: coupons.maxUses,
  maxUsesPerUser: coupons.maxUsesPerUser,
  validFrom: coupons.validFrom,
  validUntil: coupons.validUntil,
  applicableCourseTypes: coupons.applicableCourseTypes,
  specificCourseIds: coupons.specificCourseIds,
  timesUsed: coupons.timesUsed,
  isActive: coupons.isActive,
};

export type CouponRow = EditableTerms & {
  readonly code: string;
  readonly timesUsed: number;
  readonly isActive: boolean;
  readonly state: CouponState;
};

export const COUPONS_PER_PAGE = 25;

/** A page of codes, newest first; empty for who may not see them. */
export async function listCoupons(
  staffId: UserId,
  filter: CouponFilter,
  cursor: Cursor = {},
  limit = COUPONS_PER_PAGE,
): Promise<KeysetPage<CouponRow>> {
  const rows = await db()
    .select({ ...termsColumns, state: couponState })
    .from(coupons)
    .where(and(askedBy(staffId, "coupons.see"), ...matches(filter), beyondCode(cursor)))
    .orderBy(...inDirection(cursor, couponKeys))
    .limit(limit + 1);
  if (rows.length === 0 && (cursor.before ?? cursor.after)) return listCoupons(staffId, filter, {}, limit);
  return cutRows(rows, limit, cursor, (row) => row.code);
}

function matches({ q, state, batch }: CouponFilter): (SQL | undefined)[] {
  return [
    q ? like(coupons.code, `${q.replace(/[\\%_]/g, "\\$&")}%`) : undefined,
    state ? eq(couponState, state) : undefined,
    batch ? eq(coupons.batchId, batch as CouponBatchId) : q ? undefined : isNull(coupons.batchId),
  ];
}

const couponKeys = [coupons.createdAt, coupons.id] as const;

const beyondCode = (cursor: Cursor) =>
  beyondRow(
    cursor,
    couponKeys,
    "desc",
    (code) => sql`select created_at, id from coupons where code = ${code}`,
  );

/** All codes of a filter, `batch` at a time. Nothing for who may not take them out of the shop. */
export async function* exportCoupons(
  staffId: UserId,
  filter: CouponFilter,
  batch = 500,
): AsyncGenerator<readonly CouponRow[]> {
  let cursor: Cursor = {};
  for (;;) {
    const rows: CouponRow[] = await db()
      .select({ ...termsColumns, state: couponState })
      .from(coupons)
      .where(and(askedBy(staffId, "coupons.export"), ...matches(filter), beyondCode(cursor)))
      .orderBy(...inDirection({}, couponKeys))
      .limit(batch);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    cursor = { before: last.code };
  }
}

/** What a code earned in one currency; amounts in minor units, never added up over currencies. */
export type CouponRevenue = {
  readonly currency: string;
  readonly orders: number;
  readonly discountAmount: number;
  readonly totalAmount: number;
  readonly refundedAmount: number;
};

export type CouponDetails = CouponRow & {
  readonly version: number;
  readonly batch: { readonly id: string; readonly description: string } | null;
  readonly createdBy: string | null;
  readonly createdAt: Date;
  /** Held by open orders; part of `timesUsed`. */
  readonly reserved: number;
  readonly revenue: readonly CouponRevenue[];
};

export async function findCoupon(staffId: UserId, code: string): Promise<CouponDetails | null> {
  const [found] = await db()
    .select({
      ...termsColumns,
      id: coupons.id,
      state: couponState,
      version: coupons.version,
      batch: { id: sql<string>`${couponBatches.id}`, description: couponBatches.description },
      createdBy: users.name,
      createdAt: coupons.createdAt,
    })
    .from(coupons)
    .leftJoin(couponBatches, eq(couponBatches.id, coupons.batchId))
    .leftJoin(users, eq(users.id, coupons.createdByUserId))
    .where(and(eq(coupons.code, code), askedBy(staffId, "coupons.see")));
  if (!found) return null;
  const { id, ...coupon } = found;
  const [reserved, revenue] = await Promise.all([countReserved(id), listRevenue(id)]);
  return { ...coupon, reserved, revenue };
}

async function countReserved(couponId: CouponId): Promise<number> {
  const [row] = await db()
    .select({ reserved: sql<number>`count(*)::int` })
    .from(couponRedemptions)
    .where(and(eq(couponRedemptions.couponId, couponId), eq(couponRedemptions.status, "reserved")));
  return row?.reserved ?? 0;
}

/** Paid orders with the code; what went back is what Stripe confirmed. */
function listRevenue(couponId: CouponId): Promise<CouponRevenue[]> {
  const refunded = sql`(select coalesce(sum(${refunds.amount}), 0) from ${refunds}
    where ${refunds.orderId} = ${orders.id} and ${refunds.status} = 'succeeded')`;
  return db()
    .select({
      currency: orders.currency,
      orders: sql<number>`count(*)::int`,
      discountAmount: sql<number>`sum(${orders.discountAmount})::float8`,
      totalAmount: sql<number>`sum(${orders.totalAmount})::float8`,
      refundedAmount: sql<number>`sum(${refunded})::float8`,
    })
    .from(couponRedemptions)
    .innerJoin(orders, eq(orders.id, couponRedemptions.orderId))
    .where(
      and(
        eq(couponRedemptions.couponId, couponId),
        inArray(orders.status, ["completed", "partially_refunded", "refunded"]),
      ),
    )
    .groupBy(orders.currency)
    .orderBy(orders.currency);
}

export type BatchRow = {
  readonly id: string;
  readonly description: string;
  readonly size: number;
  readonly used: number;
  readonly switchedOff: number;
  readonly createdBy: string | null;
  readonly createdAt: Date;
};

const batchColumns = () => ({
  id: sql<string>`${couponBatches.id}`,
  description: couponBatches.description,
  size: couponBatches.size,
  used: sql<number>`(select count(*)::int from ${coupons} where ${coupons.batchId} = ${couponBatches.id} and ${coupons.timesUsed} > 0)`,
  switchedOff: sql<number>`(select count(*)::int from ${coupons} where ${coupons.batchId} = ${couponBatches.id} and not ${coupons.isActive})`,
  createdBy: users.name,
  createdAt: couponBatches.createdAt,
});

/** A page of batches, newest first; empty for who may not see them. */
export async function listBatches(
  staffId: UserId,
  cursor: Cursor = {},
  limit = COUPONS_PER_PAGE,
): Promise<KeysetPage<BatchRow>> {
  const keys = [couponBatches.createdAt, couponBatches.id] as const;
  const far = beyondRow(
    cursor,
    keys,
    "desc",
    (id) => sql`select created_at, id from coupon_batches where id = ${id}::uuid`,
  );
  const rows = await db()
    .select(batchColumns())
    .from(couponBatches)
    .leftJoin(users, eq(users.id, couponBatches.createdByUserId))
    .where(and(askedBy(staffId, "coupons.see"), far))
    .orderBy(...inDirection(cursor, keys))
    .limit(limit + 1);
  return cutRows(rows, limit, cursor, (row) => row.id);
}

export async function findBatch(staffId: UserId, id: string): Promise<BatchRow | null> {
  const [row] = await db()
    .select(batchColumns())
    .from(couponBatches)
    .leftJoin(users, eq(users.id, couponBatches.createdByUserId))
    .where(and(eq(couponBatches.id, id as CouponBatchId), askedBy(staffId, "coupons.see")));
  return row ?? null;
}

/** Courses that a code can be about: those on sale, and those that it names already. */
export function listChoices(staffId: UserId, named: readonly CourseId[] = []): Promise<ExampleCourse[]> {
  const onSale = sql`(${courses.status} = 'published' and ${courses.priceAmount} > 0)`;
  return db()
    .select({
      courseId: courses.id,
      title: courses.title,
      courseType: courses.courseType,
      priceAmount: courses.priceAmount,
      currency: courses.currency,
    })
    .from(courses)
    .where(
      and(
        askedBy(staffId, "coupons.see"),
        named.length > 0 ? sql`(${onSale} or ${inArray(courses.id, [...named])})` : onSale,
      ),
    )
    .orderBy(asc(courses.position), asc(courses.title))
    .limit(2_000);
}
