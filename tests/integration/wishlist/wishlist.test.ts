import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { courses } from "@/db/schema/catalog";
import { wishlistItems } from "@/db/schema/wishlist";
import { addToCart } from "@/lib/cart/mutations";
import { getCart } from "@/lib/cart/queries";
import type { CartOwner } from "@/lib/cart/schema";
import { enrollFree } from "@/lib/enrollments/mutations";
import { type CourseId, newSecret, type UserId } from "@/lib/ids";
import { minor } from "@/lib/money";
import {
  addWish,
  mergeGuestWishes,
  moveToCart,
  pruneGuestWishes,
  removeWish,
  saveForLater,
} from "@/lib/wishlist/mutations";
import { listWishedSlugs, listWishes } from "@/lib/wishlist/queries";
import { MAX_WISHES } from "@/lib/wishlist/schema";
import { startTestShop } from "../../support/shop";
import { openCheckout, type TestShop } from "../commerce/buying";

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());

const guest = () => ({ kind: "guest", token: newSecret() }) as const;
const learner = async () => ({ kind: "learner", userId: await shop.factories.learner() }) as const;
const slugsOf = async (owner: CartOwner) => (await listWishes(owner)).map((wish) => wish.slug);
const cartOf = async (owner: CartOwner) => (await getCart(owner)).lines.map((line) => line.slug);
const setPrice = (id: CourseId, amount: number) =>
  shop.db
    .update(courses)
    .set({ priceAmount: minor(amount) })
    .where(eq(courses.id, id));

describe("a wish", () => {
  it("is there once, however often and however fast it is made", async () => {
    const course = await shop.factories.course();
    for (const owner of [guest(), await learner()]) {
      const made = await Promise.all(Array.from({ length: 8 }, () => addWish(owner, course.slug)));
      expect(made.filter((one) => one.ok && one.value.changed)).toHaveLength(1);
      expect(await slugsOf(owner)).toEqual([course.slug]);
    }
  });

  it("is its owner's alone: nobody else sees it or takes it away", async () => {
    const course = await shop.factories.course();
    const owners = [guest(), await learner()];
    for (const owner of owners) await addWish(owner, course.slug);
    for (const stranger of [guest(), await learner()]) {
      expect(await slugsOf(stranger)).toEqual([]);
      expect(await listWishedSlugs(stranger)).toEqual([]);
      expect(await removeWish(stranger, course.slug)).toEqual({ ok: true, value: { changed: false } });
    }
    for (const owner of owners) expect(await slugsOf(owner)).toEqual([course.slug]);
  });

  it("can be taken off and made again, and the newest stands first", async () => {
    const owner = await learner();
    const [first, second] = [await shop.factories.course(), await shop.factories.course()];
    await addWish(owner, first.slug);
    await addWish(owner, second.slug);
    expect(await slugsOf(owner)).toEqual([second.slug, first.slug]);
    expect(await removeWish(owner, first.slug)).toEqual({ ok: true, value: { changed: true } });
    await addWish(owner, first.slug);
    expect(await slugsOf(owner)).toEqual([first.slug, second.slug]);
  });

  it("knows the price it was made at, and today's", async () => {
    const owner = guest();
    const course = await shop.factories.course();
    await addWish(owner, course.slug);
    await setPrice(course.id, 3900);
    expect(await listWishes(owner)).toMatchObject([
      { savedPriceAmount: 4900, priceAmount: 3900, state: "available" },
    ]);
    await shop.db.update(courses).set({ currency: "eur" }).where(eq(courses.id, course.id));
    expect(await listWishes(owner)).toMatchObject([{ savedPriceAmount: null }]);
    await setPrice(course.id, 0);
    expect(await listWishes(owner)).toMatchObject([{ state: "free" }]);
    await shop.db.update(courses).set({ status: "archived" }).where(eq(courses.id, course.id));
    expect(await listWishes(owner)).toMatchObject([{ state: "unavailable" }]);
  });

  it("cannot be for what is not on sale or owned already, nor one too many", async () => {
    const owner = await learner();
    const draft = await shop.factories.course({ status: "draft" });
    expect(await addWish(owner, draft.slug)).toEqual({ ok: false, error: "unknown_course" });
    const owned = await shop.factories.course({ priceAmount: minor(0) });
    await enrollFree(owner.userId, owned.slug);
    expect(await addWish(owner, owned.slug)).toEqual({ ok: false, error: "already_owned" });

    const made = await Promise.all(Array.from({ length: MAX_WISHES }, () => shop.factories.course()));
    await shop.db.insert(wishlistItems).values(
      made.map(({ id }) => ({
        userId: owner.userId,
        courseId: id,
        priceAmount: minor(4900),
        currency: "usd",
      })),
    );
    const more = await shop.factories.course();
    expect(await addWish(owner, more.slug)).toEqual({ ok: false, error: "wishlist_full" });
    expect(await addWish(owner, made[0]?.slug ?? "")).toEqual({ ok: true, value: { changed: false } });
  });

  it("of a guest goes when the cookie has run out; a learner's stays", async () => {
    const [visitor, member] = [guest(), await learner()];
    const course = await shop.factories.course();
    for (const owner of [visitor, member]) await addWish(owner, course.slug);
    await pruneGuestWishes();
    expect(await slugsOf(visitor)).toEqual([course.slug]);
    await shop.sql`update wishlist_items set saved_at = now() - interval '61 days'
      where guest_token = ${visitor.token} or user_id = ${member.userId}`;
    expect(await pruneGuestWishes()).toBe(1);
    expect(await slugsOf(visitor)).toEqual([]);
    expect(await slugsOf(member)).toEqual([course.slug]);
  });
});

describe("signing in", () => {
  it("takes a guest's wishes along, without doubles and without what is owned", async () => {
    const [visitor, member] = [guest(), await learner()];
    const [both, guests] = [await shop.factories.course(), await shop.factories.course()];
    const owned = await shop.factories.course({ priceAmount: minor(0) });
    await addWish(member, both.slug);
    await setPrice(both.id, 3900);
    for (const { slug } of [both, guests, owned]) await addWish(visitor, slug);
    await enrollFree(member.userId, owned.slug);

    await Promise.all([1, 2, 3].map(() => mergeGuestWishes(member.userId, visitor.token)));
    const wishes = await listWishes(member);
    expect(wishes.map((wish) => wish.slug).sort()).toEqual([both.slug, guests.slug].sort());
    expect(wishes.find((wish) => wish.slug === both.slug)?.savedPriceAmount).toBe(4900);
    expect(await listWishedSlugs(member)).not.toContain(owned.slug);
    expect(await slugsOf(visitor)).toEqual([]);
  });
});

describe("between cart and wishlist", () => {
  it("a line is saved for later and comes back, never in both and never in neither", async () => {
    const course = await shop.factories.course();
    for (const owner of [guest(), await learner()]) {
      await addToCart(owner, course.slug);
      expect((await saveForLater(owner, course.slug)).ok).toBe(true);
      expect([await cartOf(owner), await slugsOf(owner)]).toEqual([[], [course.slug]]);
      expect((await moveToCart(owner, course.slug)).ok).toBe(true);
      expect([await cartOf(owner), await slugsOf(owner)]).toEqual([[course.slug], []]);
    }
  });

  it("a wish that the cart refuses stays a wish", async () => {
    const owner = await learner();
    const [dollars, euros] = [
      await shop.factories.course(),
      await shop.factories.course({ currency: "eur" }),
    ];
    await addToCart(owner, dollars.slug);
    await addWish(owner, euros.slug);
    expect(await moveToCart(owner, euros.slug)).toEqual({ ok: false, error: "other_currency" });
    expect(await slugsOf(owner)).toEqual([euros.slug]);
  });

  it("a line that cannot be saved stays in the cart", async () => {
    const owner = await learner();
    const course = await shop.factories.course();
    await addToCart(owner, course.slug);
    await shop.db.update(courses).set({ status: "archived" }).where(eq(courses.id, course.id));
    expect(await saveForLater(owner, course.slug)).toEqual({ ok: false, error: "unknown_course" });
    expect(await cartOf(owner)).toEqual([course.slug]);
  });

  it("a wish that lies in the cart too says so", async () => {
    const owner = guest();
    const course = await shop.factories.course();
    await addWish(owner, course.slug);
    await addToCart(owner, course.slug);
    expect(await listWishes(owner)).toMatchObject([{ state: "in_cart" }]);
  });
});

describe("a course that is owned", () => {
  const rows = (userId: UserId) =>
    shop.db.select().from(wishlistItems).where(eq(wishlistItems.userId, userId));

  it("leaves the list with its payment, the others' lists do not change", async () => {
    const [buyer, other] = [await learner(), await learner()];
    const [bought, kept] = [await shop.factories.course(), await shop.factories.course()];
    for (const owner of [buyer, other]) for (const { slug } of [bought, kept]) await addWish(owner, slug);
    const { sessionId } = await openCheckout(shop, buyer.userId, [bought.slug]);
    expect(await rows(buyer.userId)).toHaveLength(2);
    await shop.stripe.pay(sessionId);
    await shop.stripe.idle();
    expect(await rows(buyer.userId)).toMatchObject([{ courseId: kept.id }]);
    expect(await rows(other.userId)).toHaveLength(2);
  });

  it("leaves it with a free enrolment", async () => {
    const owner = await learner();
    const course = await shop.factories.course({ priceAmount: minor(0) });
    await addWish(owner, course.slug);
    await enrollFree(owner.userId, course.slug);
    expect(await rows(owner.userId)).toEqual([]);
  });

  it("is not shown as a wish either when its seat was given", async () => {
    const owner = await learner();
    const course = await shop.factories.course();
    await addWish(owner, course.slug);
    await shop.sql`insert into enrollments (id, user_id, course_id, enrollment_type)
      values (gen_random_uuid(), ${owner.userId}, ${course.id}, 'gifted')`;
    expect(await slugsOf(owner)).toEqual([]);
  });
});
