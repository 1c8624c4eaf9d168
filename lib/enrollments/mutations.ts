import "server-only";
import {
  and,
  eq,
  inArray,
  isNotNull,
  isNull,
  lte,
  notExists,
  type SQL,
  type SQLWrapper,
  sql,
} from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Transaction, withTransaction } from "@/db/client";
import { courses, lessons } from "@/db/schema/catalog";
import { users } from "@/db/schema/identity";
import { enrollments, moneyWentBack } from "@/db/schema/learning";
import { orderItems, orders } from "@/db/schema/orders";
import { wishlistItems } from "@/db/schema/wishlist";
import { type Given, over, statement } from "@/db/statement";
import {
  type CourseId,
  type EmailId,
  type EnrollmentId,
  newId,
  type OrderId,
  type OrderItemId,
  type UserId,
} from "@/lib/ids";
import { ADDRESSED, emailStatement } from "@/lib/notifications/mutations";
import { err, ok, type Result } from "@/lib/result";
import { isUnseated } from "./queries";

/** The index that makes one person's seat in one course unique. */
const oneActive = { target: [enrollments.userId, enrollments.courseId], where: sql`status = 'active'` };

/** Seats that ran out make room for any other. */
const isOver = lte(enrollments.expiresAt, sql`now()`);
/** Before what was paid for, so does any that staff gave for a while: else the money would go back, or be kept for a seat that ends. */
const hasEnd = isNotNull(enrollments.expiresAt);

async function makeRoom(
  tx: Transaction,
  userId: UserId,
  courseIds: readonly CourseId[],
  replaceable: SQL,
): Promise<void> {
  await tx
    .update(enrollments)
    .set({ status: "revoked", expiresAt: sql`least(${enrollments.expiresAt}, now())` })
    .where(
      and(
        eq(enrollments.userId, userId),
        inArray(enrollments.courseId, [...courseIds]),
        eq(enrollments.status, "active"),
        replaceable,
      ),
    );
}

type BoughtItem = { readonly id: OrderItemId; readonly courseId: CourseId };

/** The seats of one person's bought items, which are as many of each. */
type NewSeats = {
  readonly userId: UserId;
  readonly seatIds: readonly EnrollmentId[];
  readonly ownCourseIds: readonly CourseId[];
  readonly seatItemIds: readonly OrderItemId[];
};

export const NEW_SEATS = {
  userId: "uuid",
  seatIds: "uuid[]",
  ownCourseIds: "uuid[]",
  seatItemIds: "uuid[]",
} as const;

/** Gives a seat for each given item: a row for each item that got one now. */
export const seatItemsStatement = ({
  userId,
  seatIds,
  ownCourseIds,
  seatItemIds,
}: Given<NewSeats>): SQL => sql`
  insert into ${enrollments} (id, user_id, course_id, order_item_id, enrollment_type)
  select seat.id, ${userId}, seat.course_id, seat.item_id, 'paid'
  from given, unnest(${seatIds}, ${ownCourseIds}, ${seatItemIds}) as seat (id, course_id, item_id)
  on conflict (user_id, course_id) where status = 'active' do nothing
  returning user_id, order_item_id`;

const seatItems = statement<NewSeats>("userId", NEW_SEATS, seatItemsStatement);

export const seatsOf = (userId: UserId, items: readonly BoughtItem[]): NewSeats => ({
  userId,
  seatIds: items.map(() => newId<"enrollment">()),
  ownCourseIds: items.map((item) => item.courseId),
  seatItemIds: items.map((item) => item.id),
});

type Wishes = Pick<NewSeats, "userId" | "ownCourseIds">;

/** What somebody has a seat in is no wish any more. */
export const endWishesStatement = ({ userId, ownCourseIds }: Given<Wishes>): SQL => sql`
  delete from ${wishlistItems} wish using given
  where wish.user_id = ${userId} and wish.course_id = any(${ownCourseIds})
  returning wish.user_id`;

const endWishes = statement<Wishes>("userId", { userId: "uuid", ownCourseIds: "uuid[]" }, endWishesStatement);

/** For items whose course had a seat already: one that has an end makes room. Answers the items that still got none. */
export async function replaceTimedSeats<I extends BoughtItem>(
  tx: Transaction,
  userId: UserId,
  items: readonly I[],
): Promise<readonly I[]> {
  await makeRoom(
    tx,
    userId,
    items.map((item) => item.courseId),
    hasEnd,
  );
  const seated = await seatItems(tx, seatsOf(userId, items));
  const seatedItems = new Set(seated.map((seat) => seat.order_item_id));
  return items.filter((item) => !seatedItems.has(item.id));
}

/** Gives the seat of a gift to who accepts it; false for somebody who has one already. */
export async function enrolGift(
  tx: Transaction,
  userId: UserId,
  { id, courseId }: { readonly id: OrderItemId; readonly courseId: CourseId },
): Promise<boolean> {
  await makeRoom(tx, userId, [courseId], hasEnd);
  const seated = await tx
    .insert(enrollments)
    .values({ userId, courseId, orderItemId: id, enrollmentType: "gifted" })
    .onConflictDoNothing(oneActive)
    .returning({ id: enrollments.id });
  if (seated.length > 0) await endWishes(tx, { userId, ownCourseIds: [courseId] });
  return seated.length > 0;
}

/**
 * Brings the seats that an order's items gave in line with what became of its money. Those of returned items end. Those
 * of kept ones come back when they had ended with a refund that failed or a dispute that was won after all, and follow
 * the order's disputes. Progress is kept. A learner who got another seat in the course meanwhile keeps that one.
 */
export async function convergeSeats(
  tx: Transaction,
  items: { readonly returned: readonly OrderItemId[]; readonly kept: readonly OrderItemId[] },
  dispute: "none" | "suspends" | "ends",
): Promise<void> {
  if (items.returned.length > 0) {
    await tx
      .update(enrollments)
      .set({ status: "refunded" })
      .where(and(inArray(enrollments.orderItemId, [...items.returned]), eq(enrollments.status, "active")));
  }
  if (items.kept.length === 0) return;
  // A seat that staff gave for a while stays as long as a dispute would suspend what takes its place.
  const replaceable = dispute === "none" ? hasEnd : isOver;
  if (dispute !== "ends") await restoreSeats(tx, items.kept, replaceable);
  await seatUnseated(tx, items.kept, replaceable);
  const since = sql`coalesce(${enrollments.suspendedAt}, now())`;
  await tx
    .update(enrollments)
    .set({
      suspendedAt: dispute === "none" ? null : since,
      ...(dispute === "ends" ? { status: "revoked" as const } : {}),
    })
    .where(
      and(
        inArray(enrollments.orderItemId, [...items.kept]),
        eq(enrollments.status, "active"),
        dispute === "none" ? isNotNull(enrollments.suspendedAt) : undefined,
        dispute === "suspends" ? isNull(enrollments.suspendedAt) : undefined,
      ),
    );
}

/**
 * Bought items that never gave a seat, since their buyer had one in the course through another order: now that nothing is on
 * its way back for them they give theirs, unless the other one stands.
 */
async function seatUnseated(
  tx: Transaction,
  itemIds: readonly OrderItemId[],
  replaceable: SQL,
): Promise<void> {
  const unseated = await tx
    .select({ userId: orders.userId, courseId: orderItems.courseId, orderItemId: orderItems.id })
    .from(orderItems)
    .innerJoin(orders, eq(orders.id, orderItems.orderId))
    .where(and(inArray(orderItems.id, [...itemIds]), ...isUnseated(tx)));
  if (unseated.length === 0) return;
  for (const { userId, courseId } of unseated) await makeRoom(tx, userId, [courseId], replaceable);
  await tx
    .insert(enrollments)
    .values(unseated.map((seat) => ({ ...seat, enrollmentType: "paid" as const })))
    .onConflictDoNothing(oneActive);
}

/** Ended by a refund, or by a dispute; what an admin took away stays away. */
async function restoreSeats(
  tx: Transaction,
  itemIds: readonly OrderItemId[],
  replaceable: SQL,
): Promise<void> {
  const isEnded = and(inArray(enrollments.orderItemId, [...itemIds]), moneyWentBack);
  const ended = await tx
    .select({ userId: enrollments.userId, courseId: enrollments.courseId })
    .from(enrollments)
    .where(isEnded);
  for (const { userId, courseId } of ended) await makeRoom(tx, userId, [courseId], replaceable);
  const other = alias(enrollments, "other");
  const hasOther = tx
    .select({ id: other.id })
    .from(other)
    .where(
      and(
        eq(other.userId, enrollments.userId),
        eq(other.courseId, enrollments.courseId),
        eq(other.status, "active"),
      ),
    );
  await tx
    .update(enrollments)
    .set({ status: "active" })
    .where(and(isEnded, notExists(hasOther)));
}

/** A seat in a course that costs nothing; the price is read here, whatever the caller believes. */
export async function enrollFree(
  userId: UserId,
  slug: string,
): Promise<Result<{ slug: string; title: string }, "unknown_course" | "not_free">> {
  return withTransaction(async (tx) => {
    const [course] = await tx
      .select()
      .from(courses)
      .where(and(eq(courses.slug, slug), eq(courses.status, "published")));
    if (!course) return err("unknown_course");
    if (course.priceAmount !== 0) return err("not_free");
    await makeRoom(tx, userId, [course.id], isOver);
    const [seat] = await tx
      .insert(enrollments)
      .values({ userId, courseId: course.id, enrollmentType: "free" })
      .onConflictDoNothing(oneActive)
      .returning({ id: enrollments.id });
    await endWishes(tx, { userId, ownCourseIds: [course.id] });
    if (seat) await welcome(tx, userId, course);
    return ok({ slug: course.slug, title: course.title });
  });
}

/** The lesson that a course begins with, as JSON; null where it has none. */
const firstLesson = (courseId: SQLWrapper) => sql`(
  select jsonb_build_object('slug', first.slug, 'title', first.title) from ${lessons} as first
  where first.course_id = ${courseId} and first.archived_at is null order by first.position, first.id limit 1)`;

type NewSeat = {
  readonly userId: UserId;
  readonly courseId: CourseId;
  readonly enrollmentType: "free" | "gifted";
  readonly expiresAt: Date | null;
};

/** Gives a seat that nobody paid for, and says so by mail; null when the learner holds one already. */
export async function giveSeat(tx: Transaction, seat: NewSeat): Promise<EnrollmentId | null> {
  const { userId, courseId } = seat;
  await makeRoom(tx, userId, [courseId], isOver);
  const [given] = await tx
    .insert(enrollments)
    .values(seat)
    .onConflictDoNothing(oneActive)
    .returning({ id: enrollments.id });
  if (!given) return null;
  await endWishes(tx, { userId, ownCourseIds: [courseId] });
  const [course] = await tx.select().from(courses).where(eq(courses.id, courseId));
  if (course) await welcome(tx, userId, course);
  return given.id;
}

async function welcome(
  tx: Transaction,
  userId: UserId,
  course: { readonly id: CourseId; readonly title: string; readonly slug: string },
): Promise<void> {
  const [user] = await tx
    .select({ email: users.email, name: users.name })
    .from(users)
    .where(eq(users.id, userId));
  if (!user) return;
  const { id: courseId, title, slug } = course;
  const to = { id: newId<"email">(), subjectId: `${userId}:${courseId}`, userId, toAddress: user.email };
  const values = { ...to, name: user.name, courseId, title, slug };
  await tx.execute(
    over(WELCOMED, values, (given) => {
      const told = sql`jsonb_build_array(jsonb_build_object(
        'title', ${given.title}, 'slug', ${given.slug}, 'firstLesson', ${firstLesson(given.courseId)}))`;
      return emailStatement("enrollment_welcome", given, welcoming(given.name, true, told));
    }),
  );
}

const WELCOMED = { ...ADDRESSED, name: "text", courseId: "uuid", title: "text", slug: "text" } as const;

type Bought = {
  readonly orderId: OrderId;
  readonly userId: UserId;
  readonly welcomeId: EmailId;
  readonly buyerName: string;
  readonly buyerEmail: string;
  /** Of the items that give a seat; none are named, and none is welcomed, where there is none. */
  readonly seatItemIds: readonly OrderItemId[];
};

/** The mails that say where the courses of given orders begin, those for others left out. */
export function welcomeStatement(bought: Given<Bought>): SQL {
  const { orderId, userId, welcomeId, buyerName, buyerEmail, seatItemIds } = bought;
  const told = sql`(
    select jsonb_agg(jsonb_build_object('title', item.title, 'slug', item.course_slug,
      'firstLesson', ${firstLesson(sql`item.course_id`)}) order by item.position)
    from ${orderItems} as item where item.order_id = ${orderId} and item.id = any(${seatItemIds}))`;
  return emailStatement(
    "enrollment_welcome",
    { id: welcomeId, subjectId: orderId, userId, toAddress: buyerEmail },
    welcoming(buyerName, false, told),
    sql`cardinality(${seatItemIds}) > 0`,
  );
}

const welcoming = (name: SQL, isFree: boolean, told: SQL) =>
  sql`jsonb_build_object('name', ${name}, 'isFree', ${isFree}::boolean, 'courses', ${told})`;
