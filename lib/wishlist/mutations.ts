import "server-only";
import { and, count, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import { db, type Transaction, withTransaction } from "@/db/client";
import { courses } from "@/db/schema/catalog";
import { enrollments } from "@/db/schema/learning";
import { wishlistItems, wishlistShares } from "@/db/schema/wishlist";
import { ownsCourse, putInCart, takeOutOfCart } from "@/lib/cart/mutations";
import type { CartOwner, CartRejection } from "@/lib/cart/schema";
import { givesAccess } from "@/lib/enrollments/queries";
import { newSecret, type UserId } from "@/lib/ids";
import { err, ok, type Result } from "@/lib/result";
import { wishedBy } from "./queries";
import { MAX_WISHES, type WishRejection } from "./schema";

/** Saves a published, not yet owned course with today's price; a second time changes nothing. */
export async function addWish(
  owner: CartOwner,
  slug: string,
): Promise<Result<{ changed: boolean }, WishRejection>> {
  return withTransaction((tx) => keepWish(tx, owner, slug));
}

async function keepWish(
  tx: Transaction,
  owner: CartOwner,
  slug: string,
): Promise<Result<{ changed: boolean }, WishRejection>> {
  const [course] = await tx
    .select({ id: courses.id, priceAmount: courses.priceAmount, currency: courses.currency })
    .from(courses)
    .where(and(eq(courses.slug, slug), eq(courses.status, "published")));
  if (!course) return err("unknown_course");
  if (owner.kind === "learner" && (await ownsCourse(tx, owner.userId, course.id)))
    return err("already_owned");
  const [others] = await tx
    .select({ wishes: count() })
    .from(wishlistItems)
    .where(and(wishedBy(owner), ne(wishlistItems.courseId, course.id)));
  if ((others?.wishes ?? 0) >= MAX_WISHES) return err("wishlist_full");
  const inserted = await tx
    .insert(wishlistItems)
    .values({
      userId: owner.kind === "learner" ? owner.userId : null,
      guestToken: owner.kind === "guest" ? owner.token : null,
      courseId: course.id,
      priceAmount: course.priceAmount,
      currency: course.currency,
    })
    .onConflictDoNothing()
    .returning({ id: wishlistItems.id });
  return ok({ changed: inserted.length > 0 });
}

/** Takes a course off the list. Not finding it is no error: it is off. */
export async function removeWish(
  owner: CartOwner,
  slug: string,
): Promise<Result<{ changed: boolean }, never>> {
  return withTransaction(async (tx) => ok({ changed: await dropWish(tx, owner, slug) }));
}

async function dropWish(tx: Transaction, owner: CartOwner, slug: string): Promise<boolean> {
  const course = tx.select({ id: courses.id }).from(courses).where(eq(courses.slug, slug));
  const dropped = await tx
    .delete(wishlistItems)
    .where(and(wishedBy(owner), inArray(wishlistItems.courseId, course)))
    .returning({ id: wishlistItems.id });
  return dropped.length > 0;
}

/** Moves a line of the cart onto the wishlist: both or nothing. */
export async function saveForLater(
  owner: CartOwner,
  slug: string,
): Promise<Result<{ changed: boolean }, WishRejection>> {
  return withTransaction(async (tx) => {
    const kept = await keepWish(tx, owner, slug);
    if (kept.ok) await takeOutOfCart(tx, owner, slug);
    return kept;
  });
}

/** Moves a wish into the cart: both or nothing. */
export async function moveToCart(
  owner: CartOwner,
  slug: string,
): Promise<Result<{ title: string }, CartRejection>> {
  return withTransaction(async (tx) => {
    const put = await putInCart(tx, owner, slug);
    if (put.ok) await dropWish(tx, owner, slug);
    return put;
  });
}

/**
 * Makes a guest's wishes the learner's: none twice, none that is owned already; of two for one course the learner's own
 * stays. Nothing is left under the guest's secret.
 */
export async function mergeGuestWishes(userId: UserId, token: string): Promise<void> {
  await withTransaction(async (tx) => {
    const found = await tx.delete(wishlistItems).where(eq(wishlistItems.guestToken, token)).returning();
    if (found.length === 0) return;
    const owned = await tx
      .select({ courseId: enrollments.courseId })
      .from(enrollments)
      .where(and(eq(enrollments.userId, userId), givesAccess));
    const isOwned = new Set(owned.map((seat) => seat.courseId));
    const wishes = found.filter((wish) => !isOwned.has(wish.courseId));
    if (wishes.length === 0) return;
    await tx
      .insert(wishlistItems)
      .values(wishes.map((wish) => ({ ...wish, userId, guestToken: null })))
      .onConflictDoNothing();
  });
}

/** Makes the link to the learner's list, or a new one in its place: the old one is dead at once. Answers its token. */
export async function renewShare(userId: UserId): Promise<string> {
  const token = newSecret(128);
  await db()
    .insert(wishlistShares)
    .values({ userId, token })
    .onConflictDoUpdate({ target: wishlistShares.userId, set: { token, createdAt: sql`now()` } });
  return token;
}

/** The list is the learner's alone again. */
export async function endShare(userId: UserId): Promise<void> {
  await db().delete(wishlistShares).where(eq(wishlistShares.userId, userId));
}

/** Wishes of guests whose cookie has run out. */
export async function pruneGuestWishes(): Promise<number> {
  const gone = await db()
    .delete(wishlistItems)
    .where(and(isNull(wishlistItems.userId), sql`${wishlistItems.savedAt} < now() - interval '60 days'`))
    .returning({ id: wishlistItems.id });
  return gone.length;
}
