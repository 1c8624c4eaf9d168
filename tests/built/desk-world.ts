import { randomBytes } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { courseModules, lessons } from "@/db/schema/catalog";
import { certificates } from "@/db/schema/certificates";
import { couponBatches } from "@/db/schema/coupons";
import { enrollments } from "@/db/schema/learning";
import { paymentAlerts, stripeEvents } from "@/db/schema/payments";
import { type CourseId, newCrockford, type OrderId, type UserId } from "@/lib/ids";
import type { BuiltShop } from "./start-shop";

/** When the seat of the spare account ends. */
export const LENT_UNTIL = new Date("2098-01-01T00:00:00Z");

/** A seat with an end, and the certificate that somebody earned in it. */
export async function lend(shop: BuiltShop, userId: UserId, course: { readonly id: CourseId }) {
  const [seat] = await shop.db
    .insert(enrollments)
    .values({ userId, courseId: course.id, enrollmentType: "gifted", expiresAt: LENT_UNTIL })
    .returning({ id: enrollments.id });
  if (!seat) throw new Error("no seat");
  const certificate = { publicId: newCrockford(26), userId, courseId: course.id, enrollmentId: seat.id };
  await shop.db.insert(certificates).values({ ...certificate, credential: {} });
  return seat;
}

/** A batch; its codes are made by who calls. */
export async function makeBatch(shop: BuiltShop) {
  const [batch] = await shop.db
    .insert(couponBatches)
    .values({ description: "A batch", size: 1 })
    .returning({ id: couponBatches.id });
  if (!batch) throw new Error("no batch");
  return batch;
}

/** An event that was set aside, and an alert about an order. */
export async function addTrouble(shop: BuiltShop, orderId: OrderId) {
  const id = `evt_${randomBytes(8).toString("hex")}`;
  const customer = `cus_${randomBytes(8).toString("hex")}`;
  const payload = {
    id,
    type: "customer.deleted",
    livemode: false,
    created: 1_750_000_000,
    data: { object: { id: customer, object: "customer" } },
  };
  await shop.db.insert(stripeEvents).values({
    id,
    type: payload.type,
    objectId: customer,
    livemode: false,
    payload,
    status: "quarantined",
    attempts: 1,
    lastError: "livemode_mismatch",
    createdAt: new Date(payload.created * 1000),
  });
  const [alert] = await shop.db
    .insert(paymentAlerts)
    .values({ kind: "fraud_warning", subject: `issfr_${id}`, orderId, problem: "A card may be stolen." })
    .returning({ id: paymentAlerts.id });
  if (!alert) throw new Error("no alert");
  return { eventId: id, alertId: alert.id };
}

/** The course's chapters the other way round, with their lessons, as the form of its order sends them. */
export async function reverseChapters(shop: BuiltShop, courseId: CourseId): Promise<string> {
  const chapters = await shop.db
    .select({ id: courseModules.id })
    .from(courseModules)
    .where(eq(courseModules.courseId, courseId))
    .orderBy(asc(courseModules.position));
  const steps = await shop.db
    .select({ id: lessons.id, moduleId: lessons.moduleId })
    .from(lessons)
    .where(eq(lessons.courseId, courseId))
    .orderBy(asc(lessons.position));
  const order = chapters.map(({ id }) => ({
    chapter: id,
    lessons: steps.filter(({ moduleId }) => moduleId === id).map((step) => step.id),
  }));
  return JSON.stringify(order.toReversed());
}
