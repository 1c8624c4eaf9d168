import "server-only";
import { and, desc, eq, exists, notExists, type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { cartItems, carts } from "@/db/schema/cart";
import { courses } from "@/db/schema/catalog";
import { users } from "@/db/schema/identity";
import { enrollments } from "@/db/schema/learning";
import { wishlistItems, wishlistShares } from "@/db/schema/wishlist";
import { ownedBy } from "@/lib/cart/queries";
import type { CartOwner } from "@/lib/cart/schema";
import type { CourseLevel, CourseType } from "@/lib/catalog/course-kinds";
import { type CourseCard, listCards } from "@/lib/catalog/queries";
import { givesAccess } from "@/lib/enrollments/queries";
import type { UserId } from "@/lib/ids";
import type { Minor } from "@/lib/money";
import { shareToken } from "./schema";

export type Wish = {
  readonly slug: string;
  readonly title: string;
  readonly courseType: CourseType;
  readonly level: CourseLevel;
  /** Today's price. */
  readonly priceAmount: Minor;
  readonly currency: string;
  /** The price when it was saved; null when that was in another currency. */
  readonly savedPriceAmount: Minor | null;
  readonly savedAt: Date;
  readonly state: "available" | "free" | "in_cart" | "unavailable";
};

export function wishedBy(owner: CartOwner): SQL {
  return owner.kind === "learner"
    ? eq(wishlistItems.userId, owner.userId)
    : eq(wishlistItems.guestToken, owner.token);
}

/** A course with a seat is no wish, however the seat came about. */
const isNotOwned = () =>
  notExists(
    db()
      .select({ one: sql`1` })
      .from(enrollments)
      .where(
        and(
          eq(enrollments.userId, wishlistItems.userId),
          eq(enrollments.courseId, wishlistItems.courseId),
          givesAccess,
        ),
      ),
  );

/** What the owner wants, the newest wish first. */
export async function listWishes(owner: CartOwner | null): Promise<Wish[]> {
  if (!owner) return [];
  const inCart = exists(
    db()
      .select({ one: sql`1` })
      .from(cartItems)
      .innerJoin(carts, eq(carts.id, cartItems.cartId))
      .where(and(ownedBy(owner), eq(cartItems.courseId, courses.id))),
  );
  return db()
    .select({
      slug: courses.slug,
      title: courses.title,
      courseType: courses.courseType,
      level: courses.level,
      priceAmount: courses.priceAmount,
      currency: courses.currency,
      savedPriceAmount: sql<Minor | null>`case when ${wishlistItems.currency} = ${courses.currency} then ${wishlistItems.priceAmount} end`,
      savedAt: wishlistItems.savedAt,
      state: sql<Wish["state"]>`case when ${courses.status} <> 'published' then 'unavailable'
        when ${courses.priceAmount} = 0 then 'free' when ${inCart} then 'in_cart' else 'available' end`,
    })
    .from(wishlistItems)
    .innerJoin(courses, eq(courses.id, wishlistItems.courseId))
    .where(and(wishedBy(owner), isNotOwned()))
    .orderBy(desc(wishlistItems.savedAt), desc(wishlistItems.id));
}

/** For the hearts of public pages. */
export async function listWishedSlugs(owner: CartOwner | null): Promise<string[]> {
  if (!owner) return [];
  const rows = await db()
    .select({ slug: courses.slug })
    .from(wishlistItems)
    .innerJoin(courses, eq(courses.id, wishlistItems.courseId))
    .where(wishedBy(owner));
  return rows.map((row) => row.slug);
}

/** The token of the learner's link; null when the list is not shared. */
export async function findShare(userId: UserId): Promise<string | null> {
  const [share] = await db()
    .select({ token: wishlistShares.token })
    .from(wishlistShares)
    .where(eq(wishlistShares.userId, userId));
  return share?.token ?? null;
}

export type SharedWishlist = { readonly ownerName: string; readonly courses: readonly CourseCard[] };

/** What a link shows: a name and the courses on sale, nothing else of the learner. Null when it was ended or never was. */
export async function findSharedWishlist(token: string): Promise<SharedWishlist | null> {
  if (!shareToken.safeParse(token).success) return null;
  const [share] = await db()
    .select({ userId: users.id, ownerName: users.name })
    .from(wishlistShares)
    .innerJoin(users, eq(users.id, wishlistShares.userId))
    .where(eq(wishlistShares.token, token));
  if (!share) return null;
  const wishes = await listWishes({ kind: "learner", userId: share.userId });
  return { ownerName: share.ownerName, courses: await listCards(wishes.map((wish) => wish.slug)) };
}
