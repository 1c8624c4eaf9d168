import "server-only";
import { and, count, eq, inArray, isNotNull, isNull, ne, notInArray, or, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/client";
import { type CartGift, cartItems, carts } from "@/db/schema/cart";
import { courses } from "@/db/schema/catalog";
import { enrollments } from "@/db/schema/learning";
import type { Given } from "@/db/statement";
import { countStep } from "@/lib/analytics/count-steps";
import { holdsSeat } from "@/lib/enrollments/queries";
import { type CartId, type CourseId, newId, type UserId } from "@/lib/ids";
import { err, ok, type Result } from "@/lib/result";
import { ownedBy } from "./queries";
import { type CartOwner, type CartRejection, MAX_CART_LINES } from "./schema";

/** Puts a published, priced, not yet owned course into the cart; a second time changes nothing. Makes the cart if need be. */
export async function addToCart(
  owner: CartOwner,
  slug: string,
): Promise<Result<{ title: string; added: boolean }, CartRejection>> {
  return counted(slug, await withTransaction((tx) => putInCart(tx, owner, slug)));
}

/** Puts a course into the cart for somebody else, also one that its buyer owns. A line that it has already becomes this gift. */
export async function addGiftToCart(
  owner: CartOwner,
  slug: string,
  gift: CartGift,
): Promise<Result<{ title: string; added: boolean }, CartRejection>> {
  return counted(slug, await withTransaction((tx) => putInCart(tx, owner, slug, gift)));
}

/** For the shop's funnel, a gift as well as one's own course. */
function counted<T extends Result<unknown, CartRejection>>(slug: string, put: T): T {
  if (put.ok) countStep("carted", slug, Date.now());
  return put;
}

/** The same within the caller's transaction. */
export async function putInCart(
  tx: Transaction,
  owner: CartOwner,
  slug: string,
  gift: CartGift | null = null,
): Promise<Result<{ title: string; added: boolean }, CartRejection>> {
  const [course] = await tx
    .select()
    .from(courses)
    .where(and(eq(courses.slug, slug), eq(courses.status, "published")));
  if (!course) return err("unknown_course");
  if (course.priceAmount === 0) return err("free_course");
  if (!gift && owner.kind === "learner" && (await ownsCourse(tx, owner.userId, course.id)))
    return err("already_owned");

  const cartId = await findOrCreateCart(tx, owner);
  const [others] = await tx
    .select({
      lines: count(),
      otherCurrency: sql<boolean>`coalesce(bool_or(${courses.currency} <> ${course.currency}), false)`,
    })
    .from(cartItems)
    .innerJoin(courses, eq(courses.id, cartItems.courseId))
    .where(and(eq(cartItems.cartId, cartId), ne(cartItems.courseId, course.id)));
  if (others?.otherCurrency) return err("other_currency");
  if ((others?.lines ?? 0) >= MAX_CART_LINES) return err("cart_full");

  const line = tx.insert(cartItems).values({
    cartId,
    courseId: course.id,
    priceAmount: course.priceAmount,
    currency: course.currency,
    gift,
  });
  const written = await (gift
    ? line.onConflictDoUpdate({ target: [cartItems.cartId, cartItems.courseId], set: { gift } })
    : line.onConflictDoNothing()
  ).returning({ courseId: cartItems.courseId });
  if (written.length > 0) await bumpVersion(tx, cartId);
  return ok({ title: course.title, added: written.length > 0 });
}

/** Takes a course out, and tells whether it was a gift. Not finding it is no error: it is out. */
export async function removeFromCart(
  owner: CartOwner,
  slug: string,
): Promise<{ removed: boolean; wasGift: boolean }> {
  return withTransaction(async (tx) => {
    const [line] = await takeOutOfCart(tx, owner, slug);
    return { removed: line !== undefined, wasGift: line !== undefined && line.gift !== null };
  });
}

/** The same within the caller's transaction; answers the line, if it was in. */
export async function takeOutOfCart(
  tx: Transaction,
  owner: CartOwner,
  slug: string,
): Promise<readonly { readonly gift: CartGift | null }[]> {
  const cartId = await findCartForUpdate(tx, owner);
  if (!cartId) return [];
  const course = tx.select({ id: courses.id }).from(courses).where(eq(courses.slug, slug));
  const removed = await tx
    .delete(cartItems)
    .where(and(eq(cartItems.cartId, cartId), inArray(cartItems.courseId, course)))
    .returning({ gift: cartItems.gift });
  if (removed.length > 0) await bumpVersion(tx, cartId);
  return removed;
}

/**
 * Moves a guest's cart into the learner's: no course twice, none that is owned already (a gift may be), and the guest's
 * cart is gone with its secret. The guest's coupon comes along when the learner has none.
 */
export async function mergeGuestCart(
  userId: UserId,
  token: string,
): Promise<{ added: number; alreadyOwned: string[] }> {
  return withTransaction(async (tx) => {
    const [guest] = await tx
      .select({ id: carts.id, couponId: carts.couponId })
      .from(carts)
      .where(and(eq(carts.token, token), isNull(carts.userId)))
      .for("no key update");
    if (!guest) return { added: 0, alreadyOwned: [] };

    const cartId = await findOrCreateCart(tx, { kind: "learner", userId });
    const ownedIds = tx
      .select({ id: enrollments.courseId })
      .from(enrollments)
      .where(and(eq(enrollments.userId, userId), holdsSeat));
    const alreadyOwned = await tx
      .select({ title: courses.title })
      .from(cartItems)
      .innerJoin(courses, eq(courses.id, cartItems.courseId))
      .where(
        and(eq(cartItems.cartId, guest.id), isNull(cartItems.gift), inArray(cartItems.courseId, ownedIds)),
      );
    const moved = await tx
      .insert(cartItems)
      .select(
        tx
          .select({
            cartId: sql<CartId>`${cartId}::uuid`.as("cart_id"),
            courseId: cartItems.courseId,
            priceAmount: cartItems.priceAmount,
            currency: cartItems.currency,
            gift: cartItems.gift,
            addedAt: cartItems.addedAt,
          })
          .from(cartItems)
          .where(
            and(
              eq(cartItems.cartId, guest.id),
              or(isNotNull(cartItems.gift), notInArray(cartItems.courseId, ownedIds)),
            ),
          ),
      )
      .onConflictDoUpdate({
        target: [cartItems.cartId, cartItems.courseId],
        set: { gift: sql`excluded.gift` },
        setWhere: sql`${cartItems.gift} is null and excluded.gift is not null`,
      })
      .returning({ courseId: cartItems.courseId });
    await tx
      .update(carts)
      .set({
        version: sql`${carts.version} + 1`,
        couponId: sql`coalesce(${carts.couponId}, ${guest.couponId}::uuid)`,
      })
      .where(eq(carts.id, cartId));
    await tx.delete(carts).where(eq(carts.id, guest.id));
    return { added: moved.length, alreadyOwned: alreadyOwned.map((course) => course.title) };
  });
}

type Bought = {
  readonly userId: UserId;
  /** Of the courses that were bought to learn in them, and of those that were bought as gifts. */
  readonly ownCourseIds: readonly CourseId[];
  readonly givenCourseIds: readonly CourseId[];
};

/** Empties bought courses out of given learners' carts, gifts as gifts. Part of fulfilment. */
export const removeBoughtStatements = ({ userId, ownCourseIds, givenCourseIds }: Given<Bought>) => ({
  emptied: sql`
    delete from ${cartItems} using ${carts}, given
    where ${carts.id} = ${cartItems.cartId} and ${carts.userId} = ${userId}
      and (${cartItems.gift} is null and ${cartItems.courseId} = any(${ownCourseIds})
        or ${cartItems.gift} is not null and ${cartItems.courseId} = any(${givenCourseIds}))`,
  cart: sql`
    update ${carts} set version = ${carts.version} + 1, coupon_id = null, updated_at = now()
    from given where ${carts.userId} = ${userId}`,
});

/** Guests' carts that nobody touched for 60 days. */
export async function pruneGuestCarts(): Promise<number> {
  return withTransaction(async (tx) => {
    const gone = await tx
      .delete(carts)
      .where(and(isNull(carts.userId), sql`${carts.updatedAt} < now() - interval '60 days'`))
      .returning({ id: carts.id });
    return gone.length;
  });
}

export async function ownsCourse(tx: Transaction, userId: UserId, courseId: CourseId): Promise<boolean> {
  const [row] = await tx
    .select({ id: enrollments.id })
    .from(enrollments)
    .where(and(eq(enrollments.userId, userId), eq(enrollments.courseId, courseId), holdsSeat));
  return row !== undefined;
}

/** Locks the cart's row, making it first when missing; two at once end with one. */
export async function findOrCreateCart(tx: Transaction, owner: CartOwner): Promise<CartId> {
  const found = await findCartForUpdate(tx, owner);
  if (found) return found;
  await tx
    .insert(carts)
    .values({
      id: newId<"cart">(),
      userId: owner.kind === "learner" ? owner.userId : null,
      token: owner.kind === "guest" ? owner.token : null,
    })
    .onConflictDoNothing();
  const made = await findCartForUpdate(tx, owner);
  if (!made) throw new Error("a cart that was just made is gone");
  return made;
}

async function findCartForUpdate(tx: Transaction, owner: CartOwner): Promise<CartId | null> {
  const [row] = await tx.select({ id: carts.id }).from(carts).where(ownedBy(owner)).for("no key update");
  return row?.id ?? null;
}

export async function bumpVersion(tx: Transaction, cartId: CartId): Promise<void> {
  await tx
    .update(carts)
    .set({ version: sql`${carts.version} + 1` })
    .where(eq(carts.id, cartId));
}
