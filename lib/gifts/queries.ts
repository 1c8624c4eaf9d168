import "server-only";
import { and, asc, desc, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { courses } from "@/db/schema/catalog";
import { disputes } from "@/db/schema/disputes";
import { gifts } from "@/db/schema/gifts";
import { users } from "@/db/schema/identity";
import { orderItems, orders, refundItems, refunds } from "@/db/schema/orders";
import type { CourseLevel, CourseType } from "@/lib/catalog/course-kinds";
import type { DisputeState } from "@/lib/disputes/dispute-state";
import { hashSecret } from "@/lib/hash-secret";
import type { GiftId, UserId } from "@/lib/ids";
import { type GiftState, giftState } from "./gift-state";
import { giftToken } from "./schema";

const paidAmount = sql`(${orderItems.netAmount} + ${orderItems.taxAmount})`;
const heldAmount = sql`(select coalesce(sum(${refundItems.amount}), 0) from ${refundItems}
  join ${refunds} on ${refunds.id} = ${refundItems.refundId} and ${refunds.status} in ('pending', 'succeeded')
  where ${refundItems.orderItemId} = ${orderItems.id})`;

/** In SQL: what was paid for the gift, or for its whole order, is back or on its way. A refund ends a link at once. */
export const isReturned = sql<boolean>`((${paidAmount} > 0 and ${heldAmount} >= ${paidAmount})
  or (${orders.totalAmount} > 0 and ${orders.heldRefundAmount} = ${orders.totalAmount}))`;

/** In SQL: the buyer's bank wants the payment back, or has it. */
export const isDisputed = sql<boolean>`exists (select 1 from ${disputes}
  where ${disputes.orderId} = ${orders.id} and ${disputes.state} in ('open', 'lost'))`;

const columns = {
  id: gifts.id,
  orderId: gifts.orderId,
  orderItemId: gifts.orderItemId,
  orderNumber: orders.orderNumber,
  courseId: orderItems.courseId,
  slug: orderItems.courseSlug,
  title: orderItems.title,
  courseType: courses.courseType,
  level: courses.level,
  summary: courses.summary,
  buyerId: orders.userId,
  /** Null when the buyer's account is gone. */
  buyerName: sql<string | null>`case when ${users.erasedAt} is null then ${users.name} end`,
  recipientEmail: gifts.recipientEmail,
  message: gifts.message,
  deliverOn: gifts.deliverOn,
  timeZone: gifts.timeZone,
  isDue: sql<boolean>`${gifts.deliverAt} <= now()`,
  deliveredAt: gifts.deliveredAt,
  deliveries: gifts.deliveries,
  claimedAt: gifts.claimedAt,
  claimedByUserId: gifts.claimedByUserId,
  orderStatus: orders.status,
  isReturned,
  disputes: sql<
    DisputeState[]
  >`array(select ${disputes.state}::text from ${disputes} where ${disputes.orderId} = ${orders.id})`,
};

/** All that decides about a gift; lock its order first to decide by it. */
export async function listGifts(executor: Executor, which: SQL | undefined) {
  const rows = await executor
    .select(columns)
    .from(gifts)
    .innerJoin(orderItems, eq(orderItems.id, gifts.orderItemId))
    .innerJoin(orders, eq(orders.id, gifts.orderId))
    .innerJoin(courses, eq(courses.id, orderItems.courseId))
    .innerJoin(users, eq(users.id, orders.userId))
    .where(which)
    .orderBy(asc(orderItems.position));
  return rows.map((row) => ({ ...row, state: giftState(row) }));
}

export type Gift = Awaited<ReturnType<typeof listGifts>>[number];

/** The gift that a link is for; null when there is none, or a newer link was sent. */
export async function findByLink(executor: Executor, secret: string): Promise<Gift | null> {
  if (!giftToken.safeParse(secret).success) return null;
  const [gift] = await listGifts(executor, eq(gifts.tokenHash, hashSecret(secret)));
  return gift ?? null;
}

/** A gift as its buyer sees it. Who accepted it is not theirs to know. */
export type GivenGift = {
  readonly id: GiftId;
  readonly slug: string;
  readonly title: string;
  readonly state: GiftState;
  readonly recipientEmail: string | null;
  readonly message: string;
  readonly deliverOn: string | null;
  readonly timeZone: string;
  readonly deliveredAt: Date | null;
  readonly claimedAt: Date | null;
};

/** The gifts of an own order, in the order of its items; nobody else's order has any. */
export async function listGivenGifts(userId: UserId, orderNumber: string): Promise<GivenGift[]> {
  const found = await listGifts(db(), and(eq(orders.userId, userId), eq(orders.orderNumber, orderNumber)));
  return found.map(asGiven);
}

function asGiven(gift: Gift): GivenGift {
  const { id, slug, title, state, recipientEmail, message, deliverOn, timeZone, deliveredAt, claimedAt } =
    gift;
  return {
    id,
    slug,
    title,
    state,
    recipientEmail,
    message,
    deliverOn,
    timeZone,
    deliveredAt,
    claimedAt,
  };
}

/** A gift as somebody with its link sees it: never its price, nor an address. */
export type OfferedGift = {
  readonly slug: string;
  readonly title: string;
  readonly courseType: CourseType;
  readonly level: CourseLevel;
  readonly summary: string;
  readonly from: string | null;
  readonly message: string;
  readonly state: GiftState;
  /** Whether it is the viewer who accepted it. */
  readonly isMine: boolean;
};

/** What a link offers; null when there is none, or a newer link was sent. Looking changes nothing. */
export async function findOfferedGift(secret: string, viewerId: UserId | null): Promise<OfferedGift | null> {
  const gift = await findByLink(db(), secret);
  if (!gift) return null;
  const { slug, title, courseType, level, summary, buyerName, message, state, claimedByUserId } = gift;
  const isMine = viewerId !== null && claimedByUserId === viewerId;
  return { slug, title, courseType, level, summary, from: buyerName, message, state, isMine };
}

/** More than most people ever give or get; older ones are among the orders and courses. */
export const GIFTS_SHOWN = 50;

export type ReceivedGift = {
  readonly slug: string;
  readonly title: string;
  readonly courseType: CourseType;
  readonly level: CourseLevel;
  readonly from: string | null;
  readonly message: string;
  readonly claimedAt: Date;
  readonly state: GiftState;
};

/** What the learner accepted, the newest first. */
export async function listReceivedGifts(userId: UserId): Promise<ReceivedGift[]> {
  const newest = db()
    .select({ id: gifts.id })
    .from(gifts)
    .where(and(eq(gifts.claimedByUserId, userId), isNotNull(gifts.claimedAt)))
    .orderBy(desc(gifts.claimedAt))
    .limit(GIFTS_SHOWN);
  const found = await listGifts(db(), sql`${gifts.id} in ${newest}`);
  return found
    .flatMap(({ slug, title, courseType, level, buyerName, message, claimedAt, state }) =>
      claimedAt ? [{ slug, title, courseType, level, from: buyerName, message, claimedAt, state }] : [],
    )
    .toSorted((a, b) => b.claimedAt.getTime() - a.claimedAt.getTime());
}

export type ListedGift = GivenGift & {
  readonly orderNumber: string;
  readonly courseType: CourseType;
  readonly level: CourseLevel;
};

/** What the learner gave and paid for, the newest first. */
export async function listOwnGifts(userId: UserId): Promise<ListedGift[]> {
  const newest = db()
    .select({ id: gifts.id })
    .from(gifts)
    .innerJoin(orders, eq(orders.id, gifts.orderId))
    .where(and(eq(orders.userId, userId), isNotNull(orders.paidAt)))
    .orderBy(desc(orders.createdAt), desc(gifts.id))
    .limit(GIFTS_SHOWN);
  const found = await listGifts(db(), sql`${gifts.id} in ${newest}`);
  return found
    .toSorted((a, b) => (a.id < b.id ? 1 : -1))
    .map((gift) => ({
      ...asGiven(gift),
      orderNumber: gift.orderNumber,
      courseType: gift.courseType,
      level: gift.level,
    }));
}
