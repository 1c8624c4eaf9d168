import { randomBytes } from "node:crypto";
import { and, asc, eq, isNull } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import { withTransaction } from "@/db/client";
import { billingDetails } from "@/db/schema/billing";
import { cartItems, carts } from "@/db/schema/cart";
import { courses, lessons } from "@/db/schema/catalog";
import { coupons } from "@/db/schema/coupons";
import { users } from "@/db/schema/identity";
import { enrollments } from "@/db/schema/learning";
import { emails } from "@/db/schema/notifications";
import { orderItems, orders } from "@/db/schema/orders";
import { refundRequests } from "@/db/schema/refund-requests";
import { getCart } from "@/lib/cart/queries";
import { issueInvoice } from "@/lib/documents/mutations";
import { fieldName } from "@/lib/exercises/quiz";
import { createSession } from "@/lib/identity/mutations";
import { hashPassword } from "@/lib/identity/password";
import { type CourseId, newOrderNumber, newSecret, type UserId } from "@/lib/ids";
import { completeLesson } from "@/lib/learning/mutations";
import { minor } from "@/lib/money";
import { addWish, renewShare } from "@/lib/wishlist/mutations";
import { actionId } from "./actions";
import { addTrouble, LENT_UNTIL, lend, makeBatch, reverseChapters } from "./desk-world";
import { makeGift } from "./make-gift";
import type { BuiltShop } from "./start-shop";
import type { Visitor } from "./visitor";

/** Of everybody in these tests. */
export const PASSWORD = "Quittenmus-auf-Toast-41";

const SESSION_COOKIE = "lectern_session";

export type Person = {
  readonly userId: UserId;
  readonly email: string;
  readonly name: string;
  readonly visitor: Visitor;
};

/** What learner calls of these tests act on. */
export type World = Awaited<ReturnType<typeof makeWorld>>;

/**
 * A learner who owns one course, has another in the cart with a coupon, a third on a shared wishlist, and an order waiting to be paid; somebody else
 * who is signed in; a guest with a cart; and a bystander with as much to lose as the learner.
 */
export async function makeWorld(shop: BuiltShop) {
  const [owned, wanted, third] = await listCourses(shop, { free: false });
  const [gift] = await listCourses(shop, { free: true });
  if (!owned || !wanted || !third || !gift)
    throw new Error("The catalogue needs three courses with a price and a free one.");
  const coupon = await makeCoupon(shop);
  const unusedCoupon = await makeCoupon(shop);
  const batch = await makeBatch(shop);
  await makeCoupon(shop, { batchId: batch.id });
  const [lesson, completed] = await listPaidLessons(shop, owned.id);
  if (!lesson || !completed) throw new Error("The course needs two lessons behind its price.");

  const learner = await makePerson(shop, "Learner");
  const other = await makePerson(shop, "Other");
  const bystander = await makePerson(shop, "Bystander");
  const sold: Awaited<ReturnType<typeof sell>>[] = [];
  for (const { userId } of [learner, bystander]) {
    sold.push(await sell(shop, userId, owned, "completed"));
    await sell(shop, userId, wanted, "pending");
    await fillCart(shop, { userId }, wanted, coupon.id);
    await addWish({ kind: "learner", userId }, third.slug);
    await renewShare(userId);
  }
  const invoiced = await sellOnInvoice(shop, learner.userId, gift);
  const given = await makeGift(shop, (await sell(shop, learner.userId, wanted, "pending")).id);
  const [order] = sold;
  if (!order) throw new Error("no order");
  const request = await addRequest(shop, learner.userId, owned);
  const [item] = await shop.db
    .select({ id: orderItems.id })
    .from(orderItems)
    .where(eq(orderItems.orderId, order.id));
  if (!item) throw new Error("no item");
  const mail = await addConfirmation(shop, order, learner.email);
  await completeLesson(learner.userId, owned.slug, completed.slug);
  const elsewhere = await createSession(learner.userId, new Date(), true);
  const spare = await makeAccount(shop, "Spare");
  const { eventId, alertId } = await addTrouble(shop, order.id);
  const barred = await makeAccount(shop, "Barred", {
    role: "support",
    blockedAt: new Date(),
    blockedReason: "Left the shop",
  });
  const leaving = await makeAccount(shop, "Leaving", { deletionDueAt: new Date("2099-01-01T00:00:00Z") });
  const lent = await lend(shop, spare.userId, owned);
  const guest = shop.visitor();
  const token = newSecret();
  guest.cookies.set("lectern_cart", token);
  await fillCart(shop, { token }, wanted, coupon.id);
  await addWish({ kind: "guest", token }, third.slug);
  return {
    owned: owned.slug,
    /** The course that is owned, and its lesson, as editors know them. */
    edited: {
      course: owned.id,
      version: String(owned.version),
      lesson: lesson.id,
      revision: String(lesson.revision),
      reversed: await reverseChapters(shop, owned.id),
    },
    wanted: wanted.slug,
    third: third.slug,
    gift: gift.slug,
    lesson: lesson.slug,
    completedLesson: completed.slug,
    /** An order of the learner whose invoice is not billed to what they saved since. */
    invoicedOrder: invoiced.orderNumber,
    /** Given by the learner, sent, and not accepted. */
    given: given.id,
    quizAnswers: Object.fromEntries(
      lesson.quiz.map(({ answer }, index) => [fieldName(index), answer ?? "an answer"]),
    ),
    cartTotal: (await getCart({ kind: "learner", userId: learner.userId })).priced.totalAmount,
    coupon: coupon.code,
    /** The learner's order that is paid, and the mail that says so. */
    order,
    orderItemId: item.id,
    mailId: mail.id,
    /** A request for a refund of another paid order of the learner, at the same price. */
    requestId: request.id,
    unusedCoupon: unusedCoupon.code,
    batchId: batch.id,
    /** A seat of the spare account that ends, and when. */
    lentSeat: lent.id,
    lentUntil: LENT_UNTIL.toISOString(),
    /** Of the support, and blocked. */
    barred,
    /** An event that was set aside, and an alert. */
    eventId,
    alertId,
    /** About to be erased. */
    leaving,
    learner,
    /** The learner's session in another browser. */
    elsewhere,
    other,
    bystander,
    /** An account that nobody is signed in to. */
    spare,
    guest: { visitor: guest, token },
  };
}

/** Courses on sale, in the catalogue's order. */
export async function listCourses(shop: BuiltShop, { free }: { readonly free: boolean }) {
  const listed = await shop.db
    .select()
    .from(courses)
    .where(eq(courses.status, "published"))
    .orderBy(asc(courses.position), asc(courses.slug));
  return listed.filter((course) => (course.priceAmount === 0) === free);
}

/** Lessons that are no free preview, in their order. */
export function listPaidLessons(shop: BuiltShop, courseId: CourseId) {
  return shop.db
    .select({ id: lessons.id, slug: lessons.slug, quiz: lessons.quiz, revision: lessons.revision })
    .from(lessons)
    .where(and(eq(lessons.courseId, courseId), eq(lessons.freePreview, false), isNull(lessons.archivedAt)))
    .orderBy(asc(lessons.position));
}

const passwordHash = hashPassword(PASSWORD);

/** An account, and a browser that is signed in to it. */
export async function makePerson(shop: BuiltShop, name: string): Promise<Person> {
  const account = await makeAccount(shop, name);
  const visitor = shop.visitor();
  // Signing in itself has its own tests, and would cost each of these a password's hash.
  const sessionId = await createSession(account.userId, new Date(), true);
  const seal = { secret: shop.secrets.AUTH_SECRET, salt: SESSION_COOKIE };
  visitor.cookies.set(SESSION_COOKIE, await encode({ token: { sessionId }, ...seal }));
  return { ...account, name, visitor };
}

async function makeAccount(shop: BuiltShop, name: string, changes: Partial<typeof users.$inferInsert> = {}) {
  const email = `${name.toLowerCase()}-${randomBytes(4).toString("hex")}@example.test`;
  const [user] = await shop.db
    .insert(users)
    .values({ email, name, passwordHash: await passwordHash, ...changes })
    .returning({ id: users.id });
  if (!user) throw new Error("no user");
  return { userId: user.id, email };
}

export async function signIn(visitor: Visitor, email: string): Promise<void> {
  const answer = await visitor.submit(actionId("signInAction"), "/sign-in", { email, password: PASSWORD });
  if (answer.status !== 303 || !visitor.cookies.has(SESSION_COOKIE))
    throw new Error(`${email} could not sign in: ${answer.status}`);
}

type Course = Awaited<ReturnType<typeof listCourses>>[number];

/** An order of one course; a completed one gives its seat. */
export async function sell(
  shop: BuiltShop,
  userId: UserId,
  course: Course,
  status: "pending" | "completed",
  seat: Partial<typeof enrollments.$inferInsert> = {},
) {
  const price = course.priceAmount;
  const [order] = await shop.db
    .insert(orders)
    .values({
      userId,
      orderNumber: newOrderNumber(new Date()),
      status,
      subtotalAmount: price,
      discountAmount: minor(0),
      taxAmount: minor(0),
      totalAmount: price,
      currency: course.currency,
      livemode: false,
      expiresAt: new Date(Date.now() + 3_600_000),
      stripeCheckoutSessionId: `cs_test_${randomBytes(8).toString("hex")}`,
      paidAt: status === "completed" ? new Date() : null,
    })
    .returning();
  if (!order) throw new Error("no order");
  const [item] = await shop.db
    .insert(orderItems)
    .values({
      orderId: order.id,
      courseId: course.id,
      courseSlug: course.slug,
      title: course.title,
      priceAmount: price,
      discountAmount: minor(0),
      netAmount: price,
      taxAmount: minor(0),
      refundedAmount: minor(0),
      position: 0,
    })
    .returning({ id: orderItems.id });
  if (status === "completed") {
    await shop.db
      .insert(enrollments)
      .values({ userId, courseId: course.id, orderItemId: item?.id, enrollmentType: "paid", ...seat });
  }
  return order;
}

/** An order with an invoice, whose buyer saved billing details afterwards. It gives no seat and is not open. */
async function sellOnInvoice(shop: BuiltShop, userId: UserId, course: Course) {
  const order = await sell(shop, userId, course, "pending");
  await withTransaction(async (tx) =>
    issueInvoice(
      tx,
      {
        ...order,
        subtotalAmount: 4900,
        totalAmount: 4900,
        buyer: { name: "Learner", company: null, email: "learner@example.test", address: null, vatId: null },
        taxNote: null,
        items: [
          {
            id: order.id,
            title: course.title,
            priceAmount: 4900,
            discountAmount: 0,
            netAmount: 4900,
            taxes: [],
          },
        ],
      },
      new Date(),
    ),
  );
  await shop.db
    .insert(billingDetails)
    .values({ userId, name: "Learner", line1: "1 Bridge Road", city: "Köln", country: "DE" });
  await shop.db.update(orders).set({ status: "expired" }).where(eq(orders.id, order.id));
  return order;
}

/** Asks for the money of an order back that gives no seat. */
export async function addRequest(shop: BuiltShop, userId: UserId, course: Course) {
  const order = await sell(shop, userId, course, "pending");
  await shop.db
    .update(orders)
    .set({ status: "completed", paidAt: new Date() })
    .where(eq(orders.id, order.id));
  const [request] = await shop.db
    .insert(refundRequests)
    .values({ userId, orderId: order.id, category: "changed_mind", body: "" })
    .returning({ id: refundRequests.id });
  if (!request) throw new Error("no request");
  return { ...request, orderId: order.id };
}

async function addConfirmation(shop: BuiltShop, order: typeof orders.$inferSelect, toAddress: string) {
  const [mail] = await shop.db
    .insert(emails)
    .values({
      kind: "order_confirmation",
      subjectId: order.id,
      userId: order.userId,
      toAddress,
      status: "sent",
      sentAt: new Date(),
    })
    .returning({ id: emails.id });
  if (!mail) throw new Error("no mail");
  return mail;
}

async function fillCart(
  shop: BuiltShop,
  owner: { readonly userId: UserId } | { readonly token: string },
  course: Course,
  couponId: (typeof coupons.$inferSelect)["id"],
): Promise<void> {
  const [cart] = await shop.db
    .insert(carts)
    .values({ ...owner, couponId })
    .returning({ id: carts.id });
  if (!cart) throw new Error("no cart");
  await shop.db.insert(cartItems).values({
    cartId: cart.id,
    courseId: course.id,
    priceAmount: course.priceAmount,
    currency: course.currency,
  });
}

async function makeCoupon(shop: BuiltShop, changes: Partial<typeof coupons.$inferInsert> = {}) {
  const [coupon] = await shop.db
    .insert(coupons)
    .values({
      ...changes,
      code: `C${randomBytes(4).toString("hex").toUpperCase()}`,
      discountType: "percentage",
      discountValue: 10,
      maxUses: 100,
    })
    .returning();
  if (!coupon) throw new Error("no coupon");
  return coupon;
}
